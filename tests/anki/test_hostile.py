"""Packages that are damaged or meant to do harm: refused in words, nothing written anywhere."""

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashsafety.anki import container
from flashsafety.anki.importing import import_package
from flashsafety.anki.wire import message
from flashsafety.errors import UnusableDataError
from flashsafety.store import logs
from flashsafety.study.library import Library
from tests.anki.conftest import Export, study


def package(path: Path, *, meta: bytes | None = None, **members: bytes) -> str:
    """A zip with members of these names; ``__`` stands for a dot."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        if meta is not None:
            file.writestr("meta", meta)
        for name, data in members.items():
            file.writestr(name.replace("__", "."), data)
    return str(path)


def collection_with(script: str, tmp_path: Path, source: Path) -> bytes:
    """Our own deck's collection after some SQL."""
    copy = tmp_path / "evil.db"
    with zipfile.ZipFile(source) as file:
        copy.write_bytes(file.read("collection.anki2"))
    db = sqlite3.connect(copy)
    db.executescript(script)
    db.close()
    return copy.read_bytes()


@pytest.fixture
def deck(library: Library, clock, export: Export) -> Path:
    study(library, clock, days=3)
    path, _ = export()
    # What is in the file is unknown here: all of it would be added.
    library.db.execute("DELETE FROM review")
    return path


def refused(library: Library, path: str) -> str:
    before = logs.count_ratings(library.db)
    with pytest.raises(UnusableDataError) as raised:
        import_package(library, path)
    assert logs.count_ratings(library.db) == before
    assert raised.value.mend
    return str(raised.value)


def test_a_file_that_is_no_package_is_refused(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "x.apkg"
    for data in (b"", b"PK\x03\x04", b"not a zip", bytes(range(256)) * 40):
        file.write_bytes(data)
        assert "no deck" in refused(library, str(file))
    assert "cannot be read" in refused(library, str(tmp_path / "none.apkg"))
    assert "cannot be read" in refused(library, str(tmp_path))


def test_a_truncated_package_is_refused_wherever_it_ends(
    library: Library, deck: Path, tmp_path: Path
) -> None:
    whole = deck.read_bytes()
    for share in range(1, 20):
        cut = tmp_path / "cut.apkg"
        cut.write_bytes(whole[: len(whole) * share // 20])
        refused(library, str(cut))


def test_a_package_with_flipped_bytes_never_gets_past_words(
    library: Library, deck: Path, tmp_path: Path
) -> None:
    whole = bytearray(deck.read_bytes())
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        broken = bytearray(whole)
        broken[place] ^= 0x55
        file = tmp_path / "flipped.apkg"
        file.write_bytes(broken)
        try:
            import_package(library, str(file), dry_run=True)
        except UnusableDataError as error:
            assert error.mend


@pytest.mark.parametrize("kind", ["zip", "zstd"])
def test_a_bomb_is_left_unexploded(
    library: Library, tmp_path: Path, monkeypatch, kind: str
) -> None:
    monkeypatch.setattr(container, "ALWAYS_FINE", 1 << 20)
    zeros = bytes(64 << 20)
    if kind == "zip":
        path = package(tmp_path / "bomb.apkg", collection__anki2=zeros)
    else:
        packed = zstd.compress(zeros)
        path = package(tmp_path / "bomb.apkg", meta=b"\x08\x03", collection__anki21b=packed)
    assert "unpack to more than" in refused(library, path)


def test_a_lie_about_the_size_does_not_help(library: Library, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(container, "LARGEST", 1 << 20)
    path = Path(package(tmp_path / "lie.apkg", collection__anki2=bytes(4 << 20)))
    data = path.read_bytes()
    size = (4 << 20).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    refused(library, str(path))


def test_names_of_members_lead_nowhere(library: Library, deck: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(deck, "a") as file:
        for name in ("../../evil", "/etc/evil", "a/../../evil", "C:\\evil", "b/media"):
            file.writestr(name, "evil")
    assert import_package(library, str(deck)).ratings > 0
    assert not list(tmp_path.parent.rglob("*evil*"))


def test_the_stub_for_old_versions_is_not_the_collection(
    library: Library, deck: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(deck) as file:
        stub = file.read("collection.anki2")
    assert "no collection.anki21b" in refused(
        library, package(tmp_path / "a.apkg", meta=b"\x08\x03", collection__anki2=stub)
    )
    assert "newer than this program" in refused(
        library, package(tmp_path / "b.apkg", meta=b"\x08\x09", collection__anki2=stub)
    )
    refused(library, package(tmp_path / "c.apkg", meta=b"\xff" * 30, collection__anki2=stub))
    refused(library, package(tmp_path / "d.apkg", meta=b"\x08\x03", collection__anki21b=stub))


EVIL = {
    "a view": "ALTER TABLE revlog RENAME TO r; CREATE VIEW revlog AS SELECT * FROM r;",
    "a virtual table": "DROP TABLE notes;"
    " CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, flds)",
    "a missing column": "ALTER TABLE cards DROP COLUMN odue",
    "a computed column": "DROP TABLE revlog; CREATE TABLE revlog (id, cid, ease, ivl, factor, time,"
    " type AS (abs(-9223372036854775808)))",
    "no table": "DROP TABLE revlog",
    "no beginning": "DELETE FROM col",
    "an odd beginning": "UPDATE col SET crt = 9223372036854775807",
    "a text for a beginning": "UPDATE col SET crt = 'now'",
}


@pytest.mark.parametrize("script", EVIL.values(), ids=EVIL.keys())
def test_what_only_looks_like_a_collection_is_refused(
    library: Library, deck: Path, tmp_path: Path, script: str
) -> None:
    evil = collection_with(script, tmp_path, deck)
    refused(library, package(tmp_path / "evil.apkg", collection__anki2=evil))


ODD = {
    "types": (
        "UPDATE revlog SET ease = 'x' WHERE id IN (SELECT id FROM revlog LIMIT 3)",
        "does not write",
    ),
    "an ease": ("UPDATE revlog SET ease = 9", "does not write"),
    "an interval": ("UPDATE revlog SET ivl = 9223372036854775807", "does not write"),
    "a kind": ("UPDATE revlog SET type = 77", "does not write"),
    "the past": ("UPDATE revlog SET id = -id", "does not write"),
    "the future": ("UPDATE revlog SET id = id + 4000000000000", "from the future"),
    "blobs": ("UPDATE notes SET flds = x'ff00ff'", "does not write"),
}


@pytest.mark.parametrize(("script", "said"), ODD.values(), ids=ODD.keys())
def test_odd_rows_are_left_out_and_counted(
    library: Library, deck: Path, tmp_path: Path, script: str, said: str
) -> None:
    odd = collection_with(script, tmp_path, deck)
    taken = import_package(library, package(tmp_path / "odd.apkg", collection__anki2=odd))
    assert sum(n for why, n in taken.skipped.items() if said in why) > 0
    assert taken.ratings + sum(taken.skipped.values()) >= 7


HARMLESS = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON revlog BEGIN DELETE FROM notes; END",
    "deep settings": f"UPDATE col SET conf = '{'[' * 100_000}'",
    "settings of another kind": "UPDATE col SET conf = '[1]', models = '7'",
    "memory of another kind": 'UPDATE cards SET data = \'{"s": "x", "d": -1}\'',
    "broken memory": "UPDATE cards SET data = '{'",
    "an odd offset": f"UPDATE col SET conf = '{json.dumps({'creationOffset': 10**30})}'",
    "no index": "DROP INDEX ix_revlog_cid; DROP INDEX ix_cards_nid",
}


@pytest.mark.parametrize("script", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_is_odd_but_harmless_is_read(
    library: Library, deck: Path, tmp_path: Path, script: str
) -> None:
    odd = collection_with(script, tmp_path, deck)
    path = package(tmp_path / "odd.apkg", collection__anki2=odd)
    assert import_package(library, path).ratings > 0


def test_a_package_in_use_and_a_read_only_one_are_only_read(library: Library, deck: Path) -> None:
    before = deck.read_bytes()
    deck.chmod(0o400)
    import_package(library, str(deck))
    assert deck.read_bytes() == before


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_a_message_or_refused(data: bytes) -> None:
    try:
        assert all(number >= 0 for number, _ in message(data))
    except UnusableDataError as error:
        assert error.mend
