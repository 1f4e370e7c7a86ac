"""The bibliography and the list of retired ids, each entry read by itself."""

from datetime import date
from typing import Annotated, cast

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from flashsafety.content import advice
from flashsafety.content.bank import Retired
from flashsafety.content.faults import Faults, quoted
from flashsafety.content.fields import Id, Line, Model
from flashsafety.content.positions import parse
from flashsafety.content.shared import OTHER, Shared, Url, Whole, checked, top_mapping
from flashsafety.content.source import Source
from flashsafety.content.tree import Tree, below, find


def _date(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise PydanticCustomError(
            "date-shape", "this is no date", {"mend": "write it as 2026-01-31"}
        ) from None


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


def read_sources(text: str, faults: Faults, shared: Shared) -> bool:
    """Take in a ``sources.yaml``; each source by itself. False when it cannot be read at all."""
    top = top_mapping(text, faults, empty=True)
    if top is None:
        shared.sources_known = False
        return False
    value, tree = top
    for key, entry in value.items():
        shared.named_sources.add(key)
        shape = checked(_SourceShape, f"source {quoted(key)}", entry, below(tree, key), faults)
        if key in shared.sources:
            place = find(tree, (key,), key=True)
            faults.add(place, "source-taken", f"the main bank has a source {quoted(key)}", OTHER)
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
        shape = checked(_RetiredShape, "a retired id", value, tree, faults)
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
