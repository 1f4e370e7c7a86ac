"""What the models refuse, said in the author's words and at its place in the file."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from flashsafety.content.documented import key_words
from flashsafety.content.faults import Faults, listed, quoted
from flashsafety.content.nearest import Names
from flashsafety.content.notes import NOTE_CLASSES, CardDefaults, CardFile, Note
from flashsafety.content.tree import Place, Tree, Value, find

SHOWN = 50
"""Problems told of one card."""

Path = tuple[str | int, ...]
_COMMENT = re.compile(r":\s+#")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that a model refused."""

    model: type[BaseModel]
    called: str
    """What it is called in a message: ``a choice card``."""
    value: "Value"
    tree: "Tree"


def explain(
    wrong: Wrong, error: ValidationError, faults: Faults, *, skip: Collection[str] = ()
) -> None:
    """Add a problem for everything that a model found wrong.

    Args:
        wrong: What was refused.
        error: The model's refusal.
        faults: Receives the problems.
        skip: Top keys that were reported elsewhere.
    """
    if faults.full:
        return
    told = {problem.line for problem in faults.problems}
    details = error.errors(include_url=False, include_input=False)[:SHOWN]
    unknown = [d["loc"] for d in details if d["type"] == "extra_forbidden"]
    meant = {(*loc[:-1], _meant(wrong, loc)) for loc in unknown}
    for detail in details:
        loc = detail["loc"]
        if loc and loc[0] in skip:
            continue
        # A misspelt key is one slip: that the right one is missing goes without saying.
        if detail["type"] == "missing" and loc in meant:
            continue
        if _only_items_wrong(wrong, detail):
            continue
        place, rule, message, mend = _explain(wrong, detail, faults)
        # What YAML made of a slip (an alias is read as nothing) is not told a second time.
        if rule != "empty-value" or place[0] not in told:
            faults.add(place, rule, message, mend)


def _only_items_wrong(wrong: Wrong, detail: ErrorDetails) -> bool:
    """True for a list called too short because pydantic leaves unsound items out of the count."""
    value = _at(wrong.value, detail["loc"])
    least = detail.get("ctx", {}).get("min_length", 0)
    return detail["type"] == "too_short" and isinstance(value, tuple) and len(value) >= least


def _explain(wrong: Wrong, detail: ErrorDetails, faults: Faults) -> tuple[Place, str, str, str]:
    """Place, rule, message and mend."""
    loc, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    key_place, place = find(wrong.tree, loc, key=True), find(wrong.tree, loc)
    name = _name(loc)
    value = _at(wrong.value, loc)
    if kind == "extra_forbidden":
        return key_place, "unknown-key", *_unknown(wrong, loc)
    if kind == "missing":
        rule = "source-missing" if loc == ("source",) else "missing-key"
        return find(wrong.tree, loc[:-1]), rule, *_missing(wrong, loc)
    if "mend" in context:
        return place, kind, detail["msg"], str(context["mend"])
    if kind == "string_too_short" and not value:
        return key_place, "empty-value", *_empty(wrong, loc, faults.line(key_place[0]))
    if loc[-1:] == ("id",) and kind.startswith("string_") and isinstance(value, str):
        return place, "id-shape", *_id_shape(value)
    if kind == "string_pattern_mismatch" and isinstance(value, str):
        return place, "slug-shape", *_slug_shape(name, value)
    if kind in ("string_too_long", "too_long", "too_short", "string_too_short"):
        return (
            place,
            "too-long" if kind == "string_too_long" else "wrong-count",
            *_size(name, value, context),
        )
    colon = _colon(faults.line(place[0]), place) if isinstance(value, dict) else None
    if kind == "string_type" and colon:
        mend = "put the text in quotes, or in a | block"
        return colon, "wrong-type", "a colon and a blank inside one-line text", mend
    return place, "wrong-type", *_type(name, kind, value, context)


def _colon(line: str, place: Place) -> Place | None:
    """Where the colon stands that made keys of a text; none where keys in braces were written."""
    start = place[1] - 1
    colon = re.compile(r":(?=\s|$)").search(line, start)
    return None if colon is None or line[start] == "{" else (place[0], colon.start() + 1)


def _unknown(wrong: Wrong, loc: Path) -> tuple[str, str]:
    key = str(loc[-1])
    inside = loc[:-1]
    called = wrong.called if not inside else f"an item of {quoted(str(inside[0]))}"
    message = f"unknown key {quoted(key)} in {called}"
    keys = _keys(wrong, inside)
    takes = f"{called[0].upper()}{called[1:]} takes: {listed(keys)}"
    elsewhere = _elsewhere(wrong, loc)
    if elsewhere:
        return message, f"{elsewhere}. {takes}"
    near = _meant(wrong, loc)
    return message, f'did you mean "{near}"? {takes}' if near else takes


def _meant(wrong: Wrong, loc: Path) -> str | None:
    """The key that a misspelt one was to be."""
    if _elsewhere(wrong, loc):
        return None
    return Names(_keys(wrong, loc[:-1])).nearest(str(loc[-1]))


def _elsewhere(wrong: Wrong, loc: Path) -> str:
    """Where a key of a card belongs that is right in itself; empty when it is right nowhere."""
    key = loc[-1]
    if len(loc) > 1 or not issubclass(wrong.model, Note):
        return ""
    if key in CardFile.model_fields:
        return "it goes at the top of the file, for all its cards"
    others = [name for name, model in NOTE_CLASSES.items() if key in model.model_fields]
    return f"it belongs to type {' or '.join(others)}" if others else ""


def _keys(wrong: Wrong, inside: Path) -> list[str]:
    """The keys that a mapping takes, a note's own keys right after id and type."""
    model = _model(wrong.model, inside)
    fields = list((CardFile if model is CardDefaults else model).model_fields)
    if not issubclass(model, Note):
        return fields
    common = [name for name in Note.model_fields if name != "id"]
    own = [name for name in fields if name not in Note.model_fields]
    return ["id", *own, *common]


def _model(model: type[BaseModel], inside: Path) -> type[BaseModel]:
    """The model of what a path leads to; the last one on it when there is none."""
    for step in inside:
        if isinstance(step, str) and step in model.model_fields:
            model = _item_model(model.model_fields[step].annotation) or model
    return model


def _item_model(annotation: object) -> type[BaseModel] | None:
    """The model among a type and its arguments."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts: Sequence[object] = getattr(annotation, "__args__", ())
    return next((model for part in parts if (model := _item_model(part))), None)


def _missing(wrong: Wrong, loc: Path) -> tuple[str, str]:
    key = str(loc[-1])
    inside = loc[:-1]
    where = _name(inside) if inside else wrong.called
    words = key_words(_model(wrong.model, inside)).get(key)
    if loc == ("source",):
        return f"{where} names no source", "add source: key, so that the card can be checked"
    return f'{where} has no "{key}"', f"add {key}: {words}" if words else f"add {key}"


def _empty(wrong: Wrong, loc: Path, line: str) -> tuple[str, str]:
    name, key = _name(loc), loc[-1]
    if _COMMENT.search(line):
        return (
            f"{name} is empty: everything after a blank and # is a comment",
            "put the text in a | block",
        )
    if isinstance(key, int):
        return f"{name} is empty", "write its text, or remove the line"
    field = _model(wrong.model, loc[:-1]).model_fields.get(key)
    needed = field is not None and field.is_required()
    needless = "" if needed else ", or leave the key out"
    return f"{name} is empty", f"write its text{needless}"


def _id_shape(value: str) -> tuple[str, str]:
    proposal = slug(value)
    if len(proposal) < 3:
        proposal = ""
    return (
        f"the id {quoted(value)} will not do",
        "an id is lower-case words joined by hyphens, 3 to 60 characters"
        + (f': "{proposal}"' if proposal and proposal != value else ""),
    )


def _slug_shape(name: str, value: str) -> tuple[str, str]:
    proposal = slug(value)
    mend = "lower-case letters and digits, joined by single hyphens"
    return f"{name} is {quoted(value)}", f'{mend}: "{proposal}"' if proposal else mend


def slug(text: str) -> str:
    """The slug nearest to a text; empty when nothing in it can stand in one."""
    plain = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def _size(name: str, value: "Value | None", context: dict[str, object]) -> tuple[str, str]:
    length = len(value) if value is not None else 0
    unit = "characters" if isinstance(value, str) else "items"
    if "max_length" in context:
        return (
            f"{name} has {length} {unit}, more than {context['max_length']}",
            "shorten it, or split the card",
        )
    return (
        f"{name} has {length} {unit}, fewer than {context.get('min_length')}",
        f"give it at least {context.get('min_length')}",
    )


_WANTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "model_type": "keys with their values",
    "dict_type": "keys with their values",
    "bool_type": "true or false",
    "int_type": "a whole number",
}


def _type(
    name: str, kind: str, value: "Value | None", context: dict[str, object]
) -> tuple[str, str]:
    if isinstance(value, str):
        found = quoted(value) if value else "empty"
    else:
        found = "a list" if isinstance(value, tuple) else "a mapping"
    if kind == "literal_error":
        names = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        near = Names(names).nearest(value) if isinstance(value, str) else None
        mend = f'did you mean "{near}"?' if near else "write one of them"
        return f"{name} is {found}, and must be {' or '.join(names)}", mend
    wanted = _WANTED.get(kind, "something else")
    if wanted == "text":
        mend = "text that begins with [, { or - goes in a | block"
    elif wanted == "a list":
        inside = value if isinstance(value, str) and len(value) <= 60 else "..."
        mend = f"write it as [{inside}], or one item a line, each after a dash"
    elif wanted.startswith("keys"):
        mend = 'write one key a line, each as "key: value"'
    else:
        mend = f"write {wanted}"
    return f"{name} must be {wanted}, and is {found}", mend


def _name(loc: Path) -> str:
    """What a path is called: ``"why" of item 2 of "options"``."""
    parts = [f"item {step + 1}" if isinstance(step, int) else quoted(step, 30) for step in loc]
    return " of ".join(reversed(parts))


def _at(value: "Value", loc: Path) -> "Value | None":
    """What a path leads to."""
    found: Value | None = value
    for step in loc:
        if isinstance(found, dict) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, tuple) and isinstance(step, int) and step < len(found):
            found = found[step]
    return found
