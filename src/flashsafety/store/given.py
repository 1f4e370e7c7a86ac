"""What learners answered, kept beside the ratings that it led to."""

import json
import sqlite3

from flashsafety.terms import Given


def add_given(db: sqlite3.Connection, review: bytes, answer: Given) -> None:
    """Keep an answer with the rating that it led to, which is in the log already."""
    db.execute(
        "INSERT INTO given SELECT review.id, ?, note.fingerprint FROM review"
        " JOIN card ON card.id = review.card JOIN note ON note.id = card.note WHERE review.id = ?",
        (json.dumps(answer, ensure_ascii=False), review),
    )


def answers_to(db: sqlite3.Connection, card: int) -> list[Given]:
    """What was answered to a card as it is worded now, oldest first; undone ratings left out."""
    rows = db.execute(
        "SELECT answer FROM review JOIN given ON given.review = review.id"
        " JOIN card ON card.id = review.card JOIN note ON note.id = card.note"
        " WHERE review.card = ? AND review.undone_at IS NULL AND given.wording = note.fingerprint"
        " ORDER BY review.id",
        (card,),
    )
    found = (json.loads(text) for (text,) in rows)
    return [tuple(answer) if isinstance(answer, list) else answer for answer in found]
