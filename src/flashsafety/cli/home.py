"""``home``: the app's first screen as lines."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.documented import Documented
from flashsafety.cli.forms import date_form, instant_form
from flashsafety.cli.options import examples, json_option
from flashsafety.content.visible import one_line

if TYPE_CHECKING:
    from flashsafety.store.modules import ModuleLine
    from flashsafety.study.library import Library
    from flashsafety.study.standing import Section
    from flashsafety.study.today import Today

_STANDING = {
    "due": "steps and reviews of today and before, limits and siblings not taken off",
    "new": "cards never rated",
    "learned": "cards beyond their learning steps",
    "mature": "cards whose stability is 21 days or more",
    "cards": "all cards, suspended ones too",
    "recall": "mean chance of recall now of the cards ever rated, 0 to 1; null of none",
    "mastery": "the same over all cards, one never rated being 0",
}
KEYS: Mapping[str, Mapping[str, str]] = {
    "The document": {
        "study_day": "today, as a date",
        "new": "new cards that today still brings; so below",
        "learning": "cards in learning and relearning",
        "review": "reviews",
        "total": "all three",
        "next_due": "when the next card may be shown, UTC; null when none waits",
        "paused_until": "while paused, the date on which cards come again, and until then 0 come;"
        " else null",
        "waiting": "while paused, the cards that come to who reviews anyway; else 0",
        "minutes": "what they will take, from the medians of your answer times",
        "done": "what was done today",
        "streak": "study days in a row with a rating; days of a pause and crammed ratings left out",
        "backlog": "true when more reviews are due than a day brings, and new cards wait",
        "return": "the return plan that holds; null when none does",
        "ready": "the plan for a date that holds; null when none does",
        "offers": "plans offered after a break; all three as 'flashsafety plan --help' explains",
        "offer": "slug of the module to open next; null while the open ones have new cards",
        "everything": "the whole bank",
        "sections": "the sections of the syllabus in its order",
    },
    "done": {"ratings": "steps included", "minutes": "what they took"},
    "everything, sections and modules": _STANDING,
    "sections": {"section": "slug", "title": "in words", "modules": "in the order of the syllabus"},
    "modules": {
        "module": "slug",
        "number": "in the syllabus",
        "title": "in words",
        "open": "true when its new cards may come",
        "optional": "true when it is never offered",
    },
}
"""Heading, then key to what it means."""


class _Home(Documented):
    def keys(self) -> Mapping[str, Mapping[str, str]]:
        """Of the whole document."""
        return KEYS


@click.command(
    "home", cls=_Home, epilog=examples("flashsafety home", "flashsafety home --json | jq .minutes")
)
@json_option
@click.pass_obj
def command(chosen: Chosen, *, as_json: bool) -> None:
    """Say today's plan, and how sections and modules stand.

    What the app's first screen shows, as lines: a sentence for the bank, for each section and for
    each module. Suspended cards are neither due nor new.
    """
    from flashsafety.study.standing import sections
    from flashsafety.study.today import today

    with chosen.open_current() as library:
        picture, found = today(library), sections(library)
        if as_json:
            output.json(_form(library, picture, found))
            return
        for line in (*_plan(library, picture), *_tree(found)):
            output.say(line)


def _plan(library: "Library", picture: "Today") -> Iterable[str]:
    from flashsafety.cli.plan import lines
    from flashsafety.study import home_words, words

    yield ", ".join(home_words.past(picture))
    if not picture.has_cards:
        yield "There is no card yet."
        return
    if picture.counts.paused_until is not None:
        yield words.sentence(home_words.paused(picture.counts))
        return
    yield (
        home_words.plan(picture)
        or f"Nothing is due. {home_words.next_card(picture, library.clock)}"
    )
    plans = list(lines(library, picture))
    yield from plans
    if picture.backlog and not plans:
        yield home_words.BACKLOG
    if picture.offer is not None:
        slug, title = picture.offer
        yield f"The next module is {one_line(title)}: 'flashsafety start {slug}' opens it."
    elif picture.held:
        yield f"{words.count(picture.held, 'new card')} wait for another module to be opened."


def _tree(found: Sequence["Section"]) -> Iterable[str]:
    from flashsafety.study.home_words import remark

    everything = [line for section in found for line in section.modules]
    if everything:
        yield ""
        yield f"Everything: {_said(everything)}"
    for section in found:
        yield ""
        yield f"{one_line(section.title)}: {_said(section.modules)}"
        for line in section.modules:
            state = f", {remark(line)}" if remark(line) else ""
            yield f"{line.number} {one_line(line.title)}{state}: {_said([line])}"


def _said(modules: Sequence["ModuleLine"]) -> str:
    from flashsafety.study import words
    from flashsafety.study.standing import standing

    stand = standing(modules)
    counts = f"{stand.due:,} due, {stand.new:,} new"
    if stand.recall is None:
        return counts
    recall = words.percent(stand.recall)
    learned = f"{stand.learned:,} learned, {stand.mature:,} mature, recall {recall}"
    return f"{counts}, {learned}, mastery {words.percent(stand.mastery)}"


def _form(
    library: "Library", picture: "Today", found: Sequence["Section"]
) -> dict[str, output.Json]:
    from flashsafety.cli.plan_forms import plan_form

    counts = picture.counts
    return {
        "study_day": date_form(counts.day),
        "new": counts.new,
        "learning": counts.learning,
        "review": counts.review,
        "total": counts.total,
        "next_due": instant_form(counts.next_due),
        "paused_until": date_form(counts.paused_until),
        "waiting": counts.waiting,
        "minutes": round(picture.seconds / 60, 1),
        "done": {
            "ratings": picture.done.ratings,
            "minutes": round(picture.done.milliseconds / 60_000, 1),
        },
        "streak": picture.streak,
        "backlog": picture.backlog,
        **plan_form(library),
        "offer": picture.offer.slug if picture.offer else None,
        "everything": _figures([line for section in found for line in section.modules]),
        "sections": [
            {
                "section": section.slug,
                "title": section.title,
                **_figures(section.modules),
                "modules": [_module(line) for line in section.modules],
            }
            for section in found
        ],
    }


def _module(line: "ModuleLine") -> dict[str, output.Json]:
    return {
        "module": line.slug,
        "number": line.number,
        "title": line.title,
        "open": line.started,
        "optional": line.optional,
        **_figures([line]),
    }


def _figures(modules: Sequence["ModuleLine"]) -> dict[str, output.Json]:
    from flashsafety.study.standing import standing

    return dict(standing(modules)._asdict())
