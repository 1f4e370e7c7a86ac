"""``tally`` over very many rows, as after a rebuild or under new weights: in arrays. numpy.

The sums are the same, to a precision in which the order of adding up does not show; a property test
holds the two together.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from flashsafety.scheduling.vector import Floats, Formulas, Ints, formulas, recall, step
from flashsafety.stats.tally import CELLS, SURE, Stage, Tally
from flashsafety.store.packed import FIELDS, Packed
from flashsafety.store.rollups import RecallRow, StageRow

_NEVER = 2.0
"""Stands for no predicted recall."""


class _Rows(NamedTuple):
    """Ratings, one at each place."""

    day: Ints
    stage: Ints
    rating: Ints
    hour: Ints
    took: Ints
    """Milliseconds."""
    module: Ints
    """Its place among the names."""
    chance: Floats
    """Predicted recall, or ``_NEVER``."""


def tally_whole(
    blocks: Iterable[Packed], modules: Mapping[int, str], weights: tuple[float, ...], since: int
) -> Tally:
    """What ``tally`` makes of the same rows.

    Args:
        blocks: The log of the cards.
        modules: Card id to module.
        weights: The 21 numbers of FSRS-6.
        since: The first study day to sum; what came before it only makes memory.
    """
    names = sorted(set(modules.values()))
    number = {name: place for place, name in enumerate(names)}
    places = {card: number[module] for card, module in modules.items()}
    of = formulas(weights)
    parts = [_ratings(block, of, places, since) for block in blocks]
    if not parts:
        return Tally([], [], [], [])
    rows = _Rows(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    by_module = _shares(rows, rows.module)
    return Tally(
        list(_stages(rows)),
        list(_shares(rows, rows.hour)),
        [(names[place], day, reviews, recalled) for place, day, reviews, recalled in by_module],
        list(_recalls(rows)),
    )


def _ratings(block: Packed, of: Formulas, places: Mapping[int, int], since: int) -> _Rows:
    """The ratings of a block on the study day and after it, the predicted recall of each."""
    card, packed = _numbers(block.cards), _numbers(block.rows)
    field = {}
    for name, bits in reversed(FIELDS):
        field[name] = packed & (2**bits - 1)
        packed = packed >> bits
    day, phase, rating = packed, field["phase"], field["rating"]
    afresh = _before(rating, of_first=0) == 0  # on the first row, or after a reset
    other = _before(card, of_first=-1) != card
    begins = np.flatnonzero(other)
    module = np.repeat(
        np.array([places[one] for one in card[begins].tolist()]), np.diff(begins, append=len(card))
    )
    kept = rating != 0
    day, phase, rating, afresh = day[kept], phase[kept], rating[kept], (afresh | other)[kept]
    mature = (_before(field["long"][kept], of_first=0) == 1) & ~afresh & (phase == Stage.YOUNG)
    tests = (phase == Stage.YOUNG) & ~afresh & (day > _before(day, of_first=0))
    chance = np.where(tests, _chances(of, day, rating, np.flatnonzero(afresh)), _NEVER)
    stage = np.where(mature, Stage.MATURE, phase)
    columns = (day, stage, rating, field["hour"][kept], field["took"][kept], module[kept], chance)
    counts = day >= since
    return _Rows(*(column[counts] for column in columns))


def _chances(of: Formulas, day: Ints, rating: Ints, begins: Ints) -> Floats:
    """Predicted recall at each rating; of the first of a memory it means nothing.

    The n-th ratings of all memories are taken at once.

    Args:
        of: The weights.
        day: Study days of the ratings of one memory after the other.
        rating: The ratings.
        begins: Where each memory begins.
    """
    chance = np.zeros(len(day))
    lengths = np.diff(begins, append=len(day))
    longest = np.argsort(-lengths, kind="stable")
    begins, lengths = begins[longest], lengths[longest]
    s, d = of.first[:, rating[begins]]
    for place in range(1, lengths[0] if len(lengths) else 0):
        count = np.searchsorted(-lengths, -place)  # of those that are longer
        at = begins[:count] + place
        days = day[at] - day[at - 1]
        s, d = s[:count], d[:count]
        chance[at] = recall(of, s, days)
        s, d = step(of, s, d, days, rating[at])
    return chance


def _numbers(text: str) -> Ints:
    return np.fromstring(text, dtype=np.int64, sep=",")


def _before(column: Ints, *, of_first: int) -> Ints:
    """What stands before each."""
    return np.concatenate(([of_first], column[:-1]))


# ---- the sums ------------------------------------------------------------------------------------


def _stages(rows: _Rows) -> Iterator[StageRow]:
    place, days, found = _cells(rows.day, rows.stage)
    buttons = [np.bincount(place, rows.rating == number) for number in (1, 2, 3, 4)]
    took = rows.took.astype(np.float64)  # whole numbers below 2**53 add up without an error
    columns = [*buttons, np.bincount(place, took), np.bincount(place, took * took)]
    for day, stage, *sums in zip(days, found, *_whole(columns), strict=True):
        yield (day, stage, *sums)


def _shares(rows: _Rows, column: Ints) -> Iterator[tuple[int, int, int, int]]:
    """What a column holds, study day, reviews and recalled."""
    review = (rows.stage == Stage.YOUNG) | (rows.stage == Stage.MATURE)
    place, days, found = _cells(rows.day[review], column[review])
    columns = [np.bincount(place), np.bincount(place, rows.rating[review] > 1)]
    yield from zip(found, days, *_whole(columns), strict=True)


def _recalls(rows: _Rows) -> Iterator[RecallRow]:
    tested = rows.chance < _NEVER
    chance, right = rows.chance[tested], rows.rating[tested] > 1
    place, days, found = _cells(rows.day[tested], (chance * CELLS).astype(np.int64))
    wrong = np.maximum(1 - chance, SURE)
    reckoned = (chance, -np.log(np.where(right, chance, wrong)), (right - chance) ** 2)
    yield from zip(
        found,
        days,
        *_whole([np.bincount(place), np.bincount(place, right)]),
        *(np.bincount(place, one).tolist() for one in reckoned),
        strict=True,
    )


def _cells(day: Ints, column: Ints) -> tuple[Ints, list[int], list[int]]:
    """Which pair of study day and number each row has; and of each pair that there is, both."""
    width = int(column.max(initial=0)) + 1
    pairs, place = np.unique(day * width + column, return_inverse=True)
    return place, (pairs // width).tolist(), (pairs % width).tolist()


def _whole(columns: Iterable[npt.NDArray[np.float64] | Ints]) -> Iterator[list[int]]:
    return (column.astype(np.int64).tolist() for column in columns)
