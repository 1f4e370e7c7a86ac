"""Searching cards: conditions composed with SQLModel. Off the quick path, for it imports it."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import ColumnElement, exists, false, func, not_, or_
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col, create_engine, select

from flashsafety.store.rows import CardRow, NoteRow
from flashsafety.terms import Instant, Moment, Phase

Field = Literal["text", "module", "topic", "tag", "type", "flag", "is"]
FIELDS: tuple[Field, ...] = get_args(Field)
STATES = ("new", "learning", "review", "due", "suspended", "buried", "flagged")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a search."""

    field: Field
    value: str
    negated: bool = False


def find_cards(db: sqlite3.Connection, terms: Sequence[Term], moment: Moment) -> list[int]:
    """Row ids of the cards in the bank for which all terms hold, in study order."""
    engine = create_engine("sqlite://", creator=lambda: db, poolclass=StaticPool)
    statement = (
        select(CardRow.id)
        .join(NoteRow, col(NoteRow.id) == col(CardRow.note))
        .where(col(CardRow.active) == 1)
        .order_by(col(CardRow.position))
    )
    for term in terms:
        condition = _condition(term, moment)
        statement = statement.where(not_(condition) if term.negated else condition)
    with Session(engine) as session:
        return list(session.exec(statement))


def _condition(term: Term, moment: Moment) -> ColumnElement[bool]:
    match term.field:
        case "text":
            return _text_has(term.value)
        case "module":
            return col(CardRow.module) == term.value
        case "topic":
            return _list_has(NoteRow.topics, term.value)
        case "tag":
            return _list_has(NoteRow.tags, term.value)
        case "type":
            return col(NoteRow.type) == term.value
        case "flag":
            return func.coalesce(CardRow.flag, "").startswith(term.value, autoescape=True)
        case "is":
            return _is(term.value, moment)


def _text_has(words: str) -> ColumnElement[bool]:
    """Somewhere in the note's id or its texts; the names of the fields do not count."""
    tree = func.json_tree(NoteRow.content).table_valued("type", "atom")
    return exists(
        select(1)
        .select_from(tree)
        .where(tree.c.type == "text", tree.c.atom.icontains(words, autoescape=True))
    )


def _list_has(column: str, value: str) -> ColumnElement[bool]:
    each = func.json_each(column).table_valued("value")
    return exists(select(1).select_from(each).where(each.c.value == value))


def _is(state: str, moment: Moment) -> ColumnElement[bool]:
    phase = col(CardRow.phase)
    match state:
        case "new":
            return phase == Phase.NEW
        case "learning":
            return phase.in_((Phase.LEARNING, Phase.RELEARNING))
        case "review":
            return phase == Phase.REVIEW
        case "due":
            return _due(moment.at, moment)
        case "suspended":
            return col(CardRow.suspended) == 1
        case "buried":
            return func.coalesce(CardRow.buried_until, 0) > moment.day
        case "flagged":
            return col(CardRow.flag).is_not(None)
    return false()


def _due(at: Instant, moment: Moment) -> ColumnElement[bool]:
    return or_(
        func.coalesce(CardRow.due_at, at + 1) <= at,
        func.coalesce(CardRow.due_day, moment.day + 1) <= moment.day,
    ) & (col(CardRow.suspended) == 0)
