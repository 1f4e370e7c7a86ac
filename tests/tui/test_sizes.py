"""Windows of any size, and what is open while they change."""

import pytest

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


async def test_a_line_that_was_left_is_not_gone_back_to(library_of, running):
    async with running(library_of(TYPED)) as (app, pilot):
        await pilot.press("enter", "escape")
        assert app.focused is None
        for size in ((40, 10), (80, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
        assert app.focused is None
