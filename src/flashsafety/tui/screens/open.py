"""Open: which of the things that a card leads to."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from flashsafety.tui.opening import Thing
from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.options import Options


class OpenScreen(Window[Thing]):
    """Pick with a number, or with the arrows and enter."""

    OPENED_BY = "open"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(place), f"open({place - 1})", "Open", show=False) for place in range(1, 10)),
    ]
    AUTO_FOCUS = "OptionList"

    def __init__(self, things: Sequence[Thing]) -> None:
        """Offer these."""
        super().__init__()
        self._things = things

    def inside(self) -> Iterable[Widget]:
        """The things."""
        yield Static(Content.assemble(("What is to be opened?", "bold $text-primary")))
        yield Options(
            *(
                Option(Content.assemble((f"{place} ", "bold"), thing.words))
                for place, thing in enumerate(self._things, 1)
            )
        )

    def action_open(self, place: int) -> None:
        """Open one by its number."""
        if place < len(self._things):
            self.dismiss(self._things[place])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was chosen with enter or the mouse."""
        self.dismiss(self._things[event.option_index])
