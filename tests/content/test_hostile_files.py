"""Files made to break the reader: each is refused with its place, quickly, and the rest loads."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.content.changed import stat_bank
from flashsafety.content.faults import Faults
from flashsafety.content.image import Flaw, read_image
from flashsafety.content.load import load_bank
from flashsafety.content.text import read_file
from tests.banks import question, tiny_bank, write_cards
from tests.libraries import open_library

ENOUGH = 20
"""Seconds of processor time: far more than needed, far less than an attack would take."""

LAUGHS = "\n".join(
    ["a0: &a0 [lol, lol]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 100))]
)
HEAD = "module: shapes\ntopics: [circles]\nsource: euclid-elements\ncards:\n"
GOOD = "  - id: good-card\n    type: question\n    prompt: p\n    answer: a\n"
BAD = "  - id: bad-card\n    type: question\n    prompt: p\n    answer: "

HOSTILE = {
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "nested lines": "\n".join(" " * n + "a:" for n in range(2_000)),
    "billion laughs": LAUGHS,
    "an anchor in itself": "a: &a [*a]\nb: *a\n",
    "a merge key": "a: &a {b: c}\nd:\n  <<: *a\n",
    "a python tag": "!!python/object/apply:os.system ['true']\n",
    "a long line": "a: " + "x" * 1_000_000,
    "a long key": "x" * 1_000_000 + ": a",
    "many keys": "\n".join(f"k{n}: v" for n in range(50_000)),
    "many items": "cards:\n" + "- x\n" * 100_000,
    "many values": "[" + "a," * 500_000 + "]",
    "open gaps": HEAD + "  - id: gaps\n    type: cloze\n    text: '" + "{{c1::" * 600 + "'\n",
    "gaps and colons": HEAD
    + "  - id: g-g\n    type: cloze\n    text: '"
    + "{{c1::::" * 480
    + "'\n",
    "many documents": "---\na\n" * 10_000,
    "many quotes": "'\"" * 100_000,
    "broken items": "cards:\n" + "- a: b: c\n" * 30_000,
    "colons": "a" + ": a" * 100_000,
    "a directive": "%TAG ! tag:example.org,2000:\n---\na: !b c\n",
    "tabs": "\t" * 100_000,
}


RULES = {
    **dict.fromkeys(("brackets", "braces", "dashes", "question marks", "nested lines"), "too-deep"),
    **dict.fromkeys(("billion laughs", "an anchor in itself"), "yaml-anchor yaml-alias"),
    "a merge key": "yaml-anchor yaml-alias",
    "a python tag": "yaml-tag",
    "a directive": "yaml-tag",
    "many values": "too-large",
    "many items": "more-problems",
    "tabs": "tab",
}
"""Why some of them are refused, whatever else is wrong with them."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_the_others_load(tmp_path, name):
    text = HOSTILE[name]
    bank = tiny_bank(tmp_path / "bank")
    (bank / "zz.yaml").write_text(text)
    began = time.process_time()
    loaded = load_bank([str(bank)])
    assert time.process_time() - began < ENOUGH
    assert loaded.problems
    assert set(RULES.get(name, "").split()) <= {p.rule for p in loaded.problems}
    if name == "many documents":
        assert [p.message for p in loaded.problems] == ["a second document begins here"]
    assert {p.file for p in loaded.problems} == {"zz.yaml"}
    assert all(p.line >= 1 and p.column >= 1 and p.message and p.mend for p in loaded.problems)
    assert all(len(p.message) + len(p.mend) < 600 for p in loaded.problems)
    assert len(loaded.problems) <= 201
    assert len(loaded.bank.notes) == 7


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("[" * 100_000, "too-deep"),
        ("{a: " * 100 + "}" * 100, "too-deep"),
        ("*a", "yaml-alias"),
        ("x" * 10_000, "too-long"),
        ("[a: &a [*a]]", "yaml-anchor"),
        ("'never closed", "yaml-syntax"),
    ],
    ids=["brackets", "braces", "alias", "long", "anchor", "quote"],
)
def test_a_hostile_card_does_not_hide_the_good_one_below_it(tmp_path, value, rule):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "zz.yaml").write_text(HEAD + BAD + value + "\n" + GOOD)
    loaded = load_bank([str(bank)])
    assert rule in {p.rule for p in loaded.problems}
    assert {p.line for p in loaded.problems} == {8}
    assert "good-card" in {p.note.id for p in loaded.bank.notes}
    assert loaded.broken == {"bad-card"}


BYTES = {
    "nul": (b"module: shapes\nca\0rds:\n", (2, 3)),
    "elf": (b"\x7fELF\x02\x01\x01\0\0\0", (1, 8)),
    "utf-16": ("module: shapes\n".encode("utf-16"), (1, 4)),
    "latin-1": (b"module: shapes\nsource: caf\xe9\n", (2, 12)),
    "half a character": (b"module: \xe2\x82\n", (1, 9)),
    "escape codes": (b"module: \x1b[31mred\n", (1, 9)),
}


@pytest.mark.parametrize(("data", "place"), BYTES.values(), ids=BYTES.keys())
def test_bytes_that_are_no_text_are_told_at_their_place(tmp_path, data, place):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "zz.yaml").write_bytes(data)
    loaded = load_bank([str(bank)])
    first = next(p for p in loaded.problems if p.rule == "not-text")
    assert (first.line, first.column) == place
    assert loaded.unreadable == {"zz.yaml"}
    assert len(loaded.bank.notes) == 7


def test_random_bytes_give_few_problems(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    noise = bytes(range(1, 256)) * 4_000
    (bank / "zz.yaml").write_bytes(noise)
    loaded = load_bank([str(bank)])
    assert 1 <= len(loaded.problems) < 100
    assert loaded.unreadable == {"zz.yaml"}


def test_a_byte_that_is_not_utf_8_costs_only_its_card(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    text = (HEAD + BAD + "caf@\n" + GOOD).encode().replace(b"@", b"\xe9")
    (bank / "zz.yaml").write_bytes(text)
    loaded = load_bank([str(bank)])
    assert [(p.line, p.column, p.rule) for p in loaded.problems] == [(8, 16, "not-text")]
    assert "good-card" in {p.note.id for p in loaded.bank.notes}


def test_a_file_that_claims_a_gigabyte_is_not_read(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    with (bank / "zz.yaml").open("wb") as file:
        file.truncate(1 << 30)
    loaded = load_bank([str(bank)])
    assert [(p.file, p.rule) for p in loaded.problems] == [("zz.yaml", "too-large")]
    assert len(loaded.bank.notes) == 7


def test_links_that_lead_out_of_the_bank_are_not_followed(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    outside = write_cards(tmp_path / "bank-elsewhere", "secret.yaml", question("secret-card"))
    (bank / "link.yaml").symlink_to(outside)
    (bank / "folder").symlink_to(outside.parent)
    (bank / "loop.yaml").symlink_to("loop.yaml")
    (bank / "around").symlink_to(bank)
    (bank / "gone.yaml").symlink_to("nowhere.yaml")
    (bank / "endless.yaml").symlink_to("/dev/zero")
    loaded = load_bank([str(bank)])
    assert [(p.file, p.rule) for p in loaded.problems] == [
        (name, "file-odd") for name in ("endless.yaml", "gone.yaml", "link.yaml", "loop.yaml")
    ]
    assert len(loaded.bank.notes) == 7
    assert "link.yaml" not in stat_bank([str(bank)])


def test_a_link_within_the_bank_is_followed(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    (bank / ".hidden").mkdir()
    file = write_cards(bank, ".hidden/a.yaml", question("one-card"))
    (bank / "a.yaml").symlink_to(Path(".hidden") / file.name)
    assert "one-card" in {p.note.id for p in load_bank([str(bank)]).bank.notes}


def test_a_pipe_is_not_waited_for(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    os.mkfifo(bank / "pipe.yaml")
    loaded = load_bank([str(bank)])
    assert [(p.file, p.rule) for p in loaded.problems] == [("pipe.yaml", "file-odd")]
    assert "pipe.yaml" not in stat_bank([str(bank)])


@pytest.mark.skipif(sys.platform != "linux", reason="needs a device without end")
def test_nor_is_a_device_read_that_is_named_alone():
    faults = Faults("zero.yaml")
    assert read_file("/dev/zero", faults) is None
    assert [problem.rule for problem in faults.problems] == ["file-odd"]
    assert read_image("/dev/zero") == Flaw("is no plain file", "put the picture itself there")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_text_are_named_and_not_read(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    good = write_cards(bank, "good.yaml", question("one-card"))
    odd = os.fsdecode(b"\xff")
    (bank / odd).mkdir()
    for name in (f"a{odd}.yaml", f"{odd}/a.yaml", f"a{odd}.png"):
        (bank / name).write_bytes(good.read_bytes().replace(b"one-card", b"two-card"))
    loaded = load_bank([str(bank)])
    assert {(p.file, p.rule) for p in loaded.problems} == {
        (name, "file-odd") for name in (f"a{odd}.png", f"a{odd}.yaml", f"{odd}/")
    }
    clock = FixedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        notes = {row[0] for row in library.db.execute("SELECT id FROM note")}
    assert "one-card" in notes
    assert "two-card" not in notes


@pytest.mark.parametrize("name", ["syllabus.yaml", "sources.yaml", "retired.yaml"])
@pytest.mark.parametrize("text", ["[" * 100_000, LAUGHS, "\0", "a: b: c"])
def test_a_hostile_shared_file_is_refused_with_its_place(tmp_path, name, text):
    from flashsafety.content.load import check_bank

    bank = tiny_bank(tmp_path / "bank")
    (bank / name).write_text(text)
    found = [p for p in check_bank([str(bank)])[0].problems if p.file == name]
    assert found
    assert all(p.line >= 1 for p in found)


def test_many_unknown_names_among_many_notes_are_told_in_time(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    cards = (
        question(f"card-number-{n}", extra=f"prerequisites: [cart-{n}]\n") for n in range(3000)
    )
    write_cards(bank, "zz.yaml", *cards)
    began = time.process_time()
    assert len(load_bank([str(bank)]).problems) == 201
    assert time.process_time() - began < ENOUGH
