"""What a row from elsewhere may say; on more than that a replay or the calendar would fail."""

import json
import math
import re
from collections.abc import Mapping
from typing import get_args

from flashsafety.terms import ReviewOrder

FARTHEST = 253_370_764_800_000
"""The year 9999, milliseconds."""

_DAY = 86_400
"""Seconds."""

FARTHEST_DAY = 2_900_000
"""Days: the same year as a study day."""

_LEAST = (
    *(0.001, 0.001, 0.001, 0.001, 1, 0.001, 0.001, 0.001, 0, 0, 0.001),
    *(0.001, 0.001, 0.001, 0, 0, 1, 0, 0, 0, 0.1),
)
_GREATEST = (
    *(100, 100, 100, 100, 10, 4, 4, 0.75, 4.5, 0.8, 3.5),
    *(5, 0.25, 0.9, 4, 1, 6, 2, 2, 0.8, 0.8),
)
"""Between which py-fsrs takes weights; it refuses others, and a test holds the two together."""

_MOST = 10**12
"""Reviews."""

_FIT = {"reviews", "until", "judged", "log_loss", "rmse", "auc", "log_loss_before"}
"""What is said of a fit; see ``store.sets.Fit``, and a test."""

_LONGEST = 20_000
"""Characters of a text."""

CARD_KEY = "[a-z0-9][a-z0-9-]{0,59}/[a-z0-9]{1,12}"
"""A regular expression of what a card is called."""

_KEY = re.compile(CARD_KEY)


def is_card_key(text: str) -> bool:
    """Whether a card can be called so; anything else might be a formula in a table of ours."""
    return _KEY.fullmatch(text) is not None


def refuse_row(row: Mapping[str, object]) -> None:
    """Raise ValueError when a row of the log, or of a practice exam, cannot be."""
    identity = next((row[name] for name in ("id", "attempt", "review") if name in row), None)
    if not isinstance(identity, bytes) or len(identity) != 16 or identity[0] >= 0x80:
        raise ValueError("this is no id")
    for name in ("reviewed_at", "at", "begun_at", "handed_in_at", "undone_at"):
        _refuse_beyond(row, name, 0, FARTHEST)
    _refuse_beyond(row, "study_day", 0, FARTHEST_DAY)
    _refuse_beyond(row, "utc_offset", -_DAY, _DAY)
    _refuse_beyond(row, "interval", 0, FARTHEST_DAY * _DAY)
    _refuse_beyond(row, "duration_ms", 0, FARTHEST_DAY * _DAY)
    for name, value in row.items():
        if isinstance(value, str) and len(value) > _LONGEST:
            raise ValueError(f'"{name}" is too long')
    if "wording" in row:
        _refuse_answer(row.get("answer"))
    if row.get("kind") in ("bury", "set-due"):
        value = row.get("value")
        if not (isinstance(value, str) and value.isascii() and value.isdigit()):
            raise ValueError(f'"{value}" is no study day')
        _refuse_beyond({"value": int(value[:20])}, "value", 0, FARTHEST_DAY)
    _refuse_plan(row)


def _refuse_plan(row: Mapping[str, object]) -> None:
    """The same of what only a plan has."""
    _refuse_beyond(row, "ends", 0, FARTHEST_DAY)
    _refuse_beyond(row, "reviews", 1, FARTHEST_DAY)
    if row.get("sorted") not in (None, *get_args(ReviewOrder)):
        raise ValueError(f'"{row["sorted"]}" is no order of reviews')
    modules = _document(row.get("modules"))
    named = isinstance(modules, list) and all(isinstance(each, str) for each in modules)
    if row.get("modules") is not None and not named:
        raise ValueError('"modules" is no list of names')


def refuse_set(record: Mapping[str, object]) -> None:
    """Raise ValueError when a set of parameters cannot be."""
    weights = _list(record, "weights")
    within = all(low <= x <= high for x, low, high in zip(weights, _LEAST, _GREATEST, strict=False))
    if len(weights) != len(_LEAST) or not within:
        raise ValueError('"weights" are no 21 numbers of FSRS')
    for name in ("learning_steps", "relearning_steps"):
        if not all(
            isinstance(each, int) and 0 < each <= FARTHEST_DAY * _DAY
            for each in _list(record, name)
        ):
            raise ValueError(f'"{name}" are no waits in seconds')
    retention = record["desired_retention"]
    if not isinstance(retention, float) or not 0.5 <= retention < 1:
        raise ValueError('"desired_retention" is no share from 0.5 to 1')
    _refuse_beyond(record, "maximum_interval", 1, FARTHEST_DAY)
    _refuse_beyond(record, "made_at", 0, FARTHEST)
    if record.get("fit") is not None:
        _refuse_fit(record["fit"])


def _refuse_fit(text: object) -> None:
    """Raise ValueError when what is said of a fit cannot be."""
    found = _document(text)
    if not isinstance(found, dict) or found.keys() != _FIT:
        raise ValueError('"fit" does not say what it must')
    for name in ("reviews", "judged"):
        _refuse_beyond(found, name, 0, _MOST)
    _refuse_beyond(found, "until", 0, FARTHEST_DAY)
    for name, value in found.items():
        number = isinstance(value, int | float) and math.isfinite(value)
        if not number and (name != "auc" or value is not None):
            raise ValueError(f'"{name}" of a fit is no number')


def _document(text: object) -> object:
    try:
        return json.loads(text) if isinstance(text, str) and len(text) <= _LONGEST else None
    except RecursionError:
        return None


def _refuse_answer(text: object) -> None:
    """Raise ValueError when an answer to a card is neither words nor a list of indexes."""
    try:
        answer = json.loads(text) if isinstance(text, str) else None
    except RecursionError:
        answer = None
    indexes = isinstance(answer, list) and all(type(each) is int for each in answer)
    if not indexes and not isinstance(answer, str):
        raise ValueError('"answer" is neither words nor a list of indexes')


def _list(record: Mapping[str, object], name: str) -> list[float]:
    found = _document(record[name])
    if not isinstance(found, list) or any(type(each) not in (int, float) for each in found):
        raise ValueError(f'"{name}" is no list of numbers')
    return found


def _refuse_beyond(row: Mapping[str, object], name: str, low: int, high: int) -> None:
    value = row.get(name)
    if value is not None and not (type(value) is int and low <= value <= high):
        raise ValueError(f'"{name}" cannot be {value!r}')
