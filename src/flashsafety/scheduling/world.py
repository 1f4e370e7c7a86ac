"""What a simulation of study days is given, and what comes of it. Plain data in numpy's arrays."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from flashsafety.scheduling.vector import Floats, Ints
from flashsafety.terms import Ease, Parameters


class Cards(NamedTuple):
    """The cards of a bank: rated ones in any order, then new ones in study order."""

    phase: Ints
    step: Ints
    stability: Floats
    """Of a new card anything but 0."""
    difficulty: Floats
    last: Ints
    """Study day of the last rating."""
    due: Ints
    """Study day, of a card in its steps too; of a new card the first on which it may come."""
    note: Ints
    """A number for each note, from 0."""
    retention: Floats
    """Desired of a card's module; nan where it has none of its own."""
    seconds: Floats
    """What a review takes, for the balance."""


class Ways(NamedTuple):
    """How a learner answers."""

    shares: tuple[tuple[float, ...], ...]
    """By phase: how often a rating is Again, Hard, Good, Easy; in review Again is left to recall,
    and the rest are shares of what is recalled."""
    seconds: tuple[float, ...]
    """By phase: the mean time of a rating."""
    variance: tuple[float, ...]
    """By phase: of that time, seconds squared."""


class Rules(NamedTuple):
    """What the learner's settings ask of each day."""

    parameters: Parameters
    """The desired retention in them is not used."""
    review_limit: int
    apart: bool
    """Whether two cards of one note never come on one day."""
    balance: bool
    week: tuple[Ease, ...]
    most: float
    """Seconds that a day is to take."""
    pace: tuple[float, float, float]
    """Seconds of a new card, a review and a card in its steps, each with what follows that day."""
    done: tuple[int, int, float]
    """What was done on the first day already: new cards, reviews, seconds."""


class Runs(NamedTuple):
    """What sets the runs apart; as long as there are runs."""

    retention: Floats
    """Desired, of cards whose module has none of its own."""
    new_limit: Ints


class Days(NamedTuple):
    """What came of it: a row for each run, a column for each day."""

    reviews: Ints
    recalled: Ints
    """Of the reviews."""
    new: Ints
    """Cards rated for the first time."""
    ratings: Ints
    """All of them, in steps too."""
    seconds: Floats
    backlog: "npt.NDArray[np.bool_]"
    """Whether more reviews were due than might come."""
    remembered: Floats
    """By run: cards that would be recalled at the end of the last day."""
    rated: Ints
    """By run: cards rated by then."""
