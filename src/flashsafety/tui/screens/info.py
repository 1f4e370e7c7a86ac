"""Card info: why the card is due, its memory and the curve of it, its log, its source."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.clock import Clock
from flashsafety.content.visible import one_line, visible
from flashsafety.study.library import Library
from flashsafety.study.mixups import lines
from flashsafety.study.story import (
    CardStory,
    card_story,
    event_when,
    event_words,
    intervals_words,
    recall_words,
)
from flashsafety.terms import CardKey
from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.curve import Curve
from flashsafety.tui.widgets.rows import Row, RowsVisual


class InfoScreen(Window[None]):
    """Everything about one card."""

    OPENED_BY = "info"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "close", "Close", show=False)]

    def __init__(self, library: Library, key: CardKey) -> None:
        """Read the card."""
        super().__init__()
        self._story = card_story(library, key)
        self._clock = library.clock

    def inside(self) -> Iterable[Widget]:
        """Why, what is known, the curve, and the log."""
        story, today = self._story, self._clock.now().day
        why = "\n".join(one_line(reason) for reason in story.reasons)
        yield Static(
            Content.assemble((one_line(story.info.card), "bold $text-primary"), f"\n{why}\n")
        )
        yield Static(
            RowsVisual(
                [
                    Row(f"{name:14}", Content(value), mark_style="$foreground-muted")
                    for name, value in _facts(story, today)
                ]
            )
        )
        if story.recall is not None:
            yield Static(Content.assemble(("\nForgetting curve", "bold $text-primary")))
            yield Curve(story.recall, today, story.info.state.due_day)
        if story.events:
            lines = [Content.assemble(("\nLog, newest first", "bold $text-primary"))]
            lines += [Content(line) for line in _log(story, self._clock)]
            yield Static(Content("\n").join(lines))
        yield Static(Content.styled(f"\n{self.how_to_close}", "$foreground-muted"))


def _facts(story: CardStory, today: int) -> Iterable[tuple[str, str]]:
    info = story.info
    memory = info.state.memory
    yield "phase", memory.phase.name.lower()
    if memory.stability is not None and memory.difficulty is not None:
        yield "stability", f"{memory.stability:.3g} days until recall falls to 90%"
        yield "difficulty", f"{memory.difficulty:.1f} of 10"
    if said := recall_words(story, today):
        yield "recall", said
    if story.intervals:
        yield "if rated now", intervals_words(story)
    yield "ratings", f"{info.state.reps}, lapses {info.state.lapses}"
    for name, said in lines(story.mixups):
        yield name, one_line(said)
    if info.state.flag:
        yield "flag", one_line(info.state.flag)
    yield "module", one_line(info.module)
    yield "topics", one_line(", ".join(info.topics))
    place = ", ".join(part for part in (story.source, info.at) if part)
    yield "source", one_line(f"{place} [{info.source}]" if place else info.source)
    yield "file", f"{one_line(info.file)}:{info.line}"


def _log(story: CardStory, clock: Clock) -> Iterable[str]:
    for event in reversed(story.events):
        yield visible(f"{event_when(event, clock)}  {event_words(event)}").replace("\n", " ")
