"""Reading what a learner typed: numbers in the forms that people write, and words as they sound."""

import math
import re
import unicodedata

from flashsafety.content.visible import visible
from flashsafety.terms import Given

LONGEST = 5_000
"""Characters of an answer that are kept; nobody writes more by hand."""

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<digits>\d[\d,.\s_']*|[.,]\d+)"
    r"(?:\s*(?:e|[x*·]\s*10\s*\^?)\s*(?P<power>[+-]?\d{1,4}))?"
)


def read_number(text: str, unit: str = "") -> float | None:
    """The number in an answer, as ``0.35``, ``35%``, ``1e-3``, ``2*10^3``, ``1,000``, ``3/4``.

    A comma before exactly three digits divides thousands; any other is a decimal comma.

    Args:
        text: As it was typed, the unit after it or left out.
        unit: What the card asks for. For ``%`` "35%" and "35" are both 35; else "35%" is 0.35.

    Returns:
        None when there is no number, or something after it that is not the unit.
    """
    typed = _fold(text).replace("\N{MULTIPLICATION SIGN}", "x")
    top, slash, bottom = typed.partition("/")
    if slash and (divisor := _read_one(bottom, unit)) and not _fold(unit).count("/"):
        value = _read_one(top, "")
        return None if value is None else value / divisor
    return _read_one(typed, unit)


def _read_one(typed: str, unit: str) -> float | None:
    typed = typed.strip().lstrip("≈~=$€£ ")
    match = _NUMBER.match(typed)
    if match is None:
        return None
    rest = typed[match.end() :].strip(" .")
    rest = "%" if rest in ("percent", "per cent") else rest
    share = rest == "%" and _fold(unit) != "%"
    if rest and not share and _unit(rest) != _unit(unit):
        return None
    digits = re.sub(r"[\s_']", "", match["digits"]).rstrip(".,")
    try:
        value = float(f"{match['sign']}{_decimal(digits)}e{match['power'] or 0}")
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    return value / 100 if share else value


def _decimal(digits: str) -> str:
    """Digits with a decimal point and no thousands signs."""
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", digits):
        return digits.replace(",", "")
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+,\d+", digits):
        return digits.replace(".", "").replace(",", ".")
    return digits.replace(",", ".")


def _unit(text: str) -> str:
    """A unit with its spelling flattened: ``m²``, ``m^2`` and ``M2`` are one."""
    bare_unit = re.sub(r"[\s^.$\\{}]", "", _fold(text))
    return bare_unit.removesuffix("s") if len(bare_unit) > 2 else bare_unit


def tidy(given: Given) -> Given:
    """An answer worth keeping: no blank words, no empty choice, and nothing that hides."""
    if isinstance(given, str):
        given = visible(given).strip()[:LONGEST]
    return given or None


def bare(text: str) -> str:
    """Words with case, spacing, hyphens, a leading article and a final stop left out."""
    words = _fold(text).strip().rstrip(".!").strip("\"' \u2018\u2019\u201c\u201d")
    words = re.sub(r"^(?:an?|the)\s+(?=\S)", "", words)
    words = re.sub(r"(?<=\w)-(?=\w)", "", words)
    return re.sub(r"\s+", "", words)


def distance(one: str, other: str) -> int:
    """How many letters must be added, dropped, changed or swapped with a neighbour.

    Optimal string alignment. Texts that differ by more than 20 letters in length are that far
    apart: nobody's slip.
    """
    if abs(len(one) - len(other)) > 20 or max(len(one), len(other)) > 200:
        return max(len(one), len(other))
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against
            row.append(min(cost, before[j - 2] + 1) if swapped else cost)
        before, last = last, row
    return last[-1]


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
