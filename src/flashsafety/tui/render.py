"""Card text -> what Textual shows: Markdown blocks through Rich, single lines as ``Content``.

No text of a card is ever read as markup of Rich or Textual. Blocks go through Rich's Markdown,
which is given our tokens with maths and hidden characters dealt with, in a ``Static``: Textual's
own Markdown widget mounts a widget a block and took 71 to 123 ms a card where this takes a few.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from markdown_it.token import Token
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.syntax import Syntax
from rich.text import Text
from rich.theme import Theme
from textual.content import Content

from flashsafety.content.markdown import parse


class CardText:
    """A card's Markdown, rendered once a width."""

    def __init__(self, markdown: str, look: "Look", opens: str = "") -> None:
        """Parse now; lay out when the width is known.

        Args:
            markdown: The text.
            look: Its colours.
            opens: The key that opens a picture; nothing is said of it when left out.
        """
        self._markdown = _Blocks(parse(markdown), look.code_theme, opens)
        self._look = look
        self._width = 0
        self._segments: list[Segment] = []

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Textual asks twice, for the height and for the lines; the second time is free."""
        if options.max_width != self._width:
            self._width = options.max_width
            with console.use_theme(self._look.theme):
                found = list(console.render(self._markdown, options.update(height=None)))
            self._segments = _without_last_blank(found)
        return self._segments

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as it may be."""
        return Measurement(1, options.max_width)


class Look:
    """The colours of Markdown in the app's theme."""

    def __init__(self, variables: Mapping[str, str], *, dark: bool) -> None:
        """Take the theme's variables, so that every theme works."""
        accent = _colour(variables.get("text-accent", ""))
        muted = Style(dim=True)
        self.code_theme = "ansi_dark" if dark else "ansi_light"
        self.theme = Theme(
            {
                "markdown.code": Style(color=accent, bold=accent is None),
                "markdown.code_block": Style(),
                "markdown.picture": muted,
                "markdown.block_quote": Style(italic=True),
                "markdown.list": Style(),
                "markdown.item.bullet": Style(bold=True),
                "markdown.item.number": Style(bold=True),
                "markdown.hr": muted,
                "markdown.h1": Style(bold=True),
                "markdown.h2": Style(bold=True),
                "markdown.h3": Style(bold=True),
                "markdown.link": Style(underline=True),
                "markdown.link_url": Style(underline=True),
                "markdown.table.border": muted,
                "markdown.table.header": Style(bold=True),
            }
        )


class _Heading(Heading):
    """A heading is a bold line; Rich's are centred and boxed."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield self.text


class _Code(CodeBlock):
    """Highlighted code on the card's own background."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = str(self.text).rstrip()
        yield Syntax(
            code, self.lexer_name, theme=self.theme, word_wrap=True, padding=(0, 2),
            background_color="default",
        )  # fmt: skip


class _Picture(MarkdownElement):
    """A picture in words, whether it is drawn above them or not."""

    def __init__(self, words: str, opens: str) -> None:
        self._words, self._opens = words, opens

    @classmethod
    def create(cls, markdown: Markdown, token: Token) -> "_Picture":
        assert isinstance(markdown, _Blocks)
        return cls(token.content, markdown.opens)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        how = f"  ({self._opens} opens it)" if self._opens else ""
        yield Text(f"[picture: {self._words}]{how}", style="markdown.picture")


class _Blocks(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _Code,
        "code_block": _Code,
        "picture": _Picture,
    }

    def __init__(self, tokens: list[Token], code_theme: str, opens: str) -> None:
        # What Markdown's own __init__ sets, but for the parsing: it would build a parser a text,
        # whose rules swallow HTML and know no maths.
        self.markup = ""
        self.parsed = tokens
        self.opens = opens
        self.code_theme = self.inline_code_theme = code_theme
        self.justify = None
        self.style = "none"
        self.hyperlinks = False
        self.inline_code_lexer = None


def inline(markdown: str) -> Content:
    """A line of Markdown: an option, an item, a point of a rubric."""
    pieces: list[tuple[str, str]] = []
    for token in parse(markdown):
        if token.type in ("fence", "code_block"):
            pieces.append((" ".join(token.content.split()), "$text-accent"))
        elif token.type == "picture":
            pieces.append((f"[picture: {token.content}]", ""))
        elif token.type == "inline":
            pieces += [(" ", "")] if pieces else []
            pieces += _pieces(token.children or ())
    return Content.assemble(*pieces)


def _pieces(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    styles: list[str] = []
    found: list[tuple[str, str]] = []
    names = {"strong": "bold", "em": "italic", "s": "strike", "link": "underline"}
    for token in tokens:
        kind, _, end = token.type.rpartition("_")
        if end == "open" and kind in names:
            styles.append(names[kind])
        elif end == "close" and kind in names:
            styles.remove(names[kind])
        elif token.type in ("softbreak", "hardbreak"):
            found.append((" ", ""))
        elif token.type == "code_inline":
            found.append((token.content, "$text-accent"))
        else:
            found.append((token.content, " ".join(styles)))
    return found


def _without_last_blank(segments: list[Segment]) -> list[Segment]:
    """Rich ends some blocks with an empty line, which would push the next part down."""
    lines = list(Segment.split_lines(segments))
    while lines and not any(segment.text.strip() for segment in lines[-1]):
        lines.pop()
    while lines and not any(segment.text.strip() for segment in lines[0]):
        lines.pop(0)
    found: list[Segment] = []
    for line in lines:
        found += [*line, Segment.line()]
    return found


def _colour(variable: str) -> str | None:
    """A theme variable as Rich names colours; none for one that Rich cannot know."""
    if variable.startswith("#"):
        return variable[:7]
    return variable.removeprefix("ansi_") if variable.startswith("ansi_") else None
