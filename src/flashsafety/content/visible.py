"""Control and invisible characters made visible, and how many cells a text takes.

Whatever goes to a terminal passes through here: a card, a file name, a source's title. No character
is dropped; each one that would steer the terminal, or hide, is replaced by a picture or its number.
"""

import re
import unicodedata

_TAB = 4
"""Cells between tab stops."""

_UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line separators, bidi controls
    "\u3164\ufdd0-\ufdef\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # shorthand, music, tags
    "]"
)
_JOINER = "\u200d"
_PICTURE = 0x2400
"""Where Unicode keeps a picture of each C0 control: ``␛`` for escape."""


def visible(text: str) -> str:
    """The text with tabs as spaces and every control or invisible character shown.

    Newlines stay (Windows and old Mac line ends become newlines); a zero-width joiner stays between
    the parts of one emoji. C0 controls become their pictures (``␛``), others ``⟦U+202E⟧``.
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "\t" in text:
        text = text.expandtabs(_TAB)
    return _UNSAFE.sub(_show, text)


def one_line(text: str) -> str:
    """The text made visible and its white space, newlines included, run together."""
    return " ".join(visible(text).split())


def pasted(text: str) -> str:
    """A text from elsewhere as it may stand in a line that is typed into.

    White space becomes plain spaces and newlines, and what would steer the terminal or hide is
    left out: nobody meant to copy it, and a search for it would find nothing.
    """
    plain = text.replace("\r\n", "\n").replace("\t", " ").replace("\N{NO-BREAK SPACE}", " ")
    return _UNSAFE.sub(lambda match: "" if _show(match) != match[0] else match[0], plain)


def cells(text: str) -> int:
    """Terminal cells that a line of visible text takes: 2 for wide characters, 0 for marks."""
    if text.isascii():
        return len(text)
    return sum(map(_cell, text))


def shortened(text: str, room: int) -> str:
    """A line of visible text in so many cells at most, with a sign of it where its end is cut."""
    if cells(text) <= room:
        return text
    end = max(0, room - 1)
    while cells(text[:end]) > room - 1 and end:
        end -= 1
    return f"{text[:end].rstrip()}…" if room > 0 else ""


def _cell(character: str) -> int:
    if unicodedata.combining(character) or character in ("\u200d", "\ufe0f"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _show(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if code < 0x20:
        return chr(_PICTURE + code)
    if code == 0x7F:
        return "␡"
    if character == _JOINER and _joins_emoji(match.string, match.start()):
        return character
    return f"⟦U+{code:04X}⟧"


def _joins_emoji(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before == "\ufe0f" or _is_pictorial(before)) and _is_pictorial(after)


def _is_pictorial(character: str) -> bool:
    """True of emoji, the signs that combine with them (♀, ✈) and the skin tones."""
    return bool(character) and unicodedata.category(character) in ("So", "Sk")
