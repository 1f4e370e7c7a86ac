"""Each command on the tiny bank: what it prints, in words and for other programs."""

import json
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from tests.banks import CONCEPT, question, tiny_bank, write_cards

CARD_KEYS = {
    "card", "note", "type", "module", "topics", "source", "file", "line", "phase", "stability",
    "difficulty", "retrievability", "due", "reps", "lapses", "suspended", "buried_until", "flag",
}  # fmt: skip


def test_due_counts_what_one_would_see(run) -> None:
    ran = run("due")
    assert ran.out == "7 due today: 0 learning, 0 reviews, 7 new\n"
    assert run("due", "--json").data == {
        "study_day": "2026-03-02",
        "new": 7,
        "learning": 0,
        "review": 0,
        "total": 7,
        "next_due": "2026-03-02T12:00:00.000Z",
        "paused_until": None,
        "waiting": 0,
    }


def test_due_says_when_the_next_card_comes(run, monkeypatch) -> None:
    monkeypatch.setenv("FLASHSAFETY_NEW_LIMIT", "1")
    run("rate", "circle-area", "easy")
    assert run("due").out == "nothing due; the next card comes tomorrow 04:00\n"
    run("rate", "circle/forward", "3")
    assert run("due").out == "1 due today: 1 learning, 0 reviews, 0 new\n"
    assert run("due", "--json").data["next_due"] == "2026-03-02T12:10:00.000Z"


def test_due_takes_the_bank_in_at_once_and_only_when_it_changed(run, bank: Path) -> None:
    assert "7 new" in run("due").err
    assert run("due").err == ""
    write_cards(bank, "01-shapes/more.yaml", CONCEPT.replace("circle", "disc"))
    assert run("due").err == "bank read: 1 new\n"


def test_next_gives_the_card_and_its_intervals(run) -> None:
    data = run("next", "--json").data
    assert set(data) == {
        "card", "type", "module", "prompt", "answer", "pictures", "intervals",
    }  # fmt: skip
    assert (data["card"], data["type"], data["module"]) == ("circle/forward", "concept", "shapes")
    assert list(data["intervals"]) == ["1", "2", "3", "4"]
    assert data["intervals"]["1"] == 60
    text = run("next").out
    assert text.startswith("circle/forward  (shapes)\nWhat does circle mean?\n")
    assert "1 Again 1m" in text


def test_next_gives_null_when_nothing_is_due(run, monkeypatch) -> None:
    monkeypatch.setenv("FLASHSAFETY_NEW_LIMIT", "0")
    assert run("next", "--json").out == "null\n"
    assert run("next").out == "nothing due\n"


def test_next_takes_a_choice_of_cards(run) -> None:
    assert run("next", "--topic", "squares", "--json").data["card"] == "square-facts/c1"
    ran = run("next", "--module", "shape", expect=2)
    assert 'did you mean "shapes"?' in ran.err
    assert "there is no topic" in run("next", "--topic", "x", expect=2).err


def test_rate_stores_one_rating(run) -> None:
    data = run("rate", "circle/forward", "3", "--json").data
    assert set(data) == {"card", "rating", "phase", "stability", "difficulty", "due", "review"}
    assert data["rating"] == 3
    assert data["phase"] == "learning"
    assert data["due"] == "2026-03-02T12:10:00.000Z"
    log = run("show", "circle/forward", "--json").data["log"]
    assert [row["id"] for row in log] == [data["review"]]


def test_rate_takes_words_and_the_time_it_took(run) -> None:
    ran = run("rate", "circle-area", "easy", "--seconds", "2.5")
    assert ran.out.startswith("saved 4 Easy: next in ")
    assert ran.out.endswith("[circle-area/recall]\n")
    assert run("show", "circle-area", "--json").data["log"][0]["duration_ms"] == 2500


@pytest.mark.parametrize(
    ("card", "rating", "said"),
    [
        ("circle/forwards", "3", "did you mean circle/forward"),
        ("circle", "3", "did you mean circle/forward or circle/reverse?"),
        ("circle/forward", "5", "'5' is not one of"),
    ],
)
def test_rate_refuses_in_words(run, card: str, rating: str, said: str) -> None:
    assert said in run("rate", card, rating, expect=2).err


def test_sync_prints_the_ledger(run, bank: Path) -> None:
    first = run("sync", "--json").data
    assert list(first) == [
        "new", "reworded", "meaning_changed", "moved", "retired", "restored", "unchanged",
        "problems",
    ]  # fmt: skip
    assert len(first["new"]) == 7
    assert run("sync").out == "unchanged: 7 notes\n"
    file = bank / "01-shapes/shapes.yaml"
    file.write_text(file.read_text().replace("at one distance", "at equal distance"))
    write_cards(bank, "01-shapes/more.yaml", CONCEPT.replace("circle", "disc"))
    assert run("sync").out == "new: disc\nreworded: circle\nunchanged: 6 notes\n"


def test_sync_names_problems_and_takes_in_the_rest(run, bank: Path) -> None:
    write_cards(bank, "01-shapes/more.yaml", "id: disc\ntype: concept\nterm: disc\n")
    ran = run("sync", "--json", expect=1)
    assert len(ran.data["new"]) == 7
    assert set(ran.data["problems"][0]) == {
        "file", "line", "column", "rule", "level", "message", "mend",
    }  # fmt: skip
    assert "01-shapes/more.yaml:" in ran.err


def test_cards_lists_what_a_query_finds(run) -> None:
    assert len(run("cards").lines) == 9
    assert [line.split()[0] for line in run("cards", "type:numeric").lines] == [
        "square-area/number"
    ]
    found = run("cards", "-type:concept", "topic:circles", "--json").data
    assert {card["type"] for card in found} == {"question", "choice", "typed"}
    assert set(found[0]) == CARD_KEYS


def test_cards_says_when_there_are_none(run) -> None:
    ran = run("cards", "zebra")
    assert (ran.out, ran.err.splitlines()[-1]) == ("", "no card found")
    assert 'did you mean "module"' in run("cards", "modul:shapes", expect=2).err


def test_cards_takes_a_phrase_as_one_term(run) -> None:
    assert len(run("cards", "half", "of a circle").lines) == 1
    assert len(run("cards", '"of a circle" half').lines) == 1


def test_show_says_all_that_is_known(run, clock: FixedClock) -> None:
    run("rate", "circle/forward", "4")
    clock.advance(days=1)
    data = run("show", "circle/forward", "--json").data
    assert set(data) == CARD_KEYS | {"taken_for", "wrong_answers", "builds_on", "log"}
    assert data["phase"] == "review"
    assert data["file"] == "01-shapes/shapes.yaml"
    assert set(data["log"][0]) == {
        "id", "rating", "reviewed_at", "duration_ms", "interval", "origin", "undone_at",
    }  # fmt: skip
    assert data["log"][0]["reviewed_at"] == "2026-03-02T12:00:00.000Z"
    text = run("show", "circle/forward").out
    for part in ("circle/forward  (concept, shapes)", "euclid-elements, book 1", "So it is due",
                 "4 Easy", "file:   01-shapes/shapes.yaml:"):  # fmt: skip
        assert part in text


def test_show_names_the_nearest_card(run) -> None:
    assert "did you mean square-area/number" in run("show", "square-aera", expect=2).err


def test_start_opens_modules(run, bank: Path) -> None:
    write_cards(
        bank, "02-numbers/primes.yaml", question("prime"), module="numbers", topics="primes"
    )  # fmt: skip
    listed = run("start").out
    assert "shapes" in listed
    assert "optional" in listed
    assert run("due", "--json").data["new"] == 7
    assert run("start", "numbers").out == "started numbers\n"
    assert run("due", "--json").data["new"] == 8
    assert run("start", "numbers").err == "nothing to start: open already\n"
    assert 'did you mean "numbers"' in run("start", "number", expect=2).err
    assert "not both" in run("start", "numbers", "--all", expect=2).err


def test_start_all_opens_every_module(run, bank: Path) -> None:
    assert "started numbers" in run("start", "--all").out


def test_rebuild_finds_and_mends_what_differs_from_the_log(run, database: Path) -> None:
    import sqlite3

    run("rate", "circle/forward", "3")
    assert (
        run("rebuild", "--verify").out == "9 cards, 1 rating in the log: all state equals the log\n"
    )
    db = sqlite3.connect(database)
    with db:
        db.execute("UPDATE card SET reps = 9 WHERE key = 'circle/forward'")
    db.close()
    ran = run("rebuild", "--verify", expect=1)
    assert "1 card differ from the log\n  circle/forward" in ran.out
    assert run("rebuild", "--verify", "--json", expect=1).data["differing"] == ["circle/forward"]
    assert "were put right" in run("rebuild").out
    assert run("rebuild", "--verify", "--json").data == {
        "cards": 9, "reviews": 1, "differing": [],
    }  # fmt: skip


def test_doctor_looks_at_everything_and_names_the_mend(run, bank: Path) -> None:
    run("sync")
    assert all(line.startswith("ok") for line in run("doctor").lines)
    write_cards(bank, "01-shapes/more.yaml", "id: disc\ntype: concept\nterm: disc\n")
    run("sync", expect=1)
    ran = run("doctor", expect=1)
    assert "FAULT  the bank as last read" in ran.out
    assert "mend: flashsafety lint" in ran.out
    assert set(run("doctor", "--json", expect=1).data[0]) == {"check", "ok", "what", "mend"}


def test_backup_and_restore_go_back_to_what_was(run, tmp_path: Path) -> None:
    run("rate", "circle/forward", "3")
    copy = tmp_path / "copy.db"
    assert "1 rating of 1 card, the last on 2026-03-02" in run("backup", str(copy)).out
    run("rate", "circle/forward", "3")
    ran = run("restore", str(copy))
    assert "1 rating of 1 card" in ran.out
    assert "what was in force is kept as " in ran.out
    assert len(run("show", "circle/forward", "--json").data["log"]) == 1
    assert "there is a file already" in run("backup", str(copy), expect=2).err
    assert "no such file" in run("restore", str(tmp_path / "none.db"), expect=2).err


def test_restore_alone_lists_the_copies(run) -> None:
    assert "no copy yet" in run("restore").err
    run("rate", "circle/forward", "3")
    made = run("backup", "--json").data
    assert set(made) == {"file", "made", "size", "cards", "reviews", "last_review"}
    asked, daily = run("restore", "--json").data
    assert asked == made
    assert daily["made"] == "daily"
    assert "1 rating of 1 card" in run("restore").out


def test_where_names_every_path_and_makes_none(run, bank: Path, database: Path) -> None:
    data = run("where", "--json").data
    assert set(data) == {"config", "data", "database", "log", "questions"}
    assert data["database"] == str(database)
    assert data["questions"] == [str(bank)]
    assert str(database) in run("where").out
    assert not database.exists()
    assert not Path(data["data"]).exists()


def test_config_shows_each_setting_with_its_origin(run, monkeypatch) -> None:
    monkeypatch.setenv("FLASHSAFETY_REVIEW_LIMIT", "50")
    run("config", "new_limit", "15")
    rows = {row["key"]: row for row in run("config", "--json").data}
    assert (rows["new_limit"]["value"], rows["new_limit"]["origin"]) == ("15", "file")
    assert (rows["review_limit"]["value"], rows["review_limit"]["origin"]) == ("50", "environment")
    assert rows["day_start"]["origin"] == "default"
    assert all(row["help"].endswith(".") for row in rows.values())
    assert run("config", "new_limit").out.startswith("new_limit  15  file")


def test_config_keeps_the_comments_of_the_file(run) -> None:
    file = Path(run("where", "--json").data["config"])
    file.parent.mkdir(parents=True)
    file.write_text('# mine\nnew_limit = 5 # few\n\n[keys]\nflag = "x"\n')
    run("config", "new_limit", "20")
    assert file.read_text() == '# mine\nnew_limit = 20 # few\n\n[keys]\nflag = "x"\n'
    run("config", "learning_steps", "1m 15m")
    assert "# mine" in file.read_text()
    assert run("config", "learning_steps", "--json").data[0]["value"] == "1m 15m"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new_limt", "5"), 'did you mean "new_limit"?'),
        (("new_limt",), 'did you mean "new_limit"?'),
        (("new_limit", "many"), "many"),
        (("day_start", "25:00"), "write it as 04:00"),
    ],
)
def test_config_refuses_in_words(run, arguments: tuple[str, ...], said: str) -> None:
    ran = run("config", *arguments, expect=2)
    assert said in ran.err
    assert not Path(run("where", "--json").data["config"]).exists()


def test_config_says_when_the_environment_wins(run, monkeypatch) -> None:
    monkeypatch.setenv("FLASHSAFETY_NEW_LIMIT", "7")
    assert "wins" in run("config", "new_limit", "20").err


def test_lint_names_every_fault_with_its_place(run, bank: Path) -> None:
    assert run("lint").err.startswith("no problems")
    write_cards(bank, "01-shapes/more.yaml", "id: disc\ntype: concept\nterm: disc\n", CONCEPT)
    found = run("lint", "--format", "json", expect=1).data
    assert [set(problem) for problem in found] == [
        {"file", "line", "column", "rule", "level", "message", "mend"}
    ] * 2
    text = run("lint", expect=1).out
    assert text.count("01-shapes/more.yaml:") >= 2
    assert run("lint", "--format", "github", expect=1).out.startswith("::error file=")


def test_coverage_counts_cards_and_names_what_is_missing(run) -> None:
    ran = run("coverage")
    assert "  all modules: 7 notes, 9 cards\n" in ran.out
    assert "  concept: 1 note, 2 cards\n" in ran.out
    assert "numbers: no cards yet\n  write the first ones in 02-numbers/" in ran.err
    assert run("coverage", "--strict", expect=1).out == ran.out
    shapes = run("coverage", "--json").data["modules"]["shapes"]
    assert {"notes", "cards", "types", "topics"} <= set(shapes)
    assert sum(shapes["types"].values()) == shapes["cards"]


def test_coverage_of_one_module_looks_at_no_other(run) -> None:
    ran = run("coverage", "--strict", "--module", "shapes")
    assert ran.err == "nothing is missing\n"
    assert "numbers" not in ran.out
    assert 'did you mean "shapes"?' in run("coverage", "--module", "shape", expect=2).err


def test_strict_coverage_fails_when_a_card_could_not_be_read(run, bank: Path) -> None:
    write_cards(bank, "01-shapes/more.yaml", "id: disc\ntype: concept\nterm: disc\n")
    assert "flashsafety lint" in run("coverage", "--module", "shapes", "--strict", expect=1).err


def test_lint_prints_an_empty_list_for_a_sound_bank(run) -> None:
    assert json.loads(run("lint", "--format", "json").out) == []


def test_two_folders_make_one_bank(run, tmp_path: Path) -> None:
    other = tiny_bank(tmp_path / "other")
    (other / "01-shapes/shapes.yaml").unlink()
    write_cards(other, "01-shapes/disc.yaml", CONCEPT.replace("circle", "disc"))
    assert len(run("--questions", str(other), "cards").lines) == 11
