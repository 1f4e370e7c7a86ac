"""``cards``: search."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.cli.queries import SETTINGS, SORTED, WORDS, query_argument


@click.command(
    "cards",
    epilog=WORDS
    + examples(
        "flashsafety cards",
        "flashsafety cards module:accident-models is:due",
        'flashsafety cards "swiss cheese" -type:concept --json',
        "flashsafety cards 'is:review (prop:r<0.9 or rated:7:1)' --sort recall",
    ),
    context_settings=SETTINGS,
)
@query_argument()
@click.option(
    "--sort",
    type=click.Choice(["study", "card", "due", *SORTED]),
    default="study",
    metavar="COLUMN",
    help=f"Sort by card, due, {', '.join(SORTED)}: the lowest first.",
)
@json_option
@click.pass_obj
def command(chosen: Chosen, *, query: tuple[str, ...], sort: str, as_json: bool) -> None:
    """List the cards that QUERY finds; all of them without one.

    Words are looked for in the card's id and text; "*" stands for any text and "_" for one
    character. All terms must hold; "or", "-", quotes and brackets do what they do in Anki.

    A line is a card: its key, its phase, when it is due, what it is sorted by, and its question.
    "show CARD" tells all of one; suspend, bury, flag, reset and set-due act on what a QUERY finds,
    "review --query" studies it, and "undo" takes an act back.
    """
    from flashsafety.cli.card_forms import card_form
    from flashsafety.cli.queries import found, print_cards
    from flashsafety.study.browse import card_infos

    with chosen.open_current() as library:
        cards = found(library, query, sort)
        if as_json:
            infos = card_infos(library, [line.id for line in cards])
            output.json([card_form(info) for info in infos])
            return
        print_cards(cards, library.clock.now().day, sort)
        if not cards:
            output.note("no card found")
