r"""What a field could make Anki do beside showing it, and how it is kept from that.

Anki plays ``[sound:...]``, reads ``[anki:tts]`` aloud and, if its owner lets it, gives what stands
between ``[latex]`` and ``[/latex]`` to a LaTeX that reads and writes files; of a gap's hint it
makes ``[hint]`` first. Its MathJax comes without the extension that makes maths safe: ``\href``
takes a ``javascript:`` address, ``\style`` fetches what it names, and ``\def`` stays in force for
whatever card comes next.

Source: Anki 26.09, measured; docs.mathjax.org, "Supported TeX/LaTeX commands" and "Typesetting
User-Supplied Content".
"""

import re

_MARK = re.compile(
    r"[:xX$](?:(?<=(?i:sound:))|(?<=(?i:anki:))|(?:(?<=(?i:latex))|(?<=\$))(?=\]|\}\}))"
)
"""A sign without which a mark of Anki's is none, also where its brackets come from a hint. It is
asked for before what stands around it: so nearly all of a text is passed over at once."""

_COMMAND = re.compile(
    r"\\(?:href|url|html[A-Za-z]*|style|class|cssId|data|mmlToken|bbox|fcolorbox|unicode|require"
    r"|includegraphics|g?def|let|csname|(?:re)?newcommand|providecommand|(?:re)?newenvironment"
    r"|Declare[A-Za-z]*|Newextarrow|(?:re)?newtagform|usetagform|mathtoolsset)(?![A-Za-z])"
)
"""Commands of MathJax's by which maths is more than maths."""

_TOKEN = re.compile(r"\\.|[{}]")
"""What MathJax looks at in search of a formula's end."""


def inert(field: str) -> str:
    """A field of HTML in which Anki finds no mark of its own; it looks the same."""
    return _MARK.sub(lambda sign: f"&#{ord(sign[0])};", field)


def is_only_maths(latex: str) -> bool:
    r"""Whether MathJax can only draw this, up to the end that is put after it.

    A formula that is closed early, or holds a brace that is not, would take text around it for
    maths, up to the next formula: what is harmless as a text need not be so there.
    """
    if _COMMAND.search(latex):
        return False
    depth = 0
    for token in _TOKEN.findall(latex):
        if token == "{":
            depth += 1
        elif token == "}":
            depth -= 1
        if depth < 0 or (depth == 0 and token in (r"\)", r"\]")):
            return False
    return depth == 0
