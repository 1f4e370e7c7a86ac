"""What every session is: one card in front, and what the learner does with it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from flashsafety.clock import day_begins_at
from flashsafety.errors import StaleCardError
from flashsafety.store import shown
from flashsafety.store.open import checkpoint
from flashsafety.study.answer import Answered, Crammed, Undone, act_on_card, flag_value, undo_newest
from flashsafety.study.kinds import Kind
from flashsafety.study.library import Library
from flashsafety.study.showing import Showing, as_showing
from flashsafety.study.today import Choice
from flashsafety.terms import (
    ActionKind,
    CardKey,
    FlagReason,
    Given,
    Instant,
    Moment,
    Rating,
    StudyDay,
)


@dataclass(frozen=True, slots=True)
class Summary:
    """A session in figures."""

    kind: Kind
    """Which session it was; none of the review of what is due."""
    note: str
    """What is to be said of a session of this kind, a sentence; may be empty."""
    cards: int
    ratings: int
    again: int
    true_retention: float | None
    """Share of review-phase ratings above Again; none without any."""
    seconds: int
    leeches: tuple[CardKey, ...]
    tomorrow: int
    """Cards that are due tomorrow as things stand."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating of a session."""

    answered: Answered | Crammed
    duration_ms: int
    tests: bool
    """It counts for true retention: a rating in the review phase that schedules."""
    early: bool
    """The card was not due yet."""


GATHERED = 64
"""Rows stored, two or so for an answer, after which a session rests."""


class Sitting(ABC):
    """One card in front. Every action is on the disk before the next card shows."""

    current: Showing | None

    def __init__(self, library: Library, choice: Choice) -> None:
        """Begin with nothing in front."""
        self._library = library
        self._choice = choice
        self._given: list[Rated] = []
        self._rests_at = 0
        self.current = None

    # ---- what it holds -----------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        """Which session this is; none of the review of what is due."""
        return self._choice.kind

    @property
    def intro(self) -> str:
        """What is to be said before the first card, a sentence; may be empty."""
        return ""

    @property
    def note(self) -> str:
        """What is to be said of the session at its end, a sentence; may be empty."""
        return ""

    @property
    @abstractmethod
    def left(self) -> Mapping[str, int]:
        """Cards still to come today, the one in front included, by the word for them."""

    @abstractmethod
    def waiting_until(self) -> Instant | None:
        """When nothing is in front: the instant at which a card comes today, if any will."""

    def summary(self) -> Summary:
        """The session so far in figures."""
        tomorrow = self._library.clock.now().day + 1
        answers = [given.answered for given in self._given]
        tests = [given.answered.rating > Rating.AGAIN for given in self._given if given.tests]
        return Summary(
            kind=self.kind,
            note=self.note,
            cards=len({answered.key for answered in answers}),
            ratings=len(answers),
            again=sum(answered.rating == Rating.AGAIN for answered in answers),
            true_retention=sum(tests) / len(tests) if tests else None,
            seconds=sum(given.duration_ms for given in self._given) // 1000,
            leeches=tuple(one.key for one in answers if isinstance(one, Answered) and one.leech),
            tomorrow=shown.due_by(
                self._library.db,
                StudyDay(tomorrow),
                day_begins_at(tomorrow + 1, self._library.clock),
            ),
        )

    # ---- ratings -----------------------------------------------------------------------------

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings that are offered: two where the learner wants no more."""
        two = self._library.settings.two_buttons
        return (Rating.AGAIN, Rating.GOOD) if two else tuple(Rating)

    def offered(self, rating: Rating) -> Rating:
        """The rating offered that is nearest to one: of two, Good stands for all that was known."""
        return rating if rating in self.ratings else Rating.GOOD

    @abstractmethod
    def offers(self) -> dict[Rating, str]:
        """The ratings that are offered, each with what it gives the current card, in a word."""

    @abstractmethod
    def answer(self, rating: Rating, duration_ms: int, given: Given = None) -> Answered | Crammed:
        """Rate the current card and go on to the next.

        Args:
            rating: How recall went.
            duration_ms: From the showing to the rating.
            given: What the learner answered, where that was seen.

        Raises:
            StaleCardError: The card is no longer as it was shown; nothing was stored, and the
                session has gone on to a fresh card.
        """

    # ---- what is no rating -------------------------------------------------------------------

    @abstractmethod
    def skip(self) -> None:
        """Put the current card off to the end of the session; nothing is stored."""

    def bury(self) -> None:
        """Hide the current card until the next study day."""
        self._act("bury", str(self._library.clock.now().day + 1))

    def suspend(self) -> None:
        """Hide the current card until it is unsuspended."""
        self._act("suspend", None)

    def relearn(self) -> None:
        """Forget what is known of the current card, so that it comes as a new one."""
        self._act("reset", None)

    def flag(self, reason: FlagReason, text: str = "") -> None:
        """Mark what is wrong with the current card; it stays in front."""
        showing = self._current()
        value = flag_value(reason, text)
        try:
            act_on_card(self._library, showing.id, "flag", value, expected=showing.state)
        finally:
            self.refresh()

    def undo(self) -> Undone | None:
        """Take back the newest rating or action of the study day.

        Its card comes to the front where that is of this session.

        Returns:
            What was taken back; none when nothing was done today that is not undone already.
        """
        undone = undo_newest(self._library)
        if undone is not None:
            self._given = [g for g in self._given if g.answered.review != undone.review]
            self._take_back(undone)
        return undone

    def rest(self) -> None:
        """Do what an answer would have to wait for; to be called while the learner reads.

        The write-ahead log goes into the file, at the beginning and whenever some has gathered. So
        it also stays short, and writing over its old pages is quicker than writing it longer.
        """
        stored = self._library.db.total_changes
        if stored >= self._rests_at:
            self._rests_at = stored + GATHERED
            checkpoint(self._library.db)

    @abstractmethod
    def refresh(self) -> None:
        """Read the current card and what is left again, as after an edit or a wait."""

    # ---- for the kinds of session --------------------------------------------------------------

    @abstractmethod
    def _advance(self) -> None:
        """Put the next card in front, or none."""

    @abstractmethod
    def _take_back(self, undone: Undone) -> None:
        """Bring what was undone to the front, where it is of this session."""

    def _load(self, card: int, moment: Moment) -> Showing | None:
        """A card of the bank as it stands; none where it must not be shown on this day."""
        row = shown.read_shown(self._library.db, card, moment.day)
        if row is None or not row.active or not self._fits(row):
            return None
        return as_showing(row, self._seed(row))

    def _fits(self, row: shown.ShownRow) -> bool:
        """Whether a card of the bank may be shown on this day, whatever its state says."""
        return True

    def _seed(self, row: shown.ShownRow) -> str:
        """What the order of options and items follows from."""
        return f"{row.key}:{row.state.reps}"

    def _act(self, kind: ActionKind, value: str | None) -> None:
        showing = self._current()
        try:
            act_on_card(self._library, showing.id, kind, value, expected=showing.state)
        except StaleCardError:
            self.refresh()
            raise
        self._advance()

    def _full(self) -> bool:
        limit = self._choice.limit
        return limit is not None and len(self._given) >= limit

    def _current(self) -> Showing:
        if self.current is None:
            raise RuntimeError("there is no card in front")
        return self.current
