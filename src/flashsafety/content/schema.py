"""The JSON Schema of a card file, made from the models: completion and hover text in editors.

Draft-07, which yaml-language-server knows best.
"""

import json
from typing import TypeAlias

from flashsafety.content.documented import key_words
from flashsafety.content.fields import Model
from flashsafety.content.notes import NOTE_CLASSES, CardDefaults, CardFile, Option

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_text() -> str:
    """The schema as it is kept in ``schema.json``."""
    return json.dumps(card_file_schema(), indent=2, ensure_ascii=False) + "\n"


def card_file_schema() -> "dict[str, Json]":
    """The schema of a card file."""
    made: dict[str, Json] = CardFile.model_json_schema(ref_template="#/definitions/{model}")
    schema = _as_draft_07(made)
    assert isinstance(schema, dict)
    definitions = schema.pop("$defs")
    assert isinstance(definitions, dict)
    _describe(schema, CardFile)
    _describe(definitions[Option.__name__], Option)
    for name, model in NOTE_CLASSES.items():
        _describe(definitions[model.__name__], model)
        _complete_note(definitions[model.__name__], name)
    return {"$schema": _DRAFT, **schema, "title": "A file of cards", "definitions": definitions}


def _describe(definition: "Json", model: type[Model]) -> None:
    assert isinstance(definition, dict)
    properties = definition["properties"]
    assert isinstance(properties, dict)
    for key, words in key_words(model).items():
        about = properties[key]
        assert isinstance(about, dict)
        properties[key] = {"description": words, **about}


def _complete_note(definition: "Json", name: str) -> None:
    """Call a note by its type, and do not ask of it what the top of the file may give."""
    assert isinstance(definition, dict)
    required = definition["required"]
    assert isinstance(required, list)
    definition["title"] = f"{name} card"
    definition["required"] = [key for key in required if key not in CardDefaults.model_fields]


def _as_draft_07(value: "Json", *, named: bool = False) -> "Json":
    """Leave out what draft-07 or a YAML author has no use for.

    Args:
        value: A schema, or a part of one.
        named: True for a mapping whose keys are names, not keywords.
    """
    if isinstance(value, list):
        return [_as_draft_07(item) for item in value]
    if not isinstance(value, dict):
        return value
    if named:
        return {key: _as_draft_07(below) for key, below in value.items()}
    # A key is left out rather than null: every scalar is text, and "null" would be that word.
    choices = value.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        rest = [choice for choice in choices if choice != {"type": "null"}]
        value = {key: below for key, below in value.items() if key not in ("anyOf", "default")}
        first = rest[0] if len(rest) == 1 else {"anyOf": rest}
        value = {**first, **value} if isinstance(first, dict) else value
    # "discriminator" is OpenAPI's; the titles are the names of the keys again.
    kept = {key: below for key, below in value.items() if key not in ("discriminator", "title")}
    return {
        key: _as_draft_07(below, named=key in ("properties", "$defs"))
        for key, below in kept.items()
    }
