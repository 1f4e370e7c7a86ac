"""``rate``: one rating, for an editor, an agent or a status bar."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.forms import due_form
from flashsafety.cli.options import complete_cards, examples, json_option


@click.command(
    "rate",
    epilog=examples(
        "flashsafety rate swiss-cheese-model/forward 3",
        "flashsafety rate swiss-cheese-model/forward again --json",
    ),
)
@click.argument("card", shell_complete=complete_cards)
@click.argument(
    "rating",
    type=click.Choice(["1", "2", "3", "4", "again", "hard", "good", "easy"], case_sensitive=False),
    metavar="RATING",
)
@click.option(
    "--seconds", type=click.FloatRange(0, 86_400), default=0, help="How long the answer took."
)
@json_option
@click.pass_obj
def command(chosen: Chosen, *, card: str, rating: str, seconds: float, as_json: bool) -> None:
    """Rate CARD 1 Again, 2 Hard, 3 Good or 4 Easy; stored before the command returns.

    A card may be rated before it is due. CARD is the key that "flashsafety next" gives; a note that
    has one card may be named by its id.
    """
    from flashsafety.cli.copies import keep_daily_copy
    from flashsafety.cli.exchanged import keep_in_step
    from flashsafety.study import words
    from flashsafety.study.answer import answer_card
    from flashsafety.study.browse import find_card
    from flashsafety.terms import Rating

    given = Rating(int(rating)) if rating.isdigit() else Rating[rating.upper()]
    with chosen.open_current(check=False) as library:
        answered = answer_card(library, find_card(library, card), given, round(seconds * 1000))
        keep_daily_copy(library)
        keep_in_step(library)
    memory = answered.state.memory
    if as_json:
        output.json(
            {
                "card": answered.key,
                "rating": int(answered.rating),
                "phase": memory.phase.name.lower(),
                "stability": memory.stability,
                "difficulty": memory.difficulty,
                "due": due_form(answered.state),
                "review": answered.review,
            }
        )
        return
    name = given.name.capitalize()
    output.say(
        f"saved {given} {name}: next in {words.interval(answered.outcome.interval)}"
        f"  [{answered.key}]"
    )
