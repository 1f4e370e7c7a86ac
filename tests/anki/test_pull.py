"""Reviews from an Anki that runs, through AnkiConnect's protocol."""

import json

import pytest
from anki.collection import Collection

from flashsafety.anki import connect
from flashsafety.anki.connect import AnkiConnect
from flashsafety.anki.pulling import pull
from flashsafety.errors import UnusableDataError
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from tests.anki import phone
from tests.anki.ankiconnect import from_collection, serving
from tests.anki.conftest import Export, Take
from tests.loopback import PORTS


def test_answers_in_a_running_anki_are_added_once(
    studied: Library, collection: Collection, export: Export, take: Take
) -> None:
    take(export()[0])
    collection.set_config("fsrs", True)
    new = phone.answer(collection, 6)
    collection.sched.suspend_cards(list(collection.find_cards("is:new OR is:review"))[:1])
    rows = phone.rows(collection, "SELECT * FROM revlog ORDER BY id")
    with serving(from_collection(collection)) as port:
        tried = pull(studied, AnkiConnect(port), dry_run=True)
        taken = pull(studied, AnkiConnect(port))
        again = pull(studied, AnkiConnect(port))
    assert tried.ratings == taken.ratings == len(new) > 0
    assert (taken.suspended, taken.strangers, taken.unmatched) == (1, 0, [])
    assert again.added == 0
    assert again.known == len(rows)
    assert phone.rows(collection, "SELECT * FROM revlog ORDER BY id") == rows
    assert rebuild(studied, verify=True).differing == ()


def test_a_key_is_given_where_one_is_wanted(
    studied: Library, collection: Collection, export: Export, take: Take
) -> None:
    take(export()[0])
    with serving(from_collection(collection, key="sesame")) as port:
        with pytest.raises(UnusableDataError, match="valid api key"):
            pull(studied, AnkiConnect(port))
        assert pull(studied, AnkiConnect(port, "sesame")).known > 0


ODD = {
    "no json": b"hello",
    "no object": b"[]",
    "no list": json.dumps({"result": 7, "error": None}).encode(),
    "deep": b"[" * 200_000,
    "an odd list": json.dumps({"result": [1], "error": None}).encode(),
    "an error": json.dumps({"result": None, "error": "x" * 10_000}).encode(),
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD.keys())
def test_a_server_that_is_another_is_refused_in_words(studied: Library, body: bytes) -> None:
    with serving(lambda _: body) as port, pytest.raises(UnusableDataError) as raised:
        pull(studied, AnkiConnect(port))
    assert raised.value.mend
    assert len(str(raised.value)) < 500


def test_an_answer_without_end_is_read_to_a_limit(studied: Library, monkeypatch) -> None:
    monkeypatch.setattr(connect, "_LARGEST", 1000)
    body = json.dumps({"result": [], "error": None}).encode() + b" " * 2000
    with serving(lambda _: body) as port, pytest.raises(UnusableDataError, match="1001 bytes"):
        pull(studied, AnkiConnect(port))


def test_without_anki_the_next_step_is_named(studied: Library) -> None:
    with serving(lambda _: b"") as port:
        pass
    PORTS.add(port)  # where nobody listens any more
    with pytest.raises(UnusableDataError) as raised:
        pull(studied, AnkiConnect(port))
    PORTS.discard(port)
    assert "start Anki" in raised.value.mend
