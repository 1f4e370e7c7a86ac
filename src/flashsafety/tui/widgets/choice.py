"""A choice card: options by number, picked with keys or the mouse; then each with its why."""

from collections.abc import Sequence

from flashsafety.content.notes import ChoiceNote
from flashsafety.study.grading import Grade, grade_choice
from flashsafety.terms import Given
from flashsafety.tui.render import inline
from flashsafety.tui.widgets.rows import Row, Rows


class ChoiceList(Rows):
    """The options. Numbered, since letters have other uses on the screen."""

    def __init__(self) -> None:
        """Hold no card yet."""
        super().__init__(id="choice")
        self._note: ChoiceNote | None = None
        self._order: tuple[int, ...] = ()
        self._picked: set[int] = set()
        self._open = True
        self._keys: tuple[str, ...] = ()

    @property
    def note(self) -> ChoiceNote:
        """The card's note."""
        assert self._note is not None
        return self._note

    @property
    def picked(self) -> frozenset[int]:
        """Indexes of the picked options as the note counts them."""
        return frozenset(self._picked)

    @property
    def given(self) -> Given:
        """The answer as it stands; none when nothing is picked."""
        return tuple(sorted(self._picked)) or None

    @property
    def several(self) -> bool:
        """More than one option is right."""
        return sum(option.answer for option in self.note.options) > 1

    @property
    def hint(self) -> str:
        """How to answer, with keys as ``{screen.name}``."""
        which = " all that are right" if self.several else ""
        return f"{self.keys} pick{which}, {{study.reveal}} answers"

    @property
    def keys(self) -> str:
        """What picks: ``1 to 4``."""
        return f"{self._keys[0]} to {self._keys[-1]}"

    def show(self, note: ChoiceNote, order: Sequence[int], keys: Sequence[str]) -> None:
        """Show the options in this order, none picked.

        Args:
            note: The card's.
            order: Indexes of its options, from the top.
            keys: What picks each, from the top.
        """
        self._note, self._order, self._picked, self._open = note, tuple(order), set(), True
        self._keys = tuple(keys)
        self._draw()

    def pick(self, place: int) -> None:
        """Pick the option at a place from 0, or take it back; the only one where one is right."""
        if not self._open or place >= len(self._order):
            return
        index = self._order[place]
        if self.several:
            self._picked ^= {index}
        else:
            self._picked = set() if index in self._picked else {index}
        self._draw()

    def grade(self) -> Grade:
        """Check what was picked, and show each option's verdict and why."""
        self._open = False
        self._draw()
        return grade_choice(self.note, self._picked)

    def clicked(self, place: int, x: int) -> None:
        """A click picks."""
        self.pick(place)

    def _draw(self) -> None:
        self.fill([self._row(place, index) for place, index in enumerate(self._order)])

    def _row(self, place: int, index: int) -> Row:
        option, chosen = self.note.options[index], index in self._picked
        box = ("[x]" if chosen else "[ ]") if self.several else ("(•)" if chosen else "( )")
        mark = f"{self._keys[place]} {box}"
        if self._open:
            return Row(mark, inline(option.text), style="bold" if chosen else "")
        sign = "✓" if option.answer else "✗" if chosen else " "
        style = "$text-success" if option.answer else "$text-error" if chosen else ""
        why = inline(option.why).stylize_before("$foreground-muted")
        return Row(f"{sign} {mark}", inline(option.text), why, style)
