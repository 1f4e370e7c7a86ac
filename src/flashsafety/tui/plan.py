"""What the first screen says above the syllabus, and its help."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from flashsafety.clock import Clock
from flashsafety.content.visible import one_line
from flashsafety.study import home_words, plan_words, words
from flashsafety.study.today import Today
from flashsafety.terms import MATURE_DAYS

if TYPE_CHECKING:
    from flashsafety.study.sync import SyncReport

_KEY = "bold $text-accent"


def plan_lines(
    picture: Today,
    clock: Clock,
    *,
    ready: bool,
    enter: str,
    spelled: Callable[[str], str],
    usual: str,
    predicted: float | None,
) -> Iterable[Content]:
    """The day so far, a blank line, what is left of it and what to do next.

    Args:
        picture: The day.
        clock: The learner's clock.
        ready: Whether the bank is read.
        enter: What enter does, as words that follow the key; empty when it does nothing.
        spelled: Puts keys in place of commands, as the app does.
        usual: The key that ends a pause or drops a plan; empty while it declines those offered.
        predicted: Recall on the date of a plan, 0 to 1; none while it is not reckoned yet.
    """
    yield Content.styled(" · ".join(home_words.past(picture)), "$foreground-muted")
    yield Content("")
    if not picture.has_cards:
        what = "There is no card yet." if ready else "Reading the bank…"
        yield Content.styled(what, "bold")
        if ready:
            yield Content("Put card files into the bank's folder: 'flashsafety where' names it.")
        return
    plan = home_words.plan(picture)
    if picture.counts.paused_until is not None:
        said = words.sentence(home_words.paused(picture.counts))
        yield Content.styled(said, "bold $text-primary")
    elif plan:
        yield Content.styled(plan, "bold $text-primary")
    else:
        when = home_words.next_card(picture, clock)
        yield Content.assemble(("Nothing is due.", "bold $text-primary"), f" {when}")
    if enter:
        yield Content.assemble((spelled("{today.review}"), _KEY), f" {enter}")
    else:
        up, down = spelled("{today.up}"), spelled("{today.down}")
        yield Content.assemble((up, _KEY), " and ", (down, _KEY), " choose a module")
    if picture.counts.paused_until is not None:
        yield Content.assemble((usual, _KEY), " ends the pause")
        return
    yield from _plans(picture, usual, predicted)
    if not plan and picture.begun:
        ways = spelled("{today.session}")
        yield Content.assemble((ways, _KEY), " looks some days ahead, or crams")
    yield from _guidance(picture, spelled)


def _plans(picture: Today, usual: str, predicted: float | None) -> Iterable[Content]:
    """The plans that hold, and the key that drops one."""
    back, ready = picture.plans.back, picture.plans.ready
    if back is not None:
        yield Content(plan_words.progress(picture))
    if ready is not None:
        yield Content(plan_words.ready(picture, predicted))
    if usual and (back or ready):
        which = "return plan" if back else "plan"
        yield Content.assemble((usual, _KEY), f" drops the {which}")


def _guidance(picture: Today, spelled: Callable[[str], str]) -> Iterable[Content]:
    if not picture.begun:
        yield Content("")
        yield Content(
            spelled(
                "A card shows a question. Answer it in your head or with the keys, press"
                " {study.reveal} to see the answer, then {study.again} to {study.easy} for how it"
                " went: it returns just before you would forget it. Open more modules with"
                " {today.modules} as you hear their lectures."
            )
        )
    if picture.backlog and picture.plans.back is None:
        yield Content(home_words.BACKLOG)
    if picture.offer is not None:
        title = one_line(picture.offer.title)
        yield Content.assemble((spelled("{today.next}"), _KEY), f" opens the next module, {title}")
    elif picture.held:
        held = words.count(picture.held, "new card")
        yield Content(f"{held} wait for another module: {spelled('{today.modules}')} opens it.")


def help_text() -> str:
    """What the screen is for, and what its figures mean."""
    from flashsafety.study.pace import DEFAULTS, ENOUGH
    from flashsafety.terms import Phase

    new, step, review = (
        f"{DEFAULTS[phase]:.0f} s" for phase in (Phase.NEW, Phase.LEARNING, Phase.REVIEW)
    )
    return (
        "{today.review} begins with what the cursor stands on: all that is due, a section or a"
        " module; one that is not open it opens. Everything you rate is on the disk before the next"
        " card shows, so you can leave at any time.\n\n"
        "due: steps and reviews of today and before; limits and siblings are not taken off\n"
        "new: never rated\n"
        "learned: beyond their learning steps\n"
        f"mature: with a stability of {MATURE_DAYS} days or more\n"
        "mastery: the mean chance that you recall now any of the cards, a new one being 0\n"
        "recall, in a wide window: the same of the cards that you have ever rated\n\n"
        "After a break, plans for what piled up are offered when it is more than your usual minutes"
        " hold. One that is taken sets the reviews of a day and ends by itself.\n\n"
        "The minutes come from the medians of your own newest answer times by phase, with the steps"
        f" that follow; until there are {ENOUGH} of a kind, {new} stand for a new card, {review}"
        f" for a review and {step} for a step."
    )


def what_changed(report: "SyncReport", *, first_time: bool) -> str:
    """What was taken in from the bank, in a line; of a first reading only its problems."""
    kinds = (
        ("new", report.new),
        ("reworded", report.reworded),
        ("with another meaning", report.meaning_changed),
        ("retired", report.retired),
        ("restored", report.restored),
    )
    changes = [f"{len(ids)} {name}" for name, ids in kinds if ids and not first_time]
    said = f"The bank changed: {', '.join(changes)}." if changes else ""
    if report.problems:
        bad = words.count(len(report.problems), "problem")
        said = f"{said} The bank has {bad}: 'flashsafety lint' lists them.".strip()
    return said
