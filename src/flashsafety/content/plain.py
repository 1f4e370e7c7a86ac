"""Card text -> plain text for a terminal, a pipe or a screen reader: no codes, no markup."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from flashsafety.content.markdown import parse
from flashsafety.content.visible import cells, visible

_CODE_INDENT = "    "


def plain(markdown: str, *, width: int | None = None, folder: str | None = None) -> str:
    """The text with maths in Unicode, emphasis dropped and lists, code and tables kept readable.

    Args:
        markdown: A card's text.
        width: Cells at which paragraphs are wrapped; one line a paragraph when left out. Code is
            never wrapped.
        folder: What the paths of pictures begin in, to name their files; left out, they are not
            named.
    """
    blocks = _Blocks(width, folder)
    tokens = iter(parse(markdown))
    for token in tokens:
        blocks.take(token)
    return "\n".join(blocks.lines).strip("\n")


def plain_line(markdown: str) -> str:
    """The text on one line, as for a list or a title."""
    return " ".join(plain(markdown).split())


@dataclass
class _Blocks:
    """Lines as they grow, with the margin of the lists and quotations one is inside."""

    width: int | None
    folder: str | None = None
    lines: list[str] = field(default_factory=list)
    _margin: list[str] = field(default_factory=list)
    _numbers: list[int | None] = field(default_factory=list)
    _tight: bool = False
    _row: list[str] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)
    _mark: str | None = None

    def take(self, token: Token) -> None:
        """Add one block token."""
        kind = token.type
        if kind in ("fence", "code_block"):
            self._gap()
            code = token.content.rstrip("\n").split("\n")
            self._add([_CODE_INDENT + line for line in code])
        elif kind == "picture":
            self._gap()
            self._add(self._picture(token))
        elif kind == "hr":
            self._gap()
            self._add(["---"])
        elif kind == "inline" and token.level and self._in_table:
            self._row.append(" ".join("".join(_inline(token.children or ())).split()))
        elif kind == "inline":
            self._add(self._wrap("".join(_inline(token.children or ()))))
        elif kind.startswith(("bullet_list", "ordered_list", "list_item", "blockquote")):
            self._nest(token)
        elif kind.startswith(("table", "tr")):
            self._table(kind)
        elif kind in ("paragraph_open", "heading_open") and not token.hidden:
            self._gap()

    def _picture(self, token: Token) -> list[str]:
        """What a picture shows and, where asked for, its file, which is never wrapped."""
        if self.folder is None:
            return self._wrap(f"[picture: {token.content}]")
        said, path = f"picture: {token.content}", str(token.attrs["src"])
        file = f"({visible(self.folder)}/{path})" if self.folder else f"({path})"
        *first, last = self._wrap(said)
        if self.width is None or cells(f"{last} {file}") <= self.width:
            return [*first, f"{last} {file}"]
        return [*first, last, file]

    @property
    def _in_table(self) -> bool:
        return self._mark == "table"

    def _nest(self, token: Token) -> None:
        kind = token.type
        if kind == "blockquote_open":
            self._gap()
            self._margin.append("> ")
        elif kind in ("bullet_list_open", "ordered_list_open"):
            if not self._numbers:
                self._gap()
            first = int(token.attrs.get("start", 1)) if kind[0] == "o" else None
            self._numbers.append(first)
        elif kind == "list_item_open":
            number = self._numbers[-1]
            mark = "- " if number is None else f"{number}. "
            self._numbers[-1] = None if number is None else number + 1
            self._margin.append(mark)
        elif kind in ("blockquote_close", "list_item_close"):
            if self._margin[-1].strip() not in ("", ">"):
                self._add([""])  # an empty item still shows its mark
            self._margin.pop()
        else:
            self._numbers.pop()

    def _table(self, kind: str) -> None:
        if kind == "table_open":
            self._gap()
            self._mark, self._rows = "table", []
        elif kind == "tr_close":
            self._rows.append(self._row)
            self._row = []
        elif kind == "table_close":
            self._mark = None
            columns = list(zip(*self._rows, strict=False))
            widths = [max(cells(cell) for cell in column) for column in columns]
            for row in self._rows:
                padded = [
                    cell + " " * (wide - cells(cell))
                    for cell, wide in zip(row, widths, strict=False)
                ]
                self._add([" | ".join(padded).rstrip()])

    def _gap(self) -> None:
        """An empty line before a block, but not before the first or right after a list's mark."""
        fresh_mark = self._margin and self._margin[-1].strip() not in ("", ">")
        if self.lines and not fresh_mark and self.lines[-1].strip(" >"):
            self.lines.append("".join(self._margin).rstrip())

    def _add(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.lines.append(("".join(self._margin) + line).rstrip())
            self._margin = [part if part == "> " else " " * len(part) for part in self._margin]

    def _wrap(self, text: str) -> list[str]:
        lines = text.split("\n")
        if self.width is None:
            return lines
        room = max(10, self.width - sum(map(len, self._margin)))
        return [piece for line in lines for piece in wrap(line, room)]


def wrap(line: str, width: int) -> list[str]:
    """A line broken at spaces into pieces of at most so many cells; longer words are cut."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    pieces: list[str] = []
    piece, taken = indent, cells(indent)
    empty = True
    for word in line.split():
        for part in _cut(word, width - len(indent)):
            size = cells(part)
            if not empty and taken + 1 + size > width:
                pieces.append(piece)
                piece, taken, empty = indent, cells(indent), True
            piece += part if empty else f" {part}"
            taken += size + (not empty)
            empty = False
    return [*pieces, piece]


def _cut(word: str, width: int) -> Iterator[str]:
    if cells(word) <= width:
        yield word
        return
    part, taken = "", 0
    for letter in word:
        size = cells(letter)
        if taken + size > width:
            yield part
            part, taken = "", 0
        part += letter
        taken += size
    yield part


def _inline(tokens: Sequence[Token]) -> Iterator[str]:
    """The text of inline tokens; a link is followed by its address, unless it shows it already."""
    addresses: list[tuple[str, int]] = []
    said: list[str] = []
    for token in tokens:
        if token.type == "softbreak":
            piece = " "
        elif token.type == "hardbreak":
            piece = "\n"
        elif token.type == "link_open":
            addresses.append((str(token.attrs.get("href", "")), len(said)))
            continue
        elif token.type == "link_close" and addresses:
            address, start = addresses.pop()
            piece = "" if "".join(said[start:]) == address else f" ({address})"
        else:
            piece = token.content
        said.append(piece)
        yield piece
