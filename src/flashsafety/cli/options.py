"""What several commands share: options, arguments, examples and completion."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from flashsafety.cli.chosen import Chosen

_Function = TypeVar("_Function", bound=Callable[..., None])

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")


def days_option(usual: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """How many study days from the present one on a command looks at."""
    return click.option(
        "--days",
        type=click.IntRange(1, 3650),
        default=usual,
        show_default=True,
        metavar="N",
        help="How many days from today on.",
    )


def examples(*lines: str) -> str:
    """An epilogue of command lines to copy."""
    return "\n".join(
        ["\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {x}" for x in lines)]
    )


def by_number(
    ctx: click.Context, _parameter: click.Parameter, modules: tuple[str, ...]
) -> tuple[str, ...]:
    """Modules as they were named, those given by their numbers in the syllabus by their slugs."""
    if ctx.resilient_parsing or not any(module.isdigit() for module in modules):
        return modules
    from flashsafety.content.load import load_bank

    chosen: Chosen = ctx.obj
    syllabus = load_bank(chosen.roots(), only=()).bank.syllabus
    slugs = {str(module.number): module.slug for module in syllabus.modules}
    return tuple(slugs.get(module, module) for module in modules)


def module_option(says: str, name: str = "modules") -> Callable[[_Function], _Function]:
    """``--module``, any number of times, by name or number.

    Args:
        says: Its help.
        name: The parameter that takes them.
    """
    return click.option(
        "--module",
        name,
        multiple=True,
        metavar="MODULE",
        shell_complete=complete_modules,
        callback=by_number,
        help=says,
    )


def _opened(ctx: click.Context) -> Chosen | None:
    """The library to complete from; none where there is no database yet, for none is to be made."""
    given = ctx.find_root().params
    chosen = Chosen(given.get("database"), tuple(given.get("questions") or ()))
    return chosen if Path(chosen.paths().database).exists() else None


def _complete(ctx: click.Context, incomplete: str, kind: str) -> list[CompletionItem]:
    """Names of a kind that begin with what was typed, with a word on each where there is one."""
    from flashsafety.content.visible import one_line
    from flashsafety.errors import FlashsafetyError
    from flashsafety.store import modules, shown

    chosen = _opened(ctx)
    if chosen is None:
        return []
    try:
        with chosen.open(check=False) as library:
            if kind == "module":
                named = modules.module_titles(library.db)
            elif kind == "unit":
                named = modules.section_titles(library.db) | modules.module_titles(library.db)
            elif kind == "topic":
                named = dict.fromkeys(modules.topic_slugs(library.db), "")
            else:
                named = dict.fromkeys(shown.card_keys(library.db), "")
    except FlashsafetyError:
        # Completing is no place to report a fault; the command itself will.
        return []
    return [
        CompletionItem(name, help=one_line(word) or None)  # a shell reads a line for each part
        for name, word in named.items()
        if name.startswith(incomplete)
    ]


def complete_modules(
    ctx: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Modules of the syllabus with their titles."""
    return _complete(ctx, incomplete, "module")


def complete_units(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Sections and modules of the syllabus with their titles."""
    return _complete(ctx, incomplete, "unit")


def complete_topics(
    ctx: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Topics of the syllabus."""
    return _complete(ctx, incomplete, "topic")


def complete_cards(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Keys of the cards in the bank."""
    return _complete(ctx, incomplete, "card")
