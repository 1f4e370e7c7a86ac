"""The bank as a text file that Anki imports: one note a row, to be looked at or edited in between.

Tab separated, with Anki's own header lines: columns for GUID, note type, deck and tags, and between
them the fields, as many as the widest note type has. Anki finds a note by its GUID, which is the
deck's, so a row changes the note that an imported deck brought; it makes no note types, and leaves
a row out whose note type is not there. Neither progress nor pictures, which are called as in the
deck.

Every cell is quoted. A tab, a line end or a quote in a field then stays in it, and no row can begin
with ``#``, by which Anki knows a comment, and would drop the row in silence.

A spreadsheet takes a cell for a formula that begins with ``=``, ``+``, ``-`` or ``@``. Nothing is
put before one here: the field would arrive changed in Anki, each import would undo the next deck's
text, and a typed answer would no longer match. Such cells are counted instead, so that the learner
can be told before a spreadsheet opens them; the text is the bank's, which people have reviewed.

Source of the headers: Anki 26.09, its manual's "Text files"; measured by importing.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from flashsafety.anki.entries import Entry
from flashsafety.anki.notetypes import NOTE_TYPES

_FIELDS = max(len(kind.fields) for kind in NOTE_TYPES.values())
_HEADERS = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
    f"#tags column:{4 + _FIELDS}\n"
)


@dataclass(frozen=True, slots=True)
class Written:
    """What went into a text file."""

    notes: int
    formulas: int
    """Cells that a spreadsheet may take for formulas."""


def write_text(entries: Iterable[Entry], out: TextIO) -> Written:
    """Write notes, one after another.

    Args:
        entries: The notes.
        out: The file; line ends are written as they are.
    """
    out.write(_HEADERS)
    rows = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    notes = formulas = 0
    for entry in entries:
        padding = [""] * (_FIELDS - len(entry.fields))
        kind = NOTE_TYPES[entry.type].name
        cells = [entry.guid, kind, entry.deck, *entry.fields, *padding, " ".join(entry.tags)]
        rows.writerow(cells)
        notes += 1
        formulas += sum(map(_is_formula, cells))
    return Written(notes, formulas)


def _is_formula(cell: str) -> bool:
    """True of what a spreadsheet computes; a plain number such as -0.5 is none."""
    if not cell.startswith(("=", "+", "-", "@")):
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False
