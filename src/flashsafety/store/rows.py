"""The tables as SQLModel classes, for the queries that are composed at run time.

The DDL is written by hand in ``migrations/`` (STRICT, with CHECKs, which sqlmodel cannot emit); a
test holds the two together. Nothing outside ``store/`` ever sees a row of these.
"""

from sqlmodel import Field, SQLModel


class ModuleRow(SQLModel, table=True):
    """A module of the syllabus."""

    __tablename__ = "module"
    slug: str = Field(primary_key=True)
    number: int
    title: str
    section: str
    section_title: str
    optional: int
    lecture: str | None
    prerequisites: str
    started: int


class TopicRow(SQLModel, table=True):
    """A topic of a module."""

    __tablename__ = "topic"
    module: str = Field(primary_key=True)
    slug: str = Field(primary_key=True)
    title: str
    position: int


class SourceRow(SQLModel, table=True):
    """An entry of the bibliography."""

    __tablename__ = "source"
    key: str = Field(primary_key=True)
    title: str
    authors: str | None
    year: int | None
    url: str | None


class FileRow(SQLModel, table=True):
    """A bank file as last read."""

    __tablename__ = "file"
    path: str = Field(primary_key=True)
    root: int
    size: int
    mtime_ns: int
    hash: str
    problems: int


class NoteRow(SQLModel, table=True):
    """An authored entry; the lists are JSON."""

    __tablename__ = "note"
    id: str = Field(primary_key=True)
    type: str
    module: str
    topics: str
    tags: str
    prerequisites: str
    content: str
    fingerprint: str
    file: str
    line: int
    retired_at: int | None


class CardRow(SQLModel, table=True):
    """A prompt of a note, with its scheduling state."""

    __tablename__ = "card"
    id: int = Field(primary_key=True)
    key: str
    note: str
    module: str
    type: str
    position: str
    active: int
    phase: int
    step: int | None
    stability: float | None
    difficulty: float | None
    due_at: int | None
    due_day: int | None
    interval: int
    last_at: int | None
    last_day: int | None
    reps: int
    lapses: int
    suspended: int
    buried_until: int | None
    flag: str | None


class ReviewRow(SQLModel, table=True):
    """A rating."""

    __tablename__ = "review"
    card: int = Field(primary_key=True)
    id: bytes = Field(primary_key=True)
    rating: int
    reviewed_at: int
    utc_offset: int
    study_day: int
    duration_ms: int
    phase: int
    interval: int
    fuzz: int
    parameters: int
    device: int
    origin: str
    undone_at: int | None


class ActionRow(SQLModel, table=True):
    """Something done to a card or module that is no rating."""

    __tablename__ = "action"
    id: bytes = Field(primary_key=True)
    kind: str
    card: int | None
    module: str | None
    value: str | None
    at: int
    utc_offset: int
    study_day: int
    device: int
    undone_at: int | None


class ParametersRow(SQLModel, table=True):
    """A set of FSRS weights with its steps."""

    __tablename__ = "parameters"
    id: int = Field(primary_key=True)
    weights: str
    desired_retention: float
    learning_steps: str
    relearning_steps: str
    maximum_interval: int
    made_at: int
    made_from: str
    fit: str | None


class ChangeRow(SQLModel, table=True):
    """What happened to a note that the learner knew."""

    __tablename__ = "change"
    id: int = Field(primary_key=True)
    note: str
    kind: str
    at: int
    was: str
    seen_at: int | None


class DeviceRow(SQLModel, table=True):
    """A machine that wrote to the log."""

    __tablename__ = "device"
    id: int = Field(primary_key=True)
    name: str


class MetaRow(SQLModel, table=True):
    """A fact about the database itself."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str
