"""Item analysis reckoned plainly, one number at a time, from files that hold nothing wrong."""

import csv
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Figures = Mapping[str, Any]
FEW = 10


def reckon(files: Iterable[Path]) -> dict[str, Figures]:
    """Card to its figures; every learner in one file."""
    logs: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for file in files:
        with file.open(encoding="ascii", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["origin"] != "cram":
                    logs[row["card"], row["learner"]].append(row)
    firsts: dict[tuple[str, str], tuple[int, int]] = {}
    for key, log in logs.items():
        reviews = sorted((r for r in log if r["phase"] == "2"), key=lambda r: int(r["number"]))
        if reviews:
            first = reviews[0]
            span = (int(first["elapsed"] or 0)).bit_length()
            firsts[key] = int(first["rating"] != "1"), min(span, 9)
    return {card: _figures(card, logs, firsts) for card in dict.fromkeys(card for card, _ in logs)}


def _figures(
    card: str,
    logs: Mapping[tuple[str, str], Sequence[Mapping[str, str]]],
    firsts: Mapping[tuple[str, str], tuple[int, int]],
) -> Figures:
    mine = [log for (name, _), log in logs.items() if name == card]
    met = [log for log in mine if any(row["phase"] == "0" for row in log)]
    again = [log for log in met if any(row["phase"] == "0" and row["rating"] == "1" for row in log)]
    tested = {learner: first for (name, learner), first in firsts.items() if name == card}
    usual = statistics.fmean(recalled for recalled, _ in firsts.values())
    leeches = [
        log for log in mine if sum(row["phase"] == "2" and row["rating"] == "1" for row in log) >= 8
    ]
    enough = len(tested) >= FEW
    edge = [
        recalled - statistics.fmean(other for other, s in firsts.values() if s == span)
        for recalled, span in tested.values()
    ]
    return {
        "learners": len(mine),
        "ratings": sum(map(len, mine)),
        "first_again": len(again) / len(met) if len(met) >= FEW else None,
        "recall": statistics.fmean(r for r, _ in tested.values()) if enough else None,
        "difficulty": 1 - min(1, max(0, usual + statistics.fmean(edge))) if enough else None,
        "leech_rate": len(leeches) / len(tested) if enough else None,
        "discrimination": _discrimination(card, firsts),
        "wrong": _wrong(mine),
    }


def _discrimination(card: str, firsts: Mapping[tuple[str, str], tuple[int, int]]) -> float | None:
    shares: dict[str, list[int]] = defaultdict(list)
    for (name, _), (recalled, _) in firsts.items():
        shares[name].append(recalled)
    x, y = [], []
    for (name, learner), (recalled, _) in firsts.items():
        if name != card:
            continue
        rest = [
            other - statistics.fmean(shares[elsewhere])
            for (elsewhere, who), (other, _) in firsts.items()
            if who == learner and elsewhere != card
        ]
        if len(rest) >= 5:
            x.append(float(recalled))
            y.append(statistics.fmean(rest))
    if len(x) < FEW or len(set(x)) == 1 or len(set(y)) == 1:
        return None
    return statistics.correlation(x, y)


def _wrong(mine: Sequence[Sequence[Mapping[str, str]]]) -> list[tuple[int, float]]:
    answered = [row for log in mine for row in log if row["picked"]]
    if len({row["learner"] for row in answered}) < FEW:
        return []
    times = Counter(int(option) for row in answered for option in row["wrong"].split())
    ranked = sorted(times.items(), key=lambda pick: (-pick[1], pick[0]))
    return [(option, count / len(answered)) for option, count in ranked]
