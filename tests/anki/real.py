"""Banks in collections of real Anki, and the sides of their cards."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from anki.cards import Card
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.notes import Note

from flashsafety.anki.export import export_deck
from flashsafety.clock import FixedClock
from flashsafety.content.load import load_bank
from flashsafety.content.notes import AnyNote
from flashsafety.study.sync import sync
from flashsafety.study.today import EVERYTHING
from tests.libraries import open_library

TAGS = {
    "a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "li", "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
}  # fmt: skip
EMPTY = {"br", "hr", "img"}
MATHS = re.compile(r"\\([()\[\]])")


class Page(HTMLParser):
    """A side of a card: what is wrong with its markup, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.text = ""
        self.outside_code = ""
        self.feed(source)
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        if tag not in EMPTY:
            self.open.append(tag)
        self.outside_code += "\0"  # Anki's MathJax does not look across an element's border

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY and (not self.open or self.open.pop() != tag):
            self.wrong.append(f"</{tag}> closes another")
        self.outside_code += "\0"

    def handle_data(self, data: str) -> None:
        self.text += data
        if not {"pre", "code"} & set(self.open):
            self.outside_code += data

    @property
    def maths(self) -> str:
        """The marks of its formulas one after the other."""
        return "".join(MATHS.findall(self.outside_code))


class Real(NamedTuple):
    """A bank in a collection of real Anki."""

    collection: Collection
    notes: dict[str, AnyNote]

    def cards(self, query: str = "") -> Iterator[Card]:
        for number in self.collection.find_cards(query):
            yield self.collection.get_card(number)

    def of_type(self, type_: str) -> Iterator[tuple[AnyNote, Note]]:
        for number in self.collection.find_notes(f'note:"flashsafety {type_}"'):
            theirs = self.collection.get_note(number)
            yield self.notes[theirs["QID"].rpartition(":")[2]], theirs


def import_bank(folder: Path, bank: Path) -> Iterator[Real]:
    clock = FixedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    path = str(folder / "deck.apkg")
    with open_library(folder, bank, clock) as library:
        sync(library)
        export_deck(library, path, EVERYTHING, with_scheduling=False)
    loaded = load_bank([str(bank)])
    assert not [problem for problem in loaded.problems if problem.level == "error"]
    notes = {placed.note.id: placed.note for placed in loaded.bank.notes}
    with closing(Collection(str(folder / "real.anki2"))) as collection:
        request = ImportAnkiPackageRequest(package_path=path, options=ImportAnkiPackageOptions())
        log = collection.import_anki_package(request).log
        assert (len(log.new), len(log.conflicting), len(log.duplicate)) == (len(notes), 0, 0)
        yield Real(collection, notes)


def sides(card: Card) -> tuple[str, str]:
    """Front and back as HTML, without the style."""
    output = card.render_output()
    return output.question_text, output.answer_text


ODD = (
    """\
id: odd-question
type: question
prompt: |
  What does `\\(a\\) < $b` cost, \\\\(5\\\\) or \\$5, if a<b & c>d?

  ```python
  if a < b and "$x$" != '\\(y\\)':  # <b>
      return vector<int>
  ```
answer: |
  $$\\begin{aligned} a &< b \\\\ &= \\frac{{1}}{2} \\end{aligned}$$

  | a | b |
  |---|---|
  | <i> | $\\|x\\|$ |

  ![a cat <b> & "dog", of $\\alpha$ for \\$5](images/cat.png)
""",
    """\
id: odd-cloze
type: cloze
text: |
  The loss is $\\frac{ {{c1::a < b::sum}} }{c}$, the code `x = {{c2::f(y)::call}}`.

  ```python
  for name in {{c3::names.of(the, "list")}}:
      pass
  ```

  **Both** of {{c4::*these* & it}}.
""",
    """\
id: odd-typed
type: typed
prompt: |
  Which function?
answer: "*soft*max <a & b> of $x$"
accept: ["`softmax`", "max(0, x)"]
""",
    """\
id: odd-numeric
type: numeric
prompt: |
  How far?
answer: -1.5e-3
tolerance: 5%
unit: km / <h>
""",
    """\
id: odd-choice
type: choice
prompt: |
  Which of these?
options:
  - text: "`a` of $x$"
    answer: true
    why: |
      First.

      - A list.
  - text: wrong
    why: |
      Because.
  - text: also
    answer: true
    why: |
      Because.
""",
)
"""Cards with everything that goes wrong elsewhere."""
