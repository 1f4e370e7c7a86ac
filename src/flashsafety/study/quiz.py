"""Practice exams: drawing the questions, what an answer is worth, and the score. Pure.

An exam is not a review: it asks many things once, keeps the answers, and judges them at the end.
Nothing of it reaches the scheduling of a card.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import NamedTuple

from flashsafety.content.notes import (
    AnyNote,
    ChoiceNote,
    NumericNote,
    OrderingNote,
    QuestionNote,
    TypedNote,
)
from flashsafety.content.source import Source
from flashsafety.store.quiz import Eligible, Subject
from flashsafety.study import grading
from flashsafety.study.showing import Showing
from flashsafety.terms import Given, Rating

QUESTIONS = 20
"""Asked when no number is given."""

SLIP = 0.5
"""What a typed answer with a slip of the fingers is worth."""

ONE_POINT = "My answer says the same"
"""The point to tick where an answer is the learner's to judge and has no rubric."""


class Drawn(NamedTuple):
    """A question of an exam."""

    card: int
    """Row id."""
    topic: str
    """Slug: what it was drawn for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of an exam, and what has become of it."""

    showing: Showing
    subject: Subject
    given: Given = None
    ticked: frozenset[int] = frozenset()
    """Indexes of the points that the learner ticked."""
    score: float | None = None
    """0 to 1; none until it is judged."""


@dataclass(frozen=True, slots=True)
class Reread:
    """A place to read again."""

    source: Source | None
    key: str
    """Of the bibliography, should it have no more."""
    at: str | None
    """Where in the source."""

    @property
    def words(self) -> str:
        """Title, authors, year and place; the key where the bibliography has no more."""
        if self.source is None:
            return ", ".join(filter(None, (self.key, self.at)))
        year = str(self.source.year or "")
        return ", ".join(filter(None, (self.source.title, self.source.authors, year, self.at)))

    @property
    def short(self) -> str:
        """The place and the title alone, the place first, where no line's end cuts it off."""
        title = self.key if self.source is None else self.source.title
        return f"{self.at} of {title}" if self.at else title

    @property
    def url(self) -> str:
        """Its web address; empty when it has none."""
        return (self.source.url if self.source else None) or ""


@dataclass(frozen=True, slots=True)
class TopicScore:
    """What came of the questions of one topic."""

    subject: Subject
    questions: tuple[int, ...]
    """Places in the exam, from 0."""
    missed: tuple[int, ...]
    """Those of them that were judged and did not get all."""
    earned: float
    """Points, one a question."""
    reread: tuple[Reread, ...]
    """Where the missed questions come from, each place once."""


@dataclass(frozen=True, slots=True)
class Score:
    """What came of an exam."""

    topics: tuple[TopicScore, ...]
    """In the order of the syllabus."""
    earned: float
    """Points, one a question."""
    questions: int
    unjudged: int
    """Questions that still wait for the learner's judgement."""

    @property
    def share(self) -> float:
        """Of all points, 0 to 1."""
        return self.earned / self.questions if self.questions else 0.0


# ---- drawing -------------------------------------------------------------------------------------


def draw(cards: Iterable[Eligible], count: int, random: Random) -> list[Drawn]:
    """An exam: so many questions, in random order, fewer where there are not so many.

    No note is asked twice, and topics are asked as evenly as can be: two differ by more than one
    question only when the one asked less often has no more notes. What is left after whole rounds
    goes to topics of as many modules as can be. The same cards (in any order) and a generator in
    the same state give the same exam.
    """
    notes: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for card in sorted(cards):
        notes[card.module, card.topic][card.note].append(card.card)
    waiting = {topic: list(own.values()) for topic, own in notes.items()}
    for own in waiting.values():
        random.shuffle(own)
    drawn: list[Drawn] = []
    while waiting and len(drawn) < count:
        for topic in _by_turns(waiting, random)[: count - len(drawn)]:
            drawn.append(Drawn(random.choice(waiting[topic].pop()), topic[1]))
        waiting = {topic: own for topic, own in waiting.items() if own}
    random.shuffle(drawn)
    return drawn


def _by_turns(topics: Iterable[tuple[str, str]], random: Random) -> list[tuple[str, str]]:
    """Topics in random order, but one of each module before a second one of any."""
    order = list(topics)
    random.shuffle(order)
    seen = Counter[str]()
    turns: list[tuple[int, tuple[str, str]]] = []
    for topic in order:
        turns.append((seen[topic[0]], topic))
        seen[topic[0]] += 1
    return [topic for _, topic in sorted(turns, key=lambda turn: turn[0])]


# ---- judging -------------------------------------------------------------------------------------


def points(note: AnyNote) -> tuple[str, ...]:
    """What the learner ticks once the answer shows; empty where the program judges."""
    if isinstance(note, QuestionNote) and note.rubric:
        return note.rubric
    judged = isinstance(note, ChoiceNote | NumericNote | OrderingNote | TypedNote)
    return () if judged else (ONE_POINT,)


def worth(note: AnyNote, given: Given) -> float:
    """What an answer that the program judges is worth, 0 to 1.

    All or nothing, but for a slip of the fingers and for ordering cards that give credit by pairs.
    """
    found = None if given is None else grading.grade(note, given)
    if found is None:
        return 0.0
    if isinstance(note, OrderingNote) and note.partial:
        return found.score
    if isinstance(note, TypedNote) and found.suggested == Rating.HARD:
        return SLIP
    return float(found.correct)


def ticked_share(note: AnyNote, ticked: Collection[int]) -> float:
    """What an answer that the learner judges is worth, 0 to 1: the share of points ticked."""
    asked = range(len(points(note)))
    return len(set(ticked) & set(asked)) / len(asked)


# ---- the score -----------------------------------------------------------------------------------


def score(questions: Sequence[Asked]) -> Score:
    """The score of an exam by topic. What is not judged yet has earned nothing so far."""
    order = sorted(range(len(questions)), key=lambda place: questions[place].subject)
    topics = [
        _topic(subject, tuple(sorted(places)), questions)
        for subject, places in groupby(order, key=lambda place: questions[place].subject)
    ]
    return Score(
        tuple(topics),
        sum(topic.earned for topic in topics),
        len(questions),
        sum(asked.score is None for asked in questions),
    )


def _topic(subject: Subject, places: tuple[int, ...], questions: Sequence[Asked]) -> TopicScore:
    got = {place: questions[place].score for place in places}
    missed = tuple(place for place, share in got.items() if share is not None and share < 1)
    showings = [questions[place].showing for place in missed]
    reread = (Reread(x.source, x.note.source, x.note.at) for x in showings)
    earned = sum(share or 0 for share in got.values())
    return TopicScore(subject, places, missed, earned, tuple(dict.fromkeys(reread)))
