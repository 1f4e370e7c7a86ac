"""The bank in memory: plain data, as read from its folder."""

from collections.abc import Mapping
from dataclasses import dataclass

from flashsafety.content.notes import AnyNote
from flashsafety.content.problem import Problem
from flashsafety.content.source import Source


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject within a module that cards name as served."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A source that a module asks its learners to read."""

    source: str
    """A key of the bibliography."""
    required: bool


@dataclass(frozen=True, slots=True)
class Module:
    """A unit of the course."""

    number: int
    """Modules are studied in the order of their numbers."""
    slug: str
    title: str
    section: str
    """Slug of the section."""
    section_title: str
    optional: bool
    lecture: str | None
    """Address of the recording."""
    prerequisites: tuple[str, ...]
    """Slugs of modules."""
    topics: tuple[Topic, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Syllabus:
    """The course: its modules in study order."""

    title: str
    url: str
    modules: tuple[Module, ...]
    slug: str = ""
    """By which other programs know the bank; it never changes. Empty when it has none."""


@dataclass(frozen=True, slots=True)
class Retired:
    """An id that may never be used again."""

    id: str
    date: str
    """ISO date of retirement."""
    reason: str
    replaced_by: str | None
    """Id of the note that took its place."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A note and where it stands."""

    note: AnyNote
    module: str
    """Slug of its module."""
    file: str
    """Path within the bank, as ``changed.stat_bank`` names it."""
    line: int
    """Of its first key, from 1."""
    position: int
    """Sorts in study order: module, file, place in the file. Distinct within what was loaded."""


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything that a bank's folders hold."""

    syllabus: Syllabus
    sources: Mapping[str, Source]
    retired: Mapping[str, Retired]
    notes: tuple[Placed, ...]
    """In study order."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A bank as far as it could be read, and what is wrong with the rest."""

    bank: Bank
    problems: tuple[Problem, ...]
    """Sorted by place."""
    unreadable: frozenset[str]
    """Files of which some notes are unknown: no note of theirs counts as gone."""
    broken: frozenset[str]
    """Ids of notes that are there but cannot be used as they stand."""
