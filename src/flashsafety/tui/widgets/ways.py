"""The return plans that are offered after a break: a line each, chosen by its key or a click."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from flashsafety.study import plan_words

if TYPE_CHECKING:
    from flashsafety.study.comeback import Comeback

MOST = 3
"""Plans that are ever offered."""


class Ways(Static):
    """Nothing until there are plans."""

    class Chosen(Message):
        """A line was clicked."""

        def __init__(self, number: int) -> None:
            """Take the number of the plan; 0 is none of them."""
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(id="ways", markup=False)
        self._numbers: list[int] = []

    def show(self, found: "Comeback | None", keys: Sequence[str]) -> None:
        """Show these plans, or nothing.

        Args:
            found: What is offered.
            keys: The key of none of them, then that of each plan in turn.
        """
        self.set_class(found is not None, "-filled")
        if found is None:
            return
        said = dict(enumerate(plan_words.offers(found), 1)) | {0: "as usual"}
        self._numbers = list(said)
        lines = [Content.styled(plan_words.welcome(found), "bold")]
        lines += [
            Content.assemble((keys[number], "bold $text-accent"), f" {words}")
            for number, words in said.items()
        ]
        self.update(Content("\n").join(lines))

    def on_click(self, event: events.Click) -> None:
        """A click on a plan is its key."""
        offset = event.get_content_offset(self)
        if offset is not None and 0 < offset.y <= len(self._numbers):
            self.post_message(self.Chosen(self._numbers[offset.y - 1]))
