"""Item analysis of files: every card that was rated, worst first, and what was left out."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from flashsafety.items import analysis
from flashsafety.items.engines import Engine
from flashsafety.study.anonymous_files import Fault, bad_lines, usable

_PLACES = 9
"""Decimals of a figure."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong option of a choice card."""

    option: int
    """Its number in the file, from 1."""
    share: float
    """Of the answers under the wording that was answered most."""


@dataclass(frozen=True, slots=True)
class Item:
    """A card. A figure is None where fewer than ``analysis.LEAST`` learners stand behind it."""

    bank: str
    card: str
    learners: int
    """Who rated it at all."""
    ratings: int
    difficulty: float | None
    """0 to 1: who did not recall it at its first review, corrected for the days before it."""
    discrimination: float | None
    """-1 to 1: of recall with how its learners do on other cards; None too when neither varies."""
    recall: float | None
    """0 to 1: who recalled it at its first review, as it was."""
    first_again: float | None
    """0 to 1: who rated it Again at first sight."""
    leech_rate: float | None
    """0 to 1: for whom it lapsed ``analysis.LEECH`` times, of those who reviewed it."""
    wrong: tuple[Wrong, ...] = ()
    """Most picked first."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the files tell."""

    files: int
    """That were read."""
    learners: Mapping[str, int]
    """Of each bank, by its name."""
    items: tuple[Item, ...]
    """Bank by bank, worst first: by difficulty, those without one last."""
    faults: tuple[Fault, ...]
    """What is wrong with the files and was left out, file by file."""
    doubled: tuple[Fault, ...]
    """Files whose learners count in another file."""


def item_analysis(engine: Engine, paths: Sequence[str]) -> Report:
    """Read the files and analyse the cards. Each learner counts once, however many files hold them.

    Args:
        engine: What to compute with.
        paths: Anonymous logs; what is none is named in the report.
    """
    good, faults = usable(paths)
    if not good:
        return Report(0, {}, (), tuple(faults), ())
    lines = engine.computed(analysis.tallies(engine.ratings(list(good))), "tallies")
    faults += _bad_lines(engine, lines, good)
    counted = analysis.sound(lines)
    files = analysis.files_of(counted)
    doubled = tuple(_doubled(engine, files, good))
    if doubled:
        counted = analysis.each_learner_once(counted, files)
    pairs = engine.computed(analysis.pairs(counted), "pairs")
    tested = engine.computed(analysis.tested(pairs), "tested")
    wrong = _wrong(_rows(analysis.picks(counted)))
    items = (
        Item(**_rounded(row), wrong=wrong.get((row["bank"], row["card"]), ()))
        for row in _rows(analysis.cards(pairs, tested))
    )
    return Report(
        len(good),
        {row["bank"]: row["learners"] for row in _rows(analysis.learners(pairs))},
        tuple(sorted(items, key=_worst_first)),
        tuple(sorted(faults, key=lambda fault: paths.index(fault.file))),
        doubled,
    )


def _worst_first(item: Item) -> tuple[str, float, str]:
    return item.bank, 1 if item.difficulty is None else -item.difficulty, item.card


def _rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    """Without the digits that depend on the order in which threads add up."""
    return {
        key: round(cell, _PLACES) if isinstance(cell, float) else cell for key, cell in row.items()
    }


def _rows(table: ir.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    return rows


def _bad_lines(engine: Engine, lines: ir.Table, named: Mapping[str, str]) -> Iterator[Fault]:
    """The lines that are no ratings, of the files in which an engine met some."""
    files = _rows(lines.filter(~lines.sound).select("file").distinct())
    met = engine.unreadable() | {engine.path(row["file"]) for row in files}
    for path, name in named.items():
        if path in met:
            yield from bad_lines(name)


def _doubled(engine: Engine, files: ir.Table, named: Mapping[str, str]) -> Iterator[Fault]:
    """Files with learners whose ratings are taken from another file, and which that is."""
    other = files.filter(files.place == 0).select("bank", "learner", kept="file")
    both = _rows(files.filter(files.place > 0).join(other, ["bank", "learner"]))
    pairs = Counter((engine.path(row["file"]), engine.path(row["kept"])) for row in both)
    for (file, kept), learners in sorted(pairs.items()):
        who = "its learner is" if learners == 1 else f"{learners:,} of its learners are"
        yield Fault(named[file], None, f"{who} in {named[kept]} too, and counted there alone")


def _wrong(picks: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], tuple[Wrong, ...]]:
    """Bank and card to the wrong options that were picked, under its most answered wording."""
    times: dict[tuple[str, str], dict[tuple[int, str], Counter[int]]] = defaultdict(dict)
    for row in picks:
        wording = times[row["bank"], row["card"]].setdefault(
            (row["answers"], row["wording"]), Counter()
        )
        for option in row["wrong"].split():
            wording[int(option)] += row["times"]
    found = {}
    for card, wordings in times.items():
        (answers, _), options = max(wordings.items())
        ranked = sorted(options.items(), key=lambda pick: (-pick[1], pick[0]))
        found[card] = tuple(Wrong(option, picked / answers) for option, picked in ranked)
    return found
