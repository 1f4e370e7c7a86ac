"""Every key is the learner's to change, and then no text names the old one."""

import re
from pathlib import Path

import pytest

from flashsafety.settings.load import load_settings
from flashsafety.tui.commands import COMMANDS, PLACES, of
from flashsafety.tui.keymap import check_keys, keys_of, spelled
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.screens.today import TodayScreen
from flashsafety.tui.screens.window import Window
from tests.tui import stages as at
from tests.tui.conftest import text_of
from tests.tui.stages import then
from tests.tui.walk import Walk, walked

assert walked  # the fixture

ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюяѣѳѵѕіїјљњћџ"
"""Keys that no command has."""
NEW = {
    command.id: f"ctrl+f{number + 1}" if place == "app" else ALPHABET[number]
    for place in PLACES
    for number, command in enumerate(of(place))
}
OLD = {key for command in COMMANDS for key in keys_of(command, {})} | {"esc", "K", "J"}
_OLD = "|".join(map(re.escape, sorted(OLD, key=len, reverse=True)))
_VERBS = (
    "shows? answers? goes takes? opens? undoes closes? learns? studies reviews lists? keeps? gives?"
    " leaves? begins? changes? choose picks? moves? ticks? again mends suspends rates?"
)
NAMED = re.compile(
    rf"(?<![\w+])(?:{_OLD})(?: (?:to|or|and) \S+)? (?:{_VERBS.replace(' ', '|')})\b"
    rf"|\bpress(?:es)? (?:{_OLD})(?!\w)"
)
FIXED = ("enter keeps it", "enter begins: ")
"""Said of keys that belong to the terminal library's own lists and lines."""

_AREA = at.on_card("circle-area")

STAGES = {
    "home": at.home,
    "a section": then(at.home, "down", "down", "down"),
    "a section that is not open": then(at.home, "end", "enter"),
    "a module opened": then(at.home, "end", "right", "down", "enter"),
    "the next module": then(at.nothing_due, "n"),
    "a question": _AREA,
    "its answer": then(_AREA, "space"),
    "a rating": then(at.on_card("circle-area", "long"), "space", "4"),
    "a bury": then(at.on_card("circle-area", "long"), "b"),
    "another meaning": at.meaning_changed,
    "options": at.on_card("five-options"),
    "points": then(at.on_card("five-points"), "space"),
    "a line": at.on_card("half-a-circle"),
    "a line left": then(at.on_card("half-a-circle"), "escape"),
    "an order": at.on_card("by-corners"),
    "the end": at.end,
    "the end with more": at.end_in_the_middle,
    "the end with a module": at.end_of_the_day,
    "modules": then(at.home, "m"),
    "modules, all": then(at.home, "m", "a"),
    "modules, one": then(at.home, "m", "enter"),
    "cards": at.cards,
    "a suspension": then(at.cards, "s"),
    "no card": then(at.cards, "slash", *"zzz"),
    "exams": at.quizzes,
    "exam, options": at.exam_on("circle-symmetry"),
    "exam, order": at.exam_on("by-corners"),
    "exam, words": at.exam_on("circle-area"),
    "exam, words left": then(at.exam_on("circle-area"), "escape"),
    "exam, handing in": then(at.exam_on("circle-symmetry"), "h"),
    "answers": at.answers_on("circle-area"),
    "answers, a module opened": then(at.answers_on("prime-one"), "s"),
    "score": at.score_on("circle-area"),
    "settings": at.setting("new_limit"),
    "the setting of keys": at.setting("keys"),
    "keys": then(at.setting("keys"), "enter"),
    "a session": then(at.home, "w"),
    "a session of minutes": then(at.home, "w", "3"),
    "themes": then(at.setting("theme"), "enter"),
    "flag": then(_AREA, "f"),
    "info": then(_AREA, "i"),
    "due": then(at.cards, "d"),
    "figures": at.figures,
    "a pause": at.paused,
    "plans": at.plans_offered,
    "a leech": at.leech,
}


class Rebound(Walk):
    """A walk by somebody who has changed all keys."""

    async def press(self, *keys: str) -> None:
        """Press what the learner chose in place of each key."""
        for key in keys:
            await super().press(self._now(key))

    def _now(self, key: str) -> str:
        screen = self.app.screen
        places = screen.places() if isinstance(screen, BaseScreen) else ("window",)
        for place in places:
            for command in of(place):
                action = command.action.partition("(")[0]
                if key in keys_of(command, {}) and screen.check_action(action, (1,)):
                    return NEW[command.id]
        return key

    async def home(self) -> None:
        """Back to Home, with the same keys."""
        self.app.clear_notifications()
        while not isinstance(self.app.screen, TodayScreen):
            self.app.pop_screen()
            await self.quiet()
        self._pristine.backup(self.library.db)
        self.library.adopt(self.library.settings)
        self.app.today.outline.move(-99)
        self.app.today.reload()
        await self.quiet()


def test_every_command_has_a_new_key_and_none_clashes() -> None:
    assert not check_keys(NEW)
    assert NAMED.search("u takes it back") and NAMED.search("1 to 3 pick")
    assert not NAMED.search("ж takes it back, ctrl+u clears")


async def test_no_text_of_any_screen_names_a_key_that_was_changed(walked, running, tmp_path):
    lines = "\n".join(f'"{name}" = "{key}"' for name, key in NEW.items())
    Path(walked.paths.config).write_text(f"[keys]\n{lines}\n", encoding="utf-8")
    walked.adopt(load_settings(walked.paths, {}))
    wrong = []
    async with running(walked, size=(110, 40)) as (app, pilot):
        walk = Rebound(app, pilot, tmp_path)
        for name, stage in STAGES.items():
            await walk.home()
            await stage(walk)
            shown = [text_of(app)]
            if isinstance(app.screen, BaseScreen):
                shown.append(app.spelled(app.screen.help_words()[1]))
                app.action_help()
                await walk.quiet()
                assert isinstance(app.screen, Window)
                shown.append(text_of(app))
            for text in shown:
                for fixed in FIXED:
                    text = text.replace(fixed, "")
                wrong += [f"{name}: {found[0]}" for found in NAMED.finditer(text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("place", PLACES)
def test_texts_may_name_any_command(place: str) -> None:
    for command in of(place):
        assert "{" not in spelled(f"{{{command.id}}}", {})
