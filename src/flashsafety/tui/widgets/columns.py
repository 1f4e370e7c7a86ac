"""The columns of a list of cards: what each holds, and which of them fit a width."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from flashsafety.content.visible import one_line
from flashsafety.store.search import Column
from flashsafety.study import words
from flashsafety.study.listing import Line
from flashsafety.terms import Phase


@dataclass(frozen=True, slots=True)
class Head:
    """One column."""

    title: str
    width: int
    """Cells; the least of a column that takes what is left."""
    text: Callable[[Line, int], str]
    """What a card has there on a study day."""
    sort: Column | None
    """What a list is sorted by when this is clicked; nothing where that would mean nothing."""
    wide: bool = False
    """Takes what is left, shared with the others that do."""


def _number(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)


def _due(line: Line, today: int) -> str:
    new = line.state.memory.phase == Phase.NEW and not line.state.suspended
    said = words.state_words(line.state, today)
    return "new" if new and said == "-" else said.removeprefix("on ")


_KEY = Head("Card", 34, lambda line, _: one_line(line.key), "card", wide=True)
_PROMPT = Head("Prompt", 30, lambda line, _: one_line(line.prompt), None, wide=True)
_DUE = Head("Due", 12, _due, "due")
_RECALL = Head(
    "Recall", 7, lambda line, _: words.percent(line.retrievability).replace("-", ""), "recall"
)
_STABILITY = Head(
    "Stable", 7, lambda line, _: _number(line.state.memory.stability, ".3g"), "stability"
)
_INTERVAL = Head(
    "Interval",
    9,
    lambda line, _: words.interval(line.state.interval) if line.state.interval else "",
    "interval",
)
_DIFFICULTY = Head(
    "Hard", 6, lambda line, _: _number(line.state.memory.difficulty, ".1f"), "difficulty"
)
_LAPSES = Head("Lapses", 8, lambda line, _: str(line.state.lapses or ""), "lapses")
_REPS = Head("Ratings", 9, lambda line, _: str(line.state.reps or ""), "reps")
_MODULE = Head("Module", 16, lambda line, _: one_line(line.module), "module")

_SHOWN = (
    _KEY, _PROMPT, _DUE, _INTERVAL, _RECALL, _STABILITY, _DIFFICULTY, _LAPSES, _REPS, _MODULE,
)  # fmt: skip
"""From left to right."""
_FIRST = (
    _KEY, _DUE, _RECALL, _STABILITY, _INTERVAL, _PROMPT, _DIFFICULTY, _LAPSES, _REPS, _MODULE,
)  # fmt: skip
"""Those that matter most come first, while there is room."""

SORTS: tuple[Column, ...] = (
    "study", "card", "due", "interval", "recall", "stability", "difficulty", "lapses", "reps",
    "module",
)  # fmt: skip
"""What a list can be sorted by, in the order of the key for it."""

SORTED_BY: dict[Column, str] = {
    "study": "in study order",
    "card": "by card",
    "due": "by due day",
    "interval": "by interval",
    "recall": "by chance of recall",
    "stability": "by stability",
    "difficulty": "by difficulty",
    "lapses": "by lapses",
    "reps": "by ratings",
    "module": "by module",
}


def cut(text: str, width: int) -> str:
    """A text in so many cells; of a key that is longer the facet still shows."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    start, slash, facet = text.rpartition("/")
    end = f"…/{facet}" if slash and " " not in text and cell_len(facet) < width // 2 else "…"
    return set_cell_size(start if len(end) > 1 else text, width - cell_len(end)) + end


def fit(width: int) -> list[tuple[Head, int]]:
    """The columns that fit so many cells, from left to right, each with its width."""
    chosen: list[Head] = []
    for head in _FIRST:
        if sum(one.width for one in chosen) + head.width > max(width, _KEY.width):
            break
        chosen.append(head)
    left = max(0, width - sum(head.width for head in chosen))
    wide = [head for head in chosen if head.wide]
    shown = [head for head in _SHOWN if head in chosen]
    # The last of the wide ones takes what does not divide.
    shares = {head: left // len(wide) for head in wide}
    shares[wide[-1]] += left % len(wide)
    return [(head, head.width + shares.get(head, 0)) for head in shown]
