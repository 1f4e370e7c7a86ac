"""A search as one condition on the table ``card``.

The SQL is put together from fixed pieces only; whatever was typed goes in as a value. Each piece is
true or false and never unknown, so that a part turned round finds all that the part does not.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, assert_never

from flashsafety.content.searched import fold, storable
from flashsafety.store.due import Scope
from flashsafety.store.tree import (
    All,
    Any,
    Flagged,
    Has,
    Introduced,
    Is,
    Name,
    Named,
    Not,
    Operator,
    Pattern,
    Rated,
    State,
    Tree,
    Untagged,
    Wild,
    Words,
)
from flashsafety.terms import Instant, Moment, Phase


class Known(NamedTuple):
    """What a search rests on besides the cards."""

    moment: Moment
    learn_by: Instant
    """Learning cards due by then may be shown now."""
    day_begins: Callable[[int], Instant]
    """When a study day begins on the learner's calendar."""
    leech_lapses: int
    """Lapses that make a leech."""
    share_at: Callable[[float], float]
    """Days over stability at which the chance of recall has fallen to a number."""
    is_common: Callable[[Scope], bool]
    """Whether a SELECT of row ids finds so many that it is quicker to look at the cards one after
    the other: a first page is then full at once."""


def scope(tree: Tree, known: Known) -> Scope:
    """The condition that a search is."""
    match tree:
        case All(parts):
            return _joined(" AND ", parts, known)
        case Any(parts):
            return _joined(" OR ", parts, known)
        case Not(part):
            inner = scope(part, known)
            return Scope(f"NOT ({inner.condition})", inner.values)
        case _:
            return _term(tree, known)


def _term(
    term: Words | Named | Untagged | Flagged | Is | Has | Rated | Introduced, known: Known
) -> Scope:
    match term:
        case Words(pattern):
            return _words(pattern, known)
        case Named(name, pattern):
            return _named(name, pattern, known)
        case Untagged():
            return Scope("card.id NOT IN (SELECT card FROM card_name WHERE kind = 'tag')")
        case Flagged(None):
            return Scope("card.flag IS NOT NULL")
        case Flagged(reason):
            return Scope(
                "(card.flag IS NOT NULL AND (card.flag = ? OR card.flag GLOB ?))",
                (reason, f"{reason}:*"),
            )
        case Is(state):
            return _is(state, known)
        case Has():
            return _has(term, known)
        case Rated(days, rating):
            return _rated(known.moment.day, days, rating)
        case Introduced(days):
            return _introduced(known.moment.day, days)
    assert_never(term)


def _joined(word: str, parts: Sequence[Tree], known: Known) -> Scope:
    scopes = [scope(part, known) for part in parts]
    if not scopes:
        return Scope()
    values = tuple(value for one in scopes for value in one.values)
    return Scope(f"({word.join(one.condition for one in scopes)})", values)


# ---- words and names ---------------------------------------------------------------------------


def _words(pattern: Pattern, known: Known) -> Scope:
    """Long enough runs of letters are looked up; what is left is looked for card by card."""
    folded = tuple(fold(part) if isinstance(part, str) else part for part in pattern)
    runs = [part for part in folded if isinstance(part, str) and len(part) >= 3]
    match = " AND ".join(f'"{run.replace(chr(34), chr(34) * 2)}"' for run in runs)
    with_runs = Scope("SELECT rowid FROM card_trigram WHERE card_trigram MATCH ?", (match,))
    rare = bool(runs) and not known.is_common(with_runs)
    looked_up = _among(with_runs)
    if rare and len(folded) == 1:
        return looked_up
    compared = Scope(
        "coalesce((SELECT card_text.text GLOB ? FROM card_text WHERE card_text.card = card.id), 0)",
        (f"*{_glob(folded)}*",),
    )
    if not rare:
        return compared
    return Scope(
        f"({looked_up.condition} AND {compared.condition})",
        (*looked_up.values, *compared.values),
    )


def _among(found: Scope) -> Scope:
    """The cards whose row ids a SELECT finds."""
    return Scope(f"card.id IN ({found.condition})", found.values)


def _named(name: Name, pattern: Pattern, known: Known) -> Scope:
    lower = tuple(storable(part.casefold()) if isinstance(part, str) else part for part in pattern)
    plain = len(lower) == 1 and isinstance(lower[0], str)
    operator, value = ("=", lower[0]) if plain else ("GLOB", _glob(lower))
    match name:
        case "card" if any(isinstance(part, str) and "/" in part for part in lower):
            return Scope(f"card.key {operator} ?", (value,))
        case "card":
            return Scope("card.key GLOB ?", (f"*/{_glob(lower)}",))
        case "module" | "note" | "type":
            return Scope(f"card.{name} {operator} ?", (value,))
        case "source" | "tag" | "topic":
            named = Scope(
                "SELECT card_name.card FROM card_name WHERE card_name.kind = ?"
                f" AND card_name.value {operator} ?",
                (name, value),
            )
            if not known.is_common(named):
                return _among(named)
            return Scope(f"EXISTS ({named.condition} AND card_name.card = card.id)", named.values)
    assert_never(name)


def _glob(pattern: Pattern) -> str:
    """The pattern as SQLite's GLOB has it, whose own signs stand in brackets for themselves."""
    signs = {Wild.MANY: "*", Wild.ONE: "?"}
    return "".join(
        "".join(f"[{letter}]" if letter in "*?[" else letter for letter in part)
        if isinstance(part, str)
        else signs[part]
        for part in pattern
    )


# ---- what the card is and has --------------------------------------------------------------------


def _is(state: State, known: Known) -> Scope:
    match state:
        case "new":
            return Scope(f"card.phase = {Phase.NEW:d}")
        case "learn":
            return Scope(f"card.phase IN ({Phase.LEARNING:d}, {Phase.RELEARNING:d})")
        case "review":
            return Scope(f"card.phase IN ({Phase.REVIEW:d}, {Phase.RELEARNING:d})")
        case "due":
            return _due(known)
        case "suspended":
            return Scope("card.suspended = 1")
        case "buried":
            return Scope("coalesce(card.buried_until > ?, 0)", (known.moment.day,))
        case "leech":
            return Scope("card.lapses >= ?", (known.leech_lapses,))
        case "flagged":
            return Scope("card.flag IS NOT NULL")
    assert_never(state)


def _due(known: Known) -> Scope:
    """Cards that may be shown now; few, as on most days, are looked up."""
    shown, by_now = _not_hidden(known), (known.learn_by, known.moment.day)
    indexed = Scope(
        " UNION ALL ".join(
            f"SELECT card.id FROM card WHERE active = 1 AND suspended = 0 AND {when}"
            for when in ("phase IN (1, 3) AND due_at <= ?", "phase = 2 AND due_day <= ?")
        ),
        by_now,
    )
    each = "(coalesce(card.due_at <= ?, 0) OR coalesce(card.due_day <= ?, 0))"
    came = Scope(each, by_now) if known.is_common(indexed) else _among(indexed)
    return Scope(f"({shown.condition} AND {came.condition})", (*shown.values, *came.values))


def _not_hidden(known: Known) -> Scope:
    return Scope("card.suspended = 0 AND coalesce(card.buried_until <= ?, 1)", (known.moment.day,))


_NUMBERS = {
    "d": "card.difficulty",
    "ivl": f"card.interval / {86_400:d}",
    "lapses": "card.lapses",
    "reps": "card.reps",
    "s": "card.stability",
}
_TURNED: dict[Operator, Operator] = {
    "=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip


def _has(has: Has, known: Known) -> Scope:
    if has.property == "due":
        return _due_in(has.operator, int(has.value), known)
    if has.property == "r":
        # The higher the chance, the fewer the days.
        return Scope(
            f"coalesce(max(0, ? - card.last_day) / card.stability {_TURNED[has.operator]} ?, 0)",
            (known.moment.day, known.share_at(has.value)),
        )
    return Scope(f"coalesce({_NUMBERS[has.property]} {has.operator} ?, 0)", (has.value,))


def _due_in(operator: Operator, days: int, known: Known) -> Scope:
    """Due some days from today; learning cards by the study day that holds their instant."""
    day = known.moment.day + days
    begins, ends = known.day_begins(day), known.day_begins(day + 1)
    at, values = {
        "=": ("card.due_at >= ? AND card.due_at < ?", [begins, ends]),
        "!=": ("card.due_at < ? OR card.due_at >= ?", [begins, ends]),
        "<": ("card.due_at < ?", [begins]),
        "<=": ("card.due_at < ?", [ends]),
        ">": ("card.due_at >= ?", [ends]),
        ">=": ("card.due_at >= ?", [begins]),
    }[operator]
    shown = _not_hidden(known)
    return Scope(
        f"({shown.condition} AND (coalesce({at}, 0) OR coalesce(card.due_day {operator} ?, 0)))",
        (*shown.values, *values, day),
    )


_OF_CARD = "SELECT 1 FROM review WHERE review.card = card.id AND review.undone_at IS NULL"
_FEW = 31
"""Days of which the log is read as a whole; of more, each card's own part of it."""


def _rated(today: int, days: int, rating: int | None) -> Scope:
    day = today - days
    which, values = ("", ()) if rating is None else (" AND review.rating = ?", (rating,))
    if days > _FEW:
        return Scope(f"EXISTS ({_OF_CARD} AND review.study_day > ?{which})", (day, *values))
    return Scope(
        "card.id IN (SELECT review.card FROM review WHERE review.study_day > ?"
        f" AND review.undone_at IS NULL{which})",
        (day, *values),
    )


def _introduced(today: int, days: int) -> Scope:
    recent = _rated(today, days, None)
    return Scope(
        f"({recent.condition} AND NOT EXISTS ({_OF_CARD} AND review.study_day <= ?))",
        (*recent.values, today - days),
    )
