"""The options that choose cards, for the commands that review or export a choice of them."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING

import click

from flashsafety.cli.options import complete_topics, module_option
from flashsafety.errors import UsageError
from flashsafety.study.today import Choice

if TYPE_CHECKING:
    from flashsafety.study.library import Library


def which_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options that say which cards, given to the command as one ``choice``."""

    @module_option("Only cards of this module, by name or number; repeat for others.")
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
    @wraps(function)
    def with_choice(
        *args: object,
        modules: tuple[str, ...],
        topics: tuple[str, ...],
        tags: tuple[str, ...],
        **rest: object,
    ) -> None:
        function(*args, choice=Choice(modules, topics, tags), **rest)

    return with_choice


def choice_options(function: Callable[..., None]) -> Callable[..., None]:
    """The same, a search, and how many ratings at most."""

    @which_options
    @click.option(
        "--query",
        default="",
        metavar="TEXT",
        callback=_checked,
        help="Only cards that a search finds, as 'flashsafety cards' takes it.",
    )
    @click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N ratings.")
    @wraps(function)
    def with_limit(
        *args: object, choice: Choice, query: str, limit: int | None, **rest: object
    ) -> None:
        function(*args, choice=choice._replace(query=query, limit=limit), **rest)

    return with_limit


def _checked(_ctx: click.Context, _option: click.Parameter, query: str) -> str:
    """A search as it was given; one that cannot be understood is refused before anything opens."""
    if query:
        from flashsafety.study.query import parse

        parse(query)
    return query


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
