"""Completing the term that is being typed into a search."""

import pytest

from flashsafety.study.complete import complete

NAMES = {"tag": ["area", "attacks"], "module": ["shapes"]}


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("is", "is:"),
        ("is:s", "is:suspended"),
        ("Is:", None),
        ("is:l", "is:leech"),
        ("is:learn", "is:learning"),
        ("dog (mod", "dog (module:"),
        ("-tag:at", "-tag:attacks"),
        ("dog or tag:AT", "dog or tag:ATtacks"),
        ("module:sh", "module:shapes"),
        ("module:shapes", None),
        ("prop:l", "prop:lapses"),
        ("flag:du", "flag:duplicate"),
        ("note:x", None),
        ("d", None),
        ("dog ", None),
        ("", None),
        ('"is:s', None),
    ],
)
def test_the_last_term_is_completed(typed: str, completed: str | None):
    assert complete(typed, lambda word: NAMES.get(word, [])) == completed
