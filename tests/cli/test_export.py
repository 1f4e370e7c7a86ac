"""The export commands, as one meets them."""

import json
import re
import zipfile
from pathlib import Path

import pytest


def test_a_deck_is_written_with_the_steps_to_take_it_in(run, tmp_path: Path) -> None:
    file = tmp_path / "shapes.apkg"
    ran = run("export", "anki", str(file))
    assert ran.out == f"{file}: 7 notes, 9 cards, 0 ratings\n"
    assert 'tick "Import any learning progress"' in ran.err
    assert zipfile.ZipFile(file).namelist() == ["collection.anki2", "media"]
    assert list(tmp_path.glob("*.part")) == []


def test_a_deck_is_never_written_over_unasked(run, tmp_path: Path) -> None:
    file = tmp_path / "shapes.apkg"
    file.write_text("mine")
    assert "--force" in run("export", "anki", str(file), expect=2).err
    assert file.read_text() == "mine"
    run("export", "anki", str(file), "--force", "--content-only", "--topic", "squares")
    assert zipfile.is_zipfile(file)


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [("deck.zip", 2, "end it with .apkg"), ("nowhere/deck.apkg", 3, "name another place")],
)
def test_a_place_that_will_not_do_is_named(run, tmp_path, name: str, code: int, said: str) -> None:
    assert said in run("export", "anki", str(tmp_path / name), expect=code).err


# ---- text, JSON and the review log -------------------------------------------------------------

FILES = [("csv", "a.csv"), ("json", "a.json"), ("reviews", "a.csv")]


@pytest.mark.parametrize(("kind", "name"), FILES)
def test_no_export_is_written_over_what_is_there(run, tmp_path: Path, kind, name) -> None:
    file = tmp_path / name
    file.write_text("mine")
    assert "--force" in run("export", kind, str(file), expect=2).err
    assert file.read_text() == "mine"
    assert str(file) in run("export", kind, str(file), "--force").out
    assert file.read_text() != "mine"
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(("kind", "name"), FILES)
@pytest.mark.parametrize(
    ("place", "code", "said"),
    [("nowhere/x", 3, "name another place"), (".", 2, "no ordinary file")],
)
def test_no_export_goes_where_none_can(run, tmp_path, kind, name, place, code, said) -> None:
    assert said in run("export", kind, str(tmp_path / place), expect=code).err


def test_text_tells_what_must_be_in_anki_first(run, tmp_path: Path) -> None:
    ran = run("export", "csv", str(tmp_path / "a.csv"), "--topic", "squares")
    assert ran.out == f"{tmp_path / 'a.csv'}: 3 notes\n"
    assert "the note types must be there" in ran.err
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("#separator:tab\n")


@pytest.mark.parametrize("kind", ["anki", "csv"])
def test_an_unknown_module_is_refused_with_the_nearest(run, tmp_path: Path, kind: str) -> None:
    ran = run("export", kind, str(tmp_path / "a.apkg"), "--module", "shape", expect=2)
    assert 'did you mean "shapes"?' in ran.err
    assert list(tmp_path.glob("a.*")) == []


def test_everything_goes_to_standard_output_as_well(run, tmp_path: Path) -> None:
    run("rate", "circle/forward", "3")
    run("export", "json", str(tmp_path / "a.json"))
    ran = run("export", "json", "-")
    assert ran.data == json.loads((tmp_path / "a.json").read_text(encoding="ascii"))
    assert ran.err == ""
    assert [review["card"] for review in ran.data["reviews"]] == ["circle/forward"]


def test_the_help_explains_every_key_of_the_document(run) -> None:
    said = run("export", "json", "--help").out
    for key, value in run("export", "json", "-").data.items():
        assert re.search(rf"^\s*{key}\b", said, re.MULTILINE), key
        for name in value[0] if isinstance(value, list) and value else ():
            assert re.search(rf"^  {name}  +\S", said, re.MULTILINE), (key, name)


def test_the_log_is_written_with_what_its_readers_ask_for(run, tmp_path: Path) -> None:
    run("rate", "circle/forward", "3")
    ran = run("export", "reviews", str(tmp_path / "log.csv"))
    assert ran.out == f"{tmp_path / 'log.csv'}: 1 rating\n"
    assert "Your day starts at 04:00" in ran.err
    lines = (tmp_path / "log.csv").read_text().splitlines()
    assert lines == [
        "card_id,review_time,review_rating,review_state,review_duration",
        "circle/forward,1772452800000,3,0,0",
    ]


def test_a_log_that_names_nobody_says_who_one_is_in_it(run, tmp_path: Path) -> None:
    run("rate", "circle/forward", "3")
    file = tmp_path / "mine.csv"
    ran = run("export", "reviews", "--anonymous", str(file))
    assert ran.out == f"{file}: 1 rating\n"
    header, line = file.read_text().splitlines()
    learner = line.split(",")[1]
    assert ran.err == (
        f"You are {learner} in it, as in each export of a-tiny-course from this database.\n"
    )
    assert line == f"1,{learner},a-tiny-course,circle/forward,1,0,3,0,,600,0,review,,,"
    said = run("export", "reviews", "--help").out
    for column in header.split(","):
        assert re.search(rf"^  {column}  +\S", said, re.MULTILINE), column


def test_an_anonymous_log_is_no_log_to_take_in(run, tmp_path: Path) -> None:
    run("export", "reviews", "--anonymous", str(tmp_path / "mine.csv"))
    said = run("import", "reviews", str(tmp_path / "mine.csv"), expect=2).err
    assert "its first line names no column card_id" in said
