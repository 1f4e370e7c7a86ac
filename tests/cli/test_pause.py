"""``pause``, and how the commands that count say that it is paused."""


def test_on_an_empty_database_it_says_how_it_stands(run):
    assert run("pause").lines == ["not paused"]
    assert run("pause", "--json").data == {"paused_until": None, "since": None, "waiting": 0}
    ended = run("pause", "--off")
    assert ended.lines == ["not paused"]
    assert "it is not paused" in ended.err


def test_a_pause_is_said_wherever_cards_are_counted(run, clock):
    run("rate", "circle/forward", "4")
    run("rate", "half-a-circle/type", "4")
    clock.advance(days=60)
    said = "paused until Fri 15 May; 2 cards wait"
    assert run("pause", "until", "2026-05-15").lines == [f"{said}; it began on Fri 1 May"]
    assert run("due").lines == [said]
    due = run("due", "--json").data
    assert (due["total"], due["paused_until"], due["waiting"]) == (0, "2026-05-15", 2)
    assert due["next_due"] == "2026-05-15T04:00:00.000Z"
    assert run("home").lines[1] == f"P{said[1:]}."
    assert run("home", "--json").data["minutes"] == 0
    assert run("forecast", "--days", "20").lines[:2] == [
        "Paused until Fri 15 May: what falls due before counts on that day.",
        "2026-05-01: nothing",
    ]
    assert run("forecast", "--json").data["paused_until"] == "2026-05-15"
    assert "  Paused until Fri 15 May" in run("stats").out
    assert run("stats", "--json").data["days"][-1]["paused"] is True
    assert run("next").code == 0
    assert "Reviewed 1 card" in run("review", "--plain", "--limit", "1", lines="\n3\n").out


def test_a_pause_until_another_year_names_it(run):
    assert "Tue 5 Jan 2027" in run("pause", "until", "2027-01-05").out
    assert run("pause", "--off").lines == ["not paused"]
    assert run("due").lines == ["7 due today: 0 learning, 0 reviews, 7 new"]


def test_what_is_no_pause_is_refused_with_what_would_do(run):
    for words, said in (
        (["until", "soon"], '"soon" is no date'),
        (["until", "2026-03-02"], "a pause lasts until a day after today"),
        (["2027-01-05"], "write it as: flashsafety pause until 2027-01-05"),
        (["until"], "write it as: flashsafety pause until 2027-01-05"),
        (["until", "2027-01-05", "--off"], "--off ends a pause and takes no date"),
    ):
        assert said in run("pause", *words, expect=2).err
    assert run("pause").lines == ["not paused"]
