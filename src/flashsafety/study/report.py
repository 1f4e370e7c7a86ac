"""What a learner found wrong with cards, as the text of an issue for those who keep the bank."""

import re
from dataclasses import dataclass

from flashsafety.clock import day_to_date
from flashsafety.errors import UsageError
from flashsafety.store import logs
from flashsafety.study.browse import CardInfo, card_info, find_cards
from flashsafety.study.library import Library
from flashsafety.terms import Action, StudyDay

_ASKED = {
    "wrong": "What is right, and where does the source say so?",
    "unclear": "How else can it be read, and how should it be put?",
    "outdated": "What has changed, when, and where is it said?",
    "duplicate": "Which card asks the same?",
    "typo": "How is it spelt right?",
}
"""Reason to what those who keep the bank will want to know."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag on a card."""

    info: CardInfo
    reason: str
    words: str
    """What the learner said of it; may be empty."""
    day: StudyDay | None
    """When it was flagged."""


def reported_cards(library: Library, keys: tuple[str, ...] = ()) -> list[CardInfo]:
    """The cards that were named, or all that are flagged, in study order.

    Raises:
        UsageError: A key names no card.
    """
    return [card_info(library, key) for key in keys] or find_cards(library, "is:flagged")


def flagged_cards(library: Library, keys: tuple[str, ...] = ()) -> list[Flagged]:
    """Flags in study order: all of them, or those of some cards.

    Raises:
        UsageError: A key names no card, or one that is not flagged.
    """
    found = reported_cards(library, keys)
    for info in found:
        if not info.state.flag:
            raise UsageError(
                f'"{info.card}" is not flagged',
                mend="f in a review flags it with a reason; --patch gives what you changed in its"
                " file",
            )
    return [_flagged(library, info) for info in found]


def issue_text(flagged: Flagged, place: str, diff: str = "") -> str:
    """A draft in Markdown.

    Args:
        flagged: The flag.
        place: The card's file and line, as to be shown.
        diff: What was changed in the file; empty when nothing was.
    """
    info = flagged.info
    day = f" on {day_to_date(flagged.day)}" if flagged.day is not None else ""
    said = f": {_code(flagged.words)}" if flagged.words else ""
    asked = _ASKED.get(flagged.reason, "What should change?")
    return "\n".join(
        (
            f"## {info.note}: {flagged.reason}",
            "",
            f"- card: `{info.card}` ({info.type}, module {info.module})",
            f"- file: `{place}`",
            f"- source: `{info.source}`{f', {info.at}' if info.at else ''}",
            f"- flagged {flagged.reason}{day}{said}",
            "",
            *_quoted("Prompt", info.prompt),
            *_quoted("Answer", info.answer),
            f"**Change proposed.** {'' if diff else asked}".rstrip(),
            "",
            *_fenced(diff),
        )
    )


def _flagged(library: Library, info: CardInfo) -> Flagged:
    from flashsafety.study.browse import find_card

    reason, _, words = (info.state.flag or "").partition(": ")
    events = logs.card_log(library.db, find_card(library, info.card))
    days = [x.day for x in events if isinstance(x, Action) and x.kind == "flag" and not x.undone_at]
    return Flagged(info, reason, words, days[-1] if days else None)


def _code(words: str) -> str:
    """Words as a span of code: a backslash keeps no ``#1`` from becoming a link, this does."""
    ticks = "`" * (max(map(len, re.findall("`+", words)), default=0) + 1)
    blank = " " if "`" in (words[0], words[-1]) else ""
    return f"{ticks}{blank}{words}{blank}{ticks}"


def _fenced(diff: str) -> tuple[str, ...]:
    """A diff as a block of code that nothing in it can end."""
    if not diff:
        return ()
    longest = max(map(len, re.findall("`+", diff)), default=0)
    fence = "`" * max(3, longest + 1)
    return (f"{fence}diff", diff.rstrip("\n"), fence, "")


def _quoted(title: str, markdown: str) -> tuple[str, ...]:
    lines = markdown.rstrip("\n").split("\n")
    return (f"**{title}**", "", *(f"> {line}".rstrip() for line in lines), "")
