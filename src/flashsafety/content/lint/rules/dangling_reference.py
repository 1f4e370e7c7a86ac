"""A card stands alone: nothing in it points to a text that is not on it.

Cards are met one by one and shuffled among others, months after whatever was read before them.

Source: Wozniak, Twenty rules of formulating knowledge, rule 16.
"""

import re
from collections.abc import Iterator, Sequence

from flashsafety.content.lint.finding import Finding
from flashsafety.content.lint.prose import bare, spoken, words
from flashsafety.content.notes import AnyNote

NAME = "dangling-reference"
BAD = """
type: question
prompt: |
  What does this paper say about batch size?
answer: |
  That large batches find sharp minima.
"""
GOOD = """
type: question
prompt: |
  What do Keskar and others (2016) say about large batches?
answer: |
  That they find sharp minima.
"""

_UNNAMED = r"(?!\s+(?:of\b|by\b|on\b|that\b|which\b|[*\"]))"
"""Not before the name of the thing."""
_DANGLING = re.compile(
    r"\b(?:this (?:paper|article|section|chapter|lecture|module|book|course|figure|table|work)"
    rf"|the (?:lecture|module|notes|course|textbook|reading|slides){_UNNAMED}"
    r"|the (?:figure|table|section|example|equation) (?:above|below)|as (?:we saw|seen|mentioned)"
    r"|(?:figure|table|equation) \d+|(?:mentioned|described|shown) (?:above|below|earlier)"
    r"|the previous (?:card|question|section)|we (?:saw|have seen|discussed))\b",
    re.I,
)
_THE_PAPER = re.compile(rf"\bthe (?:papers?|articles?|authors?)\b{_UNNAMED}", re.I)
"""No fault once the card has named a work by its year."""
_HINTS = frozenset(
    """
    this paper papers article articles author authors lecture module notes course textbook reading
    slides above below we saw seen mentioned figure table equation earlier previous
    """.split()  # noqa: SIM905, a wall of quotes reads worse
)
"""Nothing is found in a text that has none of these words, and looking for words is quick."""
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def check(note: AnyNote) -> Iterator[Finding]:
    """Look for words that point outside the card in the question, the answer and the why."""
    before: list[str] = []
    for key, text in [*spoken(note), *([("why", note.why)] if note.why else [])]:
        found = None if _HINTS.isdisjoint(words(text)) else _pointer(text, before)
        if found and "![" in text and found[0].lower().startswith(("the figure", "this figure")):
            continue  # it is on the card
        before.append(text)
        if found:
            yield Finding(
                key,
                f'"{found[0]}" points to something that is not on the card',
                "name it: the author and the year, the method, the thing itself",
                words=found[0],
            )


def _pointer(text: str, before: Sequence[str]) -> re.Match[str] | None:
    """The words that point outside; "the paper" does so unless a text up to this one has a year."""
    shown = bare(text)
    found = _DANGLING.search(shown)
    if not found and not any(_YEAR.search(bare(one)) for one in (*before, text)):
        found = _THE_PAPER.search(shown)
    return found
