"""Settings: the table of them as a screen."""

import os
from collections.abc import Iterable, Sequence
from itertools import groupby

from textual.content import Content

from flashsafety.errors import FlashsafetyError
from flashsafety.settings.load import Described, describe, described
from flashsafety.settings.table import NAMES, Setting, find
from flashsafety.store.modules import module_titles
from flashsafety.tui.screens.fields import Entry, FieldsScreen
from flashsafety.tui.widgets.field import Field, Shown

_MODULES_AT = 44
"""The column of the values of modules, whose titles are long."""
_FEW = 6
"""Values that are gone through one by one; of more a list is shown."""


class SettingsScreen(FieldsScreen):
    """Every setting by group, then the desired retention of each module."""

    HEADING = "Settings"
    SAID = "saved at once, in a file that is yours to edit"

    def __init__(self) -> None:
        """Read nothing yet."""
        super().__init__()
        self._rows: dict[str, Described] = {}
        self._titles: dict[str, str] = {}

    def on_mount(self) -> None:
        """Say what is wrong with the file, should it have been broken by hand meanwhile."""
        self.flashsafety.take_settings()
        self.reload()

    def groups(self) -> Iterable[tuple[str, Sequence[Entry]]]:
        """The table's groups, and the modules."""
        library = self.flashsafety.library
        try:
            rows = describe(library.paths, os.environ)
        except FlashsafetyError:  # told when the screen was opened, and whenever one is changed
            rows = described(library.settings, {})
        self._rows = {row.setting.name: row for row in rows}
        self._titles = module_titles(library.db)
        for group, settings in groupby(NAMES.values(), key=lambda setting: setting.group):
            yield group, [self._entry(setting) for setting in settings if _on_a_line(setting)]
        yield (
            "Desired retention by module",
            [self._module_entry(slug, title) for slug, title in self._titles.items()],
        )

    def _entry(self, setting: Setting) -> Entry:
        title = setting.name.replace("_", " ")
        if setting.entries:
            changed = sum(name.startswith(f"{setting.name}.") for name in self._rows)
            return Entry(setting.name, Shown(title, f"{changed} changed" if changed else "as made"))
        row = self._rows[setting.name]
        remark = {"default": "", "file": "changed", "environment": "from the environment"}
        return Entry(setting.name, Shown(title, row.value, remark[row.origin]))

    def _module_entry(self, slug: str, title: str) -> Entry:
        name = f"module_retention.{slug}"
        row = self._rows.get(name)
        value = (row or self._rows["desired_retention"]).value
        return Entry(name, Shown(title, value, "changed" if row is not None else "", _MODULES_AT))

    # ---- what it says ----------------------------------------------------------------------------

    def about(self, name: str) -> Iterable[Content]:
        """Help, what the value means, what it may be, on what it bears."""
        setting = NAMES.get(name) or find(name)
        row = self._rows.get(name)
        yield Content.assemble((setting.help, "bold"))
        meaning = setting.kind.options.get(row.value) if row is not None else None
        if meaning:
            yield Content(f"{row.value if row else ''}: {meaning}.")
        if setting.name == "keys":
            yield Content(f"{self.key('change')} lists the commands.")
        else:
            may = "" if meaning else f"Value: {setting.kind.range}. "
            yield Content.assemble((f"{may}Default: {self._usual(setting)}.", _DIM))
        yield Content.assemble((f"Bears on: {setting.bears}.", _DIM))

    def _usual(self, setting: Setting) -> str:
        if "." in setting.name:
            return f"that of all, {self._rows['desired_retention'].value}"
        return setting.default or "nothing"

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return (
            "Settings",
            "Mark a line with the arrows; {settings.change} changes its value, {settings.reset}"
            " gives it its default again. Every change is saved and holds at once. The same"
            " settings are in the command 'flashsafety config', and in the file that 'flashsafety"
            " where' names.",
        )

    # ---- what it does ----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the next value only where there are few."""
        if action == "turn" and (self.marked is None or not self._few(self.marked)):
            return False
        if action == "reset" and self.marked is not None and self.marked.setting == "keys":
            return False
        return super().check_action(action, parameters)

    def _few(self, field: Field) -> list[str]:
        """The values of a field that are gone through one by one; empty when there are more."""
        setting = NAMES.get(field.setting)
        options = list(setting.kind.options) if setting is not None else []
        return options if len(options) <= _FEW else []

    def action_turn(self, by: int) -> None:
        """Take the next value, or the one before."""
        field = self.marked
        values = self._few(field) if field is not None else []
        if field is not None and values:
            place = values.index(field.shown.value) + by
            self._store(field, values[place % len(values)])

    async def change(self, field: Field) -> None:
        """The next value, a list of them, the screen of keys, or a line to type into."""
        if self._few(field):
            field.focus()
            self.action_turn(1)
        elif field.setting == "theme":
            self._choose_theme(field)
        elif field.setting == "keys":
            from flashsafety.tui.screens.keys import KeysScreen

            self.open(KeysScreen())
        else:
            await field.edit(field.shown.value)
            self._tell()

    def _choose_theme(self, field: Field) -> None:
        from flashsafety.tui.screens.themes import ThemesScreen

        def chosen(name: str | None) -> None:
            if name is not None:
                self._store(field, name)

        self.open(ThemesScreen(field.shown.value), chosen)

    def _store(self, field: Field, value: str) -> None:
        reason = self.store(field, value)
        if reason:
            self.say(f"Not changed: {reason}")

    def saved(self, field: Field) -> str:
        """Also whether the environment has the last word."""
        row = self._rows.get(field.setting)
        if row is not None and row.origin == "environment":
            return f"Saved, but {row.setting.variable} says {row.value} and wins."
        return super().saved(field)

    def on_screen_resume(self) -> None:
        """Keys may have been changed meanwhile."""
        if self._rows and self.marked is not None:
            self.reload()


def _on_a_line(setting: Setting) -> bool:
    """Whether a setting has a line among the others; modules have lines of their own."""
    return setting.name != "module_retention"


_DIM = "$foreground-muted"
