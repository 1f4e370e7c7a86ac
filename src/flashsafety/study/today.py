"""What the day brings: the counts that prompts show, and the plan at the top of the app."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from flashsafety.clock import day_begins_at
from flashsafety.errors import UsageError
from flashsafety.scheduling.queue import Plan, plan
from flashsafety.store import due, modules
from flashsafety.store.due import Done
from flashsafety.store.foundations import candidates
from flashsafety.store.modules import Offer
from flashsafety.store.plans import Plans, plans_on
from flashsafety.study.allowance import allowance, next_with_new
from flashsafety.study.foundations import foundations
from flashsafety.study.fresh import new_cards
from flashsafety.study.library import Library
from flashsafety.study.urgent import MANY, queue_of_first
from flashsafety.terms import Candidate, CardKey, Instant, Moment, StudyDay

if TYPE_CHECKING:
    from flashsafety.study.kinds import Kind


class Choice(NamedTuple):
    """Which cards a session is over; empty means all."""

    modules: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    limit: int | None = None
    """The most cards that the session shows."""
    query: str = ""
    """Only what this search finds, as ``study.query`` reads it."""
    kind: "Kind" = None
    """What the session does with them, where it is not the review of what is due."""

    @property
    def whole(self) -> bool:
        """Whether it is over all cards."""
        return self == Choice(limit=self.limit, kind=self.kind)


EVERYTHING = Choice()
"""All cards, without a limit."""


class DueCounts(NamedTuple):
    """What one would see today, limits and siblings taken off; nothing while it is paused."""

    day: StudyDay
    new: int
    learning: int
    review: int
    next_due: Instant | None
    """When the next card may be shown: now or before, when one is waiting; none when no card is."""
    paused_until: StudyDay | None
    """While paused: the study day on which cards come again."""
    waiting: int
    """While paused: the cards that come to who reviews anyway; else 0."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.learning + self.review


class Today(NamedTuple):
    """The day as one stands in it."""

    counts: DueCounts
    seconds: float
    """What these cards will take, at one's own pace."""
    done: Done
    streak: int
    """Study days in a row with a rating, up to today or yesterday.

    Days of a pause and crammed ratings are left out.
    """
    backlog: bool
    """More reviews are due than a day brings, so new cards wait."""
    held: int
    """New cards that wait for another module to begin; none is named while it is paused."""
    offer: Offer | None
    """The module to start next, when the open ones have no new card left and nothing is paused."""
    plans: Plans
    """What was decided about the day."""
    reviews: int
    """Reviews that are due, limits and siblings not taken off."""
    of_plan: tuple[int, int]
    """Cards of the plan for a date, and those of them that were ever rated."""
    has_cards: bool
    """Whether any card is in the bank."""
    begun: bool
    """Whether any card was ever rated."""


class DayPlan(NamedTuple):
    """The queue of a study day and how it came about."""

    queue: Plan
    foundations: Mapping[int, CardKey]
    """Reviews that come first since a card that builds on them was forgotten: row id to its key."""
    backlog: bool
    open_modules: tuple[str, ...]
    plans: Plans
    """What was decided about the day; in a pause new cards come only where they were chosen."""
    reviews: int
    """Reviews that are due, of all cards, limits and siblings not taken off."""


def plan_day(library: Library, moment: Moment, choice: Choice = EVERYTHING) -> DayPlan:
    """The cards of the rest of the study day, in order, with what was done today taken off.

    Backlog: more reviews are due than the day's limits or minutes, or the return plan, allow. Then
    new cards wait and the reviews most likely to be remembered come first. Who looks ahead, or has
    so many minutes, has said how much it is to be: limits of reviews do not count then.
    """
    db, settings = library.db, library.settings
    chosen = scope_of(library, choice, moment)
    done = due.done_on(db, moment.day)
    day_end = day_begins_at(moment.day + 1, library.clock)
    held, reviews_due = plans_on(db, moment.day), due.count_reviews(db, moment, due.scope())
    room = allowance(library, moment, held, done, reviews_due)
    kind = choice.kind
    unlimited, days_ahead = False, 0
    if kind is not None:
        from flashsafety.study.kinds import Ahead, Budget  # "due" has no time for them

        unlimited = isinstance(kind, Ahead | Budget)
        days_ahead = kind.days if isinstance(kind, Ahead) else 0
    opened = tuple(due.open_modules(db))
    first = foundations(library, moment, chosen)

    def queue_of(reviews: Iterable[Candidate], unread: int = 0) -> Plan:
        return plan(
            due.learning(db, moment, day_end, chosen),
            reviews,
            new_cards(library, moment, held.ready, opened, chosen),
            moment=moment,
            new_left=0 if held.pause and choice.whole else room.new,
            review_left=None if unlimited else room.review,
            seen_notes=due.met_on(db, moment.day),
            backlog=room.backlog,
            order=room.order,
            siblings=settings.siblings,
            early=due.early_reviews(db, moment, days_ahead, chosen) if days_ahead else (),
            first=candidates(db, list(first)),
            unread=unread,
        )

    queue = None
    if reviews_due >= MANY and not unlimited:
        total = reviews_due if choice.whole else due.count_reviews(db, moment, chosen)
        queue = queue_of_first(db, moment, chosen, total, room, first.keys(), queue_of)
    queue = queue or queue_of(due.reviews(db, moment, chosen))
    return DayPlan(queue, first, room.backlog, opened, held, reviews_due)


def scope_of(library: Library, choice: Choice, moment: Moment) -> due.Scope:
    """A choice as the condition that chooses its cards.

    Raises:
        QueryError: Its search cannot be understood.
    """
    named = due.scope(choice.modules, choice.topics, choice.tags)
    if not choice.query:
        return named
    from flashsafety.study.find import chosen_by

    found = chosen_by(library, choice.query, moment)
    return due.Scope(f"{named.condition} AND {found.condition}", (*named.values, *found.values))


def due_counts(library: Library) -> DueCounts:
    """What one would see today. Plain indexed reads: the quick path."""
    moment = library.clock.now()
    return _counts(library, moment, plan_day(library, moment))


def today(library: Library) -> Today:
    """The day in figures: indexed reads, for they stand in the first frame of the app."""
    from flashsafety.store import waiting  # neither is for the quick commands, which only count
    from flashsafety.study.pace import pace

    db, moment = library.db, library.clock.now()
    day_plan = plan_day(library, moment)
    counts, held = _counts(library, moment, day_plan), day_plan.plans
    return Today(
        counts=counts,
        seconds=pace(library).seconds(
            new=counts.new, learning=counts.learning, review=counts.review
        ),
        done=due.done_on(db, moment.day),
        streak=due.streak(db, moment.day, held.pauses),
        backlog=day_plan.backlog,
        held=0 if held.pause else due.held_cards(db, day_plan.open_modules),
        offer=None if held.pause else modules.next_module(db, day_plan.open_modules),
        plans=held,
        reviews=day_plan.reviews,
        of_plan=waiting.cards_of(db, held.ready.modules) if held.ready else (0, 0),
        has_cards=modules.has_cards(db),
        begun=modules.has_memories(db),
    )


def start_modules(library: Library, slugs: Sequence[str]) -> tuple[str, ...]:
    """Open modules, so that their new cards come. Returns those that were not open before.

    Raises:
        UsageError: A slug names no module; nothing was opened.
    """
    from flashsafety.store import writes
    from flashsafety.store.ids import next_id
    from flashsafety.terms import Action

    refuse_unknown(library, slugs)
    fresh = tuple(dict.fromkeys(s for s in slugs if s not in due.open_modules(library.db)))
    moment, device = library.clock.now(), library.device
    with writes.writing(library.db):
        for slug in fresh:
            action = Action(
                next_id(library.db, moment.at, library.entropy), "start", moment.at, moment.day
            )
            writes.add_action(library.db, action, device, utc_offset=moment.utc_offset, module=slug)
        writes.write_started(library.db)
    return fresh


def start_all(library: Library) -> tuple[str, ...]:
    """Open every module, the optional ones too. Returns those that were not open before."""
    return start_modules(library, list(modules.module_titles(library.db)))


def _counts(library: Library, moment: Moment, day_plan: DayPlan) -> DueCounts:
    queue, pause = day_plan.queue, day_plan.plans.pause
    counts = len(queue.new), len(queue.learning), len(queue.review)
    next_at = _next_at(library, moment, day_plan)
    if pause is None:
        return DueCounts(moment.day, *counts, next_at, None, 0)
    if next_at is not None:
        next_at = max(next_at, day_begins_at(pause.ends, library.clock))
    return DueCounts(moment.day, 0, 0, 0, next_at, pause.ends, sum(counts))


def _next_at(library: Library, moment: Moment, day_plan: DayPlan) -> Instant | None:
    """When the next card may be shown, were nothing paused."""
    queue = day_plan.queue
    if queue.review or queue.new:
        return moment.at
    instant, day = due.next_due(library.db, moment)
    later = [queue.learning[0].due_at] if queue.learning else [instant]
    later.append(day_begins_at(day, library.clock) if day is not None else None)
    if queue.held_limit or queue.held_siblings:
        later.append(day_begins_at(moment.day + 1, library.clock))
    elif _new_wait(library, moment, day_plan):
        with_new = next_with_new(library.settings, moment.day)
        later.append(None if with_new is None else day_begins_at(with_new, library.clock))
    next_at = min((at for at in later if at is not None), default=None)
    return None if next_at is None else Instant(next_at)


def _new_wait(library: Library, moment: Moment, day_plan: DayPlan) -> bool:
    """Whether new cards wait for another day's limit."""
    waiting = due.new_cards(library.db, moment, day_plan.open_modules, due.scope())
    return next(chain(*waiting), None) is not None


def refuse_unknown(library: Library, slugs: Sequence[str]) -> None:
    """Raise UsageError, naming the nearest, when a slug names no module."""
    known = modules.module_titles(library.db)
    for slug in slugs:
        if slug not in known:
            import difflib

            near = difflib.get_close_matches(slug, list(known), 1)
            hint = f'did you mean "{near[0]}"?' if near else f"modules: {', '.join(known)}"
            raise UsageError(f'there is no module "{slug}"', mend=hint)
