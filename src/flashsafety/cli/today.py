"""No verb: the terminal app. The only file of the command line that imports it."""

from flashsafety.cli.chosen import Chosen
from flashsafety.study.today import Choice


def open_app(chosen: Chosen, choice: Choice | None = None) -> None:
    """Open the terminal app: on Today, or at once in a review of a choice of cards."""
    raise NotImplementedError
