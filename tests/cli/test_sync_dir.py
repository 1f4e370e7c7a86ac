"""``sync-dir``, and what exchanges by itself."""

import json
from pathlib import Path

import pytest

from flashsafety.tui.app import FlashsafetyApp
from tests.libraries import open_library
from tests.tui.conftest import settled, text_of


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


def written(shared: Path) -> list[dict[str, object]]:
    """Every record in a shared folder but the headers."""
    lines = [line for file in shared.glob("*/*.jsonl") for line in file.read_text().splitlines()]
    records = [json.loads(line.partition(" ")[2]) for line in lines]
    return [record for record in records if "t" in record]


def test_a_folder_is_named_once_and_every_rating_goes_there(run, shared: Path) -> None:
    assert "name one" in run("sync-dir", expect=2).err
    first = run("sync-dir", str(shared), "--json").data
    assert (first["received"], first["devices"], first["faults"]) == (0, 0, [])
    run("rate", "circle/forward", "3")
    run("review", "--plain", lines="\n4\nq\n")
    cards = [record["card"] for record in written(shared) if record["t"] == "review"]
    assert len(cards) == 2
    assert cards[0] == "circle/forward"
    assert "0 new here, 0 written" in run("sync-dir").out
    run("sync-dir", "--off")
    run("rate", "circle/forward", "3")
    assert len([record for record in written(shared) if record["t"] == "review"]) == 2


def test_lines_that_cannot_be_read_are_named_and_the_exit_code_says_so(run, shared: Path) -> None:
    (shared / "phone").mkdir()
    (shared / "phone/000001.jsonl").write_text("nonsense\n")
    found = run("sync-dir", str(shared), expect=1)
    assert "phone/000001.jsonl" in found.err
    assert "0 new here" in found.out


def test_what_goes_there_holds_no_text_of_a_card(run, shared: Path) -> None:
    run("sync-dir", str(shared))
    run("rate", "circle/forward", "3")
    text = "".join(file.read_text() for file in shared.glob("*/*.jsonl"))
    assert "circle/forward" in text
    assert "All points of a plane" not in text
    for file in shared.glob("*/*.jsonl"):
        assert file.stat().st_mode & 0o777 == 0o600


async def test_the_app_takes_in_what_others_did_when_it_starts(
    run, shared: Path, tmp_path: Path, bank: Path, clock
) -> None:
    run("sync-dir", str(shared))
    run("rate", "circle/forward", "4")
    with open_library(tmp_path / "other", bank, clock) as library:
        from flashsafety.study.devices import exchange

        exchange(library, str(shared))
        clock.advance(minutes=1)
        run("config", "new_limit", "4")
        run("rate", "circle/reverse", "4")
        app = FlashsafetyApp(library)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert "2 ratings today" in text_of(app)
            assert library.settings.new_limit == 4


async def test_a_folder_that_is_gone_is_said_and_holds_nothing_up(
    shared: Path, tmp_path: Path, bank: Path, clock
) -> None:
    with open_library(tmp_path / "other", bank, clock) as library:
        from flashsafety.study.devices import exchange

        exchange(library, str(shared))
        shared.rename(tmp_path / "away")
        app = FlashsafetyApp(library)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await settled(pilot)
            assert "no such folder" in " ".join(text_of(app).split())
            assert app.ready


def test_restore_names_the_folder_that_a_copy_brings(run, shared: Path, tmp_path: Path) -> None:
    copies = [str(tmp_path / f"{name}.db") for name in ("alone", "sharing")]
    run("backup", copies[0])
    run("sync-dir", str(shared))
    run("backup", copies[1])
    assert "shares" not in run("restore", copies[0]).err
    assert f"it shares its log by way of {shared}; 'flashsafety sync-dir --off' ends" in " ".join(
        run("restore", copies[1]).err.split()
    )
