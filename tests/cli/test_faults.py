"""What a mistake, a fault of the machine or an impatient reader comes to: words, no trace."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import flashsafety
from flashsafety.cli import app, output
from flashsafety.cli.faults import guarded
from flashsafety.errors import UnusableDataError, UsageError
from tests.banks import question, write_cards


def test_the_nearest_command_is_named(run) -> None:
    ran = run("reveiw", expect=2)
    assert 'there is no command "reveiw". Did you mean "review"?' in ran.err
    assert "there is no command" in run("xyzzy", expect=2).err


def test_wrong_options_are_wrong_use(run) -> None:
    assert "No such option" in run("due", "--jsn", expect=2).err
    assert run("--nope", expect=2).err
    assert "Missing argument" in run("rate", "circle/forward", expect=2).err
    assert run("review", "--plain", "--limit", "0", expect=2).err


def test_a_missing_bank_is_refused_with_its_place(process, tmp_path: Path) -> None:
    ran = process("--questions", str(tmp_path / "nowhere"), "due", expect=2)
    assert "nowhere" in ran.err
    assert "Traceback" not in ran.err
    (tmp_path / "empty").mkdir()
    ran = process("--questions", str(tmp_path / "empty"), "due", expect=3)
    assert "syllabus.yaml" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("verb", [["due"], ["review", "--plain"], ["cards"], ["doctor"]])
def test_what_is_no_database_is_left_as_it_was(process, database: Path, verb: list[str]) -> None:
    database.write_bytes(b"a shopping list" * 50)
    ran = process(*verb, expect=3)
    assert "no flashsafety database" in ran.err
    assert "Traceback" not in ran.err
    assert database.read_bytes() == b"a shopping list" * 50


def test_a_bad_setting_is_named_with_its_place(process, monkeypatch) -> None:
    monkeypatch.setenv("FLASHSAFETY_NEW_LIMIT", "lots")
    source = str(Path(flashsafety.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", "flashsafety", "due"],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "FLASHSAFETY_NEW_LIMIT" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_may_not_be_written_is_a_fault_in_words(capsys, tmp_path: Path) -> None:
    def write() -> None:
        (tmp_path / "missing" / "file").write_text("x")

    assert guarded(write) == 3
    assert "missing" in capsys.readouterr().err


def test_a_database_that_another_program_holds_is_said_to_be_held(
    run, database: Path, monkeypatch
) -> None:
    run("sync")
    monkeypatch.setattr("flashsafety.store.open.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ran = run("rate", "circle/forward", "3", expect=3)
    other.execute("ROLLBACK")
    other.close()
    assert "database is locked" in ran.err
    assert "another program holds it" in ran.err
    run("rate", "circle/forward", "3")
    assert len(run("show", "circle/forward", "--json").data["log"]) == 1


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    process, bank: Path, database: Path
) -> None:
    """The limit on the size of a file stands in for the end of the disk."""
    cards = (question(f"card-{number}") for number in range(200))
    write_cards(bank, "01-shapes/many.yaml", *cards)
    process("sync")
    source = str(Path(flashsafety.__file__).parents[1])
    blocks = database.stat().st_size // 1024 + 24
    command = f"ulimit -f {blocks}; '{sys.executable}' -m flashsafety review --plain"
    done = subprocess.run(
        ["bash", "-c", command],
        env={
            **os.environ,
            "PYTHONPATH": source,
            "FLASHSAFETY_DB": str(database),
            "FLASHSAFETY_QUESTIONS": str(bank),
            "FLASHSAFETY_NEW_LIMIT": "9999",
        },
        input="\n3\n" * 500,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert "disk" in done.stderr
    acknowledged = done.stdout.count("\nsaved 3 Good")
    report = process("rebuild", "--verify", "--json").data
    assert acknowledged > 0
    assert report["differing"] == []
    assert acknowledged <= report["reviews"] <= acknowledged + 1


def test_each_fault_has_its_exit_code(capsys) -> None:
    def fail(error: BaseException):
        def work() -> None:
            raise error

        return work

    assert guarded(fail(UsageError("what", where="place", mend="mend"))) == 2
    assert capsys.readouterr().err == "place: what\n  mend\n"
    assert guarded(fail(UnusableDataError("what"))) == 3
    assert guarded(fail(KeyboardInterrupt())) == 130
    assert guarded(lambda: None) == 0
    with pytest.raises(ZeroDivisionError):
        guarded(fail(ZeroDivisionError()))


def test_an_interrupt_leaves_quietly_with_130(process, database: Path, bank: Path) -> None:
    process("sync")
    source = str(Path(flashsafety.__file__).parents[1])
    environ = {
        **os.environ,
        "PYTHONPATH": source,
        "FLASHSAFETY_DB": str(database),
        "FLASHSAFETY_QUESTIONS": str(bank),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "flashsafety", "review", "--plain"],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # As a shell starts it: one that puts the tests in the background has them ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as started:
        assert started.stdout is not None
        assert started.stdin is not None
        while "empty line" not in started.stdout.readline():
            pass
        started.send_signal(signal.SIGINT)
        _, err = started.communicate()
    assert started.returncode == 130
    assert "Traceback" not in err


def test_a_reader_that_leaves_early_is_no_fault(process, database: Path, bank: Path) -> None:
    process("sync")
    source = str(Path(flashsafety.__file__).parents[1])
    quoted = f"'{sys.executable}' -m flashsafety"
    for command in ("cards --json", "cards", "--help", "review --plain </dev/null"):
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {quoted} {command} | true"],
            env={
                **os.environ,
                "PYTHONPATH": source,
                "FLASHSAFETY_DB": str(database),
                "FLASHSAFETY_QUESTIONS": str(bank),
            },
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, ""), command


def test_any_locale_can_be_written_to(process, monkeypatch, bank: Path) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    file = bank / "01-shapes/shapes.yaml"
    file.write_text(file.read_text().replace("What is half", "¿Qué 语 half"))
    source = str(Path(flashsafety.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", "flashsafety", "--questions", str(bank), "cards"],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "\\xbfQu\\xe9 \\u8bed half" in done.stdout


def test_the_version_is_printed(run) -> None:
    assert run("--version").out.startswith("flashsafety ")


def test_verbose_narrates_and_leaves_the_data_alone(run) -> None:
    run("sync")
    assert run("-v", "due").out == run("due").out


def test_nothing_that_is_written_can_steer_a_terminal(capsys) -> None:
    output.say("a\x1b[31mb\x07\u202ec\x9bd\x00")
    output.note("x\x1b]0;title\x07")
    output.table([("\x1b[2J", "b"), ("cc", "d")])
    output.json({"a": "\x1b[31m\u202e\x9b"})
    out, err = capsys.readouterr()
    for text in (out, err):
        assert all(part.isprintable() for part in text.split("\n"))
        assert not set(text) & set("\x1b\x07\u202e\x9b\x00")
    assert "\\u001b[31m\\u202e\\u009b" in out


def test_columns_are_measured_in_cells(capsys) -> None:
    output.table([("日本", "x"), ("abc", "y")])
    assert capsys.readouterr().out == "日本  x\nabc   y\n"


def test_the_quick_forms_print_what_the_parsed_one_prints(process) -> None:
    process("sync")
    assert process("due").out == process("-v", "due").out
    quick, parsed = process("due", "--json").data, process("-v", "due", "--json").data
    assert quick.pop("next_due") <= parsed.pop("next_due")
    assert quick == parsed
    assert all(line[0] == "due" for line in app.QUICK)


def test_what_is_saved_may_go_where_one_stands(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("rate", "circle/forward", "3")
    monkeypatch.chdir(tmp_path)
    assert "1 rating of 1 card" in run("doctor", "--salvage", "saved.db").out
    assert "1 rating of 1 card" in run("backup", "mine.db").out


def test_a_copy_that_may_be_missed_is_named(run, database: Path) -> None:
    run("rate", "circle/forward", "3")
    made = run("backup", "--json").data["file"]
    spaced = Path(made).rename(Path(made).with_name("reviews-of an old one.db"))
    database.unlink()
    assert f"flashsafety restore '{spaced}'" in run("review", "--plain", lines="q\n").err


def test_nothing_saved_is_not_put_in_force(run, database: Path, tmp_path: Path) -> None:
    database.write_text("no database\n" * 1000)
    said = run("doctor", "--salvage", str(tmp_path / "saved.db"), expect=1).err
    assert "no rating could be read" in said
    assert "restore" not in said


ODD = {
    "no note": "UPDATE note SET content = '[]'",
    "text without end": "UPDATE note SET content = hex(zeroblob(15000000))",
    "bytes that are no text": "UPDATE note SET content = CAST(x'ff00fe' AS TEXT)",
    "JSON without end": "UPDATE note SET content = replace(hex(zeroblob(50000)), '0', '[')",
    "a state of words": "UPDATE card SET stability = 'x', difficulty = 'y', phase = 2, due_day = 1",
    "time without end": "UPDATE review SET reviewed_at = 9223372036854775807",
    "no set": "UPDATE parameters SET weights = '[]'",
    "modules that are none": "UPDATE module SET prerequisites = '[', title = 7",
    "roots that are none": "UPDATE meta SET value = '[1' WHERE key = 'roots'",
}
LOOSE = (
    "PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON;"
    " UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')') WHERE type = 'table'"
)


@pytest.mark.parametrize("script", ODD.values(), ids=ODD.keys())
def test_a_database_that_somebody_made_over_fails_in_words(
    run, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    """Each verb does its work or says why it cannot; a fault that is not in words fails."""
    monkeypatch.setattr("flashsafety.store.open.CHECKED_BYTES", 0)  # as it were a large one
    run("rate", "circle/forward", "3")
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.executescript(LOOSE)
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.executescript(f"PRAGMA ignore_check_constraints = ON; {script}")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = database.read_bytes()
    out = str(tmp_path / "out")
    failed = 0
    for verb in (
        ("due",), ("home",), ("review", "--plain"), ("next",), ("stats",), ("forecast",),
        ("cards",), ("cards", "radius"), ("show", "circle/forward"), ("export", "anki", out),
        ("export", "json", out + ".json"), ("rebuild",), ("sync",), ("backup", out + ".db"),
        ("doctor",), ("doctor", "--mend"),
    ):  # fmt: skip
        database.write_bytes(whole)
        ran = run(*verb, lines="\n3\n\n3\n", expect=None)
        if ran.code == 3:
            failed += 1
            assert "doctor" in ran.err, (verb, ran.err)
    assert failed
    told = run("doctor", expect=1)
    assert "FAULT" in told.out
    assert "mend: " in told.out
    assert "not as flashsafety writes it" not in told.err


def test_a_table_that_somebody_took_out_is_named(run, database: Path) -> None:
    run("sync")
    with closing(sqlite3.connect(database)) as db:
        db.execute("DROP TABLE card_text")
    assert "card_text is missing or another table" in run("cards", "radius", expect=3).err


def test_a_bug_on_a_sound_database_still_raises(run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("sync")

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("flashsafety.cli.counts.due_counts", fail)
    with pytest.raises(ZeroDivisionError):
        run("due")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here to write to")
@pytest.mark.parametrize("command", [["due"], ["cards"], ["--help"]])
def test_a_full_disk_under_the_output_is_said_once(
    bank: Path, database: Path, command: list[str]
) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    settings = {"FLASHSAFETY_DB": str(database), "FLASHSAFETY_QUESTIONS": str(bank)}
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "flashsafety", *command],
            env={**environ, **settings},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 3, ran.stderr
    assert "No space left" in ran.stderr
    assert "Exception" not in ran.stderr
