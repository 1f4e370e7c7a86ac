"""Item analysis as a table for people."""

from collections.abc import Iterator
from itertools import groupby

from flashsafety.cli import output
from flashsafety.items.analysis import LEAST
from flashsafety.items.report import Item, Report
from flashsafety.study import words

HEAD = ("difficulty", "discr.", "Again", "leech", "learners", "ratings", "card, wrong options")


def show(report: Report) -> None:
    """Write it: a heading for each bank, then its cards, worst first."""
    if not report.items:
        output.say("No ratings to analyse.")
    for number, (bank, items) in enumerate(groupby(report.items, key=lambda item: item.bank)):
        cards = list(items)
        if number:
            output.say()
        who = words.count(report.learners[bank], "learner")
        output.say(f"{bank}: {words.count(len(cards), 'card')} by {who}, worst first")
        output.table([HEAD, *map(_row, cards)])
        if any(item.difficulty is None for item in cards):
            output.note(f"few: too few learners, fewer than {LEAST}")


def _row(item: Item) -> tuple[str, ...]:
    name = item.card
    if item.wrong:
        name += f" ({', '.join(_wrong(item))})"
    return (
        "few" if item.difficulty is None else f"{item.difficulty:.2f}",
        "" if item.discrimination is None else f"{item.discrimination:+.2f}",
        _percent(item.first_again),
        _percent(item.leech_rate),
        f"{item.learners:,}",
        f"{item.ratings:,}",
        name,
    )


def _wrong(item: Item) -> Iterator[str]:
    for wrong in item.wrong:
        yield f"option {wrong.option} {_percent(wrong.share)}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
