"""A file of parameters to start with: what a course hands to its newcomers."""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

from flashsafety.errors import UsageError
from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.terms import Parameters

FORMAT = "flashsafety parameters 1"
_LARGEST = 2**16
"""Bytes."""
_NUMBERS = 21


@dataclass(frozen=True, slots=True)
class Start:
    """Weights fitted to a group, and what is to be known of them."""

    weights: tuple[float, ...]
    """The 21 numbers of FSRS-6."""
    learners: int
    """Fitted to."""
    reviews: int
    log_loss: float
    """Of fits to the others, on learners who were held out."""
    log_loss_defaults: float
    """Of the defaults, on the same."""


def as_text(start: Start) -> str:
    """The file."""
    return json.dumps({"format": FORMAT, **asdict(start)}, indent=2) + "\n"


def read_start(file: str) -> Start:
    """What is in a file.

    Raises:
        UsageError: It is none of these files.
        OSError: It cannot be read.
    """
    try:
        with Path(file).open("rb") as opened:
            text = opened.read(_LARGEST + 1)
        said = json.loads(text) if len(text) <= _LARGEST else None
        if not isinstance(said, dict) or said.pop("format", None) != FORMAT:
            raise ValueError
        start = Start(**{**said, "weights": tuple(said["weights"])})
        _refuse_odd(start)
        Scheduler(Parameters(start.weights))  # refuses what is out of bounds
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise UsageError(
            "this is no file of parameters",
            where=file,
            mend="'flashsafety optimize --group FILE... --write' makes one",
        ) from None
    return start


def _refuse_odd(start: Start) -> None:
    """Raise ValueError where something is not a number that it may be."""
    losses = (start.log_loss, start.log_loss_defaults)
    if len(start.weights) != _NUMBERS or any(
        type(n) is not int for n in (start.learners, start.reviews)
    ):
        raise ValueError
    for number in (*start.weights, *losses):
        if type(number) not in (int, float) or not math.isfinite(number):
            raise ValueError
