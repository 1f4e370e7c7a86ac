"""A plan for a date on the command line: what it comes to, or what could be instead."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flashsafety.cli import output
from flashsafety.errors import ExitCode

if TYPE_CHECKING:
    from flashsafety.study.library import Library
    from flashsafety.terms import StudyDay

TARGET = 0.9
"""Mean chance of recall on the date, where none is named."""


def be_ready(
    library: "Library", ends: "StudyDay", modules: Sequence[str], target: float, *, as_json: bool
) -> ExitCode:
    """Take the plan for a date, or say what can be met where it cannot."""
    from flashsafety.study import plan_words
    from flashsafety.study.ready import hold, instead, plan_for, usual_retention

    found = plan_for(library, ends, modules, target)
    today = library.clock.now().day
    if not found.met:
        other = instead(library, found)
        if as_json:
            from flashsafety.cli.plan_forms import instead_form

            output.json(instead_form(found, other))
        else:
            output.say("\n".join(plan_words.instead(found, other, today)))
        return ExitCode.PROBLEMS
    opened = hold(library, found)
    if not as_json:
        for line in plan_words.ready_offer(found, usual_retention(library, found.plan), today):
            output.say(line)
    if opened:
        output.note(f"opened {', '.join(opened)}")
    return ExitCode.FINE
