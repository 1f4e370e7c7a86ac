"""A card that becomes a leech: a window that helps, and is gone with one key."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from flashsafety.study.answer import answer_card
from flashsafety.study.browse import find_card
from flashsafety.terms import Rating
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.screens.contrast import ContrastScreen
from flashsafety.tui.screens.end import EndScreen
from flashsafety.tui.screens.flag import FlagScreen
from flashsafety.tui.screens.info import InfoScreen
from flashsafety.tui.screens.leech import LeechScreen
from flashsafety.tui.screens.study import StudyScreen
from tests.banks import CHOICE, CONCEPT, question
from tests.tui.conftest import ratings, settled, study_screen, text_of
from tests.tui.test_study import editor_that

LEECH = CHOICE.replace("id: circle-symmetry", "id: circle-symmetry\nprerequisites: [circle]")
TURN = """\
id: half-turn
type: concept
term: only a half turn
directions: forward
definition: |
  What leaves a parallelogram as it was.
"""


@pytest.fixture
def leech(library_of, clock):
    """A library in which the first card due becomes a leech when it is forgotten."""

    def make(*more: str, **changes):
        library = library_of(LEECH, CONCEPT, TURN, *more, leech_threshold=1, **changes)
        library.take_in_changes()
        answer_card(library, find_card(library, "circle-symmetry"), Rating.EASY, 0)
        clock.advance(days=12)
        for key in ("circle/forward", "half-turn"):
            answer_card(library, find_card(library, key), Rating.EASY, 0)
        clock.advance(days=1)
        return library

    return make


async def forget(app, pilot) -> None:
    """Pick the wrong option, and take the rating that this suggests."""
    await pilot.press("enter")
    order = app.screen.session.current.order
    await pilot.press(str(order.index(1) + 1), "enter", "enter")
    await settled(pilot)


@pytest.mark.parametrize("key", ["enter", "space", "escape"])
async def test_a_leech_shows_what_it_is_taken_for_and_builds_on_and_one_key_goes_on(
    leech, running, key: str
) -> None:
    library = leech(question("next"))
    async with running(library) as (app, pilot):
        await forget(app, pilot)
        assert isinstance(app.screen, LeechScreen)
        shown = text_of(app)
        assert "A leech: forgotten 1 time." in shown
        assert "circle-symmetry/choose" in shown
        assert "taken for  half-turn/forward" in shown
        assert "answered   Only a half turn (1 time)" in shown
        assert "builds on  circle (recall 9" in shown
        assert "enter  Go on with the review." in shown
        await pilot.press(key)
        assert "Again: back in 10m" in text_of(app)
        await pilot.press("u")
        showing = study_screen(app).showing
        assert showing is not None
        assert showing.key == "circle-symmetry/choose"


async def test_a_leech_is_practised_with_what_it_is_taken_for_and_the_review_goes_on(
    leech, running
) -> None:
    library = leech(question("next"))
    async with running(library) as (app, pilot):
        await forget(app, pilot)
        before = library.db.execute("SELECT * FROM card").fetchall()
        await pilot.press("c")
        assert isinstance(app.screen, ContrastScreen)
        assert "Cram: 2 cards." in text_of(app)
        for _ in range(2):
            await pilot.press("space", "3")
            await settled(pilot)
        assert type(app.screen) is StudyScreen
        assert "Back to the review." in text_of(app)
        assert library.db.execute("SELECT * FROM card").fetchall() == before
        rows = library.db.execute("SELECT count(*) FROM review WHERE origin = 'cram'").fetchone()
        assert rows == (2,)
        await pilot.press("space", "3")
        assert ratings(library)[-1][1] == Rating.GOOD


async def test_practising_the_pair_can_be_left_at_once(leech, running) -> None:
    library = leech(question("next"))
    async with running(library) as (app, pilot):
        await forget(app, pilot)
        await pilot.press("c", "u")
        assert "Undid Again on circle-symmetry/choose." in text_of(app)
        await pilot.press("q")
        assert type(app.screen) is StudyScreen
        showing = study_screen(app).showing
        assert showing is not None


async def test_a_leech_is_suspended_and_that_is_undone(leech, running) -> None:
    library = leech(question("next"))
    async with running(library) as (app, pilot):
        await forget(app, pilot)
        await pilot.press("s")
        assert isinstance(app.screen, StudyScreen)
        assert "Suspended: circle-symmetry/choose. u undoes." in text_of(app)
        assert app.screen.session.left["learning"] == 0
        query = "SELECT suspended FROM card WHERE key = 'circle-symmetry/choose'"
        assert library.db.execute(query).fetchone() == (1,)
        await pilot.press("u")
        assert library.db.execute(query).fetchone() == (0,)


async def test_a_leech_is_flagged_with_what_it_is_mixed_up_with(leech, running) -> None:
    library = leech(question("next"))
    async with running(library) as (app, pilot):
        await forget(app, pilot)
        await pilot.press("f")
        assert isinstance(app.screen, FlagScreen)
        await pilot.press("2")
        assert isinstance(app.screen, StudyScreen)
        flag = library.db.execute("SELECT flag FROM card WHERE key LIKE 'circle-s%'").fetchone()
        assert flag == ("unclear: mixed up with half-turn/forward",)


async def test_a_leech_is_written_anew_in_the_editor(
    leech, running, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("VISUAL", editor_that(tmp_path, ":"))
    monkeypatch.setattr(FlashsafetyApp, "suspend", lambda self: nullcontext())
    library = leech(question("next"))
    async with running(library) as (app, pilot):
        await forget(app, pilot)
        await pilot.press("e")
        assert "Nothing changed." in text_of(app)
    assert (tmp_path / "arguments").read_text().startswith("+6\n")


async def test_the_window_is_for_the_mouse_too(leech, running) -> None:
    library = leech(question("next"))
    async with running(library) as (app, pilot):
        await forget(app, pilot)
        assert await pilot.click("OptionList", offset=(10, 4))
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        assert "Suspended: circle-symmetry/choose" in text_of(app)


async def test_a_leech_that_is_suspended_at_once_is_told_so(leech, running) -> None:
    library = leech(question("next"), leech_action="suspend")
    async with running(library) as (app, pilot):
        await forget(app, pilot)
        shown = text_of(app)
        assert "A leech: forgotten 1 time, so it is suspended." in shown
        assert "Hide it until it is unsuspended." not in shown
        assert "Practise it together" not in shown
        await pilot.press("s")
        assert isinstance(app.screen, LeechScreen)


async def test_after_the_last_card_the_window_stands_over_the_end(leech, running) -> None:
    library = leech(new_limit=0, relearning_steps=(3600,))
    async with running(library) as (app, pilot):
        await forget(app, pilot)
        assert isinstance(app.screen, LeechScreen)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, EndScreen)
        assert "leeches" in text_of(app)


async def test_card_info_tells_of_mix_ups_later_too(leech, running) -> None:
    library = leech(question("next"))
    async with running(library) as (app, pilot):
        await forget(app, pilot)
        await pilot.press("enter", "u", "i")
        assert isinstance(app.screen, InfoScreen)
        shown = text_of(app)
        assert "taken for" not in shown, "the wrong answer was undone"
        assert "builds on      circle (recall 9" in shown
