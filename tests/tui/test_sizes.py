"""Windows of any size, and what is open while they change."""

import pytest

from flashsafety.tui.widgets.keybar import KeyBar
from tests.banks import NUMERIC, TYPED, question
from tests.tui.conftest import settled


@pytest.mark.parametrize("small", [(59, 24), (80, 17), (20, 5)])
@pytest.mark.parametrize(
    "keys",
    [("m",), ("x",), ("b",), ("b", "enter"), ("comma",), ("enter",), ("x", "enter")],
    ids="-".join,
)
async def test_what_had_the_focus_has_it_again_after_a_window_too_small_for_it(
    library_of, running, keys, small
):
    library = library_of(TYPED, f"{NUMERIC}exam: true\n", question("third"))
    async with running(library) as (app, pilot):
        await pilot.press(*keys)
        await settled(pilot)
        before = app.focused
        assert before is not None
        await pilot.resize_terminal(*small)
        await pilot.pause()
        await pilot.resize_terminal(100, 30)
        await settled(pilot)
        assert app.focused is before


@pytest.mark.parametrize(("keys", "rarest"), [(("x",), "t Time"), ((), "t Statistics")])
async def test_a_key_bar_without_room_leaves_out_what_is_used_least_and_never_the_way_out(
    library_of, running, keys, rarest
):
    library = library_of(TYPED, f"{NUMERIC}exam: true\n", question("third"))
    async with running(library, size=(120, 24)) as (app, pilot):
        await pilot.press(*keys)
        await settled(pilot)
        bar = app.screen.query_one(KeyBar)
        whole = " ".join(str(bar.render()).split())
        assert rarest in whole
        way_out = whole[whole.index(" q ") :]
        await pilot.resize_terminal(60, 18)
        await settled(pilot)
        assert " ".join(str(bar.render()).split()).endswith(way_out)
        await pilot.resize_terminal(40, 18)
        await settled(pilot)
        left = " ".join(str(bar.render()).split())
        assert left.endswith(way_out) and rarest not in left


async def test_a_line_that_was_left_is_not_gone_back_to(library_of, running):
    async with running(library_of(TYPED)) as (app, pilot):
        await pilot.press("enter", "escape")
        assert app.focused is None
        for size in ((40, 10), (80, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
        assert app.focused is None
