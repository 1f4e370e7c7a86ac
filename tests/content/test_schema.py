"""The JSON Schema that editors read: current, draft-07, and of one mind with the loader."""

import json
from pathlib import Path
from typing import Any

import pytest

from flashsafety.content.notes import NOTE_CLASSES
from flashsafety.content.schema import card_file_schema, schema_text

COMMITTED = Path(__file__).parents[2] / "questions" / "schema.json"


def test_the_committed_schema_is_current():
    assert COMMITTED.read_text() == schema_text(), "run: flashsafety schema"


def test_nothing_in_it_is_newer_than_draft_07():
    text = schema_text()
    assert json.loads(text)["$schema"] == "http://json-schema.org/draft-07/schema#"
    for word in (
        "$defs",
        "prefixItems",
        "discriminator",
        "dependentRequired",
        "unevaluated",
        "null",
    ):
        assert f'"{word}' not in text


@pytest.mark.parametrize("kind", NOTE_CLASSES)
def test_each_type_is_one_choice_told_by_its_constant(kind):
    definition = definitions()[NOTE_CLASSES[kind].__name__]
    assert definition["properties"]["type"]["const"] == kind
    assert definition["title"] == f"{kind} card"
    assert definition["additionalProperties"] is False
    assert {"id", "type"} <= set(definition["required"])
    assert not {"topics", "source"} & set(definition["required"])


def test_every_key_has_words_to_show_on_hover():
    for name, definition in definitions().items():
        assert definition["description"], name
        for key, about in definition["properties"].items():
            assert about.get("description"), f"{name}.{key}"


def definitions() -> dict[str, Any]:
    found = json.loads(json.dumps(card_file_schema()))["definitions"]
    assert isinstance(found, dict)
    return found
