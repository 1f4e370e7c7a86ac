"""Ratings from elsewhere among those of a card's log: what the log is to say of each of them."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from flashsafety.clock import Clock, study_day
from flashsafety.scheduling.reckon import reckoner
from flashsafety.scheduling.replay import advance, follow
from flashsafety.store.ids import uuid7
from flashsafety.store.incoming import Incoming
from flashsafety.terms import Action, CardState, Instant, Parameters, Phase, Rating, Review


class Scheme:
    """What the new rows of every card are reckoned by."""

    def __init__(self, clock: Clock, sets: Mapping[int, Parameters], number: int) -> None:
        """Take the learner's calendar, every parameter set, and the id of the one in force."""
        self.clock = clock
        self.sets = sets
        self.number = number
        self.weights = sets[number].weights
        self.reckon = reckoner(sets[number])


class Card:
    """A card whose log gains ratings, and its state at the place of the next one."""

    def __init__(self, key: str, log: Sequence[Review | Action], scheme: Scheme) -> None:
        """Take the card's key and its log as it is, oldest first."""
        self._key = key
        self._scheme = scheme
        self._ahead = list(reversed(log))
        self._state = CardState()
        self._said: int | None = None
        """The phase that the row of the rating before this place gives."""

    def take(self, row: Incoming) -> tuple[Action | None, Review]:
        """What is to be logged of a rating: maybe a reset that came before it, and itself.

        Args:
            row: Later than the row taken before it.
        """
        id_ = rating_id(self._key, row.at, row.rating)
        while self._ahead and self._ahead[-1].id < id_:
            self._pass(self._ahead.pop())
        clock = self._scheme.clock
        offset = clock.offset_at(row.at)
        day = study_day(row.at, offset, clock.day_start)
        reset = None
        if self._was_reset(row):
            before = (int.from_bytes(id_, "big") - 1).to_bytes(16, "big")
            reset = Action(before, "reset", Instant(row.at), day)
            self._pass(reset)
        rating = Rating(row.rating)
        phase = self._phase(row)
        outcome = self._scheme.reckon(self._key, self._state, phase, rating, day)
        review = Review(
            id_,
            rating,
            Instant(row.at),
            offset,
            day,
            row.duration_ms,
            phase,
            outcome.interval,
            outcome.fuzz,
            self._scheme.number,
            "import",
        )
        self._state = advance(self._state, review, outcome.memory)
        self._said = row.phase
        return reset, review

    def end(self) -> CardState:
        """The state after the whole log."""
        while self._ahead:
            self._pass(self._ahead.pop())
        return self._state

    def _pass(self, event: Review | Action) -> None:
        scheme = self._scheme
        self._state = follow(self._state, event, parameters=scheme.sets, weights=scheme.weights)
        if isinstance(event, Review) and event.undone_at is None and event.origin != "cram":
            self._said = event.phase

    def _was_reset(self, row: Incoming) -> bool:
        """True of a new card that was none: it must have been forgotten on purpose.

        Not where the row before says new, too: there are programs that say so of every rating.
        """
        return (
            row.phase == Phase.NEW
            and self._state.memory.phase != Phase.NEW
            and self._said not in (None, Phase.NEW)
        )

    def _phase(self, row: Incoming) -> Phase:
        """The phase before the rating: as the file says, where what it says can be."""
        here = self._state.memory.phase
        if row.phase in (None, Phase.NEW) or (row.phase == Phase.LEARNING and here == Phase.NEW):
            return here
        return Phase(row.phase)


def rating_id(card: str, at: int, rating: int) -> bytes:
    """The id of a rating from elsewhere: the same wherever and whenever it is imported.

    A UUIDv7 of its instant, with a hash where a live rating has chance; ratings of one millisecond
    sort by what they say.
    """
    chance = int.from_bytes(sha256(f"{card}\0{at}\0{rating}".encode()).digest()[:8], "big")
    return uuid7(at, lambda _: (rating << 64 | chance).to_bytes(10, "big"))
