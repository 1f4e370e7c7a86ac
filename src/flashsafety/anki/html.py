r"""Card text -> HTML for Anki: escaped once, here and nowhere else.

Maths stays LaTeX, between the marks by which Anki's own MathJax finds it: ``\(...\)`` in a line and
``\[...\]`` on lines of its own. What could do more there than be drawn stays as it was written.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from flashsafety.anki.inert import is_only_maths
from flashsafety.content.cloze import CLOZE
from flashsafety.content.markdown import parse

_OPEN, _HINT, _CLOSE = "xGAPxOPENx{}x", "xGAPxHINTx", "xGAPxCLOSEx"
"""What stands for the marks of a gap while Markdown is read: words, so that they change nothing."""

_GAP = re.compile(
    rf"{_OPEN.format('[0-9]+')}(?P<hidden>.*?)(?:{_HINT}(?P<hint>.*?))?{_CLOSE}", re.DOTALL
)
"""Such a gap."""
_MARK = "xGAPx"
"""What each of the marks begins with."""

_INNER = r"[A-Za-z0-9 .,;:?!'\"()/%=+-]"
_LINE = rf"[A-Za-z(]{_INNER}*[A-Za-z0-9.,;:?!'\")%]"
_SIMPLE = re.compile(rf"{_LINE}(?:\n{_LINE})*\n?")
"""Lines in which no sign means anything to Markdown: most texts, and a parser is dear."""

_SPAN = re.compile(
    rf"(?<![A-Za-z0-9*])(?P<stars>\*\*?)(?P<words>[A-Za-z0-9](?:{_INNER}*[A-Za-z0-9])?)(?P=stars)"
    r"(?![A-Za-z0-9*])|\$(?! )(?P<latex>[ -#%-_a-~]+)(?<![\\ ])\$(?![0-9$])"
)
"""Emphasis that holds plain words, and maths in a line: what most of the other texts have. Signs of
theirs that remain when these are taken out mean something else, or nothing."""

_NO_MATHS = re.compile(r"\\(?=[()\[\]])")


def html(markdown: str, media: Mapping[str, str] | None = None) -> str:
    """A text as HTML; a single paragraph without the tags around it.

    Args:
        markdown: The text.
        media: Path of a picture, as the text has it, to what the picture is called in the deck. One
            that is not among them is said in words.
    """
    if _SIMPLE.fullmatch(markdown):
        return _escaped(markdown.rstrip("\n"))
    if _SIMPLE.fullmatch(_SPAN.sub("x", markdown)):
        return _spans(markdown.rstrip("\n"))
    rendered = _render(parse(markdown), media or {})
    inside = re.fullmatch(r"<p>((?:(?!<p>).)*)</p>\n?", rendered, re.DOTALL)
    return inside[1] if inside else rendered.rstrip("\n")


@lru_cache(maxsize=256)
def plain_html(text: str) -> str:
    """A text that is no Markdown, such as a title, as HTML."""
    return _escaped(text)


def cloze_html(markdown: str, media: Mapping[str, str] | None = None) -> str:
    """A text with gaps as HTML in which Anki finds them; ``media`` as ``html`` takes it."""

    def marked(gap: re.Match[str]) -> str:
        number, hidden, hint = gap.groups()
        told = f"{_HINT}{hint}" if hint else ""
        return f"{_OPEN.format(int(number))}{hidden}{told}{_CLOSE}"

    rendered = html(CLOZE.sub(marked, markdown), media)
    return _with_gaps(rendered.replace("{{", "{&#123;").replace("}}", "}&#125;"))


def _with_gaps(text: str) -> str:
    """A text with the gaps as Anki writes them in place of what stands for their marks."""
    opened = re.sub(_OPEN.format(r"(\d+)"), r"{{c\1::", text)
    return opened.replace(_HINT, "::").replace(_CLOSE, "}}")


def listed(items: Sequence[str], tag: str = "ul", name: str = "") -> str:
    """Texts as a list."""
    attribute = f' class="{name}"' if name else ""
    rows = "".join(f"<li>{html(item)}</li>" for item in items)
    return f"<{tag}{attribute}>{rows}</{tag}>"


def _spans(text: str) -> str:
    """Simple lines with spans among them, as the parser would have them."""
    parts, end = [], 0
    for span in _SPAN.finditer(text):
        words = span["words"]
        parts.append(_escaped(text[end : span.start()]))
        if words is None:
            parts.append(_maths(span["latex"]))
        else:
            tag = "strong" if span["stars"] == "**" else "em"
            parts.append(f"<{tag}>{_escaped(words)}</{tag}>")
        end = span.end()
    return "".join([*parts, _escaped(text[end:])])


def _maths(latex: str, opened: str = r"\(", closed: str = r"\)") -> str:
    """Maths for MathJax; as code, which it leaves alone, where that would do more than draw it."""
    # Anki shows each gap open, closed, or as its hint, without regard to the formula around it, and
    # its editor as it is written.
    gaps = (part or "" for gap in _GAP.finditer(latex) for part in gap.group("hidden", "hint"))
    closed_gaps = _GAP.sub(" ", latex)
    shown = {_with_gaps(latex), _GAP.sub(r"\g<hidden>", latex), closed_gaps, *gaps}
    if _MARK in closed_gaps or not all(map(is_only_maths, shown)):
        return f"<code>{_escaped(latex.strip())}</code>"
    return f"{opened}{escape(latex.strip(), quote=False)}{closed}"


def _escaped(text: str) -> str:
    # A dollar sign is no maths to MathJax, but other programs that read decks take it for some. A
    # backslash before a bracket would be, so it gets an element of its own, where none looks.
    escaped = escape(text).replace("$", "&#36;")
    return _NO_MATHS.sub(r"<span>\\</span>", escaped) if "\\" in escaped else escaped


def _render(tokens: Sequence[Token], media: Mapping[str, str]) -> str:
    parser = _parser()
    for token in tokens:
        token.children = [x for x in token.children or () if not _is_later_row(x)] or token.children
    rendered: str = parser.renderer.render(tokens, parser.options, {"media": media})
    return rendered


def _is_later_row(token: Token) -> bool:
    """Whether a token is part of a formula that another token of it stands for."""
    row = token.meta.get("row")
    return row is not None and (token.type == "hardbreak" or row > 0)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.add_render_rule("text", _text)
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("code_block", _fence)
    parser.add_render_rule("picture", _picture)
    return parser


def _text(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    latex = token.meta.get("latex")
    if latex is None:
        return _escaped(token.content)
    if "row" not in token.meta:
        return _maths(str(latex))
    return _maths(str(latex), r"\[", r"\]")


def _picture(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    name = env["media"].get(token.attrs["src"])
    if name is None:
        return f"<p>[picture: {_escaped(token.content)}]</p>\n"
    words = escape(token.content).replace("$", "&#36;")
    return f'<p><img src="{name}" alt="{words}"></p>\n'


def _fence(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Code, its tokens coloured by class: Anki has no highlighter of its own."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import TextLexer, get_lexer_by_name
    from pygments.util import ClassNotFound

    token = tokens[index]
    # Colours around parts of a gap would begin inside it and end outside.
    language = "" if _CLOSE in token.content else token.info.strip()
    try:
        lexer = get_lexer_by_name(language.split()[0] if language else "text")
    except ClassNotFound:
        lexer = TextLexer()
    coloured = highlight(token.content, lexer, HtmlFormatter(nowrap=True)).rstrip("\n")
    return f"<pre><code>{coloured.replace('$', '&#36;')}</code></pre>\n"
