"""A card as it will be met, front and back, beside the list of cards."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.content.cards import face
from flashsafety.content.visible import one_line
from flashsafety.study.showing import Showing
from flashsafety.tui.command import KeyOf
from flashsafety.tui.render import CardText, Look
from flashsafety.tui.widgets.card import source_words


class Preview(VerticalScroll, can_focus=False):
    """Prompt, answer, why and source of one card, in one widget: it follows every key."""

    def __init__(self, key: KeyOf) -> None:
        """Hold no card yet.

        Args:
            key: The keys of the screen's commands.
        """
        super().__init__(id="preview")
        self._key = key
        self._showing: Showing | None = None
        self._look: Look | None = None
        """Of the present theme."""

    def compose(self) -> Iterable[Widget]:
        """All of it."""
        yield Static(markup=False)

    def on_mount(self) -> None:
        """Rich's colours are those of the theme at the time, so follow it."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._recolour())

    def _recolour(self) -> None:
        self._look = None
        showing, self._showing = self._showing, None
        self.show(showing)

    def show(self, showing: Showing | None) -> None:
        """Show a card, or none."""
        if showing == self._showing:
            return
        self._showing = showing
        if self._look is None:
            self._look = Look(self.app.theme_variables, dark=self.app.current_theme.dark)
        parts = [] if showing is None else list(_parts(showing, self._look, self._key("open")))
        self.query_one(Static).update(Group(*parts))
        if self.scroll_y:
            self.scroll_home(animate=False)


def _parts(showing: Showing, look: Look, key: str) -> Iterable[RenderableType]:
    """The parts, an empty line between them."""
    sides = face(showing.note, showing.facet)
    for text in (sides.prompt, sides.answer, showing.note.why):
        if text is not None:
            yield CardText(text, look, key)
            yield Text("")
    place = f"{source_words(showing, key)}\n{one_line(showing.file)}:{showing.line}"
    yield Text(place, style="dim")
