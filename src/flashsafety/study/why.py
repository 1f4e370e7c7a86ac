"""Why a card is due when it is, in sentences: interval, fuzz, limits, siblings, and by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flashsafety.clock import DAY, day_to_date
from flashsafety.scheduling.apart import waits
from flashsafety.scheduling.fuzz import draw, fuzzed
from flashsafety.scheduling.week import share_of
from flashsafety.store import due, waiting
from flashsafety.store.plans import plans_on
from flashsafety.store.shown import ShownRow
from flashsafety.study import words
from flashsafety.study.allowance import allowance, new_on
from flashsafety.study.foundations import foundations
from flashsafety.study.fresh import left_today
from flashsafety.study.library import Library
from flashsafety.terms import (
    Action,
    CardKey,
    Ease,
    Met,
    Moment,
    Parameters,
    Phase,
    Rating,
    Ready,
    Review,
)


def reasons(
    library: Library,
    card: ShownRow,
    log: Sequence[Review | Action],
    parameters: Mapping[int, Parameters],
    moment: Moment,
) -> Iterator[str]:
    """The sentences, the one that decides first where there is one.

    Args:
        library: Where.
        card: The card as it is shown.
        log: Everything that was done to it, oldest first.
        parameters: Every parameter set that the log names, by id.
        moment: Now.
    """
    state, phase = card.state, card.state.memory.phase
    if not card.active:
        yield "It has left the bank; its log is kept and it returns with its id."
        return
    hidden = state.suspended or (state.buried_until or 0) > moment.day
    if state.suspended:
        yield "It is suspended and comes back when you unsuspend it."
    elif hidden:
        yield f"It is buried until {day_to_date(state.buried_until or 0)}."
    if phase == Phase.NEW:
        yield from [] if hidden else _new(library, card, moment)
    elif state.due_at is not None:
        yield _in_steps(library, card, moment)
        yield from [] if hidden else _met(library, card)
    else:
        yield from _given(library, card.key, log, parameters)
        day = state.due_day or 0
        verb = "was" if day < moment.day else "is"
        yield f"So it {verb} due {_when(day, moment.day)}."
        if day <= moment.day and not hidden:
            yield from _held_back(library, card, moment)
        if lapsed := foundations(library, moment, due.scope()).get(card.id):
            yield f"Today it comes first: {lapsed}, which builds on it, was forgotten."


def _new(library: Library, card: ShownRow, moment: Moment) -> Iterator[str]:
    """Of a card never rated, or reset since."""
    opened = due.open_modules(library.db)
    done = due.done_on(library.db, moment.day)
    settings = library.settings
    held = plans_on(library.db, moment.day)
    due_now = waiting.due_reviews(library.db, moment.day)
    room = allowance(library, moment, held, done, due_now)
    limit = new_on(settings, moment.day)
    if card.module not in opened:
        yield "It is new, and its module is not open yet."
    elif waiting.is_held(library.db, card.id, opened):
        yield "It is new, and waits until a module that it builds on has begun."
    elif held.pause is not None:
        until = day_to_date(held.pause.ends)
        yield f"It is new, and new cards wait while it is paused, until {until}."
    elif room.backlog:
        yield "It is new, and new cards wait while more reviews are due than a day brings."
    elif _spread(library, card, moment, held.ready, opened):
        yield "It is new, and the plan for a date has brought its new cards of today."
    elif done.new >= limit:
        easy = f", {_weekday(moment.day)} being an easy day," if limit < settings.new_limit else ""
        yield f"It is new, and today's limit of {words.count(limit, 'new card')}{easy} is reached."
    elif not room.new:
        yield f"It is new, and your {words.count(settings.day_minutes, 'minute')} a day are full."
    else:
        yield "It is new and waits its turn in the order of the syllabus."
    yield from _met(library, card)
    yield from _alike(library, card, moment)


def _spread(
    library: Library, card: ShownRow, moment: Moment, plan: Ready | None, opened: Sequence[str]
) -> bool:
    """Whether a new card waits for another day of a plan for a date."""
    of_plan = plan is not None and card.module in plan.modules
    return bool(plan and of_plan and left_today(library, moment, plan, opened) == 0)


def _in_steps(library: Library, card: ShownRow, moment: Moment) -> str:
    memory = card.state.memory
    learning = memory.phase == Phase.LEARNING
    settings = library.settings
    steps = settings.learning_steps if learning else settings.relearning_steps
    which = "learning" if learning else "relearning"
    when = words.wait((card.state.due_at or 0) - moment.at)
    number = (memory.step or 0) + 1
    of = f" of {len(steps)}" if number <= len(steps) else ""
    return f"It is in {which}, step {number}{of}, and returns {when}."


def _given(
    library: Library,
    key: CardKey,
    log: Sequence[Review | Action],
    parameters: Mapping[int, Parameters],
) -> Iterator[str]:
    """The interval of the last rating, what it is made of, and what was set by hand since."""
    moved: Action | None = None
    for place, event in reversed(list(enumerate(log))):
        if event.undone_at is not None:
            continue
        if isinstance(event, Action):
            moved = moved or (event if event.kind == "set-due" else None)
        elif event.origin != "cram":
            given_under = parameters.get(event.parameters)
            drawn = draw(key, _ratings(log[:place]))
            yield _interval(event, given_under, drawn, library.settings.easy_days)
            break
    if moved is not None:
        yield f"On {day_to_date(moved.day)} you set it due on {day_to_date(int(moved.value or 0))}."


def _ratings(log: Iterable[Review | Action]) -> int:
    """Ratings since the last reset, as the card's state counts them."""
    count = 0
    for event in log:
        if event.undone_at is None and not (isinstance(event, Review) and event.origin == "cram"):
            count = count + 1 if isinstance(event, Review) else count * (event.kind != "reset")
    return count


def _interval(
    review: Review, parameters: Parameters | None, drawn: float, week: Sequence[Ease]
) -> str:
    """What an interval is made of.

    Args:
        review: The rating that gave it.
        parameters: The set that it was given under.
        drawn: What chance said then, 0 up to 1.
        week: How easy each weekday is to be, Monday first.
    """
    days = review.interval // DAY
    rating = Rating(review.rating).name.capitalize()
    who = {"anki": "in Anki ", "import": "elsewhere "}.get(review.origin, "")
    given = f"{rating} {who}on {day_to_date(review.day)} gave it {words.count(days, 'day')}"
    raw = days - review.fuzz
    if parameters is not None and raw >= parameters.maximum_interval:
        return f"{given}, the longest interval that your settings allowed."
    if review.origin == "anki":
        return f"{given}."
    by_chance = days if parameters is None else fuzzed(raw, parameters.maximum_interval, drawn)
    if review.origin == "review" and by_chance != days:
        without = day_to_date(review.day + by_chance)
        easier = share_of(review.day + by_chance, week) < share_of(review.day + days, week)
        but = (
            f"that {without:%A} is an easy day" if easier else "others of these days had less to do"
        )
        chance = f"chance alone would have made it {by_chance}"
        return f"{given}: FSRS asked for {raw}; {chance}, but {but}."
    if not review.fuzz:
        return f"{given}, which is what FSRS asked for; chance changed nothing."
    changed = f"added {review.fuzz}" if review.fuzz > 0 else f"took off {-review.fuzz}"
    return f"{given}: FSRS asked for {raw}, and chance {changed}."


def _held_back(library: Library, card: ShownRow, moment: Moment) -> Iterator[str]:
    """What may keep a review from coming on a day on which it is due."""
    held = plans_on(library.db, moment.day)
    if held.pause is not None:
        until = day_to_date(held.pause.ends)
        yield f"It is paused until {until}: it comes before only when you review."
    yield from _met(library, card)
    yield from _alike(library, card, moment)
    others = waiting.siblings_due(library.db, card.id, moment.day)
    if others and not card.sibling_met and library.settings.siblings == "never":
        yield (
            f"{' and '.join(others)} of the same note {'is' if len(others) == 1 else 'are'} due"
            " too: the one not seen for longest comes, the others on later days."
        )
    count = waiting.due_reviews(library.db, moment.day)
    done = due.done_on(library.db, moment.day)
    room = allowance(library, moment, held, done, count)
    if count > room.review:
        settings = library.settings
        limit = f"today's limit of {settings.review_limit}"
        if held.back is not None:
            limit = "your return plan"
        elif room.timed:
            limit = f"your {words.count(settings.day_minutes, 'minute')} a day"
        yield (
            f"{words.count(count, 'review')} are due, and {room.review} more may come under {limit}"
            ": it comes today if it is among the first."
        )


def _met(library: Library, card: ShownRow) -> Iterator[str]:
    if card.sibling_met and library.settings.siblings == "never":
        yield "Another card of its note was rated today, so it waits until tomorrow."


def _alike(library: Library, card: ShownRow, moment: Moment) -> Iterator[str]:
    """Of a card that is kept a day apart from its look-alikes."""
    if card.state.memory.last_day == moment.day:
        return
    found = waiting.candidate(library.db, card.id)

    def apart(others: Sequence[Met]) -> str:
        keys = [other.key for other in others if waits(found, other, moment.day)]
        return " and ".join(keys)

    if met := apart(waiting.alike_met(library.db, card.id, moment.day)):
        yield f"It waits for tomorrow: its look-alike {met} was met today."
    elif due := apart(waiting.alike_due(library.db, card.id, moment.day)):
        yield f"Its look-alike {due} is due too: one of them comes today, the other tomorrow."


def _weekday(day: int) -> str:
    return f"{day_to_date(day):%A}"


def _when(day: int, today: int) -> str:
    """``tomorrow``, ``on 2026-03-14, in 12 days``."""
    said = words.day(day, today)
    return (
        said
        if day - today in (-1, 0, 1) or said.startswith("on ")
        else (f"on {day_to_date(day)}, {said}")
    )
