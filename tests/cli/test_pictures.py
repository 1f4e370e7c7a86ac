"""Pictures on the command line: what they show, and the file to open."""

import json
from pathlib import Path

import pytest

from tests.banks import write_cards
from tests.images import png, put, shows
from tests.repositories import commit_all

FILE = "01-shapes/seen.yaml"
PICTURE = "01-shapes/images/circle.png"
SAID = "picture: A red disc on white ground"


@pytest.fixture
def bank(bank: Path) -> Path:
    put(bank, PICTURE)
    write_cards(bank, FILE, shows())
    return bank


def test_a_plain_review_says_what_a_picture_shows_and_where_it_is(run, bank: Path) -> None:
    shown = run("review", "--plain", "--query", "note:seen-shape", lines="\n3\n").out
    assert f"{SAID}\n({bank}/{PICTURE})" in shown or f"{SAID} ({bank}/{PICTURE})" in shown


def test_the_file_is_named_from_where_one_stands(
    run, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bank)
    assert f"{SAID} ({PICTURE})" in run("show", "seen-shape").out
    monkeypatch.chdir(bank / "01-shapes")
    assert f"{SAID} (images/circle.png)" in run("show", "seen-shape").out


def test_the_next_card_names_the_files_of_its_pictures(run, bank: Path) -> None:
    data = run("next", "--query", "note:seen-shape", "--json").data
    assert data["pictures"] == {"images/circle.png": str(bank / PICTURE)}
    assert run("next", "--query", "note:circle-area", "--json").data["pictures"] == {}


def test_a_list_of_cards_names_no_file(run, bank: Path) -> None:
    out = run("cards", "note:seen-shape").out
    assert "[picture:" in out
    assert "images/" not in out


def test_a_preview_of_a_file_says_what_is_wrong_with_its_pictures(
    run, bank: Path, tmp_path: Path
) -> None:
    fine = run("show", "--file", str(bank / FILE))
    assert f"({bank}/{PICTURE})" in fine.out
    assert "no problems" in fine.err
    (bank / PICTURE).write_bytes(b"hello")
    broken = run("show", "--file", str(bank / FILE))
    assert 'the picture "images/circle.png" is no picture' in broken.err
    (bank / PICTURE).unlink()
    assert 'there is no picture "images/circle.png"' in run("show", "--file", str(bank / FILE)).err


def test_another_picture_is_a_change_to_look_at(run, bank: Path) -> None:
    commit_all(bank)
    assert "notes new or changed: 0 " in run("show", "--since", "HEAD").err
    put(bank, PICTURE, png(colour=(1, 2, 3)))
    changed = run("show", "--since", "HEAD")
    assert "notes new or changed: 1 " in changed.err
    assert SAID in changed.out


def test_sync_and_lint_name_a_missing_picture(run, bank: Path) -> None:
    (bank / PICTURE).unlink()
    (problem,) = json.loads(run("lint", "--format", "json", expect=1).out)
    assert problem["rule"] == "picture-missing"
    assert "picture-missing" in run("sync", expect=1).err
    assert run("fmt", "--check").code == 0


def test_everything_as_json_has_the_paths_of_pictures(run, bank: Path) -> None:
    (note,) = [n for n in run("export", "json", "-").data["notes"] if n["id"] == "seen-shape"]
    assert "](images/circle.png)" in note["content"]["prompt"]
    assert note["file"] == FILE
