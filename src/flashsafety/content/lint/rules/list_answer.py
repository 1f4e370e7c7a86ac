"""An answer names at most four things.

Lists are the hardest thing to remember and the easiest to half-remember. Gaps of one cloze note,
or an ordering card, ask for one item at a time.

Source: Wozniak, Twenty rules of formulating knowledge, rules 9 and 10.
"""

import re
from collections.abc import Iterator

from flashsafety.content.lint.finding import Finding
from flashsafety.content.lint.prose import answer, bare
from flashsafety.content.notes import AnyNote

NAME = "list-answer"
LIMIT = 4
"""Items."""
BAD = """
type: question
prompt: |
  Which layers does a convolutional network have?
answer: |
  Convolution, activation, pooling, dropout, normalization and a linear layer.
"""
GOOD = """
type: question
prompt: |
  Which layer of a convolutional network shares its weights over all positions?
answer: |
  Convolution.
"""

_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s", re.MULTILINE)
_PART = re.compile(
    r"[.:?!]\s|[,;]\s+(?:which|who|where|so|but|because|since|while|if|when|then|without|not|as)\b",
    re.I,
)
"""Where a sentence ends, or a clause begins that is no item."""
_LONGEST_ITEM = 4
"""Words: longer pieces between commas are clauses and no list."""


def check(note: AnyNote) -> Iterator[Finding]:
    """Count bullets, and short pieces between commas that end with "and"."""
    part = answer(note)
    if part is None:
        return
    key, text = part
    bullets = len(_BULLET.findall(text)) if "\n" in text else 0
    parts = _PART.split(bare(text)) if _may_list(text) else ()
    count = max([bullets, *map(_items, parts)])
    if count > LIMIT:
        yield Finding(
            key,
            f"the {key} lists {count} things, more than {LIMIT}",
            "make a cloze or an ordering card of the list, or ask for one item a card",
        )


def _may_list(text: str) -> bool:
    """Whether a text has the commas of a list that is too long."""
    return text.count(",") + text.count(";") >= LIMIT - 1


def _items(part: str) -> int:
    """Items of a list such as "a, b and c"; 0 when its pieces are too long for one."""
    if not _may_list(part):
        return 0
    *items, last = re.split(r"[,;]\s+", part)
    ends = re.split(r"\b(?:and|or)\s+", last, maxsplit=1)
    if len(ends) == 1:
        return 0
    items += [end for end in ends if end.strip()]
    # What stands before the first comma is often the beginning of the sentence.
    return len(items) if all(len(item.split()) <= _LONGEST_ITEM for item in items[1:]) else 0
