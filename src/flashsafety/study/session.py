"""A study session: which card now, and what the learner does with it."""

import heapq
from collections import deque
from dataclasses import dataclass

from flashsafety.clock import day_begins_at
from flashsafety.content.bank import Source
from flashsafety.content.cards import shuffled
from flashsafety.content.notes import AnyNote, ChoiceNote, OrderingNote, read_note
from flashsafety.errors import StaleCardError
from flashsafety.store import shown
from flashsafety.study.answer import Answered, Undone, act_on_card, answer_card, undo_newest
from flashsafety.study.library import Library
from flashsafety.study.today import EVERYTHING, Choice, plan_day
from flashsafety.terms import (
    ActionKind,
    CardKey,
    CardState,
    FlagReason,
    Instant,
    Moment,
    Outcome,
    Phase,
    Rating,
    StudyDay,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a note since the learner last rated one of its cards."""

    kind: str
    """``reworded`` or ``meaning changed``."""
    was: AnyNote


@dataclass(frozen=True, slots=True)
class Showing:
    """The card in front of the learner."""

    id: int
    key: CardKey
    note: AnyNote
    facet: str
    module: str
    module_title: str
    state: CardState
    source: Source | None
    file: str
    """As the bank names it."""
    line: int
    change: Change | None
    order: tuple[int, ...]
    """Indexes of the options or items in the order to show; empty for other types."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """What the session still holds, the card in front of the learner included."""

    learning: int
    review: int
    new: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A session in figures."""

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
class _Given:
    """One rating of this session."""

    answered: Answered
    phase: Phase
    duration_ms: int


class StudySession:
    """The queue of a study day with one card in front.

    Every action is on the disk before the next card shows. When another window changes the file, or
    the study day turns, the queue is planned afresh.
    """

    current: Showing | None

    def __init__(self, library: Library, choice: Choice = EVERYTHING) -> None:
        """Plan the day and put the first card in front."""
        self._library = library
        self._choice = choice
        self._given: list[_Given] = []
        self._skipped: deque[int] = deque()
        self.current = None
        self._plan(library.clock.now())
        self._advance()

    @property
    def remaining(self) -> Remaining:
        """What is left of the session today."""
        counts = [len(self._learning), len(self._reviews), len(self._new)]
        kinds = (Phase.LEARNING, Phase.REVIEW, Phase.NEW)
        if self.current is not None:
            phase = self.current.state.memory.phase
            counts[kinds.index(Phase.LEARNING if phase == Phase.RELEARNING else phase)] += 1
        return Remaining(*counts)

    @property
    def skipped(self) -> int:
        """Cards put off to the end of the session."""
        return len(self._skipped)

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings that a review offers: two where the learner wants no more."""
        two = self._library.settings.two_buttons
        return (Rating.AGAIN, Rating.GOOD) if two else tuple(Rating)

    def offered(self, rating: Rating) -> Rating:
        """The rating offered that is nearest to one: of two, Good stands for all that was known."""
        return rating if rating in self.ratings else Rating.GOOD

    def preview(self) -> dict[Rating, Outcome]:
        """What each rating of the current card would do; ``answer`` stores just that."""
        showing = self._current()
        moment = self._library.clock.now()
        scheduler = self._library.scheduling_of(showing.module)[1]
        return scheduler.preview(showing.key, showing.state, moment.day)

    def answer(self, rating: Rating, duration_ms: int) -> Answered:
        """Rate the current card and go on to the next.

        Raises:
            StaleCardError: Another window changed the card; nothing was stored, and the session has
                gone on to a fresh card.
        """
        showing = self._current()
        try:
            answered = answer_card(
                self._library,
                showing.id,
                rating,
                duration_ms,
                expected=showing.state,
                module=showing.module,
            )
        except StaleCardError:
            self.refresh()
            raise
        self._given.append(_Given(answered, showing.state.memory.phase, duration_ms))
        if answered.state.due_at is not None and not answered.state.suspended:
            heapq.heappush(self._learning, (answered.state.due_at, showing.id))
        self._advance()
        return answered

    def skip(self) -> None:
        """Put the current card off to the end of the session; nothing is stored."""
        self._skipped.append(self._current().id)
        self._advance()

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
        value = f"{reason}: {text.strip()}" if text.strip() else reason
        try:
            act_on_card(self._library, showing.id, "flag", value, expected=showing.state)
        finally:
            self.refresh()

    def undo(self) -> Undone | None:
        """Take back the newest rating or action of the study day; its card comes to the front.

        Returns:
            What was taken back; none when nothing was done today that is not undone already.
        """
        undone = undo_newest(self._library)
        if undone is None:
            return None
        self._given = [g for g in self._given if g.answered.review != undone.review]
        self._plan(self._library.clock.now())
        again = None if undone.card is None else self._load(undone.card, self._library.clock.now())
        if again is not None:
            self._put_in_front(again)
        if self.current is None:
            self._advance()
        return undone

    def refresh(self) -> None:
        """Read the current card and the queue again, as after an edit or a wait."""
        moment = self._library.clock.now()
        showing = self.current
        self._plan(moment)
        if showing is not None:
            again = self._load(showing.id, moment)
            if again is not None and self._may_show(again, moment) and again.state == showing.state:
                self._put_in_front(again)
                return
            if again is not None and again.state.flag != showing.state.flag:
                self._put_in_front(again)
                return
        self._advance()

    def waiting_until(self) -> Instant | None:
        """When nothing is in front: the instant of the next learning card today, if any."""
        if self.current is not None or not self._learning or self._full():
            return None
        return Instant(self._learning[0][0])

    def summary(self) -> Summary:
        """The session so far in figures."""
        moment = self._library.clock.now()
        tomorrow = moment.day + 1
        reviews = [g for g in self._given if g.phase == Phase.REVIEW]
        recalled = sum(g.answered.rating > Rating.AGAIN for g in reviews)
        return Summary(
            cards=len({g.answered.key for g in self._given}),
            ratings=len(self._given),
            again=sum(g.answered.rating == Rating.AGAIN for g in self._given),
            true_retention=recalled / len(reviews) if reviews else None,
            seconds=sum(g.duration_ms for g in self._given) // 1000,
            leeches=tuple(g.answered.key for g in self._given if g.answered.leech),
            tomorrow=shown.due_by(
                self._library.db,
                StudyDay(tomorrow),
                day_begins_at(tomorrow + 1, self._library.clock),
            ),
        )

    # ---- the queue ---------------------------------------------------------------------------

    def _plan(self, moment: Moment) -> None:
        """Read the queue of the day from the store; the current card is taken off it."""
        self._day = moment.day
        self._version = shown.data_version(self._library.db)
        queue = plan_day(self._library, moment, self._choice).queue
        self._learning = [(card.due_at or 0, card.id) for card in queue.learning]
        heapq.heapify(self._learning)
        self._reviews = deque(card.id for card in queue.review)
        self._new = deque(card.id for card in queue.new)
        self.current = None

    def _put_in_front(self, showing: Showing) -> None:
        """Make a card the current one, and take it off the queue it may stand in."""
        self.current = showing
        self._learning = [entry for entry in self._learning if entry[1] != showing.id]
        heapq.heapify(self._learning)
        for queue in (self._reviews, self._new, self._skipped):
            if showing.id in queue:
                queue.remove(showing.id)

    def _advance(self) -> None:
        """Put the next card in front, or none."""
        moment = self._library.clock.now()
        if moment.day != self._day or shown.data_version(self._library.db) != self._version:
            self._plan(moment)
        self.current = None
        while not self._full():
            card = self._pop(moment)
            if card is None:
                return
            showing = self._load(card, moment)
            if showing is not None and self._may_show(showing, moment):
                self.current = showing
                if card in self._skipped:  # planned afresh meanwhile, it stood in two queues
                    self._skipped.remove(card)
                return

    def _pop(self, moment: Moment) -> int | None:
        """The next row id: learning that is due, reviews, new, skipped, learning due soon."""
        if self._learning and self._learning[0][0] <= moment.at:
            return self._pop_learning()
        for queue in (self._reviews, self._new):
            while queue:
                card = queue.popleft()
                if card not in self._skipped:
                    return card
        if self._skipped:
            return self._skipped.popleft()
        ahead = moment.at + self._library.settings.learn_ahead * 1000
        if self._learning and self._learning[0][0] <= ahead:
            return self._pop_learning()
        return None

    def _pop_learning(self) -> int:
        return heapq.heappop(self._learning)[1]

    def _full(self) -> bool:
        limit = self._choice.limit
        return limit is not None and len(self._given) >= limit

    def _may_show(self, showing: Showing, moment: Moment) -> bool:
        """False of a card that has meanwhile been rated, hidden or retired elsewhere."""
        state = showing.state
        if state.suspended or (state.buried_until or 0) > moment.day:
            return False
        if state.due_day is not None:
            return state.due_day <= moment.day
        if state.due_at is not None:
            return state.due_at <= moment.at + self._library.settings.learn_ahead * 1000
        return True

    def _load(self, card: int, moment: Moment) -> Showing | None:
        row = shown.read_shown(self._library.db, card, moment.day)
        if row is None or not row.active:
            return None
        if row.sibling_met and self._library.settings.siblings == "never":
            return None
        return as_showing(row, f"{row.key}:{row.state.reps}")

    def _act(self, kind: ActionKind, value: str | None) -> None:
        showing = self._current()
        try:
            act_on_card(self._library, showing.id, kind, value, expected=showing.state)
        except StaleCardError:
            self.refresh()
            raise
        self._advance()

    def _current(self) -> Showing:
        if self.current is None:
            raise RuntimeError("there is no card in front")
        return self.current


def as_showing(row: shown.ShownRow, seed: str) -> Showing:
    """A card as front ends take it; options and items are in the order that the seed leads to."""
    note = read_note(row.content)
    return Showing(
        row.id,
        row.key,
        note,
        row.key.rpartition("/")[2],
        row.module,
        row.module_title,
        row.state,
        Source(*row.source) if row.source else None,
        row.file,
        row.line,
        Change(row.change[0], read_note(row.change[1])) if row.change else None,
        shuffled(note, seed) if isinstance(note, ChoiceNote | OrderingNote) else (),
    )
