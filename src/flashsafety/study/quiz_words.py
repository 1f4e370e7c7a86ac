"""How exams read: points, when one was begun, and what came of it."""

from datetime import timedelta

from flashsafety.clock import instant_to_datetime
from flashsafety.store.quiz import Attempt
from flashsafety.study import words
from flashsafety.study.exam import Past


def in_points(earned: float) -> str:
    """Points to one place, without ``.0``: ``14.5``, ``3``."""
    return f"{round(earned, 1):g}"


def begun(attempt: Attempt) -> str:
    """Day and time at which an exam began, where the learner was: ``2026-03-02 12:00``."""
    local = instant_to_datetime(attempt.begun_at) + timedelta(seconds=attempt.utc_offset)
    return f"{local:%Y-%m-%d %H:%M}"


def result(past: Past) -> str:
    """What came of an attempt, or how far it got."""
    if past.attempt.handed_in_at is None:
        return f"open, {past.answered} of {past.questions} answered"
    if not past.finished:
        return f"{past.judged} of {past.questions} judged"
    share = past.earned / past.questions if past.questions else 0.0
    return f"{in_points(past.earned)} of {past.questions}, {words.percent(share)}"
