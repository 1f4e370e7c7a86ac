"""What ``new`` must know of a card: given as options, and for the rest asked for."""

import re
from collections import Counter
from collections.abc import Collection

from flashsafety.cli import output
from flashsafety.cli.asking import Fault, ask, can_ask, chosen, sound
from flashsafety.content.bank import Loaded, Module
from flashsafety.content.fields import SLUG
from flashsafety.content.lint.rules.place_missing import has_places
from flashsafety.content.newcard import free_id, opening, proposed_id, types
from flashsafety.content.text import unusable
from flashsafety.errors import UsageError

SHOWN = 12
"""Sources listed before the question; more are a wall of names."""
_CALLED = {"term": "term", "prompt": "prompt", "text": "text, gaps as {{c1::hidden}}"}
"""The key that opens a card to what it is called when it is asked for."""


class Answers:
    """All that a new card begins with."""

    def __init__(self, loaded: Loaded, given: dict[str, str | None]) -> None:
        """Ask for what was not given.

        Raises:
            UsageError: Something will not do, and there is nobody to ask.
        """
        _refuse_gaps(given)
        bank = loaded.bank
        self.kind = chosen("type of card", given["kind"], types())
        self.module = _module(loaded, given["module"])
        topics = [topic.slug for topic in self.module.topics]
        if not topics or not bank.sources:
            lacking, file = ("source", "sources.yaml") if topics else ("topic", "syllabus.yaml")
            raise UsageError(f"there is no {lacking} to choose yet", mend=f"add one to {file}")
        self.topic = chosen("topic", given["topic"], topics)
        likely = _likely(loaded, self.module)
        self.source = chosen("source", given["source"], [*bank.sources], likely)
        self.at = _place(loaded, self.source, given["at"])
        key = opening(self.kind)
        self.text = sound(_CALLED[key], given["text"], _in_a_line if key == "term" else _in_lines)
        self.id = _id(loaded, self.text, given["id_"])


def _refuse_gaps(given: dict[str, str | None]) -> None:
    """Where nobody can be asked, name all that is missing at once."""
    wanted = ("kind", "module", "topic", "source", "text")
    missing = [name.replace("kind", "type") for name in wanted if not given[name]]
    if missing and not can_ask():
        raise UsageError(
            "nobody can be asked here, as there is no terminal",
            mend=f"give --{', --'.join(missing)}",
        )


def _module(loaded: Loaded, given: str | None) -> Module:
    modules = {module.slug: module for module in loaded.bank.syllabus.modules}
    numbers = {str(module.number): slug for slug, module in modules.items()}
    listed = [f"{number} {slug}" for number, slug in numbers.items()]
    return modules[chosen("module", given, [*modules], listed, numbers)]


def _likely(loaded: Loaded, module: Module) -> list[str]:
    """The sources that a module's cards name most often, and its readings; sorted."""
    own = Counter(x.note.source for x in loaded.bank.notes if x.module == module.slug)
    keys = [*(key for key, _ in own.most_common()), *(x.source for x in module.readings)]
    return sorted([*dict.fromkeys(keys)][:SHOWN])


def _place(loaded: Loaded, source: str, given: str | None) -> str | None:
    """Where in the source; an empty answer is asked about once, if the source has places."""
    called = "where in it (as section 3.2; enter leaves it empty where the source is general)"
    if given is None and can_ask():
        given = ask(called, "")
        if not given and has_places((x.note for x in loaded.bank.notes), source):
            output.note(
                "who checks the card opens the source there; leave it empty where it has no places"
            )
            given = ask(called, "")
    return sound(called, given, _in_a_line) if given else None


def _id(loaded: Loaded, text: str, given: str | None) -> str:
    bank = loaded.bank
    standing = {x.note.id: f"{x.file}:{x.line}" for x in bank.notes}
    taken = {*standing, *bank.retired, *loaded.broken}
    like = proposed_id(text)
    if like in standing and not given:
        output.note(f'"{like}" is taken: {standing[like]}')
    called = "id, for ever (enter takes this one, or type another)"
    return sound(called, given, lambda id_: _unfit(id_, taken), free_id(like, taken))


def _unfit(id_: str, taken: Collection[str]) -> Fault | None:
    if id_ in taken:
        return f'the id "{id_}" is taken', "choose another"
    if not re.match(SLUG, id_) or not 3 <= len(id_) <= 60:
        mend = "3 to 60 characters: lower-case words and numbers joined by hyphens"
        return f'"{id_}" is no id', mend
    return None


def _in_a_line(text: str) -> Fault | None:
    return ("it has several lines", "write it on one") if "\n" in text else _in_lines(text)


def _in_lines(text: str) -> Fault | None:
    return unusable(text) if text else ("it is empty", "write something")
