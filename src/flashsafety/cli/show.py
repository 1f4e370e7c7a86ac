"""``show``: one card with all that is known of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import complete_cards, examples, json_option

if TYPE_CHECKING:
    from flashsafety.study.browse import CardInfo


@click.command(
    "show",
    epilog=examples(
        "flashsafety show swiss-cheese-model/forward",
        "flashsafety show swiss-cheese-model/forward --json",
    ),
)
@click.argument("card", shell_complete=complete_cards)
@json_option
@click.pass_obj
def command(chosen: Chosen, *, card: str, as_json: bool) -> None:
    """Show CARD: its text, source, memory, why it is due when it is, and its log.

    A note that has one card may be named by its id.
    """
    from flashsafety.cli.card_forms import card_form, log_form
    from flashsafety.study.browse import card_info

    with chosen.open_current() as library:
        info = card_info(library, card)
        if as_json:
            output.json({**card_form(info), "log": [log_form(row) for row in info.log]})
            return
        for line in describe(info):
            output.say(line)


def describe(info: "CardInfo") -> Iterator[str]:
    """The card as lines of text."""
    from flashsafety.content.plain import plain

    state, wide = info.state, output.width()
    yield f"{info.card}  ({info.type}, {info.module})"
    yield f"topics: {', '.join(info.topics) or '-'}"
    yield f"source: {info.source}{f', {info.at}' if info.at else ''}"
    yield f"file:   {info.file}:{info.line}"
    if state.flag:
        yield f"flag:   {state.flag}"
    yield from ("", "Prompt", plain(info.prompt, width=wide), "", "Answer")
    yield plain(info.answer, width=wide)
    yield ""
    yield from memory_lines(info)


def memory_lines(info: "CardInfo") -> Iterator[str]:
    """What is known of the learner's memory of a card, why it is due when it is, and its log."""
    from flashsafety.cli.card_forms import memory_words

    yield f"Memory: {info.state.memory.phase.name.lower()}, {memory_words(info)}"
    yield info.why_due
    if info.log:
        yield from ("", "Log")
        yield from _log(info)


def _log(info: "CardInfo") -> Iterator[str]:
    from datetime import timedelta

    from flashsafety.clock import instant_to_datetime
    from flashsafety.study import words

    for row in info.log:
        local = instant_to_datetime(row.reviewed_at) + timedelta(seconds=row.utc_offset)
        undone = "  (undone)" if row.undone_at else ""
        origin = "" if row.origin == "review" else f"  ({row.origin})"
        yield (
            f"{local:%Y-%m-%d %H:%M}  {row.rating} {row.rating.name.capitalize():5}"
            f"  next in {words.interval(row.interval):5}  {row.duration_ms / 1000:.1f} s"
            f"{origin}{undone}"
        )
