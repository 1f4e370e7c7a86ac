"""Gaps in a cloze text: how they are written, and whether they can be read."""

import re

from pydantic_core import PydanticCustomError

CLOZE = re.compile(
    r"\{\{c([0-9]{1,2})::((?:(?!\}\}|::|\{\{c).)*)(?:::((?:(?!\}\}|\{\{c).)*))?\}\}", re.DOTALL
)
"""``{{c1::hidden}}`` or ``{{c1::hidden::hint}}``: number, hidden text, hint. Written so that no
text makes it look at a character more than a few times."""


def check_cloze(text: str) -> None:
    """Make sure that the gaps of a cloze text can be read.

    Raises:
        PydanticCustomError: No gap, a gap that is not closed, empty, or out of number.
    """
    gaps = CLOZE.findall(text)
    if len(gaps) != len(re.findall(r"\{\{c", text)) or not gaps:
        raise PydanticCustomError(
            "cloze-shape",
            "a gap that cannot be read" if gaps or "{{" in text else "the text has no gap",
            {"mend": "write a gap as {{c1::hidden}} or {{c1::hidden::hint}}"},
        )
    for _, hidden, hint in gaps:
        if not hidden.strip():
            raise PydanticCustomError(
                "cloze-shape", "a gap that hides nothing", {"mend": "write the hidden words in it"}
            )
        if _unclosed(hidden + hint):
            raise PydanticCustomError(
                "cloze-maths",
                'the gap "{start}" ends early, at the first }} inside its maths',
                {"mend": "write } } with a space inside maths", "start": hidden[:30]},
            )
    numbers = sorted({int(number) for number, _, _ in gaps})
    if numbers != list(range(1, len(numbers) + 1)):
        raise PydanticCustomError(
            "cloze-numbering",
            "the gaps are numbered {found}",
            {
                "mend": "number them from 1 without leaving one out",
                "found": ", ".join(map(str, numbers)),
            },
        )


def _unclosed(text: str) -> bool:
    bare = re.sub(r"\\[{}]", "", text)
    return bare.count("{") > bare.count("}")
