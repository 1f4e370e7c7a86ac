"""``coverage``: what the bank holds of the course, and what is missing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option, module_option
from flashsafety.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from flashsafety.content.bank import Module
    from flashsafety.content.coverage import Count, Coverage, Gap


@click.command(
    "coverage",
    epilog=examples(
        "flashsafety coverage",
        "flashsafety coverage --module accident-models --strict",
        "flashsafety coverage --json",
    ),
)
@module_option("Only this module, by name or number; repeat for more.", "slugs")
@click.option("--strict", is_flag=True, help="Exit code 1 when anything is missing.")
@json_option
@click.pass_context
def command(ctx: click.Context, *, slugs: tuple[str, ...], strict: bool, as_json: bool) -> None:
    """Count notes and cards by module, topic, type and source, and name what is missing.

    Missing is a module without cards, a topic with fewer than three cards, and a required reading
    that no card names as its source. In JSON, "types", "topics" and "sources" count cards.
    """
    from flashsafety.content.coverage import coverage, gaps
    from flashsafety.content.load import load_bank

    chosen: Chosen = ctx.obj
    loaded = load_bank(chosen.roots())
    bank = loaded.bank
    modules = _chosen(bank.syllabus.modules, slugs)
    missing = gaps(bank, modules)
    if as_json:
        forms = {module.slug: _form(coverage(bank, [module]), missing) for module in modules}
        output.json({"modules": forms})
    else:
        _print(coverage(bank, modules))
    for gap in missing:
        output.note(f"{gap.module}: {gap.what}\n  {gap.mend}")
    output.note(f"missing: {len(missing)}" if missing else "nothing is missing")
    if loaded.problems:
        output.note(f"cards left out for problems: {len(loaded.problems)}; see 'flashsafety lint'")
    if strict and (missing or loaded.problems):
        ctx.exit(ExitCode.PROBLEMS)


def _chosen(modules: "tuple[Module, ...]", slugs: tuple[str, ...]) -> "tuple[Module, ...]":
    """The modules that were named, in syllabus order; all of them when none was."""
    from flashsafety.content.nearest import suggest

    known = [module.slug for module in modules]
    for slug in slugs:
        if slug not in known:
            mend = suggest(slug, known, f"modules: {', '.join(known)}")
            raise UsageError(f'there is no module "{slug}"', mend=mend)
    return tuple(module for module in modules if not slugs or module.slug in slugs)


def _form(counted: "Coverage", missing: "list[Gap]") -> dict[str, output.Json]:
    """One module as other programs rely on it; keys may be added, none renamed."""
    ((slug, total),) = counted.modules.items()
    return {
        "notes": total.notes,
        "cards": total.cards,
        "types": {name: count.cards for name, count in counted.types.items()},
        "topics": {topic: count.cards for (_, topic), count in counted.topics.items()},
        "sources": {name: count.cards for name, count in counted.sources.items()},
        "missing": [gap.what for gap in missing if gap.module == slug],
    }


def _print(counted: "Coverage") -> None:
    """A line for each module, topic, type and source."""
    from flashsafety.content.coverage import Count

    total = Count(
        sum(count.notes for count in counted.modules.values()),
        sum(count.cards for count in counted.modules.values()),
    )
    _list("Modules", {**counted.modules, "all modules": total})
    _list("Topics", {f"{slug}, {topic}": n for (slug, topic), n in counted.topics.items()})
    _list("Types", counted.types)
    _list("Sources", counted.sources)


def _list(heading: str, counts: "Mapping[str, Count]") -> None:
    from flashsafety.study.words import count

    output.say(heading if heading == "Modules" else f"\n{heading}")
    for name, found in counts.items():
        output.say(f"  {name}: {count(found.notes, 'note')}, {count(found.cards, 'card')}")
