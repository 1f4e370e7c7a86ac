"""The field's words as types: plain data that every layer may hold, and no logic.

Time base, everywhere: an instant is an ``int`` of milliseconds since 1970-01-01 UTC; a study day
is an ``int`` of days since 1970-01-01 on the learner's own calendar, turning at ``day_start``.

Named tuples, as all that the quick commands import: see ``config``. To import ``dataclasses`` alone
is half a bare interpreter start.
"""

from enum import IntEnum
from typing import Literal, NamedTuple, NewType

CardKey = NewType("CardKey", str)
"""``note-id/facet``: the only thing that progress hangs on."""

Instant = NewType("Instant", int)
"""Milliseconds since 1970-01-01 UTC."""

StudyDay = NewType("StudyDay", int)
"""Days since 1970-01-01 on the learner's calendar."""


MATURE_DAYS = 21
"""Days of stability from which a card counts as mature; Anki draws that line on intervals."""


class Rating(IntEnum):
    """How recall went, in the learner's judgement."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(IntEnum):
    """Where a card stands; new means never rated."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


Origin = Literal["review", "cram", "anki", "import"]
"""Where a rating came from. A cram rating is logged and schedules nothing."""

ActionKind = Literal[
    "suspend", "unsuspend", "bury", "unbury", "flag", "unflag", "reset", "set-due", "start"
]

LeechAction = Literal["mark", "suspend"]
"""What happens to a card that becomes a leech."""

ReviewOrder = Literal[
    "overdueness", "least-remembered", "best-remembered", "most-at-risk", "due-day", "random"
]
"""Which reviews of a study day come first."""

NewOrder = Literal["syllabus", "mixed"]
"""How the new cards of several open modules follow each other."""

SiblingRule = Literal["never", "allowed"]
"""Whether two cards of one note may come on one study day."""

Ease = Literal["normal", "reduced", "minimum"]
"""How much a day of the week is to bring."""

FlagReason = Literal["wrong", "unclear", "outdated", "duplicate", "typo"]

Given = str | tuple[int, ...] | None
"""What was answered: words, or indexes of options or items as the note counts them; none when the
question was left open."""

PlanKind = Literal["pause", "return", "ready"]
"""What a learner may decide about the days to come: no study, a way back, a date to be ready on."""


class Moment(NamedTuple):
    """One reading of the clock, with the learner's calendar applied."""

    at: Instant
    """Instant, UTC."""
    utc_offset: int
    """Seconds east of UTC where the learner was."""
    day: StudyDay
    """The study day that holds the instant."""


class Memory(NamedTuple):
    """What FSRS knows of a card, and its place in the steps."""

    phase: Phase = Phase.NEW
    step: int | None = None
    """Index into the learning or relearning steps; none in new and review."""
    stability: float | None = None
    """Days until retrievability falls to 0.9."""
    difficulty: float | None = None
    """1 to 10."""
    last_day: StudyDay | None = None
    """Study day of the last rating."""


class Outcome(NamedTuple):
    """What a rating would do, or did: the next memory and when the card returns."""

    memory: Memory
    interval: int
    """Seconds from the rating to the next showing; whole days (a multiple of 86,400) in review."""
    fuzz: int
    """Days that the fuzz added to (or took from) the interval of FSRS."""


class Parameters(NamedTuple):
    """A set of FSRS weights with all else that shapes an interval. Never edited once stored."""

    weights: tuple[float, ...]
    """The 21 numbers of FSRS-6."""
    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    """Seconds."""
    relearning_steps: tuple[int, ...] = (600,)
    """Seconds."""
    maximum_interval: int = 36500
    """Days."""


class Review(NamedTuple):
    """One row of the review log."""

    id: bytes
    """UUIDv7, 16 bytes; the order of ids is the order of the log."""
    rating: Rating
    reviewed_at: Instant
    utc_offset: int
    """Seconds."""
    day: StudyDay
    duration_ms: int
    phase: Phase
    """The phase before the rating."""
    interval: int
    """Seconds given."""
    fuzz: int
    """Days."""
    parameters: int
    """Id of the parameter set used."""
    origin: Origin
    undone_at: Instant | None = None


class Action(NamedTuple):
    """One row of the action log: something done to a card (or module) that is no rating."""

    id: bytes
    kind: ActionKind
    at: Instant
    day: StudyDay
    value: str | None = None
    """The flag's reason and text, the study day of a set-due, the study day a bury lasts until."""
    undone_at: Instant | None = None


class CardState(NamedTuple):
    """All scheduling state of a card: a fold of its reviews and actions."""

    memory: Memory = Memory()
    due_at: Instant | None = None
    """Instant, in learning and relearning only."""
    due_day: StudyDay | None = None
    """Study day, in review only."""
    interval: int = 0
    """Seconds last given."""
    last_at: Instant | None = None
    """Instant of the last rating."""
    reps: int = 0
    """Ratings since the last reset."""
    lapses: int = 0
    """Again while in review, since the last reset."""
    suspended: bool = False
    buried_until: StudyDay | None = None
    """First study day on which the card shows again."""
    flag: str | None = None
    """``reason`` or ``reason: text``."""


StateValues = tuple[
    int, int | None, float | None, float | None, StudyDay | None, Instant | None, StudyDay | None,
    int, Instant | None, int, int, int, StudyDay | None, str | None, int,
]  # fmt: skip
"""A ``CardState`` laid flat, for work on all cards at once.

Phase, step, stability, difficulty, last day, due_at, due_day, interval, last_at, reps, lapses,
suspended, buried_until, flag; and at the end the row id of its card.
"""


class Pause(NamedTuple):
    """Study days on which nothing comes by itself."""

    first: StudyDay
    ends: StudyDay
    """The first study day on which it no longer holds."""


class Return(NamedTuple):
    """A way back after a break: so many reviews a day until what piled up is worked off."""

    first: StudyDay
    ends: StudyDay
    """The first study day on which it no longer holds."""
    reviews: int | None
    """The most a day; none: as many as are due, and no new card."""
    order: ReviewOrder | None
    """Which come first; none: as the learner has it."""
    backlog: int
    """Reviews that were due when it was chosen."""


class Ready(NamedTuple):
    """Cards of some modules that are to be remembered on a date."""

    first: StudyDay
    ends: StudyDay
    """The date, on which it no longer holds."""
    modules: tuple[str, ...]
    """Slugs."""
    target: float
    """The mean chance of recall on the date, 0 to 1, over all cards of the modules."""
    peak: float
    """The desired retention that theirs rises to as the date nears."""


class Candidate(NamedTuple):
    """A card that might be shown today, with what its place in the queue depends on."""

    id: int
    """The store's own number."""
    key: CardKey
    note: str
    module: str
    phase: Phase
    due_at: Instant | None
    """In learning and relearning."""
    due_day: StudyDay | None
    """In review."""
    interval: int
    """Seconds last given."""
    stability: float | None
    """Days."""
    last_day: StudyDay | None
    """Study day of the last rating."""
    lapses: int = 0
    alike: str | None = None
    """Ids of the notes that its own may be taken for, with blanks between them."""


class Met(NamedTuple):
    """The card through which a note is met on a study day; of several, what holds of any."""

    key: CardKey
    stability: float | None = None
    """Days; none before the first rating."""
    lapses: int = 0
