"""An ordering card: lines moved up and down, with keys or the mouse."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from flashsafety.content.notes import OrderingNote
from flashsafety.study.grading import Grade, grade_ordering
from flashsafety.terms import Given
from flashsafety.tui.keymap import bindings
from flashsafety.tui.render import inline
from flashsafety.tui.widgets.rows import Row, Rows

MOVING = "{order.up}, {order.down} choose a line; {order.move-up}, {order.move-down} move it"
"""How lines are put in order."""

_ARROWS = "▲▼"
_CURSOR = "bold $text-accent"


class OrderList(Rows, can_focus=True):
    """The items. One line has the cursor; it carries two arrows to click on."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("order")

    def __init__(self) -> None:
        """Hold no card yet."""
        super().__init__(id="order")
        self._note: OrderingNote | None = None
        self._order: list[int] = []
        self._begun: tuple[int, ...] = ()
        self._cursor = 0
        self._open = True

    @property
    def order(self) -> tuple[int, ...]:
        """Indexes into the note's items, from the top."""
        return tuple(self._order)

    @property
    def given(self) -> Given:
        """The answer as it stands; none when the items lie as they were shown."""
        return None if self.order == self._begun else self.order

    @property
    def hint(self) -> str:
        """How to answer, with keys as ``{screen.name}``."""
        return f"{MOVING}; {{study.reveal}} answers"

    def show(self, note: OrderingNote, order: Sequence[int]) -> None:
        """Show the items in this order."""
        self._note, self._order, self._cursor, self._open = note, list(order), 0, True
        self._begun = tuple(order)
        self.can_focus = True
        self._draw()
        self.focus()

    def reorder(self, order: Sequence[int]) -> None:
        """Show the same items in another order."""
        self._order = list(order)
        self._draw()

    def grade(self) -> Grade:
        """Check the order, and show which stand in their right place."""
        assert self._note is not None
        self._open = False
        self.can_focus = False
        self._draw()
        return grade_ordering(self._note, self._order)

    def action_cursor(self, by: int) -> None:
        """Choose another line."""
        self._cursor = min(max(self._cursor + by, 0), len(self._order) - 1)
        self._draw()

    def action_move(self, by: int) -> None:
        """Carry the chosen line up or down."""
        target = self._cursor + by
        if not self._open or not 0 <= target < len(self._order):
            return
        self._order.insert(target, self._order.pop(self._cursor))
        self._cursor = target
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing moves once the answer shows."""
        return self._open or action not in ("cursor", "move")

    def clicked(self, place: int, x: int) -> None:
        """A click chooses a line; a click on an arrow of the chosen one moves it."""
        if not self._open:
            return
        if place == self._cursor and x in (0, 1):
            self.action_move(-1 if x == 0 else 1)
            return
        self._cursor = place
        self._draw()

    def _draw(self) -> None:
        self.fill([self._row(place, index) for place, index in enumerate(self._order)])

    def _row(self, place: int, index: int) -> Row:
        assert self._note is not None
        words = inline(self._note.items[index])
        if self._open:
            at = place == self._cursor
            return Row(
                f"{_ARROWS if at else '  '} {place + 1}.", words, style=_CURSOR if at else ""
            )
        right = place == index
        style = "$text-success" if right else "$text-error"
        return Row(f"{'✓' if right else '✗'}  {place + 1}.", words, style=style)
