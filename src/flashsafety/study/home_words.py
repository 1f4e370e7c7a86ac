"""How the first screen reads, drawn or as lines: the day so far, and what comes next."""

from flashsafety.clock import Clock, day_to_date
from flashsafety.store.modules import ModuleLine
from flashsafety.study import words
from flashsafety.study.today import DueCounts, Today


def past(picture: Today) -> list[str]:
    """The day's date, the streak, and what was done today."""
    day = day_to_date(picture.counts.day)
    said = [f"{day:%A} {day.day} {day:%B}"]
    if picture.streak:
        said.append(f"streak {words.count(picture.streak, 'day')}")
    if picture.done.ratings:
        took = words.spent(picture.done.milliseconds // 1000)
        said.append(f"{words.count(picture.done.ratings, 'rating')} today in {took}")
    return said


def plan(picture: Today) -> str:
    """What is left of the day; empty when nothing is."""
    counts = picture.counts
    return words.plan(
        new=counts.new, learning=counts.learning, review=counts.review, seconds=picture.seconds
    )


def paused(counts: DueCounts) -> str:
    """Until when it is paused and what waits, as words that stand alone; empty when it is not.

    ``paused until Tue 5 Jan 2027; 14 cards wait``.
    """
    if counts.paused_until is None:
        return ""
    waits = words.count(counts.waiting, "card")
    said = f"paused until {words.date(counts.paused_until, counts.day)}"
    return f"{said}; {waits} wait{'s' if counts.waiting == 1 else ''}" if counts.waiting else said


def next_card(picture: Today, clock: Clock) -> str:
    """When the next card comes, as a sentence."""
    if picture.counts.next_due is None:
        return "No card is waiting either."
    when = words.when(picture.counts.next_due, clock)
    return "A card is waiting." if when == "now" else f"The next card comes {when}."


def remark(module: ModuleLine) -> str:
    """What one must know of a module besides its figures; empty of one that is open."""
    if module.started:
        return ""
    return "optional" if module.optional else "not open"


BACKLOG = "More reviews are due than a day brings: new cards wait meanwhile."
