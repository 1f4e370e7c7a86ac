"""Everything that is known of one card, as card info shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flashsafety.clock import Clock, day_to_date, instant_to_datetime
from flashsafety.content.notes import read_note
from flashsafety.store import logs, shown
from flashsafety.study import words
from flashsafety.study.answer import LEECH
from flashsafety.study.browse import CardInfo, card_info, find_card
from flashsafety.study.library import Library
from flashsafety.study.load import Balancer
from flashsafety.study.mixups import Mixups, mixups
from flashsafety.study.recall import RecallPath, recall_path
from flashsafety.study.why import reasons
from flashsafety.terms import Action, ActionKind, Outcome, Rating, Review


@dataclass(frozen=True, slots=True)
class CardStory:
    """A card with how it came to be where it is."""

    info: CardInfo
    source: str
    """Title, authors and year of its source; the key where the bibliography has no more."""
    reasons: tuple[str, ...]
    """Sentences on why it is due when it is."""
    intervals: Mapping[Rating, Outcome]
    """What each rating would do now; empty of a card that has left the bank."""
    events: tuple[Review | Action, ...]
    """Everything done to it, oldest first, undone rows too."""
    mixups: Mixups
    """What it is mixed up with, and what it builds on."""
    recall: RecallPath | None
    """How its memory went; none of a card never rated."""


def card_story(library: Library, key: str) -> CardStory:
    """Everything about a card, named by its key or by its note's id where that has one card.

    Raises:
        UsageError: There is no such card; the nearest keys are named.
    """
    moment = library.clock.now()
    card = find_card(library, key)
    row = shown.read_shown(library.db, card, moment.day)
    assert row is not None
    events = logs.card_log(library.db, card)
    scheduler = library.scheduling_of(row.module)[1]
    parameters = logs.all_parameters(library.db)
    balance = Balancer(library).balance()
    return CardStory(
        card_info(library, row.key),
        _source(row),
        tuple(reasons(library, row, events, parameters, moment)),
        scheduler.preview(row.key, row.state, moment.day, balance) if row.active else {},
        tuple(events),
        mixups(library, card, row.key, read_note(row.content)),
        recall_path(events, parameters, scheduler.parameters.weights),
    )


def _source(row: shown.ShownRow) -> str:
    if row.source is None:
        return ""
    _, title, authors, year, _ = row.source
    return ", ".join(str(part) for part in (title, authors, year) if part)


_FAR = 36_500
"""Days; nobody plans beyond."""


def recall_words(story: CardStory, today: int) -> str:
    """The forgetting curve in words: ``97% today, then 90% in 9 days``; empty of a new card."""
    path = story.recall
    if path is None:
        return ""
    falls = [
        f"{chance:.0%} {words.day(int(path.falls_to(chance)), today)}"
        for chance in (0.9, 0.8, 0.5)
        if today < int(path.falls_to(chance)) < today + _FAR
    ]
    return ", then ".join([f"{words.percent(path.chance(today))} today", *falls])


def intervals_words(story: CardStory) -> str:
    """The next intervals of the four ratings: ``Again 10m, Hard 3d, Good 8d, Easy 15d``."""
    return ", ".join(
        f"{rating.name.capitalize()} {words.interval(outcome.interval)}"
        for rating, outcome in story.intervals.items()
    )


def event_when(event: Review | Action, clock: Clock) -> str:
    """When something was done, on the learner's clock of that time where the log has it."""
    if isinstance(event, Review):
        at, offset = event.reviewed_at, event.utc_offset
    else:
        at, offset = event.at, clock.offset_at(event.at)
    return f"{instant_to_datetime(at) + timedelta(seconds=offset):%Y-%m-%d %H:%M}"


def event_words(event: Review | Action) -> str:
    """What was done, in a line; ``(undone)`` at its end where it was taken back."""
    undone = "  (undone)" if event.undone_at is not None else ""
    if isinstance(event, Action):
        return f"{_action(event)}{undone}"
    rating = Rating(event.rating)
    origin = "" if event.origin == "review" else f"  ({event.origin})"
    given = f"next in {words.interval(event.interval):5}"
    if event.origin == "cram":
        given = " " * len(given)
    return (
        f"{rating:d} {rating.name.capitalize():5}  {given}"
        f"  {event.duration_ms / 1000:.1f} s{origin}{undone}"
    )


_DONE: dict[ActionKind, str] = {
    "suspend": "suspended",
    "unsuspend": "unsuspended",
    "bury": "buried until",
    "unbury": "unburied",
    "flag": "flagged",
    "unflag": "flag taken away",
    "reset": "reset to new",
    "set-due": "set due on",
}


def _action(action: Action) -> str:
    done = _DONE.get(action.kind, action.kind)
    if action.kind in ("bury", "set-due"):
        return f"{done} {day_to_date(int(action.value or 0))}"
    if action.kind == "suspend" and action.value == LEECH:
        return f"{done} as a leech"
    return f"{done} {action.value}" if action.value else done
