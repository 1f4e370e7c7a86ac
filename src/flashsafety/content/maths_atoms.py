"""Atoms of a formula -> text: TeX's spacing, small letters for scripts, symbols by name."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from flashsafety.content import maths_tables as tables

Kind = Literal["ord", "op", "bin", "rel", "open", "close", "punct", "inner", "space", "word"]
"""TeX's classes of atoms (The TeXbook, chapter 17), with explicit space and upright words added."""

SINGLE = re.compile(r".[\u0300-\u036f]?|[\d.]+|\w+")
"""What a script or a root may apply to without brackets."""

_SMALL = "".join({*tables.SUPERSCRIPTS.values(), *tables.SUBSCRIPTS.values()})
_ONE_THING = re.compile(rf"[∂∇Δ√]?\w[{_SMALL}]*|\d+(?:\.\d+)?|\w+\([^()]*\)|\w_\w+")
"""What may stand after a division sign without brackets: ``n``, ``∂xᵢ``, ``12.5``, ``p(x)``."""

_BEFORE_UNARY = ("bin", "rel", "open", "punct", "op")


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a formula that is spaced as one."""

    kind: Kind
    text: str


def script_text(mark: str, script: list[Atom]) -> str:
    """A sub- (``_``) or superscript (``^``): Unicode's small letters, else readable in one line."""
    text = join(script, tight=True)
    if not text:
        return mark
    if mark == "^" and text in tables.RAISED:
        return tables.RAISED[text]
    small = tables.SUPERSCRIPTS if mark == "^" else tables.SUBSCRIPTS
    wordy = any(atom.kind in ("word", "op") for atom in script)
    if not wordy and all(letter in small for letter in text):
        return "".join(small[letter] for letter in text)
    if SINGLE.fullmatch(text):
        return mark + text
    return f"{mark}({join(script)})"


def join(atoms: Iterable[Atom], *, tight: bool = False) -> str:
    """Atoms run together with TeX's spacing; tight leaves out the space around operators."""
    parts: list[str] = []
    before: Atom | None = None
    for found in atoms:
        atom = found
        if atom.kind == "bin" and (before is None or before.kind in _BEFORE_UNARY):
            atom = Atom("ord", atom.text)
        if atom.kind == "inner" and before and before.kind in ("ord", "close"):
            atom = Atom("ord", f"({atom.text})")
        if before is not None and _spaced(before.kind, atom.kind, tight=tight):
            parts.append(" ")
        parts.append(atom.text)
        if atom.kind != "space":
            before = atom
        elif before is not None:
            before = Atom("open", "") if before.kind != "ord" else Atom("close", "")
    return re.sub(r" {2,}", " ", "".join(parts)).replace(" \n", "\n")


def _spaced(before: Kind, after: Kind, *, tight: bool) -> bool:
    if "space" in (before, after):
        return False
    if not tight:
        if "rel" in (before, after):
            return before != after
        if "bin" in (before, after) or before == "punct":
            return True
        if before == "inner":
            return after in ("ord", "open", "inner", "word", "op")
    if before == "op":
        return after in ("ord", "op", "inner", "word")
    return after == "op" and before in ("ord", "close", "inner", "word")


def factor(text: str) -> str:
    """A numerator: in brackets when it is a sum or a quotient."""
    return f"({text})" if re.search("[ /]", text) and not is_bracketed(text) else text


def denominator(text: str) -> str:
    """What is divided by: in brackets unless it is one thing."""
    one_thing = _ONE_THING.fullmatch(text) or is_bracketed(text)
    return text if one_thing else f"({text})"


def is_bracketed(text: str) -> bool:
    """True when one pair of brackets holds the whole text: ``(a + b)``, not ``(a)(b)``."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return at == len(text) - 1 and at > 0
    return False


def accented(name: str, text: str) -> str:
    """A letter with its accent; anything longer as ``hat(abc)``."""
    if len(text) == 1:
        return unicodedata.normalize("NFC", text + tables.ACCENTS[name])
    return f"{name.removeprefix('wide')}({text})"


def styled(alphabet: str, letter: str) -> str:
    """A letter of one of the mathematical alphabets; itself when Unicode has no such letter."""
    if not ("A" <= letter <= "Z" or "a" <= letter <= "z"):
        return letter
    style = tables.ALPHABETS[alphabet]
    case = "CAPITAL" if letter.isupper() else "SMALL"
    for prefix in ("", "MATHEMATICAL "):
        try:
            return unicodedata.lookup(f"{prefix}{style} {case} {letter.upper()}")
        except KeyError:
            continue
    return letter


def character_atom(character: str) -> Atom:
    """A character as it was typed, with the class that TeX gives it."""
    text = tables.CHARACTERS.get(character, character)
    return Atom(_kind_of(text), text)


def symbol_atom(name: str) -> Atom:
    """The sign or function of that name; the name as it was written when nobody knows it."""
    if name in tables.OPERATORS:
        return Atom("op", tables.OPERATORS[name])
    text = tables.SYMBOLS.get(name) or _known_symbol(name)
    if not text:
        return Atom("word", f"\\{name} ")
    if name in tables.OPENING:
        return Atom("open", text)
    if name in tables.CLOSING:
        return Atom("close", text)
    return Atom("rel" if name == "mid" else _kind_of(text), text)


def _kind_of(text: str) -> Kind:
    kinds: tuple[tuple[Kind, str], ...] = (
        ("rel", tables.RELATIONS),
        ("bin", tables.BINARY),
        ("open", "([{⟨⌈⌊"),
        ("close", ")]}⟩⌉⌋!\N{PRIME}"),
        ("punct", ",;:"),
        ("op", tables.LARGE),
    )
    return next((kind for kind, members in kinds if text in members), "ord")


@lru_cache(maxsize=1024)
def _known_symbol(name: str) -> str:
    """What pylatexenc shows for a macro without arguments; empty when it knows none."""
    # Imported here: it costs more than all the rest of showing a card, and most cards have no need.
    from pylatexenc.latex2text import get_default_latex_context_db

    found = get_default_latex_context_db().get_macro_spec(name)
    text = getattr(found, "simplify_repl", None)
    return text if isinstance(text, str) and text and "%" not in text else ""
