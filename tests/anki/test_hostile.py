"""Packages that are damaged or meant to do harm: refused in words, nothing written anywhere."""

import json
import random
import sqlite3
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashsafety.anki import container
from flashsafety.anki.collection import open_collection
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


@contextmanager
def little_memory() -> Iterator[None]:
    """What happens meanwhile takes less than a bomb of 64 MB has."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["zip", "zstd"])
def test_a_bomb_is_left_unexploded(
    library: Library, tmp_path: Path, monkeypatch, kind: str
) -> None:
    zeros = bytes(64 << 20)
    monkeypatch.setattr(container, "ALWAYS_FINE", 1 << 20)
    if kind == "zip":
        path = package(tmp_path / "bomb.apkg", collection__anki2=zeros)
    else:
        packed = zstd.compress(zeros)
        path = package(tmp_path / "bomb.apkg", meta=b"\x08\x03", collection__anki21b=packed)
    with little_memory():
        assert "unpack to more than" in refused(library, path)


def test_nor_is_a_bomb_that_says_which_version_it_is(library: Library, tmp_path: Path) -> None:
    meta = b"\x12\x80\x80\x80\x20" + bytes(64 << 20)  # field 2: as many bytes
    path = package(tmp_path / "bomb.apkg", meta=meta)
    with little_memory():
        refused(library, path)


def test_no_collection_is_larger_than_any(library: Library, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(container, "LARGEST", 1 << 20)
    noise = random.Random(1).randbytes(4 << 20)
    path = package(tmp_path / "large.apkg", collection__anki2=noise)
    assert "unpack to more than" in refused(library, path)


def test_a_frame_that_asks_for_a_gigabyte_is_refused(library: Library, tmp_path: Path) -> None:
    # Magic, no flags, a window of 2**30 bytes, and one last block of one byte as it is.
    frame = bytes.fromhex("28b52ffd 00 a0 090000 78")
    path = package(tmp_path / "window.apkg", meta=b"\x08\x03", collection__anki21b=frame)
    assert "too much memory" in refused(library, path)


def test_a_lie_about_the_size_does_not_help(library: Library, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(container, "LARGEST", 1 << 20)
    path = Path(package(tmp_path / "lie.apkg", collection__anki2=bytes(4 << 20)))
    data = path.read_bytes()
    size = (4 << 20).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    refused(library, str(path))


def test_names_of_members_lead_nowhere(
    library: Library, deck: Path, tmp_path: Path, monkeypatch
) -> None:
    for_a_while = tmp_path / "for" / "a while"
    for_a_while.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(for_a_while))
    with zipfile.ZipFile(deck, "a") as file:
        for name in ("../../evil", "/etc/evil", "a/../../evil", "C:\\evil", "b/media"):
            file.writestr(name, "evil")
    assert import_package(library, str(deck)).ratings > 0
    assert not list(tmp_path.parent.rglob("*evil*"))
    assert not Path("/etc/evil").exists()
    assert list(for_a_while.iterdir()) == []


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
    "a virtual table behind a comment": "DROP TABLE notes;"
    " CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, flds); PRAGMA writable_schema = ON;"
    " UPDATE sqlite_master SET sql = 'CREATE /* a table like any other */ VIRTUAL TABLE notes"
    " USING fts5(id, guid, mid, flds)' WHERE name = 'notes'",
    "a field of 17 million characters": "UPDATE notes SET flds = printf('%.*c', 17000000, 'x')"
    " WHERE id = (SELECT min(id) FROM notes)",
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


ENDLESS = 300
"""Pointers of each page."""


def leads_round(data: bytes, table: str) -> bytes:
    """A database whose table has ten levels of pages, each with many pointers to the one below.

    Some kilobytes then hold more rows than anybody could count.
    """
    db = sqlite3.connect(":memory:")
    db.deserialize(data)
    size = db.execute("PRAGMA page_size").fetchone()[0]
    root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    db.close()
    pages = [bytearray(data[at : at + size]) for at in range(0, len(data), size)]
    pages.append(pages[root - 1])  # the rows, at the end
    for level in range(10):
        page = bytearray(size)
        below = len(pages)
        page[0], page[3:5], page[8:12] = 5, ENDLESS.to_bytes(2), below.to_bytes(4)
        for number in range(ENDLESS):
            at = size - 5 * (number + 1)
            page[at : at + 5] = below.to_bytes(4) + bytes([number % 128])
            page[12 + 2 * number : 14 + 2 * number] = at.to_bytes(2)
        page[5:7] = (size - 5 * ENDLESS).to_bytes(2)
        if level < 9:
            pages.append(page)
        else:
            pages[root - 1] = page
    pages[0][28:32] = len(pages).to_bytes(4)
    return b"".join(pages)


@pytest.mark.parametrize("table", ["notes", "cards", "revlog"])
def test_rows_without_end_are_not_waited_for(
    library: Library, deck: Path, tmp_path: Path, table: str
) -> None:
    # Without an index the table itself is read.
    script = "DROP INDEX ix_revlog_cid; DROP INDEX ix_cards_nid; VACUUM"
    evil = leads_round(collection_with(script, tmp_path, deck), table)
    assert "interrupted" in refused(
        library, package(tmp_path / "evil.apkg", collection__anki2=evil)
    )


def test_a_strangers_file_is_opened_without_trust(deck: Path, tmp_path: Path, clock) -> None:
    path = tmp_path / "collection"
    path.write_bytes(collection_with("", tmp_path, deck))
    with open_collection(str(path), clock) as found:
        settings = ("trusted_schema", "cell_size_check")
        told = [found.db.execute(f"PRAGMA {name}").fetchone()[0] for name in settings]
        assert told == [0, 1]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            found.db.execute("DELETE FROM notes")


ODD = {
    "types": (
        "UPDATE revlog SET ease = 'x' WHERE id IN (SELECT id FROM revlog LIMIT 3)",
        "does not write",
    ),
    "types of cards": ("UPDATE cards SET ord = 'x', due = x'00'", "does not write"),
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
