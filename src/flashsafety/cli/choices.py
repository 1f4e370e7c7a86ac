"""The options that choose cards, for the commands that review a choice of them."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING

import click

from flashsafety.cli.options import complete_modules, complete_topics
from flashsafety.errors import UsageError
from flashsafety.study.today import Choice

if TYPE_CHECKING:
    from flashsafety.study.library import Library


def choice_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options that choose cards, given to the command as one ``choice``."""

    @click.option(
        "--module",
        "modules",
        multiple=True,
        metavar="MODULE",
        shell_complete=complete_modules,
        help="Only cards of this module; repeat for others.",
    )
    @click.option(
        "--topic",
        "topics",
        multiple=True,
        metavar="TOPIC",
        shell_complete=complete_topics,
        help="Only cards of this topic; repeat for others.",
    )
    @click.option(
        "--tag",
        "tags",
        multiple=True,
        metavar="TAG",
        help="Only cards with this tag; repeat for others.",
    )
    @click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N ratings.")
    @wraps(function)
    def with_choice(
        *args: object,
        modules: tuple[str, ...],
        topics: tuple[str, ...],
        tags: tuple[str, ...],
        limit: int | None,
        **rest: object,
    ) -> None:
        function(*args, choice=Choice(modules, topics, tags, limit), **rest)

    return with_choice


def refuse_unknown(library: "Library", choice: Choice) -> None:
    """Raise UsageError, naming the nearest, when a module or topic of a choice is unknown."""
    from flashsafety.store.modules import module_titles, topic_slugs

    _refuse("module", choice.modules, module_titles(library.db))
    _refuse("topic", choice.topics, topic_slugs(library.db))


def _refuse(kind: str, asked: Iterable[str], known: Iterable[str]) -> None:
    from flashsafety.content.nearest import suggest

    for name in asked:
        if name not in known:
            listed = f"{kind}s: {', '.join(known)}"
            raise UsageError(f'there is no {kind} "{name}"', mend=suggest(name, known, listed))
