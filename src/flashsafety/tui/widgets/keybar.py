"""The key bar: what the keys do now, on one line."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from flashsafety.tui.keymap import key_name


class KeyBar(Static):
    """Like Textual's footer, but one line painted at once.

    The footer removes and mounts a widget a key whenever what applies changes, which here is at
    every reveal and every rating.
    """

    def __init__(self, first_key: Callable[[str], str]) -> None:
        """Show nothing until the screen says what applies.

        Args:
            first_key: Gives the first key of a command, as it is shown.
        """
        super().__init__("", markup=False)
        self._first_key = first_key
        self._spans: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Follow what applies."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self.call_after_refresh(self._show)

    def compose(self) -> ComposeResult:
        """Nothing inside."""
        return iter(())

    def on_resize(self) -> None:
        """Fewer keys fit a narrower line."""
        self._show()

    def on_click(self, event: events.Click) -> None:
        """A click on a key is that key."""
        for start, end, key in self._spans:
            if start <= event.x < end:
                self.app.simulate_key(key)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self._show()

    def _show(self) -> None:
        shown: dict[str, list[Binding]] = {}
        focused = self.screen.focused
        for key, active in self.screen.active_bindings.items():
            typed = focused is not None and focused.check_consume_key(key, _character(key))
            if active.binding.show and not typed:
                shown.setdefault(active.binding.action, []).append(active.binding)
        named = [self._named(keys) for keys in shown.values()]
        names = [(key_name(one.key), one.description, one.key) for one in named]
        # What is used least stands last, but for the way out and help: these two stay.
        going = [n for n, one in enumerate(named[:-1]) if n and one.action != "back"]
        gap = "   "
        while _length(names, gap) > self.size.width:
            if len(gap) > 2:
                gap = "  "
            elif going:
                del names[going.pop()]
            else:
                break
        content, self._spans = Content(" "), []
        for name, description, key in names:
            start = content.cell_length
            content += Content.assemble((name, "bold $text-accent"), f" {description}")
            self._spans.append((start, content.cell_length, key))
            content += Content(gap)
        self.update(content)

    def _named(self, same: list[Binding]) -> Binding:
        """Of the keys that do the same now, the one that messages name too where it works."""
        first = self._first_key(same[0].id) if same[0].id else ""
        return next((one for one in same if key_name(one.key) == first), same[0])


def _character(key: str) -> str | None:
    """What a key would type."""
    name = " " if key == "space" else key_name(key)
    return name if len(name) == 1 else None


def _length(names: list[tuple[str, str, str]], gap: str) -> int:
    return sum(len(name) + 1 + len(description) + len(gap) for name, description, _ in names)
