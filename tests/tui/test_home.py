"""Home: the tree of the syllabus, the year, and what can be begun from it."""

import sqlite3
from collections.abc import Iterator

import pytest
from textual.content import Content
from textual.widgets import Static

from flashsafety.clock import FixedClock, day_to_date
from flashsafety.stats.periods import Day
from flashsafety.store.plans import plans_on
from flashsafety.study.library import Library
from flashsafety.study.plans import pause_until
from flashsafety.study.ready import hold, plan_for
from flashsafety.study.standing import lines
from flashsafety.study.today import EVERYTHING, today
from flashsafety.terms import StudyDay
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.palette import CommandProvider
from flashsafety.tui.screens.end import EndScreen
from flashsafety.tui.screens.help import HelpScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.screens.today import TodayScreen
from flashsafety.tui.widgets.outline import MODULE, SECTION, Outline
from flashsafety.tui.widgets.ways import Ways
from flashsafety.tui.widgets.year import SHADES, Year, quarters
from tests.banks import question, tiny_bank, write_cards
from tests.hostile import is_safe
from tests.learner import study_for
from tests.libraries import open_library
from tests.tui.conftest import settled, study_screen, text_of

SIZES = [(60, 18), (80, 24), (120, 40)]

SYLLABUS = """\
title: Courses
sections:
  - slug: first
    title: First section
    modules:
      - {number: 1, slug: one, title: One, topics: [{slug: a-one, title: A}]}
      - {number: 2, slug: two, title: Two, topics: [{slug: a-two, title: A}]}
  - slug: second
    title: Second section
    modules:
      - {number: 3, slug: three, title: Three, topics: [{slug: a-three, title: A}]}
      - {number: 4, slug: four, title: Four, optional: true, topics: [{slug: a-four, title: A}]}
"""
MODULES = ("one", "two", "three", "four")


@pytest.fixture
def library(tmp_path, clock) -> Iterator[Library]:
    """Two sections of two modules with three cards each; the first module is open."""
    bank = tiny_bank(tmp_path / "bank")
    (bank / "01-shapes/shapes.yaml").unlink()
    (bank / "syllabus.yaml").write_text(SYLLABUS)
    for number, name in enumerate(MODULES, 1):
        cards = (question(f"{name}-{place}") for place in range(3))
        file = f"{number:02}-{name}/cards.yaml"
        write_cards(bank, file, *cards, module=name, topics=f"a-{name}")
    with open_library(tmp_path, bank, clock, new_limit=4) as library:
        library.take_in_changes()
        yield library


@pytest.fixture
def studied(library: Library, clock: FixedClock) -> Library:
    """The same after a year of study."""
    study_for(library, clock, 365)
    return library


def shown(app: FlashsafetyApp) -> list[str]:
    """The lines of the tree that are on the screen."""
    return [line.plain.rstrip() for line in drawn(app.today.outline).split("\n")]


def drawn(widget: Static) -> Content:
    assert isinstance(widget.content, Content)
    return widget.content


def cursor(app: FlashsafetyApp) -> str:
    return app.today.outline.current.title


# ---- what it shows -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_plan_and_tree_are_there_in_every_window(studied, running, size):
    async with running(studied, size=size) as (app, _):
        text = text_of(app)
        assert "Tuesday 2 March" in text
        for name in ("due", "new", "learned", "mature", "mastery", "Everything", "One", "Two"):
            assert name in text
        assert ("recall" in text) == (size[0] >= 100)
        assert all(len(line) <= size[0] for line in text.splitlines())
        year = app.today.query_one(Year)
        assert year.display == (size[0] >= 100 and size[1] >= 30)
        assert ("ratings on" in text) == year.display


@pytest.mark.parametrize("size", SIZES)
async def test_the_figures_stand_under_their_names(studied, running, size):
    async with running(studied, size=size) as (app, _):
        text = text_of(app).splitlines()
        names = next(line for line in text if "mature" in line)
        for line in lines(studied):
            row = next(row for row in text if f"{line.number}  {line.title}" in row)
            for name, value in (
                ("due", line.learning + line.review),
                ("new", line.new),
                ("learned", line.learned),
                ("mature", line.mature),
            ):
                end = names.index(name) + len(name)
                assert row[:end].split()[-1] == str(value)
            *_, recall, mastery = row.split()
            assert mastery == f"{line.known / line.cards:.0%}"
            if "recall" in names:
                share = f"{line.known / line.remembered:.0%}" if line.remembered else "-"
                assert recall == share


async def test_what_is_not_open_yet_is_folded_and_says_so(library, running):
    async with running(library) as (app, pilot):
        assert [line.split()[0] for line in shown(app)] == [">", "▾", "1", "2", "▸"]
        assert "Two  not open" in shown(app)[3]
        await pilot.press("end", "right")
        assert "Three  not open" in shown(app)[5]
        assert "Four  optional" in shown(app)[6]
        assert "One  " in shown(app)[2]
        assert "open" not in shown(app)[2]


async def test_nothing_of_the_tree_is_needed_for_the_first_frame(library):
    from flashsafety.tui.app import FlashsafetyApp

    app = FlashsafetyApp(library)
    app.today._begin = lambda: None  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        assert "3 new: about 2 minutes" in text_of(app)
        assert "Everything" not in text_of(app)
        await pilot.press("down", "up", "left", "right", "end", "pagedown")
        assert app.today.modules == ()


async def test_a_second_look_waits_for_no_worker_to_tell_the_day(studied, clock, running):
    async with running(studied) as (app, pilot):
        clock.advance(days=30)
        app.today.reload()
        await settled(pilot)
        assert "Thursday 1 April" in text_of(app)


async def test_help_says_what_the_columns_mean(library, running):
    async with running(library, size=(100, 60)) as (app, pilot):
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        text = " ".join(text_of(app).replace("│", " ").split())
        assert "stability of 21 days or more" in text
        assert "until there are 20 of a kind, 30 s stand for a new card" in text


async def test_without_colours_the_cursor_is_seen(library, running, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(library) as (app, pilot):
        await pilot.press("down")
        assert [line[0] for line in shown(app)] == [" ", ">", " ", " ", " "]


# ---- the cursor --------------------------------------------------------------------------------


async def test_the_cursor_moves_folds_and_stays_where_it_was(library, running):
    async with running(library) as (app, pilot):
        assert cursor(app) == "Everything"
        await pilot.press("up")
        assert cursor(app) == "Everything"
        await pilot.press("down", "down", "down")
        assert cursor(app) == "Two"
        app.today.reload()
        await settled(pilot)
        assert cursor(app) == "Two"
        await pilot.press("left")
        assert cursor(app) == "First section"
        await pilot.press("left")
        assert len(shown(app)) == 3
        await pilot.press("down", "right", "end")
        assert cursor(app) == "Four"
        await pilot.press("home", "pagedown")
        assert cursor(app) == "Four"
        await pilot.press("pageup")
        assert cursor(app) == "Everything"


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_is_always_on_the_screen(studied, running, size):
    async with running(studied, size=size) as (app, pilot):
        for key in ("down",) * 9 + ("up",) * 9 + ("end", "home"):
            await pilot.press(key)
            await pilot.pause()
            assert any(line.lstrip().startswith(">") for line in text_of(app).splitlines())


async def test_a_long_word_from_the_app_leaves_the_cursor_in_sight(library, running):
    async with running(library, size=(60, 18)) as (app, pilot):
        await pilot.press("end", "right", "end")
        app.today.say("word " * 30)
        await pilot.pause()
        await pilot.pause()
        assert ">     4  Four" in text_of(app)


async def test_the_section_under_the_cursor_may_vanish(library, running):
    async with running(library) as (app, pilot):
        await pilot.press("end")
        library.db.execute("UPDATE card SET active = 0 WHERE module IN ('three', 'four')")
        app.today.reload()
        await settled(pilot)
        assert cursor(app) == "Everything"
        library.db.execute("UPDATE card SET active = 0")
        app.today.reload()
        await settled(pilot)
        assert "There is no card yet." in text_of(app)
        assert "Everything" not in text_of(app)
        assert "mastery" not in text_of(app)


# ---- what is begun from it ---------------------------------------------------------------------


async def test_enter_reviews_all_a_section_or_a_module(studied, clock, running):
    clock.advance(days=400)
    async with running(studied) as (app, pilot):
        assert "enter begins the review" in text_of(app)
        await pilot.press("enter")
        assert study_screen(app).session._choice == EVERYTHING
        await pilot.press("q", "down")
        assert "enter reviews First section alone" in text_of(app)
        await pilot.press("enter")
        assert study_screen(app).session._choice.modules == ("one", "two")
        await pilot.press("q", "end")
        assert "enter opens Four" in text_of(app)
        await pilot.press("up")
        assert "enter reviews Three alone" in text_of(app)
        await pilot.press("enter")
        assert study_screen(app).showing is not None
        assert study_screen(app).showing.module == "three"  # type: ignore[union-attr]


async def test_enter_opens_a_module_and_then_reviews_it(library, running):
    async with running(library) as (app, pilot):
        await pilot.press("down", "down", "down", "enter")
        await settled(pilot)
        assert "Opened Two; u takes it back, enter reviews it." in text_of(app)
        assert "enter reviews Two alone" in text_of(app)
        assert "4 new: about 3 minutes" in text_of(app)
        await pilot.press("enter")
        assert study_screen(app).showing.module == "two"  # type: ignore[union-attr]
        await pilot.press("q", "u")
        await settled(pilot)
        assert "undid start of two" in text_of(app)
        assert "enter opens Two" in text_of(app)


async def test_a_section_without_an_open_module_says_what_to_do(library, running):
    async with running(library) as (app, pilot):
        await pilot.press("end", "enter")
        assert isinstance(app.screen, TodayScreen)
        assert "No module of Second section is open yet" in text_of(app)


async def test_with_nothing_due_enter_on_the_top_does_nothing(studied, running):
    studied.db.execute("UPDATE card SET suspended = 1")
    async with running(studied) as (app, pilot):
        assert "Nothing is due." in text_of(app)
        assert "up and down choose a module" in text_of(app)
        assert "Review" not in text_of(app).splitlines()[-1]
        await pilot.press("enter")
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("down", "enter")
        assert isinstance(app.screen, EndScreen)


async def test_n_opens_the_module_that_is_offered(studied, running):
    studied.db.execute("UPDATE module SET optional = 0")
    async with running(studied) as (app, pilot):
        assert "n opens the next module, Four" in text_of(app)
        await pilot.press("n")
        await settled(pilot)
        assert "Opened Four; u takes it back." in text_of(app)
        assert "n opens" not in text_of(app)
        assert all(line.started for line in app.today.modules)


async def test_the_mouse_folds_chooses_and_opens(studied, running):
    async with running(studied) as (app, pilot):
        await pilot.click(Outline, offset=(2, 1))
        assert cursor(app) == "First section"
        assert shown(app)[1].split()[1] == "▸"
        assert isinstance(app.screen, TodayScreen)
        await pilot.click(Outline, offset=(2, 1))
        assert shown(app)[1].split()[1] == "▾"
        await pilot.click(Outline, offset=(10, 6))
        await settled(pilot)
        assert "Opened Four" in text_of(app)
        await pilot.click(Outline, offset=(10, 6))
        await settled(pilot)
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.session._choice.modules == ("four",)


async def test_a_click_on_the_top_line_is_enter(library, running):
    async with running(library) as (app, pilot):
        await pilot.click(Outline, offset=(10, 0))
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)


async def test_the_palette_knows_the_modules_without_reading_all_cards_again(library, running):
    async with running(library) as (app, pilot):
        provider = CommandProvider(app.screen)
        titles = [offer.title for offer in provider._offers()]
        assert "Study: One" in titles
        assert "Open: Two" in titles
        next(offer for offer in provider._offers() if offer.title == "Open: Two").run()
        await settled(pilot)
        assert "Study: Two" in [offer.title for offer in provider._offers()]


# ---- the year ----------------------------------------------------------------------------------


def counts(library: Library) -> dict[int, int]:
    return dict(
        library.db.execute("SELECT study_day, count(*) FROM review GROUP BY study_day").fetchall()
    )


async def test_each_day_of_the_year_has_its_shade(studied, clock, running):
    async with running(studied, size=(120, 40)) as (app, _):
        text = drawn(app.today.query_one(Year)).plain.split("\n")
        today = clock.now().day
        days = range(today - 364, today + 1)
        rated = {day: count for day, count in counts(studied).items() if day in days}
        bounds = quarters([rated.get(day, 0) for day in days])
        total = sum(rated.get(day, 0) for day in days)
        assert text[0].startswith(f"{total:,} ratings on {len(rated)} of the last 365 days, in")
        monday = days[0] - day_to_date(StudyDay(days[0])).weekday()
        for day in days:
            row = text[2 + day_to_date(StudyDay(day)).weekday()]
            shade = SHADES.index(row[4 + (day - monday) // 7])
            count = rated.get(day, 0)
            assert shade == (
                0 if not count else 1 + [a <= count <= b for a, b in bounds].index(True)
            )
        for column, name in ((2, "Mon"), (4, "Wed"), (6, "Fri")):
            assert text[column].startswith(name)
        assert text[9].strip().startswith("· none   ░ 1")


def test_quarters_hold_a_quarter_of_the_days_each():
    assert quarters([0, *range(1, 9)]) == [(1, 2), (3, 4), (5, 6), (7, 8)]
    assert quarters([5, 5, 5, 0]) == [(1, 5), (1, 0), (1, 0), (1, 0)]
    assert quarters([2, 9]) == [(1, 2), (1, 0), (1, 0), (3, 9)]
    assert quarters([7]) == [(1, 7), (1, 0), (1, 0), (1, 0)]
    assert quarters([0, 0]) == [(1, 0)] * 4


def test_months_stand_over_the_week_of_their_first_day():
    year = Year()
    first = StudyDay(20454)  # 2026-01-01, a Thursday
    year.show([Day(StudyDay(first + n), n % 5, 1000) for n in range(365)])
    months = drawn(year).plain.split("\n")[1]
    assert months[4:].split() == [
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    ]
    assert months.index("Feb") == 4 + 4  # 1 February is a Sunday, of the fifth week


async def test_the_year_comes_with_the_room_and_goes_with_it(studied, running):
    async with running(studied) as (app, pilot):
        assert "ratings on" not in text_of(app)
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        assert "ratings on" in text_of(app)
        await pilot.resize_terminal(120, 29)
        await settled(pilot)
        assert "ratings on" not in text_of(app)


async def test_a_year_that_cannot_be_summed_is_told_once(studied, running, monkeypatch):
    from flashsafety.errors import UnusableDataError

    def fail(self: TodayScreen) -> tuple[Day, ...]:
        raise UnusableDataError("the disk is full")

    monkeypatch.setattr(TodayScreen, "_read_year", fail)
    async with running(studied, size=(120, 40)) as (app, pilot):
        app.today.reload()
        await settled(pilot)
        assert len(app._notifications) == 1
        assert "The year cannot be shown" in text_of(app)
        await pilot.press("down")
        assert cursor(app) == "First section"


# ---- hostile titles ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "title",
    [
        "[bold]\x1b[31m [/x] [@click=a]",
        "\u202eright\u2066 \u200b",
        "日本語" * 40,
        "x" * 500,
        "e\u0301" * 60,
        "\U0001f469\u200d\U0001f52c" * 30,
        "one\ntwo\ttabs",
        "",
    ],
    ids=["codes", "bidi", "wide", "long", "marks", "joined", "lines", "empty"],
)
async def test_hostile_titles_are_shown_as_they_are_and_cut(studied, running, size, title):
    studied.db.execute("UPDATE module SET title = ?, section_title = ?", (title, title))
    async with running(studied, size=size) as (app, pilot):
        text = text_of(app)
        assert is_safe(text)
        assert "Everything" in text
        rows = shown(app)
        assert len(rows) == 7
        await pilot.press("down", "down")
        assert is_safe(text_of(app))
        assert app.today.outline.current.depth == MODULE
        await pilot.press("up")
        assert app.today.outline.current.depth == SECTION
        widths = {app.today.outline.content_size.width}
        assert {line.cell_length for line in drawn(app.today.outline).split("\n")} == widths


async def test_a_damaged_file_is_no_silent_end(library, running, monkeypatch):
    """The thread that reads the tree fails as loudly as the first frame would."""
    monkeypatch.setattr(
        "flashsafety.tui.screens.today.sections", lambda _: (_ for _ in ()).throw(_broken())
    )
    with pytest.raises(Exception, match="malformed"):
        async with running(library) as (_, pilot):
            await pilot.pause()


def _broken() -> sqlite3.DatabaseError:
    return sqlite3.DatabaseError("database disk image is malformed")


# ---- pauses ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_pause_is_said_asks_nothing_and_ends_by_a_key(studied, clock, running, size):
    clock.advance(days=3)
    pause_until(studied, StudyDay(clock.now().day + 9))
    clock.advance(days=5)
    async with running(studied, size=size) as (app, pilot):
        text = text_of(app)
        assert "Paused until Sun 14 Mar" in text
        assert "enter reviews anyway" in text
        assert "0 ends the pause" in text
        assert "opens the next module" not in text
        if app.today.query_one(Year).display:
            assert "paused" in text
        await pilot.press("0")
        await settled(pilot)
        assert "The pause is over; u takes that back." in text_of(app)
        assert "Paused until" not in text_of(app)
        await pilot.press("0", "u")
        await settled(pilot)
        assert "Paused until Sun 14 Mar" in text_of(app)
        await pilot.press("enter")
        assert study_screen(app).session.current is not None


async def test_the_year_marks_the_days_of_a_pause(running, library):
    async with running(library, size=(120, 40)) as (app, pilot):
        year = app.today.query_one(Year)
        days = [
            Day(StudyDay(20_000 + place), ratings, 1000, paused)
            for place, (ratings, paused) in enumerate(
                [(3, False), (0, True), (5, True), (0, False)]
            )
        ]
        year.show(days)
        await pilot.pause()
        legend = drawn(year).plain.split("\n")[-1]
        assert f"{SHADES[0]} none   - paused" in legend
        cells = "".join(line[4:] for line in drawn(year).plain.split("\n")[2:-1]).replace(" ", "")
        assert sorted(cells) == sorted(f"{SHADES[0]}-{SHADES[1]}{SHADES[4]}")
        year.show([day for day in days if not day.paused])
        assert "paused" not in drawn(year).plain


# ---- back after a break --------------------------------------------------------------------------


@pytest.fixture
def back(tmp_path, clock) -> Iterator[Library]:
    """A learner of eighty cards who has done nothing for thirty days."""
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *(question(f"many-{n}") for n in range(80)))
    with open_library(tmp_path, bank, clock, new_limit=5) as library:
        library.take_in_changes()
        study_for(library, clock, 30)
        clock.advance(days=30)
        yield library


def offered(app: FlashsafetyApp) -> list[str]:
    """The lines of the plans that are offered, if they are shown."""
    ways = app.today.query_one(Ways)
    return drawn(ways).plain.split("\n") if ways.display else []


@pytest.mark.parametrize("size", SIZES)
async def test_after_a_break_plans_are_offered_and_one_is_taken_by_its_key(back, running, size):
    async with running(back, size=size) as (app, pilot):
        lines = offered(app)
        assert lines[0].startswith("Welcome back: ")
        assert [line[:2] for line in lines[1:]] == ["1 ", "2 ", "3 ", "0 "]
        text = text_of(app)
        assert all(line in text for line in lines)
        assert any(line.lstrip().startswith(">") for line in text.splitlines())
        await pilot.press("2")
        await settled(pilot)
        assert offered(app) == []
        text = text_of(app)
        assert "The plan holds; u takes that back." in text
        assert "Return plan, day 1 of " in text
        assert "0 drops the return plan" in text
        plan = plans_on(back.db, back.clock.now().day).back
        assert plan is not None and f"{plan.reviews} reviews: about" in text
        await pilot.press("u")
        await settled(pilot)
        assert offered(app) == lines


async def test_a_plan_is_taken_by_a_click_and_dropped_by_a_key(back, running):
    async with running(back) as (app, pilot):
        lines = offered(app)
        await pilot.click(Ways, offset=(5, 3))
        await settled(pilot)
        plan = plans_on(back.db, back.clock.now().day).back
        assert plan is not None and plan.order == "most-at-risk"
        await pilot.press("1")
        assert plans_on(back.db, back.clock.now().day).back == plan
        await pilot.press("0")
        await settled(pilot)
        assert "The plan is dropped; u takes that back." in text_of(app)
        assert offered(app) == []
        await pilot.press("u", "u")
        await settled(pilot)
        assert offered(app) == lines


async def test_plans_are_declined_by_a_click_on_the_last_line(back, running):
    async with running(back) as (app, pilot):
        before = today(back).counts
        await pilot.click(Ways, offset=(5, len(offered(app)) - 1))
        await settled(pilot)
        assert offered(app) == []
        assert "All is as usual; u takes that back." in text_of(app)
        assert today(back).counts == before


async def test_the_palette_offers_a_plan_only_while_there_is_one(back, running):
    async with running(back) as (app, pilot):
        assert [app.today.check_action("take", (n,)) for n in (1, 2, 3, 4)] == [True] * 3 + [False]
        assert app.today.check_action("take", ("2",))
        await pilot.press("0")
        await settled(pilot)
        assert not app.today.check_action("take", (1,))
        assert not app.today.check_action("as_usual", ())


# ---- ready on a date -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_plan_for_a_date_is_followed_and_dropped_by_a_key(library, clock, running, size):
    hold(library, plan_for(library, StudyDay(clock.now().day + 10), ("one", "two"), 0.9))
    async with running(library, size=size) as (app, pilot):
        text = " ".join(text_of(app).split())
        assert "Ready on 12 Mar, day 1 of 10: 0 of 6 begun, predicted recall 0.9" in text
        assert "0 drops the plan" in text
        assert today(library).counts.new == 1
        await pilot.press("0")
        await settled(pilot)
        text = text_of(app)
        assert "Ready on" not in text and "The plan is dropped" in text
        await pilot.press("u")
        await settled(pilot)
        assert "Ready on 12 Mar" in text_of(app)


async def test_a_prediction_is_not_waited_for(library, clock):
    from flashsafety.tui.app import FlashsafetyApp

    hold(library, plan_for(library, StudyDay(clock.now().day + 10), ("one",), 0.9))
    app = FlashsafetyApp(library)
    app.today._begin = lambda: None  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)):
        assert "Ready on 12 Mar, day 1 of 10: 0 of 3 begun." in text_of(app)


async def test_of_a_plan_and_plans_on_offer_the_key_takes_one_at_a_time(back, clock, running):
    hold(back, plan_for(back, StudyDay(clock.now().day + 20), ("shapes",), 0.6))
    async with running(back, size=(100, 40)) as (app, pilot):
        assert "drops the plan" not in text_of(app)
        await pilot.press("0")
        await settled(pilot)
        assert offered(app) == []
        assert "0 drops the plan" in text_of(app)
        await pilot.press("0")
        await settled(pilot)
        assert plans_on(back.db, clock.now().day).ready is None
