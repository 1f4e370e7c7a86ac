"""What a whole bank shares, and how its files are read: key by key, item by item."""

from dataclasses import dataclass, field
from typing import Annotated, TypeVar, cast

from pydantic import AfterValidator, BeforeValidator, ValidationError
from pydantic.fields import Field
from pydantic_core import PydanticCustomError

from flashsafety.content import advice
from flashsafety.content.bank import Module, Retired
from flashsafety.content.faults import Faults, quoted
from flashsafety.content.fields import Line, Model
from flashsafety.content.nearest import suggest
from flashsafety.content.positions import parse
from flashsafety.content.source import Source
from flashsafety.content.tree import Place, Tree, Value, below, find
from flashsafety.content.wrongs import Wrong, explain

KEYS = 'write one key a line, each as "key: value"'
OTHER = "choose another name, or take one of the two out"


def _whole(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def _url(value: str) -> str:
    if not value.startswith(("https://", "http://")) or len(value.split()) != 1:
        raise PydanticCustomError(
            "url-shape", "this is no web address", {"mend": "write it whole, as https://..."}
        )
    return value


Whole = Annotated[int, BeforeValidator(_whole), Field(ge=0, lt=10_000)]
Url = Annotated[Line, AfterValidator(_url)]
Shape = TypeVar("Shape", bound=Model)


@dataclass(slots=True)
class Shared:
    """What was read of the shared files, of all roots together."""

    title: str = ""
    url: str = ""
    slug: str = ""
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


def check_references(shared: Shared) -> None:
    """Report the modules and sources that the syllabus names and nobody knows, and circles."""
    for faults, kind, name, place in shared.references:
        if kind == "module" and name not in shared.named_modules:
            mend = suggest(name, shared.modules, "name a module of the syllabus by its slug")
            faults.add(place, "module-unknown", f"unknown module {quoted(name)}", mend)
        if kind == "source" and name not in shared.named_sources and shared.sources_known:
            mend = suggest(name, shared.sources, "add it to sources.yaml")
            faults.add(place, "source-unknown", f"unknown source {quoted(name)}", mend)


def top_mapping(
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
        faults.add(document.tree[0], "wrong-type", "the file does not begin with keys", KEYS)
        return None
    return document.value, document.tree


def items_of(
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
    return list(zip(items, cast("list[Tree]", below(tree, key)[1]), strict=True))


def checked(
    model: type[Shape], called: str, value: "Value", tree: "Tree", faults: Faults
) -> Shape | None:
    """The value as the model has it; none when it is unsound, which is reported."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        explain(Wrong(model, called, value, tree), error, faults)
        return None
