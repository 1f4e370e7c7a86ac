"""A learner's days over a small bank, in memory: what a store and a session do around the queue."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from random import Random

from flashsafety.clock import FixedClock, day_begins_at
from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.scheduling.queue import Plan, plan
from flashsafety.scheduling.replay import advance
from flashsafety.terms import (
    MATURE_DAYS,
    Candidate,
    CardKey,
    CardState,
    Met,
    Phase,
    Rating,
    Review,
    ReviewOrder,
    SiblingRule,
    StudyDay,
)
from tests.scheduling.histories import DEFAULTS

IN_STEPS = (Phase.LEARNING, Phase.RELEARNING)


class Learner:
    """Reviews every card that comes, at random, and refuses one that should not have come."""

    def __init__(
        self,
        clock: FixedClock,
        *,
        seed: int,
        sizes: list[int],
        new_limit: int,
        review_limit: int,
        order: ReviewOrder = "overdueness",
        siblings: SiblingRule = "never",
        alike: Mapping[str, str] | None = None,
    ) -> None:
        self.clock = clock
        self.order: ReviewOrder = order
        self.siblings: SiblingRule = siblings
        self.alike = alike or {}
        """Note to the notes that it may be taken for, with blanks between them."""
        self.random = Random(seed)
        self.new_limit, self.review_limit = new_limit, review_limit
        self.scheduler = Scheduler(DEFAULTS)
        self.states = {
            CardKey(f"note-{note}/c{facet + 1}"): CardState()
            for note, size in enumerate(sizes)
            for facet in range(size)
        }
        self.log: list[tuple[CardKey, Review]] = []
        self.waited: Counter[CardKey] = Counter()
        """Study days in a row on which a card was due and did not come."""

    def study(self, *, most: int | None = None) -> int:
        """Review until nothing is left (or for so many ratings). Returns the ratings made."""
        made = 0
        while most is None or made < most:
            queue = self.queue()
            card = next_up(queue, self.clock.at, ahead=1200)
            if card is None:
                break
            self.check(card, queue)
            self.rate(card)
            self.clock.advance(minutes=self.random.choice((0.2, 1, 3)))
            made += 1
        return made

    def study_the_day(self) -> int:
        """Review all day, coming back for every step that falls due in it."""
        made = self.study()
        while (queue := self.queue()).learning:
            self.clock.at = max(self.clock.at, queue.learning[0].due_at or 0)
            made += self.study()
        return made

    def end_day(self) -> None:
        """Count who was due and did not come, and go on to the next morning."""
        day = self.clock.now().day
        end = day_begins_at(day + 1, self.clock)
        for key, state in self.states.items():
            due = (
                state.due_day is not None and state.due_day <= day
                if state.memory.phase == Phase.REVIEW
                else state.due_at is not None and state.due_at < end
            )
            self.waited[key] = self.waited[key] + 1 if due else 0
        self.clock.at = end + self.random.randrange(18 * 3600) * 1000

    def queue(self) -> Plan:
        """The rest of the day, from what a store would hand over."""
        moment = self.clock.now()
        end = day_begins_at(moment.day + 1, self.clock)
        cards = list(self.candidates())
        reviews = [c for c in cards if c.due_day is not None and c.due_day <= moment.day]
        done = self.done(moment.day)
        return plan(
            (c for c in cards if c.due_at is not None and c.due_at < end),
            reviews,
            (c for c in cards if c.phase == Phase.NEW),
            moment=moment,
            new_left=self.new_limit - done[Phase.NEW],
            review_left=self.review_limit - done[Phase.REVIEW],
            seen_notes=met_notes(c for c in cards if (c.last_day or 0) >= moment.day),
            backlog=len(reviews) + done[Phase.REVIEW] > self.review_limit,
            order=self.order,
            siblings=self.siblings,
        )

    def candidates(self) -> Iterator[Candidate]:
        """Every card, in study order."""
        for number, (key, state) in enumerate(self.states.items()):
            memory = state.memory
            yield Candidate(
                number,
                key,
                key.partition("/")[0],
                "robustness",
                memory.phase,
                state.due_at,
                state.due_day,
                state.interval,
                memory.stability,
                memory.last_day,
                state.lapses,
                self.alike.get(key.partition("/")[0]),
            )

    def done(self, day: StudyDay) -> Counter[Phase]:
        """Ratings of a study day by the phase before."""
        return Counter(review.phase for _, review in self.log if review.day == day)

    def check(self, card: Candidate, queue: Plan) -> None:
        """The rules, looked up in the log and not in the plan."""
        moment = self.clock.now()
        done = self.done(moment.day)
        newest = {key: review.day for key, review in self.log}
        met = {key for key, day in newest.items() if day >= moment.day}
        siblings = {key for key in met if key.partition("/")[0] == card.note} - {card.key}
        allowed = self.siblings == "allowed"
        assert allowed or not siblings or card.key in met, "siblings apart"
        if card.phase == Phase.NEW:
            assert done[Phase.NEW] < self.new_limit
            assert not queue.review, "reviews before new cards"
        if card.phase == Phase.REVIEW:
            assert done[Phase.REVIEW] < self.review_limit
            assert newest[card.key] < moment.day, "sent away for days, back the same day"
        others = {key for key in met if key.partition("/")[0] in (card.alike or "").split()}
        fresh = {key for key in others if (self.states[key].memory.stability or 0) < MATURE_DAYS}
        if not siblings and card.key not in met and card.phase == Phase.NEW:
            held = {key.partition("/")[0] for key in fresh}
            held -= {key.partition("/")[0] for key in others if self.states[key].lapses}
            assert not held, "a new look-alike waits"
        if not siblings and card.phase == Phase.REVIEW and card.due_day == moment.day:
            young = (card.stability or 0) < MATURE_DAYS
            assert not (others if young else fresh), "fresh look-alikes apart"
        if card.phase not in IN_STEPS:
            waiting = [c for c in queue.learning if (c.due_at or 0) <= moment.at]
            assert not waiting, "steps before all else"

    def rate(self, card: Candidate) -> None:
        """A random rating, logged."""
        moment, state = self.clock.now(), self.states[card.key]
        rating = self.random.choices(tuple(Rating), (3, 2, 8, 2))[0]
        outcome = self.scheduler.outcome(card.key, state, rating, moment.day)
        review = Review(
            len(self.log).to_bytes(16, "big"),
            rating,
            moment.at,
            moment.utc_offset,
            moment.day,
            3_000,
            state.memory.phase,
            outcome.interval,
            outcome.fuzz,
            1,
            "review",
        )
        assert review.interval > 0
        self.states[card.key] = advance(state, review, outcome.memory)
        self.log.append((card.key, review))


def met_notes(cards: Iterable[Candidate]) -> dict[str, Met]:
    """Cards that were met, by note, as a store hands them over."""
    found: dict[str, Met] = {}
    for card in cards:
        met = found.get(card.note, Met(card.key, card.stability, card.lapses))
        least = min(met.stability or 0, card.stability or 0)
        found[card.note] = Met(card.key, least, max(met.lapses, card.lapses))
    return found


def next_up(plan: Plan, at: int, *, ahead: int = 0) -> Candidate | None:
    """The card to show now, or none when the rest of the day's cards must wait.

    Learning cards whose instant has come, then reviews, then new cards; after those, learning cards
    due within ``ahead`` seconds.

    Args:
        plan: What is left to do.
        at: Now, milliseconds.
        ahead: Seconds by which a learning card may come early when nothing else is left.
    """
    soonest = plan.learning[0] if plan.learning else None
    if soonest and (soonest.due_at or 0) <= at:
        return soonest
    for cards in (plan.review, plan.new):
        if cards:
            return cards[0]
    if soonest and (soonest.due_at or 0) <= at + ahead * 1000:
        return soonest
    return None
