"""What an author writes: one strict, frozen model per note type.

The models are the only definition of the card format. The loader, the JSON Schema and the messages
about wrong keys are all made from them; each field's docstring is what an editor shows on hover.
Scalars arrive from YAML as text; a field that wants anything else reads it from the text.
"""

import json
import math
import re
from typing import Annotated, ClassVar, Literal, cast, get_args

from pydantic import Discriminator, field_validator
from pydantic.fields import Field
from pydantic_core import PydanticCustomError

from flashsafety.content.cloze import check_cloze
from flashsafety.content.fields import NUMBER, Flag, Id, Level, Line, Model, Number, Prose, Slug


class Note(Model):
    """The keys that every card takes."""

    called: ClassVar[str]
    """What the type is called in a message: ``a choice card``."""

    id: Id
    """Permanent and unique in the whole bank: lower-case words joined by hyphens, 3-60 characters.
    A learner's progress hangs on it, so it never changes once it is published."""
    topics: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=10)]
    """Topics of the module that the card serves, as the syllabus names them; at least one."""
    source: Slug
    """What the card was written from: a key of sources.yaml."""
    at: Line | None = None
    """Where in the source: "section 3.2". One that a reader can follow."""
    tags: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()
    """Words to choose cards by, besides module and topic."""
    level: Level = "core"
    """core, or further for what a first pass may leave out."""
    prerequisites: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Ids of the cards whose ideas this one builds on."""
    exam: Flag = False
    """true when the card suits a practice exam."""
    replaces: str | None = None
    """Id of the retired card whose place this one takes."""
    allow: Annotated[dict[str, Line], Field(max_length=10)] = Field(default_factory=dict)
    """Warnings to silence, each with the reason why the card is right as it is."""
    why: Prose | None = None
    """Shown after the answer: the reason, the mechanism or the contrast. Never the answer again."""


class ConceptNote(Note):
    """A term and its definition, asked in both directions."""

    called = "a concept card"

    type: Literal["concept"]
    """The kind of card."""
    term: Line
    """The term, as one would write it mid-sentence."""
    definition: Prose
    """What the term means, without the term itself: the reverse card asks for it."""
    also: Annotated[tuple[Line, ...], Field(max_length=10)] = ()
    """Synonyms."""
    directions: Literal["both", "forward", "reverse"] = "both"
    """forward asks for the definition, reverse for the term."""


class QuestionNote(Note):
    """A question that the learner answers in words and judges."""

    called = "a question card"

    type: Literal["question"]
    """The kind of card."""
    prompt: Prose
    """The question. It is met alone, and has one right answer. A picture stands on a line of its
    own: ![what it shows](images/file.png)."""
    answer: Prose
    """The right answer, short enough to say in ten seconds."""
    rubric: Annotated[tuple[Line, ...], Field(max_length=5)] = ()
    """2 to 5 points that a right answer makes; the learner ticks them off."""

    @field_validator("rubric")
    @classmethod
    def _rubric(cls, rubric: tuple[str, ...]) -> tuple[str, ...]:
        if len(rubric) == 1:
            raise PydanticCustomError(
                "rubric-count",
                "a rubric of one point says no more than the answer",
                {"mend": "write 2 to 5 points, or leave the rubric out"},
            )
        return rubric


class Option(Model):
    """One of the answers that a choice card offers."""

    text: Line
    """What the learner may pick."""
    why: Prose
    """Why it is right, or why one who picks it errs."""
    answer: Flag = False
    """true on every right option."""


class ChoiceNote(Note):
    """Options to pick from; the program judges."""

    called = "a choice card"

    type: Literal["choice"]
    """The kind of card."""
    prompt: Prose
    """The question. A picture stands on a line of its own: ![what it shows](images/file.png)."""
    options: Annotated[tuple[Option, ...], Field(min_length=3, max_length=5)]
    """3 to 5 options, each with its own why; answer: true marks the right ones."""
    fixed: Flag = False
    """true keeps the options in the order written; otherwise they are shuffled."""

    @field_validator("options")
    @classmethod
    def _options(cls, options: tuple[Option, ...]) -> tuple[Option, ...]:
        right = sum(option.answer for option in options)
        if not right:
            raise PydanticCustomError(
                "choice-answer",
                "no option is marked as right",
                {"mend": 'add "answer: true" to the right option'},
            )
        if right == len(options):
            raise PydanticCustomError(
                "choice-answer",
                "every option is marked as right",
                {"mend": 'leave "answer: true" only on the options that are right'},
            )
        _distinct(tuple(option.text for option in options), "options")
        return options


class ClozeNote(Note):
    """A text with gaps; each number is a card of its own."""

    called = "a cloze card"

    type: Literal["cloze"]
    """The kind of card."""
    text: Prose
    """A statement with gaps, {{c1::hidden}} or {{c1::hidden::hint}}, numbered from 1. A picture
    stands on a line of its own, outside gaps: ![what it shows](images/file.png)."""

    @field_validator("text")
    @classmethod
    def _text(cls, text: str) -> str:
        check_cloze(text)
        return text


class NumericNote(Note):
    """A number to work out; the program judges."""

    called = "a numeric card"

    type: Literal["numeric"]
    """The kind of card."""
    prompt: Prose
    """The question. A picture stands on a line of its own: ![what it shows](images/file.png)."""
    answer: Number
    """The number, as 0.35 or 1.5e-3, without its unit."""
    tolerance: Number | None = None
    """How far off still counts as right: 0.01, or "5%" of the answer."""
    unit: Line | None = None
    """What the number counts, as shown after it."""

    @field_validator("answer")
    @classmethod
    def _answer(cls, answer: str) -> str:
        if not re.fullmatch(NUMBER, answer) or not math.isfinite(float(answer)):
            raise PydanticCustomError(
                "numeric-answer",
                "the answer is no number",
                {"mend": "write it as 144, 0.35 or 1.5e-3; the unit has a key of its own"},
            )
        return answer

    @field_validator("tolerance")
    @classmethod
    def _tolerance(cls, tolerance: str | None) -> str | None:
        number = (tolerance or "0").removesuffix("%").strip()
        if not re.fullmatch(NUMBER, number) or not 0 <= float(number) < math.inf:
            raise PydanticCustomError(
                "numeric-tolerance",
                "the tolerance is no number and no percentage",
                {"mend": 'write it as 0.01 (absolute) or "5%" (of the answer)'},
            )
        return tolerance

    @property
    def value(self) -> float:
        """The right number."""
        return float(self.answer)

    @property
    def margin(self) -> float:
        """How far from ``value`` still counts as right; 0 when no tolerance is given."""
        if self.tolerance is None:
            return 0.0
        if self.tolerance.endswith("%"):
            return abs(self.value) * float(self.tolerance[:-1]) / 100
        return float(self.tolerance)


class TypedNote(Note):
    """A word or two to type; the program judges, ignoring case and spacing."""

    called = "a typed card"

    type: Literal["typed"]
    """The kind of card."""
    prompt: Prose
    """The question. A picture stands on a line of its own: ![what it shows](images/file.png)."""
    answer: Line
    """What to type."""
    accept: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    """Other spellings and names that are right too."""


class OrderingNote(Note):
    """Things to put in order; the program judges."""

    called = "an ordering card"

    type: Literal["ordering"]
    """The kind of card."""
    prompt: Prose
    """The question; it says by what to order."""
    items: Annotated[tuple[Line, ...], Field(min_length=3, max_length=7)]
    """3 to 7 items in the right order; they are shown shuffled."""
    partial: Flag = False
    """true gives credit for each pair in the right order."""

    @field_validator("items")
    @classmethod
    def _items(cls, items: tuple[str, ...]) -> tuple[str, ...]:
        _distinct(items, "items")
        return items


AnyNote = Annotated[
    ConceptNote | QuestionNote | ChoiceNote | ClozeNote | NumericNote | TypedNote | OrderingNote,
    Discriminator("type"),
]

NOTE_CLASSES: dict[str, type[Note]] = {
    get_args(model.model_fields["type"].annotation)[0]: model
    for model in (
        ConceptNote, QuestionNote, ChoiceNote, ClozeNote, NumericNote, TypedNote, OrderingNote,
    )
}  # fmt: skip
"""Type to model, in the order in which messages list them."""


class CardDefaults(Model):
    """What stands at the top of a file of cards."""

    module: Slug
    """The module of every card below: a slug of syllabus.yaml."""
    topics: Annotated[tuple[Slug, ...], Field(max_length=10)] = ()
    """Topics of every card below that names none."""
    source: Slug | None = None
    """Source of every card below that names none."""
    tags: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()
    """Tags of every card below that names none."""
    level: Level = "core"
    """Level of every card below that names none."""


class CardFile(CardDefaults):
    """A file of cards."""

    cards: Annotated[tuple[AnyNote, ...], Field(min_length=1)]
    """The cards, in the order in which a newcomer should meet them."""


def read_note(content: str | bytes) -> AnyNote:
    """The note that ``write_note`` wrote."""
    model = NOTE_CLASSES[json.loads(content)["type"]]  # no model is built but the one that is met
    return cast("AnyNote", model.model_validate_json(content))


def write_note(note: AnyNote) -> str:
    """JSON of a note; keys that hold their default are left out."""
    return note.model_dump_json(exclude_defaults=True)


def _distinct(texts: tuple[str, ...], key: str) -> None:
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            raise PydanticCustomError(
                "repeated-value",
                "two {key} are the same: {text}",
                {
                    "mend": "change one of them, or leave it out",
                    "key": key,
                    "text": json.dumps(text[:60], ensure_ascii=False),
                },
            )
        seen.add(text)
