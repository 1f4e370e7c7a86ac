"""Textual's list of options, without its fault in a window that is too small to show it."""

from textual.widgets import OptionList


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
