"""A study session: which card now, and what the learner does with it."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from flashsafety.config import Settings
from flashsafety.errors import StaleCardError
from flashsafety.scheduling.balance import Balance
from flashsafety.store import shown
from flashsafety.study import budget, words
from flashsafety.study.answer import Answered, Undone, answer_card
from flashsafety.study.foundations import foundations
from flashsafety.study.kinds import Ahead, Budget
from flashsafety.study.library import Library
from flashsafety.study.line import Line, Queue
from flashsafety.study.load import Balancer
from flashsafety.study.showing import Showing
from flashsafety.study.sitting import Rated, Sitting
from flashsafety.study.today import EVERYTHING, Choice, plan_day, scope_of
from flashsafety.terms import CardState, Given, Instant, Moment, Outcome, Phase, Rating, StudyDay


@dataclass(frozen=True, slots=True)
class Remaining:
    """What the session still holds, the card in front of the learner included."""

    learning: int
    review: int
    new: int


class _Before(NamedTuple):
    """The queue as it was before an answer, while its card was in front."""

    review: str
    """Id of the log row that the answer made."""
    queue: Queue


class StudySession(Sitting):
    """The queue of a study day with one card in front.

    When another window changes the file, or the study day turns, the queue is planned afresh. Undo
    of an answer puts it back as it was, as long as nothing but the answers of this session has
    changed anything since it was planned. Of a session with a budget the cards are picked once, at
    its beginning.
    """

    _queue: Queue

    def __init__(self, library: Library, choice: Choice = EVERYTHING) -> None:
        """Plan the day and put the first card in front."""
        super().__init__(library, choice)
        self._skipped: deque[int] = deque()
        self._picked: budget.Picked | None = None
        self._day = StudyDay(-1)
        self._heeds: tuple[object, Balance | None] = (None, None)
        self._before: list[_Before] = []
        self._seen: tuple[int, Settings] = self._stand()
        self._plan(library.clock.now())
        self._advance()

    @property
    def intro(self) -> str:
        """What comes besides what is due, or what is picked of it."""
        if self._picked is not None:
            return budget.in_words(self._picked)
        if isinstance(self.kind, Ahead):
            days = words.count(self.kind.days, "day")
            return f"Reviews of the next {days} come too, after those that are due."
        return ""

    @property
    def note(self) -> str:
        """How many cards came early, or are left for tomorrow."""
        if self._picked is not None:
            left = self._picked.left + sum(self.left.values())
            return f"Left for tomorrow: {words.count(left, 'card') if left else 'none'}."
        if isinstance(self.kind, Ahead):
            early = len({given.answered.key for given in self._given if given.early})
            return f"Before they were due: {words.count(early, 'card')}."
        return ""

    @property
    def remaining(self) -> Remaining:
        """What is left of the session today."""
        counts = [len(cards) for cards in self._queue]
        kinds = (Phase.LEARNING, Phase.REVIEW, Phase.NEW)
        if self.current is not None:
            phase = self.current.state.memory.phase
            counts[kinds.index(Phase.LEARNING if phase == Phase.RELEARNING else phase)] += 1
        return Remaining(*counts)

    @property
    def left(self) -> Mapping[str, int]:
        """The same with the cards that were put off."""
        remaining = self.remaining
        left = {"learning": remaining.learning, "review": remaining.review, "new": remaining.new}
        return left | {"skipped": len(self._skipped)} if self._skipped else left

    def offers(self) -> dict[Rating, str]:
        """The ratings that are offered, each with the interval that it gives."""
        preview = self.preview()
        return {rating: words.interval(preview[rating].interval) for rating in self.ratings}

    def preview(self) -> dict[Rating, Outcome]:
        """What each rating of the current card would do; ``answer`` stores just that."""
        showing = self._current()
        moment = self._library.clock.now()
        scheduler = self._library.scheduling_of(showing.module)[1]
        return scheduler.preview(showing.key, showing.state, moment.day, self._heeded())

    def answer(self, rating: Rating, duration_ms: int, given: Given = None) -> Answered:
        """Rate the current card and go on to the next.

        Raises:
            StaleCardError: Another window changed the card; nothing was stored, and the session has
                gone on to a fresh card.
        """
        showing = self._current()
        self._forget_if_changed()
        due, today = showing.state.due_day, self._library.clock.now().day
        try:
            answered = answer_card(
                self._library,
                showing.id,
                rating,
                duration_ms,
                given=given,
                expected=showing.state,
                module=showing.module,
                balance=self._heeded(),
            )
        except StaleCardError:
            self.refresh()
            raise
        tests = showing.state.memory.phase == Phase.REVIEW
        self._given.append(
            Rated(answered, duration_ms, tests, early=due is not None and due > today)
        )
        self._before.append(_Before(answered.review, self._queue))
        if answered.state.due_at is not None and not answered.state.suspended:
            self._queue = self._queue.with_step(answered.state.due_at, showing.id)
        if rating == Rating.AGAIN and showing.state.memory.phase == Phase.REVIEW:
            self._bring_foundation()
        self._advance()
        self._seen = self._stand()
        return answered

    def undo(self) -> Undone | None:
        """Take back the newest rating or action of the study day, as every session does."""
        self._forget_if_changed()
        undone = super().undo()
        self._seen = self._stand()
        return undone

    def skip(self) -> None:
        """Put the current card off to the end of the session; nothing is stored."""
        self._skipped.append(self._current().id)
        self._advance()

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
        if self.current is not None or not self._queue.learning or self._full():
            return None
        return Instant(self._queue.learning[0][0])

    # ---- the queue ---------------------------------------------------------------------------

    def _take_back(self, undone: Undone) -> None:
        """Bring the card to the front; a crammed one only where it comes today anyhow."""
        moment = self._library.clock.now()
        if not self._put_back(undone, moment):
            self._plan(moment)
        again = None if undone.card is None else self._load(undone.card, moment)
        if again is not None and (undone.kind != "cram" or self._may_show(again, moment)):
            self._put_in_front(again)
        if self.current is None:
            self._advance()

    def _put_back(self, undone: Undone, moment: Moment) -> bool:
        """Make the queue what it was before an answer; false where it must be planned afresh."""
        if not self._before or self._outdated(moment):
            return False
        review, queue = self._before.pop()
        if review != undone.review:
            return False
        self.current, self._queue = None, queue
        return True

    def _outdated(self, moment: Moment) -> bool:
        """Whether the queue is another day's, or another window has changed the file since."""
        return moment.day != self._day or shown.data_version(self._library.db) != self._version

    def _forget_if_changed(self) -> None:
        """Keep no earlier queue when something else than this session's answers was stored here."""
        if self._seen != self._stand():
            self._before.clear()

    def _stand(self) -> tuple[int, Settings]:
        """What changes when this window stores anything or goes on under other settings."""
        return self._library.db.total_changes, self._library.settings

    def _plan(self, moment: Moment) -> None:
        """Read the queue of the day from the store; the current card is taken off it."""
        if self._day != moment.day:
            self._balancer = Balancer(self._library)
        self._day = moment.day
        self._version = shown.data_version(self._library.db)
        day_plan = plan_day(self._library, moment, self._choice)
        queue, self._foundations = day_plan.queue, day_plan.foundations
        if isinstance(self.kind, Budget):
            if self._picked is None:
                self._picked = budget.pick_from(queue, self._library, self.kind, moment)
            queue = budget.only(queue, self._picked)
        self._queue = Queue(
            tuple(sorted((card.due_at or 0, card.id) for card in queue.learning)),
            Line(tuple(card.id for card in queue.review)),
            Line(tuple(card.id for card in queue.new)),
        )
        self._before.clear()
        self.current = None

    def _bring_foundation(self) -> None:
        """After a lapse: plan afresh when there is something to come before all else."""
        moment = self._library.clock.now()
        chosen = scope_of(self._library, self._choice, moment)
        if foundations(self._library, moment, chosen).keys() - self._foundations.keys():
            self._plan(moment)

    def _put_in_front(self, showing: Showing) -> None:
        """Make a card the current one, and take it off the queue it may stand in."""
        self.current = showing
        self._queue = self._queue.without(showing.id)
        if showing.id in self._skipped:
            self._skipped.remove(showing.id)

    def _advance(self) -> None:
        """Put the next card in front, or none."""
        moment = self._library.clock.now()
        if self._outdated(moment):
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
        """The next row id: foundations of what was forgotten, learning that is due, and the rest.

        The rest: reviews, new, skipped, learning due soon.
        """
        reviews = self._queue.reviews
        if reviews and reviews.first in self._foundations.keys() - set(self._skipped):
            return self._take(Queue.next_review)
        if self._step_comes_by(moment.at):
            return self._take(Queue.next_step)
        while self._queue.reviews or self._queue.new:
            card = self._take(Queue.next_review if self._queue.reviews else Queue.next_new)
            if card not in self._skipped:
                return card
        if self._skipped:
            return self._skipped.popleft()
        if self._step_comes_by(moment.at + self._library.settings.learn_ahead * 1000):
            return self._take(Queue.next_step)
        return None

    def _take(self, next_card: Callable[[Queue], tuple[int, Queue]]) -> int:
        card, self._queue = next_card(self._queue)
        return card

    def _step_comes_by(self, instant: int) -> bool:
        return bool(self._queue.learning) and self._queue.learning[0][0] <= instant

    def _may_show(self, showing: Showing, moment: Moment) -> bool:
        """False of a card that has meanwhile been rated, hidden or retired elsewhere."""
        state = showing.state
        if state.suspended or (state.buried_until or 0) > moment.day:
            return False
        if state.due_day is not None:
            early = showing.foundation_of is not None or self._comes_early(state, moment)
            return state.due_day <= moment.day or early
        if state.due_at is not None:
            return state.due_at <= moment.at + self._library.settings.learn_ahead * 1000
        return True

    def _comes_early(self, state: CardState, moment: Moment) -> bool:
        """Whether a review that is not due is one of those ahead; as ``due.early_reviews`` says."""
        if not isinstance(self.kind, Ahead) or state.memory.last_day is None:
            return False
        within = (state.due_day or 0) <= moment.day + self.kind.days
        return within and state.memory.last_day < moment.day

    def _load(self, card: int, moment: Moment) -> Showing | None:
        showing = super()._load(card, moment)
        of = self._foundations.get(card)
        if showing is None or of is None or (showing.state.memory.last_day or 0) >= moment.day:
            return showing
        return replace(showing, foundation_of=of)

    def _fits(self, row: shown.ShownRow) -> bool:
        """Siblings never meet on a day, unless the learner allows it."""
        return not row.sibling_met or self._library.settings.siblings != "never"

    def _heeded(self) -> Balance | None:
        """What of the coming days bears on the current card: the same for its keys and its answer.

        Kept while the card is as it was shown, so that another window changes neither.
        """
        showing = self._current()
        shown_as = showing.id, showing.state.reps, self._library.settings
        if self._heeds[0] != shown_as:
            self._heeds = shown_as, self._balancer.balance()
        return self._heeds[1]
