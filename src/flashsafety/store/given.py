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
