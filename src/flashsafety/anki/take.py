"""What was done in Anki, added to the log: each row once, whenever and however often it is read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from statistics import median

from flashsafety.anki.events import Happened, Kind, Skipped, happened
from flashsafety.anki.matching import Ours
from flashsafety.anki.theirs import TheirCard
from flashsafety.clock import DAY, study_day
from flashsafety.scheduling.replay import act
from flashsafety.store import anki as store
from flashsafety.store import writes
from flashsafety.store.due import read_state
from flashsafety.store.ids import uuid7
from flashsafety.study.backup import backup
from flashsafety.study.library import Library
from flashsafety.study.rebuild import refolded
from flashsafety.terms import Action, ActionKind, CardState, Instant, Phase, Review, StudyDay

DEVICE = "Anki"
"""What the log calls the device of these rows, so that undo leaves them alone."""
_NOTHING = store.Seen(set(), set(), 0, None, 0)


@dataclass(slots=True)
class Taken:
    """What was found, and what came of it."""

    ratings: int = 0
    crammed: int = 0
    resets: int = 0
    due_dates: int = 0
    suspended: int = 0
    unsuspended: int = 0
    known: int = 0
    """Rows that were in the log before."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Why, to how many rows."""
    unmatched: list[str] = field(default_factory=list)
    """Cards of our notes for which the bank has no card, as note and number from 1."""
    strangers: int = 0
    """Notes that are not ours."""
    vanished: int = 0
    """Ratings taken from Anki before that it no longer has; they are kept."""
    truncated: int = 0
    """Cards whose log in Anki begins amid reviews."""
    compared: int = 0
    """Cards whose memory could be compared with Anki's own figures."""
    worst: float = 0.0
    """Greatest difference of stability, as a share of Anki's."""
    median: float = 0.0
    backup: str = ""
    """Where the database was copied to before; empty where nothing was written."""

    @property
    def added(self) -> int:
        """Rows that the log gained."""
        marks = self.suspended + self.unsuspended
        return self.ratings + self.crammed + self.resets + self.due_dates + marks


class _UndecidedError(Exception):
    """Ends a trial: what was written is rolled back."""


def take_in(
    library: Library,
    notes: Mapping[int, str],
    cards: Iterable[TheirCard],
    ours: Ours,
    taken: Taken,
    *,
    dry_run: bool,
) -> None:
    """Add what the rows of Anki's log say, and reckon the cards' states anew.

    A copy of the database is made first, when there is anything to add.

    Args:
        library: Where.
        notes: Their number of a note to our id.
        cards: Their cards of these notes.
        ours: Our cards.
        taken: Receives what was found.
        dry_run: Do all of it and keep none.
    """
    taking = _Taking(library, taken, store.seen(library.db))
    for theirs in cards:
        note = notes[theirs.note]
        card = ours.cards.get((note, theirs.ord))
        if card is None:
            taken.unmatched.append(f"{note} card {theirs.ord + 1}")
        else:
            taking.add(card, f"{note}/{theirs.ord}", theirs)
    taking.add_due_dates()
    if taking.reviews or taking.actions:
        taken.backup = "" if dry_run else backup(library, reason="before-import").path
    try:
        with writes.writing(library.db):
            taking.write()
            if dry_run:
                raise _UndecidedError
    except _UndecidedError:
        pass


class _Taking:
    """What is to be written, as it is gathered card by card."""

    def __init__(self, library: Library, taken: Taken, known: Mapping[int, store.Seen]) -> None:
        self._library = library
        self._taken = taken
        self._known = known
        self._now = library.clock.now().at
        self._parameters = library.scheduling[0]
        with writes.writing(library.db):
            self._device = writes.device_id(library.db, DEVICE)
        self._cards: dict[int, tuple[str, TheirCard]] = {}
        self.reviews: list[tuple[int, Review]] = []
        self.actions: list[tuple[int, Action]] = []

    def add(self, card: int, name: str, theirs: TheirCard) -> None:
        """Gather what is new of a card.

        Args:
            card: Our row id.
            name: Note and place: what ids are made from.
            theirs: The card in Anki.
        """
        taken, known = self._taken, self._known.get(card, _NOTHING)
        self._cards[card] = (name, theirs)
        first = True
        for row in happened(theirs.rows, self._now):
            if isinstance(row, Skipped):
                taken.skipped[row.value] += 1
                continue
            if first and row.kind == Kind.RATING:
                taken.truncated += row.phase > Phase.LEARNING
                first = False
            if row.at in known.instants:
                taken.known += 1
            else:
                self._add_row(card, name, row)
        taken.vanished += len(known.taken.difference(row.id for row in theirs.rows))
        self._mark(card, name, theirs, known)

    def _add_row(self, card: int, name: str, row: Happened) -> None:
        taken = self._taken
        if row.rating is None:
            kind: ActionKind = "reset" if row.kind == Kind.RESET else "set-due"
            value = None if kind == "reset" else str(self._place(row.at)[1] + row.interval // DAY)
            self.actions.append((card, self._action(name, kind, row.at, value)))
            if kind == "reset":
                taken.resets += 1
            else:
                taken.due_dates += 1
            return
        crammed = row.kind == Kind.CRAM
        offset, day = self._place(row.at)
        taken.crammed += crammed
        taken.ratings += not crammed
        review = Review(
            _id(row.at, name, "rating", row.at),
            row.rating,
            Instant(row.at),
            offset,
            day,
            row.duration_ms,
            row.phase,
            row.interval,
            0,
            self._parameters,
            "cram" if crammed else "anki",
        )
        self.reviews.append((card, review))

    def _mark(self, card: int, name: str, theirs: TheirCard, known: store.Seen) -> None:
        """Suspend what was suspended in Anki since, and lift what came from there."""
        at = theirs.mod * 1000
        if at <= known.suspended_at:
            return
        suspended = read_state(self._library.db, card).suspended
        if theirs.suspended and not suspended:
            self.actions.append((card, self._action(name, "suspend", at)))
            self._taken.suspended += 1
        elif suspended and not theirs.suspended and known.suspended_by == self._device:
            self.actions.append((card, self._action(name, "unsuspend", at)))
            self._taken.unsuspended += 1

    def add_due_dates(self) -> None:
        """Gather those of cards of which nothing else is new; the others wait for their states."""
        touched = self._touched()
        for card, (name, theirs) in self._cards.items():
            if card not in touched:
                due = self._due(card, name, theirs, read_state(self._library.db, card))
                if due is not None:
                    self.actions.append((card, due))
                    self._taken.due_dates += 1

    def write(self) -> None:
        """Write the rows and bring the cards' states up to date; inside a transaction."""
        db = self._library.db
        writes.add_reviews(db, self.reviews, self._device)
        self._write_actions(self.actions)
        states = dict(refolded(self._library, self._touched()))
        late: list[tuple[int, Action]] = []
        differences: list[float] = []
        for card, (name, theirs) in self._cards.items():
            state = states.get(card)
            self._compare(state or read_state(db, card), theirs, differences)
            due = self._due(card, name, theirs, state) if state else None
            if state and due is not None:
                late.append((card, due))
                states[card] = act(state, due)
        self._write_actions(late)
        self._taken.due_dates += len(late)
        writes.write_states(db, iter(states.items()))
        if differences:
            self._taken.compared = len(differences)
            self._taken.worst, self._taken.median = max(differences), median(differences)

    def _touched(self) -> set[int]:
        return {card for card, _ in self.reviews} | {card for card, _ in self.actions}

    def _write_actions(self, actions: Iterable[tuple[int, Action]]) -> None:
        for card, action in actions:
            offset = self._library.clock.offset_at(action.at)
            writes.add_action(self._library.db, action, self._device, utc_offset=offset, card=card)

    def _compare(self, state: CardState, theirs: TheirCard, differences: list[float]) -> None:
        """Note by how much memory differs, when both have seen the same ratings last."""
        ours, last = state.memory.stability, max((r.id for r in theirs.rows if r.ease), default=0)
        if ours is not None and theirs.stability is not None and state.last_at == last:
            differences.append(abs(ours / theirs.stability - 1))

    def _due(self, card: int, name: str, theirs: TheirCard, state: CardState) -> Action | None:
        """The due date that Anki has for a card that was touched there last, where ours differs.

        Anki's own is trusted: it may have fuzzed, balanced or been told.
        """
        in_review = state.memory.phase == Phase.REVIEW
        if not in_review or theirs.due_day is None or theirs.due_day == state.due_day:
            return None
        rows = [row.id + 1 for row in theirs.rows if row.id <= self._now]
        newest = max(state.last_at or 0, self._known.get(card, _NOTHING).newest)
        if theirs.mod * 1000 + 999 < newest:
            return None
        at = max(theirs.mod * 1000, newest + 1, *rows)
        return self._action(name, "set-due", at, str(theirs.due_day))

    def _action(self, name: str, kind: ActionKind, at: int, value: str | None = None) -> Action:
        return Action(_id(at, name, kind, value), kind, Instant(at), self._place(at)[1], value)

    def _place(self, at: int) -> tuple[int, StudyDay]:
        """Seconds east of UTC at an instant, and its study day."""
        clock = self._library.clock
        offset = clock.offset_at(at)
        return offset, study_day(at, offset, clock.day_start)


def _id(at: int, *parts: object) -> bytes:
    """An id that is the same whenever the same row is read, in its place in time."""
    seed = blake2b("\0".join(map(str, parts)).encode(), digest_size=10).digest()
    return uuid7(at, lambda _: seed)
