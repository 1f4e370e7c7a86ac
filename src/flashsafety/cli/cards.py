"""``cards``: search."""

import shlex

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option


@click.command(
    "cards",
    epilog=examples(
        "flashsafety cards",
        "flashsafety cards module:accident-models is:due",
        'flashsafety cards "swiss cheese" -type:concept --json',
    ),
    # "-type:concept" is a term of the query and no cluster of options.
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@json_option
@click.pass_obj
def command(chosen: Chosen, *, query: tuple[str, ...], as_json: bool) -> None:
    """List the cards that QUERY finds; all of them without one.

    Words are looked for in the card's id and text. Fields narrow the search: module: topic: tag:
    type: flag: is:new is:learning is:review is:due is:suspended is:buried is:flagged. A "-" before
    a term turns it round.
    """
    from flashsafety.cli.card_forms import card_form, due_words
    from flashsafety.content.plain import plain_line
    from flashsafety.study.browse import find_cards

    with chosen.open_current() as library:
        found = find_cards(library, query[0] if len(query) == 1 else shlex.join(query))
        if as_json:
            output.json([card_form(info) for info in found])
            return
        today = library.clock.now().day
        output.table(
            (
                info.card,
                info.state.memory.phase.name.lower(),
                due_words(info.state, today),
                output.shortened(plain_line(info.prompt)),
            )
            for info in found
        )
        if not found:
            output.note("no card found")
