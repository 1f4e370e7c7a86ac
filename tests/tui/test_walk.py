"""Every command of every screen does what its help says, by each of its keys and in the key bar.

The palette has it too, where it is to have it. What a command does is in the table of effects; a
command that is not in it fails here.
"""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from functools import partial

import pytest
from textual.binding import Binding
from textual.css.query import NoMatches
from textual.dom import DOMNode

import flashsafety.tui
from flashsafety.tui.command import Command
from flashsafety.tui.commands import COMMANDS, PLACES, of
from flashsafety.tui.keymap import key_name
from flashsafety.tui.palette import CommandProvider
from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.keybar import KeyBar
from tests.tui.conftest import text_of
from tests.tui.effects import EFFECTS, WINDOWS, Effect
from tests.tui.stages import leaving
from tests.tui.test_study import editor_that
from tests.tui.walk import Walk, walked

assert walked  # the fixture

SIZE = (90, 24)
Way = Callable[[Walk], Awaitable[None]]


def by_key(key: str) -> Way:
    async def way(walk: Walk) -> None:
        await walk.press(key)

    return way


def by_bar(command: Command) -> Way:
    """A click on the command in the key bar."""

    async def way(walk: Walk) -> None:
        bar = text_of(walk.app).splitlines()[-1]
        shown = f"{key_name(command.keys.split(',')[0])} {command.title}"
        assert shown in bar, f"{shown!r} is not in the key bar: {bar}"
        await walk.pilot.click(KeyBar, offset=(bar.index(shown) + 1, 0))
        await walk.quiet()

    return way


def offered(walk: Walk, command: Command) -> bool:
    """Whether the palette has the command, once, and would do just that."""
    screen = walk.app.screen
    offers = [o for o in CommandProvider(screen)._offers() if o.title == command.title]
    runs = [o.run for o in offers if isinstance(o.run, partial)]
    return [run.args for run in runs] == [(command.action,)] and len(offers) == 1


def ways(command: Command) -> Iterator[tuple[str, Way]]:
    """Every way to a command."""
    for key in command.keys.split(","):
        yield key, by_key(key)
    if command.footer:
        yield "the key bar", by_bar(command)


async def failure(
    walk: Walk, name: str, effect: Effect, way: Way, command: Command | None = None
) -> str:
    """What is wrong with a command; nothing when it does what it is to do."""
    await walk.home()
    try:
        await effect.stage(walk)
        if command is not None and command.palette:
            assert offered(walk, command), "the palette has it not, or more than once"
        before = effect.look(walk)
        await way(walk)
        after = effect.look(walk)
    except (AssertionError, NoMatches) as error:
        return f"{name}: {error}"
    if (before, after) != (effect.before, effect.after):
        return f"{name}: {before!r} -> {after!r}, not {effect.before!r} -> {effect.after!r}"
    return ""


@pytest.fixture
def an_editor(tmp_path, monkeypatch):
    monkeypatch.setenv("VISUAL", editor_that(tmp_path, ""))


@pytest.mark.usefixtures("an_editor")
@pytest.mark.parametrize("place", PLACES)
async def test_every_command_does_what_its_help_says_in_every_way(place, walked, running, tmp_path):
    wrong = []
    async with running(walked, size=SIZE) as (app, pilot):
        walk = Walk(app, pilot, tmp_path)
        for command in of(place):
            effect = EFFECTS[command.id]
            if effect.look is not leaving:
                for name, way in ways(command):
                    said = f"{command.id} by {name}"
                    wrong.append(await failure(walk, said, effect, way, command))
    assert not list(filter(None, wrong)), "\n".join(filter(None, wrong))


LEAVING = [
    pytest.param(command, way, id=f"{command.id} by {name}")
    for command in COMMANDS
    if command.id in EFFECTS and EFFECTS[command.id].look is leaving
    for name, way in ways(command)
]


@pytest.mark.parametrize(("command", "way"), LEAVING)
async def test_what_leaves_the_app_leaves_it(command, way, walked, running, tmp_path):
    async with running(walked, size=SIZE) as (app, pilot):
        walk = Walk(app, pilot, tmp_path)
        assert not await failure(walk, command.id, EFFECTS[command.id], way)


def windows() -> dict[str, list[str]]:
    """What windows have keys for that is in no table, and their closing: by class and action."""
    found: dict[str, list[str]] = {}
    for module in pkgutil.walk_packages(flashsafety.tui.__path__, "flashsafety.tui."):
        for kind in vars(importlib.import_module(module.name)).values():
            if not isinstance(kind, type) or not issubclass(kind, DOMNode):
                continue
            if kind.__module__ == module.name:
                if issubclass(kind, Window) and kind is not Window:
                    found[f"{kind.__name__}.close"] = ["escape"]
                for binding in kind.__dict__.get("BINDINGS", ()):
                    assert isinstance(binding, Binding)
                    if binding.id is None:
                        found.setdefault(f"{kind.__name__}.{binding.action}", []).extend(
                            binding.key.split(",")
                        )
    return found


async def test_every_key_of_a_window_does_what_it_is_to_do(walked, running, tmp_path):
    wrong = []
    async with running(walked, size=SIZE) as (app, pilot):
        walk = Walk(app, pilot, tmp_path)
        for name, keys in windows().items():
            for key in keys:
                wrong.append(await failure(walk, f"{name} by {key}", WINDOWS[name], by_key(key)))
    assert not list(filter(None, wrong)), "\n".join(filter(None, wrong))


def test_the_table_of_effects_has_every_command_and_no_other():
    assert {command.id for command in COMMANDS} ^ set(EFFECTS) == set(), (
        "add what the command does to tests/tui/effects.py"
    )
    assert set(windows()) ^ set(WINDOWS) == set()


def test_every_binding_of_the_table_is_somebodys():
    """A command whose place no screen or widget takes its bindings from would do nothing."""
    bound = set()
    for module in pkgutil.walk_packages(flashsafety.tui.__path__, "flashsafety.tui."):
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, DOMNode):
                own = kind.__dict__.get("BINDINGS", ())
                bound |= {one.id for one in own if isinstance(one, Binding)}
    assert {command.id for command in COMMANDS} <= bound
