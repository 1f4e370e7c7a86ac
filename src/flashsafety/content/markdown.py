r"""Card text -> Markdown tokens: CommonMark with tables, maths already turned into Unicode.

One parser for both front ends, so that the plain review and the terminal app agree on what is code,
what is maths and what is emphasis. HTML is text here, and so is a line like ``[CLS]: b``: nothing
that an author writes is swallowed.

A dollar sign opens maths when no space follows it, and closes it when no space stands before and no
digit after, as in pandoc; so "$5 and $10" is money, and ``\$`` is always a dollar sign.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from flashsafety.content.maths import maths_to_text
from flashsafety.content.pictures import LINE
from flashsafety.content.visible import visible

_INLINE_CLOSER = re.compile(r"(?<![\\\s$])\$(?![\d$])")
_DISPLAY_CLOSER = re.compile(r"(?<!\\)\$\$")
_DISPLAY_INDENT = "    "
_LINK = re.compile("https?://|mailto:", re.IGNORECASE)
"""What a link may lead to; others, which may start a program, stay the text that they are."""

_MATHS = "maths"
"""Type of a token while the parser works, which would join it with the text around it."""


def parse(text: str) -> list[Token]:
    """The block tokens of a card's text. Maths is ``text`` tokens, and every text is visible.

    A picture on a line of its own is a token ``picture``: its ``content`` is its words, its ``src``
    the path. One amid other text stays text; where it has a web address, it is its words and that,
    with ``misplaced`` in its ``meta``.
    """
    tokens = _parser().parse(visible(text))
    for token in tokens:
        _make_visible(token)
    if not any(token.content or token.type == "hr" for token in tokens):
        return _as_it_is(visible(text).strip())
    return tokens


def _as_it_is(text: str) -> list[Token]:
    """A paragraph of just that text: for what is all markup, as a lone fence or quotation mark."""
    inline = Token("inline", "", 0, level=1, content=text)
    inline.children = [Token("text", "", 0, content=text)]
    return [Token("paragraph_open", "p", 1), inline, Token("paragraph_close", "p", -1)]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.disable("reference")
    parser.validateLink = lambda url: bool(_LINK.match(url))  # type: ignore[method-assign]
    parser.block.ruler.before("fence", "display", _display_block, {"alt": ["paragraph"]})
    parser.block.ruler.before("fence", "picture", _picture, {"alt": ["paragraph"]})
    parser.inline.ruler.before("escape", "maths", _inline_maths)
    return parser


def _make_visible(token: Token) -> None:
    """Entities such as ``&#x202e;`` are decoded after the text was cleaned, so clean again."""
    token.content = visible(token.content)
    if token.type == _MATHS:
        token.type = "text"
    for name, value in token.attrs.items():
        if isinstance(value, str):
            token.attrs[name] = visible(value)
    if token.type == "image":
        token.type, token.tag, token.children = "text", "", None
        token.content = f"{token.content} ({token.attrs['src']})"
        token.meta = {"misplaced": True}
    _drop_empty_links(token.children or [])
    for child in token.children or ():
        _make_visible(child)
    if token.type == "picture":
        token.content = " ".join("".join(x.content for x in token.children or ()).split())
        token.children = None


def _drop_empty_links(tokens: list[Token]) -> None:
    """A link that leads nowhere, as ``[words]()``, is its words."""
    empty: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            empty.append(not token.attrs.get("href"))
        if token.type in ("link_open", "link_close") and (
            empty[-1] if token.nesting == 1 else empty.pop()
        ):
            token.type, token.tag, token.nesting, token.attrs = "text", "", 0, {}


def _inline_maths(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "$":
        return False
    if state.src.startswith("$$", start):
        return _display(state, start, silent)
    if not state.src[start + 1 : start + 2].strip():
        return False
    end = _first_after(_inline_closers(state.src), start + 1)
    if end is None or end >= state.posMax:
        return False
    if not silent:
        latex = state.src[start + 1 : end]
        _push(state, maths_to_text(latex).replace("\n", "; "), latex=latex)
    state.pos = end + 1
    return True


def _display(state: StateInline, start: int, silent: bool) -> bool:
    """``$$...$$``: rows on lines of their own, set in from the margin."""
    end = _first_after(_display_closers(state.src), start + 2)
    if end is None or end + 2 > state.posMax or not state.src[start + 2 : end].strip():
        return False
    if not silent:
        latex = state.src[start + 2 : end]
        for number, row in enumerate(maths_to_text(latex).split("\n")):
            if number or start:
                state.push("hardbreak", "br", 0).meta = {"row": number}
            _push(state, _DISPLAY_INDENT + row, latex=latex, row=number)
    after = end + 2
    while after < state.posMax and state.src[after] in " \n":
        after += 1
    if not silent and after < state.posMax:
        state.push("hardbreak", "br", 0).meta = {"row": 0}
    state.pos = after
    return True


def _push(state: StateInline, text: str, **meta: str | int) -> None:
    """Add a text that stands for maths.

    Its ``latex`` is kept for whoever can show it; so is, of a formula on lines of its own, the
    ``row``: with the line breaks around it they are one formula.
    """
    token = state.push(_MATHS, "", 0)
    token.content, token.meta = text, meta


def _display_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A formula that begins a line, whole: its rows may look like headings, lists or rules."""
    if state.is_code_block(first):
        return False
    start = state.bMarks[first] + state.tShift[first]
    if not state.src.startswith("$$", start):
        return False
    for line in range(first, last):
        begin = start + 2 if line == first else state.bMarks[line] + state.tShift[line]
        rest = state.src[begin : state.eMarks[line]].rstrip()
        if not rest and line > first and state.isEmpty(line):
            return False
        if rest.endswith("$$"):
            break
    else:
        return False
    if silent:
        return True
    state.line = line + 1
    paragraph = state.push("paragraph_open", "p", 1)
    paragraph.map = [first, state.line]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(first, state.line, state.blkIndent, False).strip()
    inline.map = [first, state.line]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _picture(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """A picture on a line of its own, inside nothing; a paragraph above it ends there."""
    start = state.bMarks[line] + state.tShift[line]
    if state.level or not state.src.startswith("![", start) or state.is_code_block(line):
        return False
    found = LINE.fullmatch(state.src, start, state.eMarks[line])
    if found is None:
        return False
    if not silent:
        picture = state.push("picture", "", 0)
        picture.attrs = {"src": found[2]}
        picture.map = [line, line + 1]
        picture.children = []
        state.md.inline.parse(found[1], state.md, state.env, picture.children)
        state.line = line + 1
    return True


def _first_after(places: tuple[int, ...], at: int) -> int | None:
    """The first of the sorted places that lies at or after ``at``."""
    from bisect import bisect_left

    found = bisect_left(places, at)
    return places[found] if found < len(places) else None


# The places are found once a text: a line of ten thousand dollar signs must not cost a hundred
# million steps.


@lru_cache(maxsize=8)
def _inline_closers(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _INLINE_CLOSER.finditer(text))


@lru_cache(maxsize=8)
def _display_closers(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _DISPLAY_CLOSER.finditer(text))
