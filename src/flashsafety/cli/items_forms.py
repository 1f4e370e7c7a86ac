"""Item analysis in the form that other programs rely on, and what each key of it means."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from flashsafety.cli.output import Json

if TYPE_CHECKING:
    from flashsafety.items.report import Item, Report

KEYS: Mapping[str, Mapping[str, str]] = {
    "The document": {
        "files": "how many were read",
        "learners": "bank to how many there are",
        "cards": "all that were rated, worst first; also the rows of --parquet",
        "left_out": "what is wrong with the files",
        "doubled": "files whose learners count in another; keys as of left_out",
    },
    "cards": {
        "bank": "name of its bank",
        "card": "its id",
        "learners": "who rated it at all",
        "ratings": "all that they gave; cramming does not count",
        "difficulty": "0 to 1; null, as all figures below, of fewer than 10 learners",
        "discrimination": "-1 to 1; null too where recall never varies",
        "recall": "share that recalled it at its first review, uncorrected",
        "first_again": "share that rated it Again at first sight",
        "leech_rate": "share with 8 lapses, of those who reviewed it",
        "wrong": "the wrong options picked, most picked first",
    },
    "wrong": {
        "option": "its number in the file, from 1",
        "share": "of the answers given under the wording that has most",
    },
    "left_out": {
        "file": "as it was named",
        "line": "from 1; null of a whole file",
        "why": "in words",
    },
}
"""Heading, then key to what it means."""


def form(report: "Report") -> dict[str, Json]:
    """The whole document."""
    return {
        "files": report.files,
        "learners": dict(report.learners),
        "cards": [_card(item) for item in report.items],
        "left_out": [fault._asdict() for fault in report.faults],
        "doubled": [fault._asdict() for fault in report.doubled],
    }


def _card(item: "Item") -> dict[str, Json]:
    return {**asdict(item), "wrong": [asdict(wrong) for wrong in item.wrong]}
