"""``review``: a session over what is due, or a choice of it."""

import os
import subprocess
from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.choices import choice_options, refuse_unknown
from flashsafety.cli.chosen import Chosen, narrate
from flashsafety.cli.kinds import kind_options
from flashsafety.cli.options import examples
from flashsafety.errors import UsageError
from flashsafety.study.today import Choice

if TYPE_CHECKING:
    from flashsafety.study.library import Library
    from flashsafety.study.showing import Showing


@click.command(
    "review",
    epilog=examples(
        "flashsafety review",
        "flashsafety review --module accident-models --limit 20",
        "flashsafety review --minutes 12",
        "flashsafety review --ahead 3 --plain",
        "flashsafety review --cram --query 'rated:1:1'",
    ),
)
@choice_options
@kind_options
@click.option(
    "--plain", is_flag=True, help="Lines of text: for screen readers, pipes and poor links."
)
@click.pass_obj
def command(chosen: Chosen, *, choice: Choice, plain: bool) -> None:
    """Review what is due today, or a choice of it.

    With --ahead reviews come early and are scheduled with the days that have really passed; new
    cards are those of the day. With --minutes the cards come that lose most by waiting until
    tomorrow, in proportion to the time they take you; what is left is said. Under both the daily
    limit of reviews does not count. With --cram every card of the choice comes until it is known,
    new ones and those not due too, suspended and buried ones only where the search names them
    (is:suspended, is:buried); the ratings are kept in the log and count for nothing else.

    Every rating is stored before the next card shows. In the plain review an empty line shows the
    answer, 1 to 4 rate it (an empty line takes the suggestion), and ? lists the other keys.
    """
    if plain:
        review_plain(chosen, choice)
    else:
        from flashsafety.cli.today import open_app

        open_app(chosen, choice)


def review_plain(chosen: Chosen, choice: Choice) -> None:
    """Run the plain review on standard input and output."""
    from flashsafety.cli.copies import keep_daily_copy
    from flashsafety.cli.exchanged import keep_in_step
    from flashsafety.cli.lines import line_reader
    from flashsafety.cli.plain import PlainReview
    from flashsafety.cli.plain_card import picture_folder
    from flashsafety.cli.plain_leech import LeechHelp
    from flashsafety.cli.plan import lines as plan_lines
    from flashsafety.cli.show import memory_lines
    from flashsafety.study.begin import begin
    from flashsafety.study.today import today

    with chosen.open_current() as library:

        def inform(showing: "Showing") -> Collection[str]:
            from flashsafety.study.story import card_story

            return list(memory_lines(card_story(library, showing.key), library.clock))

        def edit(showing: "Showing") -> None:
            edit_card(library, showing)

        def folder(showing: "Showing") -> str:
            return picture_folder(library.roots, showing.file)

        refuse_unknown(library, choice)
        keep_in_step(library)
        if choice.whole and choice.kind is None:
            for line in plan_lines(library, today(library)):
                output.say(line)
        session = begin(library, choice)
        if session.current is None:
            output.say(_nothing_due(library, choice))
        keep_daily_copy(library)
        read = line_reader()
        try:
            PlainReview(
                session,
                library.clock,
                read,
                folder=folder,
                inform=inform,
                edit=edit,
                leeches=LeechHelp(library, session),
            ).run()
        finally:
            keep_in_step(library)


def _nothing_due(library: "Library", choice: Choice) -> str:
    """Why no card comes, and which session would bring some."""
    from flashsafety.cli.counts import due_words
    from flashsafety.study.kinds import nothing_left
    from flashsafety.study.today import due_counts

    if said := nothing_left(choice.kind):
        return said
    if not choice.whole:
        return "no card of that choice is due\n--ahead DAYS looks ahead, --cram brings all of them"
    counts = due_counts(library)
    said = due_words(counts, library.clock)
    return f"{said}\n--ahead DAYS looks ahead" if counts.next_due is not None else said


def edit_card(library: "Library", showing: "Showing") -> None:
    """Open a card's file in the learner's editor and take in what was changed.

    Where nobody sits at a terminal only the place is said.
    """
    from flashsafety.cli.lines import is_person
    from flashsafety.content.changed import locate
    from flashsafety.study.editing import ANOTHER, editor_command

    path = locate(library.roots, showing.file)
    if not is_person():
        output.say(f"{path}:{showing.line}")
        return
    try:
        words = editor_command(library.settings.editor, os.environ, path, showing.line)
    except UsageError as error:
        output.say(str(error))
        return
    try:
        subprocess.run(words, check=False)
    except OSError as error:
        output.say(f"{words[0]} could not be started: {error.strerror}; {ANOTHER}")
        return
    report = library.take_in_changes()
    if report is not None:
        narrate(report)
