"""A picture's words say what one would see.

They stand for the picture where it cannot be shown: on a phone with no room, in a terminal without
graphics, to a learner who does not see. "Image of" says nothing, nor does the name of the file; and
who needs more than 40 words for a picture needs another picture.

Source: W3C, WCAG 2.2, success criterion 1.1.1, and its alt decision tree.
"""

import re
from collections.abc import Iterator

from flashsafety.content.lint.finding import Finding
from flashsafety.content.notes import AnyNote
from flashsafety.content.pictures import Picture, blocks, pictures

NAME = "picture-words"
FEWEST, MOST = 3, 40
BAD = """
type: question
prompt: |
  Which of the two curves is the training loss?

  ![image of a plot](images/curves.png)
answer: |
  The lower one.
"""
GOOD = """
type: question
prompt: |
  Which of the two curves is the training loss?

  ![Loss over epochs: one curve falls throughout, the other rises again](images/curves.png)
answer: |
  The lower one.
"""

_NOTHING = re.compile(
    r"(?:an? |the |this )?(?:image|picture|figure|graphic)(?: (?:of|showing|shows)\b|[:,]|$)", re.I
)
"""How words begin that say that it is a picture, which everybody knows."""


def check(note: AnyNote) -> Iterator[Finding]:
    """Look at the words of every picture."""
    for key, text in blocks(note):
        for picture in pictures(text):
            said = _wrong(picture)
            if said:
                yield Finding(
                    key,
                    said,
                    "say what one would see, in a sentence, without giving the answer away",
                    words=picture.path,
                )


def _wrong(picture: Picture) -> str:
    """What is wrong with a picture's words; empty when they will do, or are reported elsewhere."""
    words = picture.words
    count = len(words.split())
    name = picture.path.rpartition("/")[2].rpartition(".")[0]
    if not words:
        return ""
    if found := _NOTHING.match(words):
        return f'the words of a picture begin with "{found[0]}", which says nothing'
    if re.sub(r"\W+", "-", words.lower()).strip("-") in (name, f"{name}-png", f"{name}-jpg"):
        return f'the words of a picture are the name of its file, "{picture.path}"'
    if count < FEWEST:
        return f'"{words}" hardly says what the picture shows'
    if count > MOST:
        return f"the words of a picture are {count}, more than {MOST}"
    return ""
