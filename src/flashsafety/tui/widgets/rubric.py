"""The points that a full answer makes, ticked off once the answer shows."""

from collections.abc import Collection, Sequence

from textual.message import Message

from flashsafety.content.notes import QuestionNote
from flashsafety.study.grading import grade_rubric
from flashsafety.terms import Rating
from flashsafety.tui.render import inline
from flashsafety.tui.widgets.rows import Row, Rows


class RubricList(Rows):
    """Points with a letter each; the ticked ones suggest a rating."""

    class Ticked(Message):
        """A point was ticked, or taken back."""

    def __init__(self) -> None:
        """Hold no card yet."""
        super().__init__(id="rubric")
        self._note: QuestionNote | None = None
        self._points: tuple[str, ...] = ()
        self._ticked: set[int] = set()
        self._keys: tuple[str, ...] = ()

    @property
    def ticked(self) -> frozenset[int]:
        """Indexes of the ticked points."""
        return frozenset(self._ticked)

    @property
    def suggested(self) -> Rating | None:
        """What the ticks suggest; none before the first one."""
        if self._note is None or not self._ticked:
            return None
        return grade_rubric(self._note, self._ticked)

    def show(self, note: QuestionNote, keys: Sequence[str]) -> None:
        """Show the points of a note, none ticked; ``keys`` tick them."""
        self._note = note
        self.show_points(note.rubric, keys)

    def show_points(
        self, points: Sequence[str], keys: Sequence[str], ticked: Collection[int] = ()
    ) -> None:
        """Show any points, some of them ticked."""
        self._points, self._keys, self._ticked = tuple(points), tuple(keys), set(ticked)
        self._draw()

    def tick(self, place: int) -> None:
        """Tick the point at a place from 0, or take it back."""
        if place >= len(self._points):
            return
        self._ticked ^= {place}
        self._draw()
        self.post_message(self.Ticked())

    def clicked(self, place: int, x: int) -> None:
        """A click ticks."""
        self.tick(place)

    def _draw(self) -> None:
        self.fill(
            [
                Row(
                    f"{self._keys[place]} {'[x]' if place in self._ticked else '[ ]'}",
                    inline(point),
                    style="bold" if place in self._ticked else "",
                )
                for place, point in enumerate(self._points)
            ]
        )
