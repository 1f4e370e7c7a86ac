"""Help: first what has the keys now, then the screen's keys, then those that work everywhere."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.tui import commands
from flashsafety.tui.command import TICK_KEYS, Command
from flashsafety.tui.keymap import key_name, keys_of
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.rows import Row, RowsVisual


class HelpScreen(Window[None]):
    """Made from the table of commands, so that it cannot be out of date."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1,escape,q", "close", "Close", show=False)
    ]

    def __init__(self, about: BaseScreen) -> None:
        """Explain a screen as it is now."""
        super().__init__()
        self._about = about
        self._words = about.help_words()
        self._keys = about.flashsafety.library.settings.keys

    def inside(self) -> Iterable[Widget]:
        """What has the keys, then the keys by place."""
        title, said = self._words
        yield Static(Content.assemble((title, "bold $text-primary"), f"\n{said}"))
        for place in self._about.places():
            yield Static(Content.assemble((f"\n{commands.PLACES[place]}", "bold $text-primary")))
            found = [command for command in commands.of(place) if self._lists(command)]
            yield Static(RowsVisual([self._row(command) for command in found]))
        closing = "\nup and down scroll this, ? or esc closes it"
        yield Static(Content.assemble((closing, "$foreground-muted")))

    def on_key(self, event: events.Key) -> None:
        """The key that opened it closes it, whichever the learner chose for that."""
        opening = [c for c in commands.of(self._about.PLACE) if c.action == "app.help"]
        if any(event.key in keys_of(command, self._keys) for command in opening):
            event.stop()
            self.action_close()

    def _lists(self, command: Command) -> bool:
        return bool(command.tooltip) and self._about.explains(command)

    def _row(self, command: Command) -> Row:
        keys = " ".join(key_name(key) for key in keys_of(command, self._keys))
        if command.id.endswith(".pick-1"):
            keys = "1 to 5"
        elif command.id.endswith(".tick-1"):
            keys = " ".join(TICK_KEYS)
        return Row(f"{keys:13}", Content(command.tooltip), mark_style="bold $text-accent")
