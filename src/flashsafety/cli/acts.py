"""Doing something to all the cards that a query finds, in one step that ``undo`` takes back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen

if TYPE_CHECKING:
    from flashsafety.terms import ActionKind

_Function = TypeVar("_Function", bound=Callable[..., None])


def dry_run_option(command: _Function) -> _Function:
    """``--dry-run``."""
    return click.option(
        "--dry-run", is_flag=True, help="List the cards that it would change; change nothing."
    )(command)


def lift_option(says: str) -> Callable[[_Function], _Function]:
    """``--lift``."""
    return click.option("--lift", is_flag=True, help=says)


def act(
    chosen: Chosen,
    query: tuple[str, ...],
    kind: "ActionKind",
    *,
    value: str | None = None,
    days: int | None = None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Do it, or say to which cards it would be done.

    Args:
        chosen: The global options.
        query: The terms.
        kind: What to do.
        value: As ``Action`` has it.
        days: From today on, in place of a value that is a study day.
        dry_run: Only say it.
        as_json: For a program.

    Raises:
        QueryError: The query cannot be understood; nothing was done.
    """
    from flashsafety.cli.queries import found, print_cards
    from flashsafety.study import words
    from flashsafety.study.act_words import done_words
    from flashsafety.study.bulk import act_on_cards, would_change

    with chosen.open_current() as library:
        today = library.clock.now().day
        value = str(today + days) if days is not None else value
        cards = found(library, query)
        changing = set(would_change(library, [line.id for line in cards], kind, value))
        changed = len(changing)
        if not dry_run:
            changed = act_on_cards(library, changing, kind, value)
        if as_json:
            keys = [line.key for line in cards if line.id in changing]
            output.json({"act": kind, "dry_run": dry_run, "found": len(cards), "changed": keys})
            return
        if not cards:
            output.note("no card found")
            return
        if dry_run:
            print_cards((line for line in cards if line.id in changing), today)
            output.note(f"would change {words.count(changed, 'card')} of {len(cards):,}")
            return
        what = cards[0].key if len(cards) == 1 else words.count(len(cards), "card")
        output.say(done_words(kind, value, what, changed, len(cards) - changed, today))
        if changed:
            output.note("'flashsafety undo' takes it back")
