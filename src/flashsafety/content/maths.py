r"""LaTeX maths -> a line (or a few) of Unicode: ``x^{-\alpha}`` -> ``x⁻ᵅ``.

Structure (scripts, fractions, roots, environments) and spacing are ours, since pylatexenc runs
``\frac{a+b}{c}`` together to ``a+b/c``; from it comes the table of some thousand symbol names.
Nothing here raises: what is not understood is shown as it was written.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from flashsafety.content import maths_tables as tables
from flashsafety.content.maths_atoms import (
    SINGLE,
    Atom,
    Kind,
    accented,
    character_atom,
    denominator,
    factor,
    is_bracketed,
    join,
    script_text,
    styled,
    symbol_atom,
)

_LONGEST = 4000
"""Characters; a formula longer than this is shown as it was written."""

_DEEPEST = 40
"""Nested groups; what lies deeper is shown as it was written."""

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)


class _TooDeepError(Exception):
    """The formula nests deeper than any that a person writes."""


@lru_cache(maxsize=2048)
def maths_to_text(latex: str) -> str:
    """The formula as Unicode text. Rows of an aligned display stay on lines of their own.

    Args:
        latex: What stands between the dollar signs.
    """
    if len(latex) > _LONGEST:
        return latex
    try:
        lines = join(_Parser(latex).atoms()).split("\n")
    except _TooDeepError:
        return latex
    return "\n".join(line.strip() for line in lines) or latex


class _Parser:
    """One pass over the tokens of a formula; groups recurse."""

    def __init__(self, latex: str) -> None:
        self._tokens = _TOKEN.findall(latex)
        self._at = 0
        self._depth = 0

    def atoms(self, *ends: str) -> list[Atom]:
        """The atoms up to one of the end tokens, which is consumed."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _TooDeepError
        found: list[Atom] = []
        while self._at < len(self._tokens):
            token = self._next()
            if token in ends:
                break
            if token in ("^", "_"):
                self._script(found, token)
            else:
                found += self._atom(token)
        self._depth -= 1
        return found

    def _next(self) -> str:
        token: str = self._tokens[self._at]
        self._at += 1
        return token

    def _peek(self) -> str:
        """The next token that is no white space, which is consumed; empty at the end."""
        while self._at < len(self._tokens):
            token: str = self._tokens[self._at]
            if not token.isspace():
                return token
            self._at += 1
        return ""

    def _argument(self) -> list[Atom]:
        """The next group, or the next single token."""
        token = self._peek()
        if not token or token in ("}", "&", "\\\\") or token == "\\end":
            return []
        self._at += 1
        if token == "{":
            return self.atoms("}")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _TooDeepError
        atoms = [Atom("ord", token)] if token.isdigit() else self._atom(token)
        self._depth -= 1
        return atoms

    def _raw_argument(self) -> str:
        """The next group as it was written, braces taken off."""
        if self._peek() != "{":
            return self._next() if self._at < len(self._tokens) else ""
        self._at += 1
        start, open_groups = self._at, 1
        while self._at < len(self._tokens):
            token = self._next()
            open_groups += (token == "{") - (token == "}")
            if not open_groups:
                return "".join(self._tokens[start : self._at - 1])
        return "".join(self._tokens[start:])

    def _atom(self, token: str) -> list[Atom]:
        if token.isspace():
            return []
        if token == "{":
            return [Atom("ord", join(inside))] if (inside := self.atoms("}")) else []
        if token.startswith("\\") and len(token) > 1:
            return self._macro(token[1:].removesuffix("*"))
        if token.isdigit():
            return [Atom("ord", token + self._rest_of_number())]
        return [character_atom(token)]

    def _rest_of_number(self) -> str:
        """The digits after the first one, and a thousands comma or decimal point between digits."""
        text = "0" + "".join(self._tokens[self._at : self._at + 40])
        match = re.match(r"\d*(?:,\d{3}(?!\d))*(?:\.\d+)?", text)
        rest = match[0][1:] if match else ""
        self._at += len(rest)
        return rest

    def _script(self, found: list[Atom], mark: str) -> None:
        """Attach a sub- or superscript to the atom before it."""
        script = self._argument()
        base = found.pop() if found else Atom("ord", "")
        compound = base.kind == "inner" or (" " in base.text and base.kind == "ord")
        text = f"({base.text})" if compound and not is_bracketed(base.text) else base.text
        kind: Kind = "ord" if base.kind in ("inner", "word", "space", "punct") else base.kind
        attached = script_text(mark, script)
        if base.text == "‖" and attached == "_∞":
            attached = "∞"  # the one norm that everybody writes so
        found.append(Atom(kind, text + attached))

    def _macro(self, name: str) -> list[Atom]:
        if name in tables.SPACES:
            return [Atom("space", tables.SPACES[name])] if tables.SPACES[name] else []
        if name in tables.IGNORED:
            return []
        if name in ("left", "right", "middle"):
            return self._fence(name)
        handler = _HANDLERS.get(name)
        return [handler(self, name) if handler else symbol_atom(name)]

    def fraction(self, _: str) -> Atom:
        """``(a + b)/c``."""
        top, bottom = self._argument(), self._argument()
        return Atom("inner", f"{factor(join(top))}/{denominator(join(bottom))}")

    def binomial(self, _: str) -> Atom:
        """``C(n, k)``."""
        return Atom("ord", f"C({join(self._argument())}, {join(self._argument())})")

    def accent(self, name: str) -> Atom:
        """``ŷ``, or ``hat(abc)`` over more than a letter."""
        return Atom("ord", accented(name, join(self._argument())))

    def alphabet(self, name: str) -> Atom:
        """Letters of another alphabet, as the doubled R of the real numbers."""
        return Atom("ord", "".join(styled(name, letter) for letter in join(self._argument())))

    def stacked(self, name: str) -> Atom:
        """One sign over or under another, as a script."""
        over, base = self._argument(), self._argument()
        kind: Kind = base[0].kind if len(base) == 1 else "ord"
        mark = "_" if name == "underset" else "^"
        return Atom(kind, join(base) + script_text(mark, over))

    def struck(self, _: str) -> Atom:
        """A sign with a stroke through it."""
        return Atom("rel", unicodedata.normalize("NFC", f"{join(self._argument())}\u0338"))

    def root(self, _: str) -> Atom:
        """``√(x + 1)``, ``∛x``."""
        sign = "√"
        if self._peek() == "[":
            self._at += 1
            degree = self.atoms("]")
            sign = tables.ROOTS.get(join(degree), script_text("^", degree) + "√")
        inside = join(self._argument())
        return Atom("ord", sign + (inside if SINGLE.fullmatch(inside) else f"({inside})"))

    def upright(self, name: str) -> Atom:
        """Words and upright letters."""
        if name == "operatorname":
            return Atom("op", join(self._argument()))
        if name in ("pmod", "tag"):
            words = join(self._argument())
            return Atom("inner", f"(mod {words})" if name == "pmod" else f"({words})")
        if name.startswith("text") or name == "mbox":
            words = re.sub(r"\s+", " ", self._raw_argument())
            return Atom("word", words.replace("$", "").replace("\\", ""))
        inside = self._argument()
        text = join(inside)
        return Atom("word" if len(text) > 1 and text.isalpha() else "ord", text)

    def _fence(self, side: str) -> list[Atom]:
        found = self._argument()
        if len(found) == 1 and found[0].text == ".":
            return []
        kind: Kind = {"left": "open", "right": "close"}.get(side, "rel")  # type: ignore[assignment]
        return [Atom(kind, join(found))]

    def environment(self, _: str) -> Atom:
        """Rows of cells: in one line with brackets, or on lines of their own."""
        name = self._raw_argument().rstrip("*")
        if name == "array" and self._peek() == "{":
            self._raw_argument()
        rows: list[list[str]] = [[""]]
        while self._at < len(self._tokens):
            atoms = self.atoms("&", "\\\\", "\\end")
            rows[-1][-1] = join(atoms).strip()
            end = self._tokens[self._at - 1]
            if end == "&":
                rows[-1].append("")
            elif end == "\\\\":
                rows.append([""])
            else:
                break
        if self._at < len(self._tokens):
            self._raw_argument()
        lines = [" ".join(cell for cell in row if cell) for row in rows if any(row)]
        if name in tables.BRACKETS:
            left, right = tables.BRACKETS[name]
            return Atom("ord", left + "; ".join(lines) + right)
        return Atom("ord", "\n".join(lines))


_HANDLERS: dict[str, Callable[[_Parser, str], Atom]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _Parser.fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _Parser.binomial),
    **dict.fromkeys(("overset", "underset", "stackrel"), _Parser.stacked),
    **dict.fromkeys(tables.ACCENTS, _Parser.accent),
    **dict.fromkeys(tables.ALPHABETS, _Parser.alphabet),
    **dict.fromkeys(tables.UPRIGHT, _Parser.upright),
    "sqrt": _Parser.root,
    "begin": _Parser.environment,
    "not": _Parser.struck,
}
