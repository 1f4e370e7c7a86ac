"""``cards``: search."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import UsageError


def _refuse_options(
    _ctx: click.Context, _argument: click.Parameter, query: tuple[str, ...]
) -> tuple[str, ...]:
    """The query, once it is sure that none of its words was meant as an option."""
    for word, following in zip(query, (*query[1:], ""), strict=False):
        name, _, value = word.removeprefix("--").partition("=")
        if word == "-h" or (word.startswith("--") and name.isalpha()):
            meant = f"{name}:{value or following}" if value or following else "module:NAME"
            mend = f"a field is written as in {meant}; 'flashsafety cards --help' lists them"
            raise UsageError(f'a query has no option "{word.partition("=")[0]}"', mend=mend)
    return query


WORDS = """\b
Search words, Anki's where it has them:
  is:due is:new is:learn is:review is:suspended is:buried is:leech is:flagged
  module: topic: tag: type: source: note: card: flag:wrong
  prop:s>30 prop:d>=7 prop:r<0.9 prop:ivl prop:due prop:lapses prop:reps
  rated:7 rated:7:1 introduced:30

"""


@click.command(
    "cards",
    epilog=WORDS
    + examples(
        "flashsafety cards",
        "flashsafety cards module:accident-models is:due",
        'flashsafety cards "swiss cheese" -type:concept --json',
        "flashsafety cards 'is:review (prop:r<0.9 or rated:7:1)'",
    ),
    # "-type:concept" is a term of the query and no cluster of options.
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1, metavar="[QUERY]...", callback=_refuse_options)
@json_option
@click.pass_obj
def command(chosen: Chosen, *, query: tuple[str, ...], as_json: bool) -> None:
    """List the cards that QUERY finds; all of them without one.

    Words are looked for in the card's id and text; "*" stands for any text and "_" for one
    character. All terms must hold; "or", "-", quotes and brackets do what they do in Anki.
    """
    from flashsafety.cli.card_forms import card_form
    from flashsafety.content.plain import plain_line
    from flashsafety.study import words
    from flashsafety.study.browse import find_cards
    from flashsafety.study.query import joined

    with chosen.open_current() as library:
        found = find_cards(library, query[0] if len(query) == 1 else joined(query))
        if as_json:
            output.json([card_form(info) for info in found])
            return
        today = library.clock.now().day
        rows = (
            (
                info.card,
                info.state.memory.phase.name.lower(),
                words.state_words(info.state, today),
                plain_line(info.prompt),
            )
            for info in found
        )
        output.table(rows, cut=True)
        if not found:
            output.note("no card found")
