"""What is done to a card: a rating or an action, each one committed transaction; and undo."""

from collections.abc import Mapping
from dataclasses import dataclass

from flashsafety.errors import StaleCardError, UsageError
from flashsafety.scheduling.balance import Balance
from flashsafety.scheduling.leeches import is_leech
from flashsafety.scheduling.replay import act, advance, fold
from flashsafety.store import bulk, logs, shown, writes
from flashsafety.store.due import read_rateable, read_state
from flashsafety.store.given import add_given
from flashsafety.store.ids import as_text, next_id
from flashsafety.study.answers import tidy
from flashsafety.study.library import Library
from flashsafety.study.load import Balancer
from flashsafety.terms import (
    Action,
    ActionKind,
    CardKey,
    CardState,
    FlagReason,
    Given,
    Moment,
    Outcome,
    Phase,
    Rating,
    Review,
)

LEECH = "leech"
"""The value of a suspend action that a lapse brought on; undone together with its rating."""

PLAN_NAMES: Mapping[str, str] = {
    "pause": "the pause",
    "return": "the return plan",
    "ready": "the plan for a date",
}
"""The kinds of plans as undo names them."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A rating that is on the disk."""

    key: CardKey
    rating: Rating
    outcome: Outcome
    state: CardState
    leech: bool
    """The rating made the card a leech (again)."""
    review: str
    """Id of the log row."""


@dataclass(frozen=True, slots=True)
class Crammed:
    """A crammed rating that is on the disk."""

    card: int
    """Row id."""
    key: CardKey
    rating: Rating
    again: bool
    """The card comes once more in the session."""
    review: str
    """Id of the log row."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undo took back."""

    card: int | None
    key: CardKey | None
    kind: str
    """``rating``, ``cram``, or the kind of the action or plan."""
    words: str
    """``undid Good on swiss-cheese-model/forward``."""
    review: str
    """Id of the log row."""


def answer_card(
    library: Library,
    card: int,
    rating: Rating,
    duration_ms: int,
    *,
    given: Given = None,
    expected: CardState | None = None,
    module: str | None = None,
    balance: Balance | None = None,
) -> Answered:
    """Rate a card. On the disk when this returns.

    Args:
        library: Where.
        card: Row id.
        rating: How recall went.
        duration_ms: From the showing to the rating.
        given: What the learner answered, where that was seen; kept beside the rating.
        expected: The state as it was shown; left out where nobody was shown anything.
        module: The module as it was shown, whose desired retention counts; the card's own when left
            out.
        balance: What the preview took into account of the coming days; as they are now when left
            out.

    Raises:
        StaleCardError: The card is no longer as it was shown, or the parameters are other ones;
            nothing was written.
        UsageError: The card is retired or suspended; nothing was written.
    """
    db, moment, device = library.db, library.clock.now(), library.device
    parameters, scheduler = library.scheduling_of(module or shown.card_module(db, card))
    balance = balance or Balancer(library).balance()
    with writes.writing(db):
        library.refuse_other_weights(scheduler.parameters.weights)
        key, state = _rateable(library, card, expected)
        outcome = scheduler.outcome(key, state, rating, moment.day, balance)
        review = Review(
            next_id(db, moment.at, library.entropy),
            rating,
            moment.at,
            moment.utc_offset,
            moment.day,
            duration_ms,
            state.memory.phase,
            outcome.interval,
            outcome.fuzz,
            parameters,
            "review",
        )
        after = advance(state, review, outcome.memory)
        writes.add_review(db, card, review, device)
        _keep(library, review, given)
        lapsed = rating == Rating.AGAIN and state.memory.phase == Phase.REVIEW
        leech = lapsed and is_leech(after.lapses, library.settings.leech_threshold)
        if leech and library.settings.leech_action == "suspend":
            after = _log_action(library, moment, card, after, "suspend", LEECH)
        writes.write_state(db, card, after)
        writes.mark_change_seen(db, key.rpartition("/")[0], moment.at)
    return Answered(key, rating, outcome, after, leech, as_text(review.id))


def cram_card(
    library: Library,
    card: int,
    rating: Rating,
    duration_ms: int,
    *,
    given: Given = None,
    again: bool,
) -> Crammed:
    """Log a rating that schedules nothing. On the disk when this returns.

    The card's state is neither asked about nor touched, so that of two windows both may go on. That
    a note was reworded stays to be shown in the next review, where it bears on the rating.

    Args:
        library: Where.
        card: Row id.
        rating: How recall went.
        duration_ms: From the showing to the rating.
        given: What the learner answered, where that was seen; kept beside the rating.
        again: Whether the session shows the card once more.

    Raises:
        StaleCardError: The card has left the bank; nothing was written.
    """
    db, moment, device = library.db, library.clock.now(), library.device
    parameters = library.scheduling_of(shown.card_module(db, card))[0]
    with writes.writing(db):
        key = _key(library, card)
        if not shown.is_active(db, card):
            raise _has_left(key)
        review = Review(
            next_id(db, moment.at, library.entropy),
            rating,
            moment.at,
            moment.utc_offset,
            moment.day,
            duration_ms,
            read_state(db, card).memory.phase,
            0,
            0,
            parameters,
            "cram",
        )
        writes.add_review(db, card, review, device)
        _keep(library, review, given)
    return Crammed(card, key, rating, again, as_text(review.id))


def act_on_card(
    library: Library,
    card: int,
    kind: ActionKind,
    value: str | None = None,
    *,
    expected: CardState | None = None,
) -> CardState:
    """Do something to a card that is no rating. On the disk when this returns.

    Raises:
        StaleCardError: The card is no longer as it was shown; nothing was written.
    """
    moment = library.clock.now()
    assert library.device
    with writes.writing(library.db):
        state = read_state(library.db, card)
        _refuse_stale(library, card, state, expected)
        after = _log_action(library, moment, card, state, kind, value)
        writes.write_state(library.db, card, after)
    return after


def flag_value(reason: FlagReason, text: str) -> str:
    """What a flag action holds: the reason, with words on it where there are any."""
    return f"{reason}: {text.strip()}" if text.strip() else reason


def undo_newest(library: Library) -> Undone | None:
    """Take back this device's newest rating, act or plan of the study day.

    The card's state becomes the fold of what is left of its log. Returns none when there is nothing
    left to undo today.
    """
    db, moment, device = library.db, library.clock.now(), library.device
    assert library.scheduling
    with writes.writing(db):
        event = logs.newest_event(db, moment.day, device)
        if event is None:
            return None
        first = bulk.first_of(db, event.id)
        if first is not None:
            from flashsafety.study.bulk import undo_act  # which needs this module

            cards = undo_act(library, first, event.id, moment)
            return Undone(None, None, event.kind, f"undid {event.kind} on {cards:,} cards", "")
        writes.mark_undone(db, event.id, moment.at)
        if event.kind == "suspend" and event.value == LEECH:
            rating = logs.newest_event(db, moment.day, device)
            if rating is not None:
                event = rating
                writes.mark_undone(db, event.id, moment.at)
        if event.card is None:
            writes.write_started(db)
            what = PLAN_NAMES.get(event.kind, f"start of {event.module}")
            ended = event.kind in PLAN_NAMES and event.value is None
            said = f"undid {'the end of ' if ended else ''}{what}"
            return Undone(None, None, event.kind, said, "")
        writes.write_state(db, event.card, refold(library, event.card))
        key = _key(library, event.card)
    what = Rating(event.rating).name.capitalize() if event.rating else event.kind
    if event.kind == "cram":
        what = f"crammed {what}"
    return Undone(event.card, key, event.kind, f"undid {what} on {key}", as_text(event.id))


def refold(library: Library, card: int) -> CardState:
    """The state of a card from its log alone."""
    parameters, current = logs.current_parameters(library.db)
    log = logs.card_log(library.db, card, with_undone=False)
    return fold(log, parameters=parameters, current=current)


def _keep(library: Library, review: Review, given: Given) -> None:
    """Keep what was answered, if anything was, beside the rating that it led to."""
    if (answer := tidy(given)) is not None:
        add_given(library.db, review.id, answer)


def _log_action(
    library: Library,
    moment: Moment,
    card: int,
    state: CardState,
    kind: ActionKind,
    value: str | None,
) -> CardState:
    action = Action(
        next_id(library.db, moment.at, library.entropy), kind, moment.at, moment.day, value
    )
    writes.add_action(library.db, action, library.device, utc_offset=moment.utc_offset, card=card)
    return act(state, action)


def _rateable(library: Library, card: int, expected: CardState | None) -> tuple[CardKey, CardState]:
    key, active, state = read_rateable(library.db, card)
    _refuse_stale(library, card, state, expected)
    if not active:
        if expected is not None:
            raise _has_left(key)
        raise UsageError(
            f"{key} is not in the bank", mend="'flashsafety cards' lists those that are"
        )
    if state.suspended:
        raise UsageError(
            f"{key} is suspended", mend="unsuspend it first, or rate a card of 'flashsafety next'"
        )
    return key, state


def _has_left(key: CardKey) -> StaleCardError:
    return StaleCardError(f"{key} has left the bank meanwhile; nothing was stored")


def _refuse_stale(
    library: Library, card: int, state: CardState, expected: CardState | None
) -> None:
    if expected is None or state == expected:
        return
    if state._replace(flag=None) != expected._replace(flag=None):
        raise StaleCardError(
            f"{_key(library, card)} was changed in another window meanwhile; nothing was stored"
        )


def _key(library: Library, card: int) -> CardKey:
    return shown.card_key(library.db, card)
