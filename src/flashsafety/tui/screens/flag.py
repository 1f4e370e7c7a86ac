"""Flag a card: what is wrong with it, and a word on it if one likes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, get_args

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from flashsafety.terms import FlagReason
from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.options import Options

REASONS: tuple[tuple[FlagReason, str], ...] = (
    ("wrong", "the answer is wrong"),
    ("unclear", "the question can be read in two ways"),
    ("outdated", "it was right once"),
    ("duplicate", "another card asks the same"),
    ("typo", "a slip of spelling"),
)
assert {reason for reason, _ in REASONS} == set(get_args(FlagReason))


@dataclass(frozen=True, slots=True)
class Flagged:
    """What was chosen."""

    reason: FlagReason
    text: str


class FlagScreen(Window[Flagged]):
    """Pick a reason with its number or the arrows, then a word, then enter; or first the word."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(place), f"reason({place - 1})", reason, show=False)
            for place, (reason, _) in enumerate(REASONS, 1)
        ),
    ]
    AUTO_FOCUS = "OptionList"

    def __init__(self, word: str = "") -> None:
        """Nothing is chosen yet; a word on it may be there already."""
        super().__init__()
        self._chosen = False
        self._word = word

    def inside(self) -> Iterable[Widget]:
        """The reasons, and a line for a word on it."""
        yield Static(Content.assemble(("What is wrong with this card?", "bold $text-primary")))
        yield Options(
            *(
                Option(Content.assemble((f"{place} {reason:10}", "bold"), meaning), id=reason)
                for place, (reason, meaning) in enumerate(REASONS, 1)
            )
        )
        yield Input(
            self._word,
            placeholder="a word on it (may stay empty), then enter",
            max_length=200,
            select_on_focus=False,
        )

    def on_key(self, event: Key) -> None:
        """A word that is typed before a reason is chosen goes to its line; digits choose."""
        line = self.query_one(Input)
        if event.character and event.is_printable and not event.character.isdigit():
            event.stop()
            line.focus()
            line.insert_text_at_cursor(event.character)

    def action_reason(self, place: int) -> None:
        """Choose a reason and go on to the word; done when that has been typed."""
        self.query_one(OptionList).highlighted = place
        self._choose()

    def on_option_list_option_selected(self) -> None:
        """A reason was chosen with enter or the mouse."""
        self._choose()

    def _choose(self) -> None:
        self._chosen = True
        line = self.query_one(Input)
        if line.value:
            self._done()
        else:
            line.focus()

    def on_input_submitted(self) -> None:
        """Done, once there is a reason too."""
        if self._chosen:
            self._done()
        else:
            self.query_one(OptionList).focus()

    def _done(self) -> None:
        place = self.query_one(OptionList).highlighted or 0
        self.dismiss(Flagged(REASONS[place][0], self.query_one(Input).value))
