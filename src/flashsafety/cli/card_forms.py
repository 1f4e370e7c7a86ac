"""A card in the forms that ``cards`` and ``show`` print."""

from flashsafety.cli import output
from flashsafety.cli.forms import date_form, due_form, instant_form
from flashsafety.store.ids import as_text
from flashsafety.study import words
from flashsafety.study.browse import CardInfo
from flashsafety.study.mixups import Mixups
from flashsafety.terms import Review


def card_form(info: CardInfo) -> dict[str, output.Json]:
    """A card as ``cards --json`` gives it."""
    state, memory = info.state, info.state.memory
    return {
        "card": info.card,
        "note": info.note,
        "type": info.type,
        "module": info.module,
        "topics": list(info.topics),
        "source": info.source,
        "file": info.file,
        "line": info.line,
        "phase": memory.phase.name.lower(),
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "retrievability": info.retrievability,
        "due": due_form(state),
        "reps": state.reps,
        "lapses": state.lapses,
        "suspended": state.suspended,
        "buried_until": date_form(state.buried_until),
        "flag": state.flag,
    }


def mixups_form(mixups: Mixups) -> dict[str, output.Json]:
    """What a card is mixed up with, and what it builds on, as ``show --json`` gives it."""
    return {
        "taken_for": list(mixups.alike),
        "wrong_answers": [{"answer": one.text, "times": one.times} for one in mixups.wrong],
        "builds_on": [{"note": base.note, "recall": base.recall} for base in mixups.builds_on],
    }


def log_form(review: Review) -> dict[str, output.Json]:
    """One row of the review log as ``show --json`` gives it."""
    return {
        "id": as_text(review.id),
        "rating": int(review.rating),
        "reviewed_at": instant_form(review.reviewed_at),
        "duration_ms": review.duration_ms,
        "interval": review.interval,
        "origin": review.origin,
        "undone_at": instant_form(review.undone_at),
    }


def memory_words(info: CardInfo) -> str:
    """What FSRS knows of a card, on one line."""
    state, memory = info.state, info.state.memory
    if memory.stability is None or memory.difficulty is None:
        return "never rated"
    return (
        f"stability {memory.stability:.1f} days, difficulty {memory.difficulty:.1f}, "
        f"retrievability {words.percent(info.retrievability)}, "
        f"{words.count(state.reps, 'rating')}, {words.count(state.lapses, 'lapse')}"
    )
