"""Card info: why the card is due, what is known of it, its log."""

from collections.abc import Iterable
from datetime import timedelta
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.clock import instant_to_datetime
from flashsafety.content.visible import one_line
from flashsafety.study import words
from flashsafety.study.browse import CardInfo, card_info
from flashsafety.study.library import Library
from flashsafety.terms import CardKey, Rating, Review
from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.rows import Row, RowsVisual

_LOG_LINES = 30
"""The newest ratings that are shown."""


class InfoScreen(Window[None]):
    """One card with its log."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i,escape,q", "close", "Close", show=False),
    ]

    def __init__(self, library: Library, key: CardKey) -> None:
        """Read the card."""
        super().__init__()
        self._info = card_info(library, key)

    def inside(self) -> Iterable[Widget]:
        """Why, what is known, and the log."""
        yield Static(
            Content.assemble(
                (one_line(self._info.card), "bold $text-primary"),
                f"\n{one_line(self._info.why_due)}\n",
            )
        )
        yield Static(
            RowsVisual(
                [
                    Row(f"{name:14}", Content(value), mark_style="$foreground-muted")
                    for name, value in _facts(self._info)
                ]
            )
        )
        log = [review for review in self._info.log if review.undone_at is None]
        if log:
            lines = [Content.assemble(("\nLog, newest first", "bold $text-primary"))]
            lines += [Content(_log_line(review)) for review in reversed(log[-_LOG_LINES:])]
            yield Static(Content("\n").join(lines))


def _facts(info: CardInfo) -> Iterable[tuple[str, str]]:
    memory = info.state.memory
    yield "phase", memory.phase.name.lower()
    if memory.stability is not None and memory.difficulty is not None:
        yield "stability", f"{memory.stability:.3g} days until recall falls to 90%"
        yield "difficulty", f"{memory.difficulty:.1f} of 10"
    if info.retrievability is not None:
        yield "retrievability", f"{info.retrievability:.0%} chance of recall today"
    yield "ratings", f"{info.state.reps}, lapses {info.state.lapses}"
    if info.state.flag:
        yield "flag", one_line(info.state.flag)
    yield "module", one_line(info.module)
    yield "topics", one_line(", ".join(info.topics))
    yield "source", one_line(", ".join(part for part in (info.source, info.at) if part))
    yield "file", f"{one_line(info.file)}:{info.line}"


def _log_line(review: Review) -> str:
    local = instant_to_datetime(review.reviewed_at) + timedelta(seconds=review.utc_offset)
    name = Rating(review.rating).name.capitalize()
    took = f"{review.duration_ms / 1000:.0f} s"
    return f"{local:%Y-%m-%d %H:%M}  {name:6} {words.interval(review.interval):>6}  {took:>6}"
