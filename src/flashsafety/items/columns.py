"""What a cell of an anonymous log may hold: said once, for lines of text and for expressions."""

import re

from flashsafety.study.anonymous import COLUMNS, VERSION

SHAPES = {
    "version": VERSION,
    "learner": "[0-9a-f]{16}",
    "bank": "[a-z0-9][a-z0-9-]{0,59}",
    "card": "[a-z0-9][a-z0-9-]{0,59}/[a-z0-9]{1,12}",
    "number": "[1-9][0-9]{0,4}",
    "day": "[0-9]{1,5}",
    "rating": "[1-4]",
    "phase": "[0-3]",
    "elapsed": "([0-9]{1,5})?",
    "interval": "[0-9]{1,10}",
    "seconds": "[0-9]{1,8}",
    "origin": "review|cram|anki|import",
    "picked": "([1-9]( [1-9])*)?",
    "wrong": "([1-9]( [1-9])*)?",
    "wording": "([0-9a-f]{8})?",
}
"""Column to a regular expression of all of a cell, in words that every engine knows."""
NUMBERS = ("number", "day", "elapsed", "interval", "seconds")
"""Columns that are read as whole numbers."""
MOST = {"number": 10**5, "day": 10**5, "elapsed": 10**5, "interval": 10**10, "seconds": 10**8}
"""Numbers stay below; so says their shape too."""
LINE = re.compile(",".join(f"(?:{SHAPES[column]})" for column in COLUMNS))
