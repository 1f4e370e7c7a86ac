"""What the commands share that search the cards: the QUERY, its words, and cards as lines."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from flashsafety.cli import output
from flashsafety.errors import UsageError

if TYPE_CHECKING:
    from flashsafety.store.search import Column
    from flashsafety.study.library import Library
    from flashsafety.study.listing import Line

_Function = TypeVar("_Function", bound=Callable[..., None])

SETTINGS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""For click: ``-type:concept`` is a term of a query and no cluster of options."""

WORDS = """\b
Search words, Anki's where it has them:
  is:due is:new is:learn is:review is:suspended is:buried is:leech is:flagged
  module: topic: tag: type: source: note: card: flag:wrong
  prop:s>30 prop:d>=7 prop:r<0.9 prop:ivl prop:due prop:lapses prop:reps
  rated:7 rated:7:1 introduced:30

"""


def query_argument(*, required: bool = False) -> Callable[[_Function], _Function]:
    """``QUERY``, any number of terms."""
    return click.argument(
        "query",
        nargs=-1,
        required=required,
        metavar="QUERY..." if required else "[QUERY]...",
        callback=_refuse_options,
    )


def _refuse_options(
    _ctx: click.Context, _argument: click.Parameter, query: tuple[str, ...]
) -> tuple[str, ...]:
    """The query, once it is sure that none of its words was meant as an option."""
    for word, following in zip(query, (*query[1:], ""), strict=False):
        name, _, value = word.removeprefix("--").partition("=")
        if word == "-h" or (word.startswith("--") and name.isalpha()):
            meant = f"{name}:{value or following}" if value or following else "module:NAME"
            mend = f"a field is written as in {meant}; 'flashsafety cards --help' lists them"
            raise UsageError(f'a query has no option "{word.partition("=")[0]}"', mend=mend)
    return query


def found(library: "Library", query: Sequence[str], sort: str = "study") -> "list[Line]":
    """The cards that a query finds.

    Args:
        library: Where.
        query: Its terms.
        sort: What they are sorted by, lowest first.

    Raises:
        QueryError: It cannot be understood.
    """
    from flashsafety.store.search import Order
    from flashsafety.study.find import find
    from flashsafety.study.listing import lines
    from flashsafety.study.query import joined

    asked = query[0] if len(query) == 1 else joined(query)
    column: Column = "reps" if sort == "ratings" else sort  # type: ignore[assignment]
    ids = find(library, asked, order=Order(column))
    known = lines(library, ids)
    return [known[card] for card in ids]


def print_cards(cards: "Iterable[Line]", today: int, sort: str = "study") -> None:
    """A line a card: its key, its phase, when it is due, what it is sorted by, and the question."""
    rows = (
        (
            line.key,
            line.state.memory.phase.name.lower(),
            _due(line, today),
            *([SORTED[sort](line)] if sort in SORTED else []),
            line.prompt,
        )
        for line in cards
    )
    output.table(rows, cut=True)


def _due(line: "Line", today: int) -> str:
    from flashsafety.study.words import state_words

    said = state_words(line.state, today)
    return "not due" if said == "-" else said


def _memory(name: str, value: float | None, form: str) -> str:
    return "never rated" if value is None else f"{name} {value:{form}}"


def _interval(line: "Line") -> str:
    from flashsafety.study.words import interval

    seconds = line.state.interval
    return f"interval {interval(seconds)}" if seconds else "no interval"


SORTED: "dict[str, Callable[[Line], str]]" = {
    "module": lambda line: line.module,
    "interval": _interval,
    "stability": lambda line: _memory("stability", line.state.memory.stability, ".3g"),
    "difficulty": lambda line: _memory("difficulty", line.state.memory.difficulty, ".1f"),
    "recall": lambda line: _memory("recall", line.retrievability, ".0%"),
    "ratings": lambda line: f"ratings {line.state.reps}",
    "lapses": lambda line: f"lapses {line.state.lapses}",
}
"""By what cards are sorted, and what is said of a card then: all that its line says not anyway."""
