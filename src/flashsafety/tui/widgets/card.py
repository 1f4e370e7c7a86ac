"""The card: prompt, the way to answer, and below it the answer, why, and the source."""

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.content.cards import face
from flashsafety.content.notes import (
    ChoiceNote,
    NumericNote,
    OrderingNote,
    QuestionNote,
    TypedNote,
)
from flashsafety.content.pictures import MOST, cut, picture_file, pictures
from flashsafety.content.visible import one_line
from flashsafety.study.changes import with_the_answer, with_the_question
from flashsafety.study.grading import Grade
from flashsafety.study.showing import Showing
from flashsafety.terms import Given
from flashsafety.tui.command import KeyOf
from flashsafety.tui.render import CardText, Look
from flashsafety.tui.widgets.choice import ChoiceList
from flashsafety.tui.widgets.ordering import OrderList
from flashsafety.tui.widgets.rubric import RubricList
from flashsafety.tui.widgets.typed import AnswerInput

Answering = ChoiceList | OrderList | AnswerInput

HELP = {
    "choice": (
        "A choice card",
        "Pick with the numbers or the mouse, then {study.reveal}. The options then say why each is"
        " right or wrong, and your pick suggests a rating.",
    ),
    "typed": (
        "A typed card",
        "Type the answer, then {typed.answer}; capitals, spaces and hyphens do not count. A slip"
        " of a letter or two is shown and suggests Hard.",
    ),
    "numeric": (
        "A numeric card",
        "Type the number, then {typed.answer}: 0.35, 35%, 1e-3, 1,000 and 3/4 are all understood."
        " You are told how far off it is.",
    ),
    "ordering": (
        "An ordering card",
        "Choose a line with {order.up} and {order.down}, move it with {order.move-up} and"
        " {order.move-down} or the arrows beside it, then {study.reveal}.",
    ),
    "question": (
        "A question",
        "Answer in your head, or aloud, then press {study.reveal}. If points are listed, tick what"
        " you said with their letters: the ticks suggest a rating. Without ticks {study.accept}"
        " rates Good.",
    ),
    "concept": (
        "A concept",
        "Say what the term means, or which term is meant, then press {study.reveal}. Judge"
        " yourself with {study.again} to {study.easy}; {study.accept} rates Good.",
    ),
    "cloze": (
        "A gap to fill",
        "Say what stands in the gap, then press {study.reveal}. Judge yourself with {study.again}"
        " to {study.easy}; {study.accept} rates Good.",
    ),
}
"""What the help says of each type of card, with keys as ``{screen.name}``."""


_DRAWN = ("prompt", "answer", "why")
"""Parts whose pictures are drawn; in what a card was before, they are only said."""


class CardView(VerticalScroll, can_focus=False):
    """Everything of one card. Answers appear below the prompt, which does not move."""

    def __init__(self, key: KeyOf) -> None:
        """Hold no card yet.

        Args:
            key: The keys of the screen's commands.
        """
        super().__init__(id="card")
        self._key = key
        self._showing: Showing | None = None
        self._drawn: set[str] = set()
        """Paths of the pictures that are drawn: one that comes again is only said."""
        self.answering: Answering | None = None
        """The widget that takes this card's answer; none where the learner judges herself."""
        self.rubric: RubricList | None = None
        """The points to tick, once the answer shows; none where there are none."""
        self._type = "question"
        self._texts: dict[str, str] = {}
        """Markdown by the part that shows it."""
        self._looks: Look | None = None
        """Of the present theme."""

    def on_mount(self) -> None:
        """Rich's colours are those of the theme at the time, so follow it."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._recolour())

    def compose(self) -> Iterable[Widget]:
        """All parts; each card shows those that it needs."""
        yield Static(id="change", markup=False)
        yield Static(id="prompt", markup=False)
        yield from self.ways_to_answer()
        yield Static(id="rule", markup=False)
        yield Static(id="verdict", markup=False)
        yield Static(id="answer", markup=False)
        yield Static(id="was", markup=False)
        yield RubricList()
        yield Static(id="why", markup=False)
        yield Static(id="source", markup=False)

    def ways_to_answer(self) -> Iterable[Widget]:
        """A widget for each way to answer that there is."""
        yield ChoiceList()
        yield OrderList()
        yield AnswerInput()

    @property
    def hint(self) -> str:
        """How to answer, in one line, with keys as ``{screen.name}``."""
        return "{study.reveal} shows the answer" if self.answering is None else self.answering.hint

    @property
    def given(self) -> Given:
        """The answer as it stands; none when there is none, or the learner keeps it to herself."""
        return None if self.answering is None else self.answering.given

    @property
    def rubric_hint(self) -> str:
        """How to tick, where there is something to tick."""
        return "The letters tick what you said." if self.rubric is not None else ""

    def help_words(self) -> tuple[str, str]:
        """How this type of card is answered."""
        return HELP[self._type]

    def ask(self, showing: Showing) -> None:
        """Show the prompt and the way to answer; the answer's parts are hidden."""
        note = showing.note
        self._showing = showing
        self._type = note.type
        self._texts.clear()
        self._undraw()
        for part in ("rule", "verdict", "answer", "was", "why", "source"):
            self.query_one(f"#{part}").display = False
        for rows in self.query("#choice, #order, #typed, #rubric"):
            rows.display = False
        self._show_change(showing)
        if isinstance(note, ChoiceNote | OrderingNote):  # their options are shown as rows
            prompt = note.prompt
        else:
            prompt = face(note, showing.facet).prompt
        self._show_text("prompt", prompt)
        self.answering = self.rubric = None
        if isinstance(note, ChoiceNote):
            self.answering = choice = self.query_one(ChoiceList)
            choice.show(note, showing.order, self._keys("pick", len(note.options)))
        elif isinstance(note, OrderingNote):
            self.answering = order = self.query_one(OrderList)
            order.show(note, showing.order)
        elif isinstance(note, TypedNote | NumericNote):
            self.answering = line = self.query_one(AnswerInput)
            line.show(note)
        if self.scroll_y:
            self.scroll_home(animate=False)

    def reveal(self, showing: Showing) -> Grade | None:
        """Show the answer; what the program makes of the learner's, where it can judge."""
        note = showing.note
        grade = self.answering.grade() if self.answering is not None else None
        self.query_one("#rule").display = True
        if grade is not None:
            verdict = self.query_one("#verdict", Static)
            verdict.set_class(grade.correct, "-right")
            verdict.set_class(not grade.correct, "-wrong")
            mark = "✓" if grade.correct else "✗"
            self._show("verdict", Content(f"{mark} {one_line(grade.feedback)}"))
        if not isinstance(note, ChoiceNote):
            answer = face(note, showing.facet, showing.order or None).answer
            self._show_text("answer", answer)
        if was := with_the_answer(showing):
            self._show_text("was", was)
        if isinstance(note, QuestionNote) and note.rubric:
            self.rubric = self.query_one(RubricList)
            self.rubric.show(note, self._keys("tick", len(note.rubric)))
        if note.why:
            self._show_text("why", note.why)
        self._show("source", Content(source_words(showing, self._key("open"))))
        return grade

    def _keys(self, name: str, count: int) -> list[str]:
        """The keys of a row of commands, or numbers where the screen has no such commands."""
        return [self._key(f"{name}-{place}") or str(place) for place in range(1, count + 1)]

    def _show_change(self, showing: Showing) -> None:
        """Say once that the note is not as it was when it was last rated."""
        said = with_the_question(showing, self._key("relearn"))
        self.query_one("#change", Static).display = said is not None
        if said is not None:
            self._show_text("change", said)

    def _show(self, part: str, what: Content | CardText) -> None:
        widget = self.query_one(f"#{part}", Static)
        widget.update(what)
        widget.display = True

    def _show_text(self, part: str, markdown: str) -> None:
        self._texts[part] = markdown
        if "![" in markdown and part in _DRAWN and self._draw(part, markdown):
            return
        self._show(part, self._drawn_text(markdown))

    def _draw(self, part: str, markdown: str) -> bool:
        """Show a text with its pictures, each above its words; false when there are none to."""
        from flashsafety.tui.app import FlashsafetyApp
        from flashsafety.tui.pictures import drawn

        app, showing = self.app, self._showing
        assert isinstance(app, FlashsafetyApp)
        first, *rest = cut(markdown)
        if app.drawing is None or showing is None or not rest:
            return False
        widgets: list[Widget] = []
        for picture, piece in zip(pictures(markdown), rest, strict=True):
            image = None
            if picture.path not in self._drawn and len(self._drawn) < MOST:
                self._drawn.add(picture.path)
                file = picture_file(app.library.roots, showing.file, picture.path)
                image = drawn(app.drawing, file)
            text = Static(self._drawn_text(piece), markup=False, classes="piece")
            widgets += [text] if image is None else [image, text]
        self._show(part, self._drawn_text(first))
        # Where the part begins with a picture, its own widget has nothing to show.
        self.query_one(f"#{part}").display = bool(first.strip())
        self.mount(*widgets, after=f"#{part}")
        self._fit()
        return True

    def _drawn_text(self, markdown: str) -> CardText:
        return CardText(markdown, self._look(), self._key("open"))

    def _undraw(self) -> None:
        self._drawn.clear()
        self.query(".picture, .piece").remove()

    def on_resize(self) -> None:
        """Pictures follow the size of the card."""
        self._fit()

    def _fit(self) -> None:
        """Give each picture up to half of the card."""
        from flashsafety.tui.pictures import fit

        room = Size(self.content_size.width, self.content_size.height // 2)
        for picture in self.query(".picture"):
            if room.area:
                fit(picture, room)

    def _recolour(self) -> None:
        self._looks = None
        self._undraw()
        for part, markdown in list(self._texts.items()):
            self._show_text(part, markdown)

    def _look(self) -> Look:
        if self._looks is None:
            self._looks = Look(self.app.theme_variables, dark=self.app.current_theme.dark)
        return self._looks


def source_words(showing: Showing, key: str) -> str:
    """Title, authors, year and place of the source; its key where the bank has no more.

    Args:
        showing: The card.
        key: What opens the source where it has an address; nothing is said of it when empty.
    """
    source, place = showing.source, showing.note.at
    if source is None:
        parts: list[str | None] = [showing.note.source, place]
    else:
        parts = [source.title, source.authors, str(source.year) if source.year else None, place]
    said = f"Source: {', '.join(one_line(part) for part in parts if part)}"
    return f"{said}  ({key} opens it)" if key and source is not None and source.url else said
