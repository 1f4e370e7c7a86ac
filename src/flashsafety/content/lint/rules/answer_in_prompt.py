"""What is asked for does not stand in what is shown.

A definition that contains its own term gives the reverse card away; so does a hidden word that is
shown elsewhere in the cloze, and a typed answer or a right option that the prompt quotes.

Source: Matuschak, How to write good prompts: effortful.
"""

import re
from collections.abc import Iterator

from flashsafety.content.cloze import CLOZE
from flashsafety.content.lint.finding import Finding
from flashsafety.content.notes import AnyNote, ChoiceNote, ClozeNote, ConceptNote, TypedNote

NAME = "answer-in-prompt"
BAD = """
type: concept
term: learning rate
definition: |
  The learning rate is the factor by which a gradient is scaled in a step.
"""
GOOD = """
type: concept
term: learning rate
definition: |
  The factor by which a gradient is scaled in a step.
"""

_SHORTEST = 4
"""Characters: shorter words turn up by chance."""


def check(note: AnyNote) -> Iterator[Finding]:
    """Compare what the learner sees with what is asked for."""
    match note:
        case ConceptNote() if note.directions != "forward":
            for term in (note.term, *note.also):
                if shown := _within(term, note.definition):
                    yield Finding(
                        "definition",
                        f'the definition contains "{term}", which the reverse card asks for',
                        'define it in other words, or set "directions: forward"',
                        words=shown,
                    )
        case ClozeNote():
            yield from _cloze(note)
        case TypedNote():
            if shown := _within(note.answer, note.prompt):
                yield _quoted("prompt", "the answer", shown)
        case ChoiceNote():
            inside = [option for option in note.options if _within(option.text, note.prompt)]
            if len(inside) == 1 and inside[0].answer:
                yield _quoted("prompt", "the right option", inside[0].text)
        case _:
            return


def _cloze(note: ClozeNote) -> Iterator[Finding]:
    gaps = [(number, hidden.strip()) for number, hidden, _ in CLOZE.findall(note.text)]
    for number, hidden in gaps:
        if found := _within(hidden, _shown(note.text, number)):
            yield _quoted("text", f"what gap c{number} hides", found)
            return


def _shown(text: str, number: str) -> str:
    """A cloze text with the gaps of one number empty and the others filled."""
    return CLOZE.sub(lambda gap: " " if gap[1] == number else gap[2], text)


def _within(asked: str, shown: str) -> str | None:
    """The words in what is shown that give the answer away."""
    asked = asked.strip(" .,;:*_`")
    if len(asked) < _SHORTEST:
        return None
    # In ASCII no two letters are alike but by case, and a search costs less than a pattern made.
    if asked.isascii() and shown.isascii() and asked.lower() not in shown.lower():
        return None
    found = re.search(rf"(?<!\w){re.escape(asked)}(?!\w)", shown, re.I)
    return found[0] if found else None


def _quoted(key: str, what: str, shown: str) -> Finding:
    return Finding(
        key,
        f'{what} stands in the {key}: "{shown}"',
        "say it in other words where it is shown, or ask for something else",
        words=shown,
    )
