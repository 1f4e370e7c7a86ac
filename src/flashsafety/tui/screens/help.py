"""Help: first what has the keys now, then the screen's keys, then those that work everywhere."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.tui import commands
from flashsafety.tui.command import Command
from flashsafety.tui.keymap import key_name, keys_of
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.rows import Row, RowsVisual


class HelpScreen(Window[None]):
    """Made from the table of commands, so that it cannot be out of date."""

    OPENED_BY = "help"

    def __init__(self, about: BaseScreen) -> None:
        """Explain a screen as it is now."""
        super().__init__()
        self._about = about
        self._words = about.help_words()
        self._keys = about.flashsafety.library.settings.keys

    def inside(self) -> Iterable[Widget]:
        """What has the keys, then the keys by place."""
        title, said = self._words[0], self.flashsafety.spelled(self._words[1])
        yield Static(Content.assemble((title, "bold $text-primary"), f"\n{said}"))
        for place in self._about.places():
            yield Static(Content.assemble((f"\n{commands.PLACES[place]}", "bold $text-primary")))
            found = [command for command in commands.of(place) if self._lists(command)]
            yield Static(RowsVisual([self._row(command) for command in found]))
        yield Static(Content.styled(f"\n{self.how_to_close}", "$foreground-muted"))

    def _lists(self, command: Command) -> bool:
        return bool(command.tooltip) and self._about.explains(command)

    def _row(self, command: Command) -> Row:
        keys = " ".join(key_name(key) for key in keys_of(command, self._keys))
        first = command.id.removesuffix("-1")
        if first != command.id:  # the first of a row of keys stands for them all
            row = (c for c in commands.of(self._about.PLACE) if c.id.startswith(f"{first}-"))
            keys = " ".join(key_name(keys_of(c, self._keys)[0]) for c in row)
        return Row(f"{keys:13}", Content(command.tooltip), mark_style="bold $text-accent")
