"""Taking a practice exam: answers are collected first, each on the disk at once, and judged after.

An exam stays open until it is handed in. Whoever leaves it, or is cut off, finds it as it was; only
the time runs on. Nothing here touches the review log or the state of a card.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from flashsafety.errors import FlashsafetyError, UsageError
from flashsafety.store import due, quiz, shown
from flashsafety.store.ids import next_id
from flashsafety.store.quiz import AskedRow, Attempt, Tally, Unit
from flashsafety.store.writes import writing
from flashsafety.study.answers import tidy
from flashsafety.study.library import Library
from flashsafety.study.quiz import (
    QUESTIONS,
    Asked,
    Score,
    draw,
    points,
    score,
    ticked_share,
    worth,
)
from flashsafety.study.showing import as_showing
from flashsafety.terms import Given


class Ask(NamedTuple):
    """Which exam is wanted."""

    modules: tuple[str, ...]
    """Slugs; empty means the open ones."""
    questions: int = QUESTIONS
    minutes: int | None = None
    """Time for answering; none without a limit."""


@dataclass(frozen=True, slots=True)
class Past:
    """An attempt as the history shows it."""

    attempt: Attempt
    questions: int
    answered: int
    judged: int
    earned: float
    """Points, one a question."""
    topics: tuple[Tally, ...]
    """In the order of the syllabus."""

    @property
    def finished(self) -> bool:
        """Handed in, with every answer judged."""
        return self.attempt.handed_in_at is not None and self.judged == self.questions


class Exam:
    """One attempt with its questions as they stand on the disk."""

    def __init__(self, library: Library, attempt: bytes) -> None:
        """Read an attempt that is there."""
        self._library = library
        self.attempt = quiz.read_attempt(library.db, attempt)
        rows = quiz.asked(library.db, attempt)
        self.questions = [self._asked(row) for row in rows]

    def _asked(self, row: AskedRow) -> Asked:
        library = self._library
        card = shown.read_shown(library.db, row.card, library.clock.now().day)
        assert card is not None, "a card that was drawn has a note, retired or not"
        # Shuffled by attempt, so that a place in the list is nothing to remember from the reviews.
        showing = as_showing(replace(card, change=None), f"{self.attempt.id.hex()}:{card.key}")
        ticked = frozenset(json.loads(row.ticked) if row.ticked else ())
        return Asked(showing, row.subject, read_given(row.given), ticked, row.score)

    # ---- collecting --------------------------------------------------------------------------

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(asked.given is not None for asked in self.questions)

    @property
    def left_open(self) -> list[int]:
        """Places (from 0) of the questions without an answer."""
        return [place for place, asked in enumerate(self.questions) if asked.given is None]

    @property
    def handed_in(self) -> bool:
        """Whether the answers are in, and only judging is left."""
        return self.attempt.handed_in_at is not None

    def milliseconds_left(self) -> int | None:
        """Of the time for answering, 0 when it is up; none without a limit."""
        if self.attempt.seconds is None:
            return None
        end = self.attempt.begun_at + self.attempt.seconds * 1000
        return max(0, end - self._library.clock.now().at)

    def give(self, place: int, given: Given) -> None:
        """Take an answer, or another one in its stead. On the disk when this returns.

        Raises:
            FlashsafetyError: The exam was handed in, in another window; nothing was stored.
        """
        given = tidy(given)
        if given == self.questions[place].given:
            return
        with writing(self._library.db):
            self._refuse_handed_in()
            self._add(place, replace(self.questions[place], given=given))

    def hand_in(self) -> None:
        """End the collecting, and judge what the program can judge.

        Raises:
            FlashsafetyError: It was handed in before, in another window.
        """
        at = self._library.clock.now().at
        with writing(self._library.db):
            self._refuse_handed_in()
            quiz.mark_handed_in(self._library.db, self.attempt.id, at)
            for place, asked in enumerate(self.questions):
                note = asked.showing.note
                if not points(note):
                    self._add(place, replace(asked, score=worth(note, asked.given)))
        self.attempt = self.attempt._replace(handed_in_at=at)

    # ---- judging -----------------------------------------------------------------------------

    @property
    def unjudged(self) -> list[int]:
        """Places (from 0) of the questions that wait for the learner's judgement."""
        return [place for place, asked in enumerate(self.questions) if asked.score is None]

    def judge(self, place: int, ticked: Collection[int]) -> None:
        """Take the learner's judgement: the points that the answer made. On the disk at once."""
        asked = self.questions[place]
        note = asked.showing.note
        # A card may have been given another type meanwhile, which the program judges.
        share = ticked_share(note, ticked) if points(note) else worth(note, asked.given)
        judged = replace(asked, ticked=frozenset(ticked), score=share)
        if judged == asked:
            return
        with writing(self._library.db):
            self._add(place, judged)

    def score(self) -> Score:
        """The score as it stands."""
        return score(self.questions)

    # ---- the disk ----------------------------------------------------------------------------

    def _add(self, place: int, asked: Asked) -> None:
        quiz.add_answer(
            self._library.db,
            self.attempt.id,
            place,
            self._library.clock.now().at,
            given=json.dumps(asked.given),
            ticked=None if asked.score is None else json.dumps(sorted(asked.ticked)),
            score=asked.score,
        )
        self.questions[place] = asked

    def _refuse_handed_in(self) -> None:
        if quiz.read_attempt(self._library.db, self.attempt.id).handed_in_at is not None:
            raise FlashsafetyError(
                "this exam was handed in, in another window",
                mend="its score is in the history: flashsafety quiz --history",
            )


def begin(library: Library, ask: Ask, random: Random) -> Exam:
    """Draw an exam and keep it; its time begins now.

    Raises:
        UsageError: Nothing in these modules may be asked in an exam.
    """
    modules = ask.modules or tuple(due.open_modules(library.db))
    drawn = draw(quiz.eligible(library.db, modules), ask.questions, random)
    if not drawn:
        raise UsageError(
            "no card of these modules is marked for an exam",
            mend="name others, or mark cards with 'exam: true'",
        )
    moment, device = library.clock.now(), library.device
    with writing(library.db):
        attempt = Attempt(
            next_id(library.db, moment.at, library.entropy),
            modules,
            None if ask.minutes is None else ask.minutes * 60,
            moment.at,
            moment.utc_offset,
            None,
        )
        quiz.add_attempt(library.db, attempt, moment, device, drawn)
    return Exam(library, attempt.id)


def syllabus(library: Library) -> tuple[Unit, ...]:
    """Every module, with what an exam may ask of it."""
    return quiz.units(library.db, due.open_modules(library.db))


def history(library: Library) -> list[Past]:
    """Every attempt, the newest first."""
    topics: dict[bytes, list[Tally]] = {}
    for tally in quiz.tallies(library.db):
        topics.setdefault(tally.attempt, []).append(tally)
    return [_past(attempt, topics.get(attempt.id, [])) for attempt in quiz.attempts(library.db)]


def unfinished(library: Library) -> Past | None:
    """The newest attempt, when it is not finished: it can be gone on with."""
    past = history(library)[:1]
    return past[0] if past and not past[0].finished else None


def read_given(text: str) -> Given:
    """An answer as it was stored."""
    value = json.loads(text)
    return tuple(value) if isinstance(value, list) else value


def _past(attempt: Attempt, topics: Sequence[Tally]) -> Past:
    return Past(
        attempt,
        sum(tally.asked for tally in topics),
        sum(tally.answered for tally in topics),
        sum(tally.judged for tally in topics),
        sum(tally.score for tally in topics),
        tuple(topics),
    )
