"""Browse: filtering, sorting, marking, and what is done to many cards with keys and mouse."""

from contextlib import nullcontext

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, Static

from flashsafety.study.answer import answer_card
from flashsafety.study.find import find
from flashsafety.study.rebuild import rebuild
from flashsafety.terms import Rating
from flashsafety.tui.commands import of
from flashsafety.tui.screens.browse import BrowseScreen
from flashsafety.tui.screens.due import DueScreen
from flashsafety.tui.screens.end import EndScreen
from flashsafety.tui.screens.help import HelpScreen
from flashsafety.tui.screens.info import InfoScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.screens.today import TodayScreen
from flashsafety.tui.widgets.columns import SORTS, fit
from tests.banks import CONCEPT, NUMERIC, QUESTION, question
from tests.tui.conftest import settled, text_of
from tests.tui.test_study import editor_that

KEYS = (
    "circle/forward", "circle/reverse", "circle-area/recall", "circle-symmetry/choose",
    "square-facts/c1", "square-facts/c2", "square-area/number", "half-a-circle/type",
    "by-corners/order",
)  # fmt: skip


async def press(pilot, *keys: str) -> None:
    """Press keys, and wait for what they set going."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def browse(app) -> BrowseScreen:
    assert isinstance(app.screen, BrowseScreen)
    return app.screen


def listed(app) -> list[str]:
    """Keys of the cards in the list."""
    screen = browse(app)
    return [screen.library.db.execute("SELECT key FROM card WHERE id = ?", (card,)).fetchone()[0]
            for card in screen.table.ids]  # fmt: skip


def said(app) -> str:
    return str(app.screen.query_one("#flash", Static).render())


def found(app) -> str:
    return str(app.screen.query_one("#found", Static).render())


def current(app) -> str:
    line = browse(app).table.line
    assert line is not None
    return line.key


def suspended(library) -> list[str]:
    return [
        row[0]
        for row in library.db.execute("SELECT key FROM card WHERE suspended ORDER BY position")
    ]


async def test_it_opens_with_every_card_and_the_first_in_the_preview(library_of, running):
    async with running(library_of()) as (app, pilot):
        await press(pilot, "b")
        assert tuple(listed(app)) == KEYS
        assert found(app) == "9 cards · in study order"
        shown = text_of(app)
        assert "▸   circle/forward" in shown
        assert "What does circle mean?" in shown
        assert "All points of a plane at one distance from a point." in shown
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_each_key_filters_and_the_list_follows(library_of, running):
    async with running(library_of()) as (app, pilot):
        await press(pilot, "b", *"squ")
        assert "circle/forward" not in listed(app)
        await press(pilot, *"are-")
        assert listed(app) == ["square-facts/c1", "square-facts/c2", "square-area/number"]
        assert found(app) == "3 cards · in study order"
        await press(pilot, "ctrl+u")
        assert tuple(listed(app)) == KEYS


async def test_what_cannot_be_understood_is_said_and_the_list_stays(library_of, running):
    async with running(library_of()) as (app, pilot):
        await press(pilot, "b", *"type:numeric")
        assert listed(app) == ["square-area/number"]
        await press(pilot, *" is:ne")
        assert "column 14: there is no state" in found(app)
        assert 'did you mean "new"?' in found(app)
        assert listed(app) == ["square-area/number"]
        await press(pilot, "w")
        assert found(app) == "1 card · in study order"


async def test_nothing_found_repeats_the_search_and_says_how_to_clear_it(library_of, running):
    async with running(library_of()) as (app, pilot):
        await press(pilot, "b", *"zebra")
        assert listed(app) == []
        assert 'No card is found by "zebra". ctrl+u clears the line.' in text_of(app)
        assert "What does circle mean?" not in text_of(app)
        await press(pilot, "enter", "s", "i", "v", "d", "space", "a", "down", "pagedown", "end")
        assert isinstance(app.screen, BrowseScreen)
        await press(pilot, "slash", "ctrl+u")
        assert len(listed(app)) == 9


async def test_a_word_is_completed_with_the_right_arrow(library_of, running):
    library = library_of(question("one", extra="tags: [long-name]\n"), question("two"))
    async with running(library) as (app, pilot):
        await press(pilot, "b", *"tag:lo", "right")
        line = app.screen.query_one(Input)
        assert line.value == "tag:long-name"
        assert listed(app) == ["one/recall"]
        await press(pilot, *" -is:su", "right")
        assert line.value == "tag:long-name -is:suspended"


async def test_letters_are_text_in_the_line_and_commands_in_the_list(library_of, running):
    library = library_of()
    async with running(library) as (app, pilot):
        await press(pilot, "b")
        assert "Suspend" not in text_of(app).splitlines()[-1]
        await press(pilot, *"sq")
        assert suspended(library) == []
        await press(pilot, "enter")
        assert "s Suspend" in text_of(app).splitlines()[-1]
        await press(pilot, "slash", "s")
        assert app.screen.query_one(Input).value == "sqs"


async def test_the_cursor_moves_and_the_preview_with_it(library_of, running):
    async with running(library_of()) as (app, pilot):
        await press(pilot, "b", "down", "down", "j")
        assert current(app) == "circle-area/recall"
        assert "With its square" in text_of(app)
        await press(pilot, "k", "up")
        assert current(app) == "circle/forward"
        await press(pilot, "end")
        assert current(app) == "by-corners/order"
        await press(pilot, "down", "home", "up")
        assert current(app) == "circle/forward"
        await press(pilot, "pagedown")
        assert current(app) == "by-corners/order"
        await press(pilot, "pageup")
        assert current(app) == "circle/forward"


async def test_a_long_list_scrolls_with_the_cursor(library_of, running):
    library = library_of(*(question(f"card-{number:03}") for number in range(300)))
    async with running(library) as (app, pilot):
        await press(pilot, "b", "enter", "end")
        assert current(app) == "card-299/recall"
        assert "▸   card-299/recall" in text_of(app)
        await press(pilot, "pageup")
        table = browse(app).table
        assert current(app) == f"card-{299 - table.page:03}/recall"
        await press(pilot, "home")
        assert table.scroll_offset.y == 0
        assert found(app) == "300 cards · in study order"
        await press(pilot, "slash", *"card-29")
        assert len(listed(app)) == 10


# ---- acts ----------------------------------------------------------------------------------------


async def test_someone_who_knows_anki_finds_suspended_cards_suspends_one_and_undoes(
    library_of, running
):
    library = library_of()
    async with running(library) as (app, pilot):
        await press(pilot, "b", "enter", "s")
        assert suspended(library) == ["circle/forward"]
        assert said(app) == "Suspended: circle/forward. u takes it back."
        assert "suspended" in text_of(app)
        await press(pilot, "slash", *"is:suspended")
        assert listed(app) == ["circle/forward"]
        await press(pilot, "enter", "u")
        assert suspended(library) == []
        assert said(app) == "Undid suspend on circle/forward."


async def test_marked_cards_are_suspended_in_one_step_that_undo_takes_back(library_of, running):
    library = library_of()
    async with running(library) as (app, pilot):
        await press(pilot, "b", "enter", "space", "space", "down", "space")
        assert "3 marked" in found(app)
        await press(pilot, "s")
        assert suspended(library) == ["circle/forward", "circle/reverse", "circle-symmetry/choose"]
        assert said(app) == "Suspended: 3 cards. u takes it back."
        await press(pilot, "home", "s")
        assert suspended(library) == []
        await press(pilot, "u", "u")
        assert suspended(library) == []
        assert said(app) == "Undid suspend on 3 cards."
        assert rebuild(library, verify=True).differing == ()


async def test_all_found_are_marked_and_unmarked_and_a_new_search_forgets_marks(
    library_of, running
):
    library = library_of()
    async with running(library) as (app, pilot):
        await press(pilot, "b", *"type:cloze or type:concept", "enter", "a")
        assert "4 marked" in found(app)
        await press(pilot, "a")
        assert "marked" not in found(app)
        await press(pilot, "a", "slash", "ctrl+u")
        assert "marked" not in found(app)
        await press(pilot, "enter", "a", "b")
        assert said(app) == "Buried until tomorrow: 9 cards. u takes it back."
        await press(pilot, "b")
        assert said(app) == "Unburied: 9 cards. u takes it back."
        await press(pilot, "home", "a", "s", "a", "s")
        assert said(app) == "Unsuspended: 1 card; 8 stay as before. u takes it back."


async def test_flags_are_set_and_taken_away(library_of, running):
    library = library_of()
    async with running(library) as (app, pilot):
        await press(pilot, "b", "enter", "space", "space", "f", "2", *"how so", "enter")
        assert said(app) == "Flagged unclear: how so: 2 cards. u takes it back."
        flags = library.db.execute("SELECT DISTINCT flag FROM card").fetchall()
        assert flags == [("unclear: how so",), (None,)]
        assert "✓⚑ circle/reverse" in text_of(app).replace("▸", " ")
        await press(pilot, "home", "f")
        assert said(app) == "Flag taken away: 2 cards. u takes it back."
        await press(pilot, "f", "escape")
        assert isinstance(app.screen, BrowseScreen)


async def test_a_due_day_is_set_on_cards_in_review_only(library_of, running):
    library = library_of()
    library.take_in_changes()
    answer_card(library, 1, Rating.EASY, 100)
    async with running(library) as (app, pilot):
        await press(pilot, "b", "enter", "a", "d")
        assert isinstance(app.screen, DueScreen)
        assert "In how many days are 9 cards to be due?" in text_of(app)
        await press(pilot, *"soon", "enter")
        assert "Write a whole number from 0 to 36,500." in text_of(app)
        await press(pilot, "ctrl+u", "5", "enter")
        assert said(app) == "Due in 5 days: 1 card; 8 stay as before. u takes it back."
        assert "in 5 days" in text_of(app)
        await press(pilot, "d", *"5", "enter")
        assert "only cards in review have a due day." in said(app)
        await press(pilot, "u")
        assert said(app) == "Undid set-due on circle/forward."
        await press(pilot, "d", "escape")
        assert isinstance(app.screen, BrowseScreen)


async def test_memory_is_reset_and_comes_back(library_of, running):
    library = library_of()
    library.take_in_changes()
    answer_card(library, 1, Rating.EASY, 100)
    async with running(library) as (app, pilot):
        await press(pilot, "b", "enter", "r")
        assert said(app) == "Reset to new: circle/forward. u takes it back."
        assert library.db.execute("SELECT phase FROM card WHERE id = 1").fetchone() == (0,)
        await press(pilot, "r")
        assert said(app) == "Nothing to change: circle/forward as before."
        await press(pilot, "u", "u")
        assert library.db.execute("SELECT count(*) FROM card WHERE phase > 0").fetchone() == (0,)
        await press(pilot, "u")
        assert said(app) == "There is nothing left to undo today."


async def test_keys_in_quick_succession_are_done_in_their_order(library_of, running):
    library = library_of()
    async with running(library) as (_, pilot):
        await press(pilot, "b", "enter")
        await pilot.press("s", "down", "s", "down", "s", "u")
        await settled(pilot)
        assert suspended(library) == ["circle/forward", "circle/reverse"]


async def test_what_is_done_while_the_app_is_left_is_not_lost(library_of, running):
    library = library_of(*(question(f"card-{number:03}") for number in range(400)))
    async with running(library) as (_, pilot):
        await press(pilot, "b", "enter", "a")
        await pilot.press("s", "q", "q")
    assert len(suspended(library)) == 400
    assert rebuild(library, verify=True).differing == ()


async def test_a_locked_database_is_told_in_words(library_of, running, monkeypatch):
    library = library_of()
    async with running(library) as (app, pilot):
        await press(pilot, "b", "enter")
        screen = browse(app)
        assert library.device
        screen._actor._library.db.execute("PRAGMA busy_timeout = 1")
        library.db.execute("BEGIN IMMEDIATE")
        await press(pilot, "s")
        await pilot.pause(0.2)
        assert "Nothing was stored" in text_of(app)
        library.db.execute("ROLLBACK")
        await press(pilot, "s")
        assert suspended(library) == ["circle/forward"]


# ---- the rest of the keys ------------------------------------------------------------------------


async def test_a_review_of_what_is_found_begins_and_ends_on_today(library_of, running):
    async with running(library_of()) as (app, pilot):
        await press(pilot, "b", *"type:choice or type:numeric", "enter", "v")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.session.left["new"] == 2
        await press(pilot, "1", "enter", "4", "escape")
        await press(pilot, "space", "4")
        assert isinstance(app.screen, EndScreen)
        await press(pilot, "q")
        assert isinstance(app.screen, TodayScreen)


async def test_nothing_due_among_the_cards_found_is_said(library_of, running):
    library = library_of(QUESTION, CONCEPT)
    library.take_in_changes()
    answer_card(library, 1, Rating.EASY, 100)
    async with running(library) as (app, pilot):
        await press(pilot, "b", *"circle-area", "enter", "v")
        assert said(app) == "None of these cards comes today: w looks ahead, or crams them."


async def test_card_info_opens_with_enter_i_and_two_clicks(library_of, running):
    async with running(library_of()) as (app, pilot):
        await press(pilot, "b", "enter")
        for key in ("enter", "i"):
            await press(pilot, key)
            assert isinstance(app.screen, InfoScreen)
            await press(pilot, key)
        await pilot.click("#cards", offset=(8, 2), times=2)
        await settled(pilot)
        assert isinstance(app.screen, InfoScreen)
        assert "circle-area/recall" in text_of(app)


async def test_the_mouse_moves_marks_and_sorts(library_of, running):
    async with running(library_of()) as (app, pilot):
        await press(pilot, "b")
        await pilot.click("#cards", offset=(10, 3))
        await settled(pilot)
        assert current(app) == "circle-symmetry/choose"
        assert "Which rotation leaves a circle as it was?" in text_of(app)
        await pilot.click("#cards", offset=(1, 4))
        await settled(pilot)
        assert "1 marked" in found(app)
        await pilot.click("#cards", offset=(10, 11))
        await pilot.click("#head", offset=(5, 0))
        await settled(pilot)
        assert "by card" in found(app)
        assert listed(app) == sorted(KEYS)
        assert "Card▲" in text_of(app)
        await pilot.click("#head", offset=(5, 0))
        await settled(pilot)
        assert listed(app) == sorted(KEYS, reverse=True)
        assert "Card▼" in text_of(app)


async def test_the_list_is_sorted_by_every_column_with_keys(library_of, running):
    library = library_of()
    library.take_in_changes()
    for card, rating in ((2, Rating.EASY), (4, Rating.GOOD)):
        answer_card(library, card, rating, 100)
    async with running(library) as (app, pilot):
        await press(pilot, "b", "enter")
        for column in (*SORTS[1:], SORTS[0]):
            await press(pilot, "c")
            assert browse(app).order.column == column
            assert set(listed(app)) == set(KEYS)
        await press(pilot, "c", "c", "C")
        assert listed(app)[:2] == ["circle/reverse", "circle-symmetry/choose"]
        await press(pilot, "C")
        assert listed(app)[:2] == ["circle-symmetry/choose", "circle/reverse"]


async def test_the_file_is_opened_and_read_again(library_of, running, tmp_path, monkeypatch):
    library = library_of(NUMERIC)
    script = 'sed -i "s/with sides of 1.5 m/whose sides are 1.5 m/" "$2"'
    monkeypatch.setenv("VISUAL", editor_that(tmp_path, script))
    async with running(library) as (app, pilot):
        monkeypatch.setattr(app, "suspend", nullcontext)
        await press(pilot, "b", "enter", "e")
        assert said(app) == "The card was read again."
        assert "whose sides are 1.5 m" in text_of(app)
        await press(pilot, "slash", *'"whose sides"')
        assert listed(app) == ["square-area/number"]


async def test_the_source_is_opened(library_of, running, monkeypatch):
    async with running(library_of(QUESTION)) as (app, pilot):
        opened: list[str] = []
        monkeypatch.setattr(app, "open_url", opened.append)
        await press(pilot, "b", "enter", "o")
        assert opened == ["https://example.org/elements"]


async def test_card_info_tells_memory_curve_and_log_and_scrolls(library_of, running, clock):
    library = library_of()
    library.take_in_changes()
    answer_card(library, 1, Rating.EASY, 1500)
    clock.advance(days=12)
    answer_card(library, 1, Rating.AGAIN, 1500)
    async with running(library, size=(80, 24)) as (app, pilot):
        await press(pilot, "b", "enter", "i")
        shown = text_of(app)
        assert "It is in relearning, step 1 of 1, and returns in 10 minutes." in shown
        assert "Again 10m, Hard 15m, Good" in shown
        assert "100% today, then 90%" in shown
        for _ in range(30):
            await pilot.press("down")
        await settled(pilot)
        shown = text_of(app)
        assert "Log, newest first" in shown
        assert "2026-03-14 12:00  1 Again  next in 10m    1.5 s" in shown
        assert "1-4 ratings   ▲ today   ◆ due" in shown
        await press(pilot, "q")
        assert isinstance(app.screen, BrowseScreen)


@pytest.mark.parametrize("command", list(of("browse")), ids=lambda command: command.id)
def test_every_command_has_a_method_and_says_what_it_does(command):
    name = command.action.partition("(")[0]
    if not name.startswith("app."):
        assert callable(getattr(BrowseScreen, f"action_{name}"))
    assert command.tooltip or not command.palette


async def test_help_lists_the_keys_of_the_list_and_of_the_line(library_of, running):
    async with running(library_of(), size=(100, 60)) as (app, pilot):
        await press(pilot, "b", "f1")
        assert isinstance(app.screen, HelpScreen)
        assert "While typing what to look for" in text_of(app)
        assert "Suspend the marked cards" in text_of(app)
        await press(pilot, "escape", "enter", "question_mark")
        assert "While typing what to look for" not in text_of(app)


async def test_the_palette_finds_cards_and_goes_to_browse(library_of, running):
    async with running(library_of()) as (app, pilot):
        await pilot.press("ctrl+p", *"semicircle")
        await pilot.pause(0.5)
        assert "Card: half-a-circle/type" in text_of(app)
        assert "Browse: semicircle" in text_of(app)
        assert isinstance(app.screen, CommandPalette)
        await pilot.press("enter")
        await pilot.pause(0.3)
        await settled(pilot)
        assert listed(app) == ["half-a-circle/type"]
        assert app.screen.query_one(Input).value == "semicircle"


async def test_the_palette_offers_what_can_be_done_to_cards(library_of, running):
    library = library_of()
    async with running(library) as (_, pilot):
        await press(pilot, "b", "enter")
        await pilot.press("ctrl+p", *"suspend")
        await pilot.pause(0.4)
        await pilot.press("enter")
        await pilot.pause(0.3)
        await settled(pilot)
        assert suspended(library) == ["circle/forward"]


async def test_browse_is_left_in_the_middle_of_everything(library_of, running):
    library = library_of(*(question(f"card-{number:03}") for number in range(300)))
    async with running(library) as (app, pilot):
        for _ in range(3):
            await pilot.press("b", "c", "a", "r", "escape", "c", "escape")
        await settled(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert app._batch_count == 0


# ---- sizes and colours ---------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40), (200, 60)])
async def test_list_and_preview_show_at_every_size(library_of, running, size):
    async with running(library_of(), size=size) as (app, pilot):
        await press(pilot, "b", "enter", "down")
        shown = text_of(app)
        assert "▸   circle/reverse" in shown
        assert "Which term means this?" in shown
        assert "Due" in shown
        assert ("Prompt" in shown) == (size[0] == 200)
        widths = {len(line) for line in shown.splitlines()}
        assert max(widths) <= size[0]


@pytest.mark.parametrize("width", range(38, 260, 7))
def test_columns_fill_the_width(width: int):
    columns = fit(width)
    assert columns[0][0].title == "Card"
    assert sum(cells for _, cells in columns) == width
    assert all(cells >= head.width for head, cells in columns)


async def test_the_window_may_be_resized(library_of, running):
    async with running(library_of()) as (app, pilot):
        await press(pilot, "b", "enter", "end")
        for size in ((120, 40), (60, 18), (40, 10), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert "▸   by-corners/order" in text_of(app)


async def test_without_colours_cursor_and_marks_still_show(library_of, running, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(library_of(theme="ansi-dark")) as (app, pilot):
        await press(pilot, "b", "enter", "space", "s")
        shown = text_of(app)
        assert " ✓  circle/forward" in shown
        assert "suspended" in shown
        assert "▸   circle/reverse" in shown


async def test_themes_repaint_the_preview(library_of, running):
    async with running(library_of()) as (app, pilot):
        await press(pilot, "b")
        app.theme = "textual-light"
        await settled(pilot)
        assert "What does circle mean?" in text_of(app)


async def test_nothing_is_searched_for_on_the_thread_that_draws(library_of, running, monkeypatch):
    """A search that hangs does not hold up the keys."""
    from threading import Event

    library = library_of()
    hold = Event()

    def slow(*args, **changes):
        hold.wait(5)
        return find(*args, **changes)

    async with running(library) as (app, pilot):
        await press(pilot, "b")
        monkeypatch.setattr("flashsafety.tui.searcher.find", slow)
        await pilot.press("c", "i")
        await pilot.pause(0.3)
        assert app.screen.query_one(Input).value == "ci"
        assert "searching…" in found(app)
        await pilot.press("enter", "down")
        assert current(app) == "circle/reverse"
        hold.set()
        await settled(pilot)
        assert "searching" not in found(app)
