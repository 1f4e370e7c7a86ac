"""Questions to a person at the terminal, each asked again until its answer will do."""

import sys
from collections.abc import Callable, Mapping, Sequence

import click

from flashsafety.cli import output
from flashsafety.errors import UsageError

Fault = tuple[str, str]
"""What is wrong with an answer, and how to mend it."""


def can_ask() -> bool:
    """Whether somebody sits at the other end."""
    return sys.stdin.isatty()


def ask(called: str, default: str | None = None) -> str:
    """A line from the person, the default where she leaves it empty; without one she must not."""
    answer: str = click.prompt(called, default=default, err=True, show_default=bool(default))
    return answer.strip()


def agreed(question: str) -> bool:
    """Whether the person says yes; an empty line does."""
    return click.confirm(question, default=True, err=True)


def sound(
    called: str,
    given: str | None,
    fault: Callable[[str], Fault | None],
    default: str | None = None,
) -> str:
    """What was given, or what the person says, once there is nothing wrong with it.

    Args:
        called: What is asked for.
        given: What an option said; none to ask.
        fault: What is wrong with an answer; none when it will do.
        default: What an empty line stands for; what is taken where there is nobody to ask.

    Raises:
        UsageError: It will not do, and there is nobody to ask.
    """
    if given is None:
        given = ask(called, default) if can_ask() else default or ""
    while found := fault(given.strip()):
        what, mend = found
        if not can_ask():
            raise UsageError(what, mend=mend)
        output.note(f"{what}; {mend}")
        given = ask(called, default)
    return given.strip()


def chosen(
    called: str,
    given: str | None,
    names: Sequence[str],
    listed: Sequence[str] = (),
    numbers: Mapping[str, str] | None = None,
) -> str:
    """One of some names: given, or asked for.

    A part of one name alone stands for it, where somebody sees what it was taken for.

    Args:
        called: What is asked for.
        given: What an option said; none to ask.
        names: Those that there are.
        listed: What to offer; the names by default.
        numbers: Number to the name that it stands for.

    Raises:
        UsageError: There is none of that name, and nobody to ask.
    """
    from flashsafety.content.nearest import Names, suggest

    offered = ", ".join(listed or names)
    if not given:
        output.names(f"{called}: {offered}")
    value = given or ask(called, names[0] if len(names) == 1 else None)
    known = Names(names)
    while value not in names:
        if numbers and value in numbers:
            return numbers[value]
        if can_ask() and (only := known.having(value)):
            output.note(f"{called}: {only}")
            return only
        what = f'there is no {called} "{value}"'
        mend = suggest(value, known, f"{called}s: {offered}")
        if not can_ask():
            raise UsageError(what, mend=mend)
        output.names(f"{what}; {mend}")
        value = ask(called, known.nearest(value))
    return value
