"""What a whole bank shares: the syllabus, the bibliography and the list of retired ids."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, TypeVar, cast

from pydantic import AfterValidator, BeforeValidator, ValidationError
from pydantic.fields import Field
from pydantic_core import PydanticCustomError

from flashsafety.content import advice
from flashsafety.content.bank import Module, Reading, Retired, Source, Topic
from flashsafety.content.faults import Faults, quoted
from flashsafety.content.nearest import suggest
from flashsafety.content.notes import Flag, Id, Line, Model, Slug
from flashsafety.content.positions import Place, Tree, Value, find, parse
from flashsafety.content.wrongs import Wrong, explain


def _whole(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def _url(value: str) -> str:
    if not value.startswith(("https://", "http://")) or len(value.split()) != 1:
        raise PydanticCustomError(
            "url-shape", "this is no web address", {"mend": "write it whole, as https://..."}
        )
    return value


def _date(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise PydanticCustomError(
            "date-shape", "this is no date", {"mend": "write it as 2026-01-31"}
        ) from None


Whole = Annotated[int, BeforeValidator(_whole), Field(ge=0, lt=10_000)]
Url = Annotated[Line, AfterValidator(_url)]


class _TopicShape(Model):
    """A subject within a module."""

    slug: Slug
    title: Line


class _ReadingShape(Model):
    """A source that a module asks its learners to read."""

    source: Slug
    """A key of sources.yaml."""
    required: Flag = False


class _ModuleShape(Model):
    """A unit of the course."""

    number: Whole
    """Modules are studied in the order of their numbers."""
    slug: Slug
    title: Line
    lecture: Url | None = None
    optional: Flag = False
    prerequisites: tuple[Slug, ...] = ()
    """Slugs of modules."""
    topics: tuple[_TopicShape, ...] = ()
    readings: tuple[_ReadingShape, ...] = ()


class _SectionShape(Model):
    """A part of the course."""

    slug: Slug
    title: Line


class _CourseShape(Model):
    """The course."""

    title: Line
    url: Url = ""


class _SourceShape(Model):
    """A document that cards are written from."""

    title: Line
    authors: Line | None = None
    """As one text: "A, B and C"."""
    year: Whole | None = None
    """Left out when undated."""
    url: Url | None = None


class _RetiredShape(Model):
    """An id that may never be used again."""

    id: Id
    date: Annotated[str, AfterValidator(_date)]
    """When it was retired, as 2026-01-31."""
    reason: Line
    """Why."""
    replaced_by: Id | None = None
    """Id of the note that took its place."""


@dataclass(slots=True)
class Shared:
    """What was read of the shared files, of all roots together."""

    title: str = ""
    url: str = ""
    modules: dict[str, Module] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    retired: dict[str, Retired] = field(default_factory=dict)
    named_modules: set[str] = field(default_factory=set)
    """Slugs of modules, unsound ones too: a card that names one is not to blame."""
    named_sources: set[str] = field(default_factory=set)
    references: list[tuple[Faults, str, str, Place]] = field(default_factory=list)
    """What the shared files say of one another, to be looked up when all are read: file, kind
    (``module``, ``source`` or ``note``), name, place."""
    no_syllabus: bool = True
    """True until a syllabus was read, be it with faults."""
    sources_known: bool = True
    """False when a bibliography could not be read: then no source is called unknown."""


_Shape = TypeVar("_Shape", bound=Model)


def read_syllabus(text: str, faults: Faults, shared: Shared) -> bool:
    """Take in a ``syllabus.yaml``; each module by itself. False when it cannot be read at all."""
    top = _mapping(text, faults)
    if top is None:
        return False
    value, tree = top
    course = {key: below for key, below in value.items() if key != "sections"}
    sound = _checked(_CourseShape, "the syllabus", course, tree, faults)
    if sound and shared.no_syllabus:
        shared.title, shared.url = sound.title, sound.url
    shared.no_syllabus = False
    sections = _list(value, tree, "sections", faults)
    for section, section_tree in sections:
        if not isinstance(section, dict):
            faults.add(section_tree[0], "wrong-type", "a section must be keys with values", _KEYS)
            continue
        head = {key: below for key, below in section.items() if key != "modules"}
        about = _checked(_SectionShape, "a section", head, section_tree, faults)
        for module, module_tree in _list(section, section_tree, "modules", faults):
            _read_module(module, module_tree, about, faults, shared)
    return True


def _read_module(
    value: "Value", tree: "Tree", section: _SectionShape | None, faults: Faults, shared: Shared
) -> None:
    slug = value.get("slug") if isinstance(value, dict) else None
    if isinstance(slug, str):
        shared.named_modules.add(slug)
    shape = _checked(_ModuleShape, "a module", value, tree, faults)
    if shape is None or section is None:
        return
    numbers = {module.number: module.slug for module in shared.modules.values()}
    if shape.slug in shared.modules:
        faults.add(find(tree, ("slug",)), "slug-taken", f"a second module {shape.slug}", _OTHER)
        return
    if shape.number in numbers:
        taken = f"module {shape.number} is already {numbers[shape.number]}"
        faults.add(find(tree, ("number",)), "number-taken", taken, "give it a number of its own")
        return
    _unique([topic.slug for topic in shape.topics], tree, faults)
    for index, name in enumerate(shape.prerequisites):
        shared.references.append((faults, "module", name, find(tree, ("prerequisites", index))))
    for index, reading in enumerate(shape.readings):
        place = find(tree, ("readings", index, "source"))
        shared.references.append((faults, "source", reading.source, place))
    shared.modules[shape.slug] = Module(
        shape.number,
        shape.slug,
        shape.title,
        section.slug,
        section.title,
        shape.optional,
        shape.lecture,
        shape.prerequisites,
        tuple(Topic(topic.slug, topic.title) for topic in shape.topics),
        tuple(Reading(reading.source, reading.required) for reading in shape.readings),
    )


def _unique(slugs: Sequence[str], tree: "Tree", faults: Faults) -> None:
    for index, slug in enumerate(slugs):
        if slug in slugs[:index]:
            place = find(tree, ("topics", index, "slug"))
            faults.add(place, "slug-taken", f"a second topic {slug} in one module", _OTHER)


def read_sources(text: str, faults: Faults, shared: Shared) -> bool:
    """Take in a ``sources.yaml``; each source by itself. False when it cannot be read at all."""
    top = _mapping(text, faults, empty=True)
    if top is None:
        shared.sources_known = False
        return False
    value, tree = top
    for key, entry in value.items():
        shared.named_sources.add(key)
        shape = _checked(_SourceShape, f"source {quoted(key)}", entry, _below(tree, key), faults)
        if key in shared.sources:
            place = find(tree, (key,), key=True)
            faults.add(place, "source-taken", f"the main bank has a source {quoted(key)}", _OTHER)
        elif shape is not None:
            shared.sources[key] = Source(key, shape.title, shape.authors, shape.year, shape.url)
    return True


def read_retired(text: str, faults: Faults, shared: Shared) -> bool:
    """Take in a ``retired.yaml``; each id by itself. False when it cannot be read at all."""
    document = parse(text, faults)
    if document.fault:
        advice.report(document.fault, text.split("\n"), faults)
        return False
    if document.value is None or document.tree is None:
        return True  # nothing but comments: no id was ever retired
    if not isinstance(document.value, tuple):
        mend = "begin each retired id with a dash: - id: ..."
        faults.add(document.tree[0], "wrong-type", "the file must be a list of ids", mend)
        return False
    trees = cast("list[Tree]", document.tree[1])
    for value, tree in zip(document.value, trees, strict=True):
        shape = _checked(_RetiredShape, "a retired id", value, tree, faults)
        if shape is None:
            continue
        if shape.id in shared.retired:
            taken = f'"{shape.id}" is retired twice'
            faults.add(find(tree, ("id",)), "id-taken", taken, "keep one of the two")
            continue
        if shape.replaced_by is not None:
            place = find(tree, ("replaced_by",))
            shared.references.append((faults, "note", shape.replaced_by, place))
        shared.retired[shape.id] = Retired(shape.id, shape.date, shape.reason, shape.replaced_by)
    return True


def check_references(shared: Shared) -> None:
    """Report the modules and sources that the syllabus names and nobody knows, and circles."""
    for faults, kind, name, place in shared.references:
        if kind == "module" and name not in shared.named_modules:
            mend = suggest(name, shared.modules, "name a module of the syllabus by its slug")
            faults.add(place, "module-unknown", f"unknown module {quoted(name)}", mend)
        if kind == "source" and name not in shared.named_sources and shared.sources_known:
            mend = suggest(name, shared.sources, "add it to sources.yaml")
            faults.add(place, "source-unknown", f"unknown source {quoted(name)}", mend)


_KEYS = 'write one key a line, each as "key: value"'
_OTHER = "choose another name, or take one of the two out"


def _mapping(
    text: str, faults: Faults, *, empty: bool = False
) -> "tuple[dict[str, Value], Tree] | None":
    """A file that begins with keys, or none; an empty one is no keys when that may be."""
    faults.lines = text.split("\n")
    document = parse(text, faults)
    if document.fault:
        advice.report(document.fault, faults.lines, faults)
        return None
    if document.value is None or document.tree is None:
        if empty:
            return {}, ((1, 1), None)
        faults.add((1, 1), "file-empty", "the file is empty", "write it, or take it from the bank")
        return None
    if not isinstance(document.value, dict):
        faults.add(document.tree[0], "wrong-type", "the file does not begin with keys", _KEYS)
        return None
    return document.value, document.tree


def _list(
    value: "dict[str, Value]", tree: "Tree", key: str, faults: Faults
) -> "list[tuple[Value, Tree]]":
    """The items of a list that must be there, with their places."""
    items = value.get(key)
    if not isinstance(items, tuple):
        rule = "missing-key" if items is None else "wrong-type"
        what = f'there is no "{key}"' if items is None else f'"{key}" must be a list'
        place = find(tree, (key,), key=True)
        faults.add(place, rule, what, f"write {key}: and each item below it after a dash")
        return []
    return list(zip(items, cast("list[Tree]", _below(tree, key)[1]), strict=True))


def _below(tree: "Tree", key: str) -> "Tree":
    return cast("dict[str, tuple[Place, Tree]]", tree[1])[key][1]


def _checked(
    model: type[_Shape], called: str, value: "Value", tree: "Tree", faults: Faults
) -> _Shape | None:
    """The value as the model has it; none when it is unsound, which is reported."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        explain(Wrong(model, called, value, tree), error, faults)
        return None
