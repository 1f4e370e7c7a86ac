"""``show``: one card with all that is known of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import complete_cards, examples, json_option
from flashsafety.errors import UsageError

if TYPE_CHECKING:
    from flashsafety.clock import Clock
    from flashsafety.study.story import CardStory


@click.command(
    "show",
    epilog=examples(
        "flashsafety show swiss-cheese-model/forward",
        "flashsafety show swiss-cheese-model/forward --json",
        "flashsafety show --file questions/05-black-swans/04-extremistan.yaml",
        "flashsafety show extremistan --file questions/05-black-swans/04-extremistan.yaml",
        "flashsafety show --since origin/main",
    ),
)
@click.argument("card", required=False, shell_complete=complete_cards)
@click.option("--file", metavar="FILE", help="Show the cards of a file as learners will meet them.")
@click.option("--since", metavar="COMMIT", help="Show the cards that are new or changed since.")
@json_option
@click.pass_obj
def command(
    chosen: Chosen, *, card: str | None, file: str | None, since: str | None, as_json: bool
) -> None:
    """Show CARD: its text, source, memory, why it is due when it is, and its log.

    A note that has one card may be named by its id. With --file, the cards of one file, in the bank
    or not, or of the one note that CARD names, and with --since those that a change concerns:
    previews that touch no progress.
    """
    from flashsafety.cli.card_forms import card_form, log_form, mixups_form
    from flashsafety.cli.plain_card import picture_folder
    from flashsafety.study.story import card_story

    if bool(card or file) == bool(since):
        raise UsageError("name a card, a file with --file, or a commit with --since")
    if as_json and (file or since):
        raise UsageError("a preview has no JSON", mend="leave --json out")
    if file or since:
        from flashsafety.cli.preview import preview_changes, preview_file

        if file:
            preview_file(file, card)
        else:
            preview_changes(chosen.roots(), since or "")
        return
    assert card is not None
    with chosen.open_current() as library:
        story = card_story(library, card)
        if as_json:
            log = [log_form(row) for row in story.info.log]
            output.json({**card_form(story.info), **mixups_form(story.mixups), "log": log})
            return
        folder = picture_folder(library.roots, story.info.file)
        for line in describe(story, library.clock, folder):
            output.say(line)


def describe(story: "CardStory", clock: "Clock", folder: str) -> Iterator[str]:
    """The card as lines of text.

    Args:
        story: The card.
        clock: Tells when things were.
        folder: Where the paths of its pictures begin.
    """
    from flashsafety.content.plain import plain

    info = story.info
    state, wide = info.state, output.width()
    yield f"{info.card}  ({info.type}, {info.module})"
    yield f"topics: {', '.join(info.topics) or '-'}"
    yield f"source: {info.source}{f', {info.at}' if info.at else ''}"
    yield f"file:   {info.file}:{info.line}"
    if state.flag:
        yield f"flag:   {state.flag}"
    yield from ("", "Prompt", plain(info.prompt, width=wide, folder=folder))
    yield from ("", "Answer", plain(info.answer, width=wide, folder=folder))
    if info.rubric:
        yield from ("", "Rubric", *(plain(f"- {point}", width=wide) for point in info.rubric))
    if info.why:
        yield from ("", "Why", plain(info.why, width=wide, folder=folder))
    yield ""
    yield from memory_lines(story, clock)


def memory_lines(story: "CardStory", clock: "Clock") -> Iterator[str]:
    """What is known of the learner's memory of a card, why it is due when it is, and its log."""
    from flashsafety.cli.card_forms import memory_words
    from flashsafety.study.mixups import lines
    from flashsafety.study.story import event_when, event_words, intervals_words, recall_words

    info = story.info
    yield f"Memory: {info.state.memory.phase.name.lower()}, {memory_words(info)}"
    if recalled := recall_words(story, clock.now().day):
        yield f"Recall: {recalled}"
    for name, said in lines(story.mixups):
        yield f"{name.capitalize()}: {said}"
    yield from story.reasons
    if story.intervals:
        yield f"If rated now it returns in: {intervals_words(story)}"
    if story.events:
        yield from ("", "Log")
        yield from (f"{event_when(event, clock)}  {event_words(event)}" for event in story.events)
