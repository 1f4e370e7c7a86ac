"""Textual's list of options, without its fault in a window that is too small to show it."""

from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from flashsafety.tui.keymap import bindings


def choosing(place: str) -> list[BindingType]:
    """What a list binds so that the key bar says what enter does; Textual's own binds it unseen."""
    found = (x for x in bindings(place) if isinstance(x, Binding) and x.id == f"{place}.choose")
    return list(found)


class Options(OptionList):
    """A page has no height where nothing is laid out; Textual 8.2.8 fails there with a KeyError.

    To be dropped when ``OptionList._move_page`` asks first.
    """

    def action_page_up(self) -> None:
        """Go up a page."""
        if self.region:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Go down a page."""
        if self.region:
            super().action_page_down()  # type: ignore[no-untyped-call]
