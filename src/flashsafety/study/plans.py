"""What the learner decides about the days to come. Each act is a row of its own, and undone as one.

A pause is a vacation: nothing comes by itself and nothing asks, nothing is rescheduled, and its
days neither count in the streak nor break it. Who reviews anyway may. For a return plan see
``comeback``.
"""

from flashsafety.errors import UsageError
from flashsafety.store.ids import next_id
from flashsafety.store.plans import add_plan, plans_on
from flashsafety.store.writes import writing
from flashsafety.study.library import Library
from flashsafety.terms import Moment, Pause, PlanKind, Ready, Return, StudyDay


def pause_until(library: Library, ends: StudyDay) -> Pause:
    """Pause from today on; a pause that holds already ends then instead.

    Args:
        library: Where.
        ends: The study day on which cards come again.

    Raises:
        UsageError: It is not after today; nothing was stored.
    """
    moment = library.clock.now()
    if ends <= moment.day:
        raise UsageError(
            "a pause lasts until a day after today",
            mend="name the date on which cards are to come again",
        )
    pause = Pause(moment.day, ends)
    decide(library, moment, "pause", pause)
    return pause


def pause_now(library: Library) -> Pause | None:
    """The pause that holds today."""
    return plans_on(library.db, library.clock.now().day).pause


def drop(library: Library, *kinds: PlanKind) -> tuple[PlanKind, ...]:
    """End what holds today of these kinds. Returns those of which something did."""
    moment = library.clock.now()
    held = plans_on(library.db, moment.day)
    by_kind = {"pause": held.pause, "return": held.back, "ready": held.ready}
    found = tuple(kind for kind in kinds if by_kind[kind] is not None)
    for kind in found:
        decide(library, moment, kind, None)
    return found


def decide(
    library: Library, moment: Moment, kind: PlanKind, plan: Pause | Return | Ready | None
) -> None:
    """Store a plan, in place of what held of its kind; none: nothing of it holds any more."""
    device = library.device
    with writing(library.db):
        id_ = next_id(library.db, moment.at, library.entropy)
        add_plan(library.db, id_, kind, plan, moment, device)
