r"""What MathJax, set as Anki sets it, takes for formulas in a piece of HTML.

Source: MathJax 3, the text search of its TeX reader: an opener, then whatever comes up to its
closer outside of braces; ``\`` takes the sign after it along. Elements part the text.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

CLOSERS = {r"\(": r"\)", r"\[": r"\]"}
SKIPPED = {"code", "pre", "script", "style", "textarea"}


class _Strings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.strings = [""]
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.strings.append("")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.strings.append("")
        if tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if not SKIPPED & set(self.open):
            self.strings[-1] += data


def formulas(page: str) -> list[str]:
    """The LaTeX of each."""
    parser = _Strings()
    parser.feed(page)
    parser.close()
    return [formula for text in parser.strings for formula in _in_text(text)]


def _in_text(text: str) -> Iterator[str]:
    end = 0
    while opener := re.compile(r"\\[(\[]").search(text, end):
        depth, end = 0, opener.end()
        for token in re.compile(r"\\.|[{}]").finditer(text, opener.end()):
            if token[0] == "{":
                depth += 1
            elif token[0] == "}":
                depth = max(0, depth - 1)
            elif token[0] == CLOSERS[opener[0]] and not depth:
                end = token.end()
                yield text[opener.end() : token.start()]
                break
