"""``stats`` and ``forecast``: in words, as JSON, and as a page."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from flashsafety.cli.stats_forms import FORECAST_KEYS, KEYS
from flashsafety.clock import FixedClock
from tests.banks import question, write_cards
from tests.browser import CHROMIUM, browser
from tests.learners import Learner
from tests.libraries import open_library

HOSTILE = 'Shapes</title><script>alert(1)</script>"\\u202e<img src=x onerror=alert(2)>'
"""A title in a double-quoted YAML text."""


@pytest.fixture
def a_year(bank: Path, database: Path, clock: FixedClock, tmp_path: Path) -> None:
    """A learner's year in the database of the commands; the first module has a hostile title."""
    syllabus = bank / "syllabus.yaml"
    text = syllabus.read_text()
    hostile = HOSTILE.replace('"\\', '\\"\\')
    syllabus.write_text(text.replace("title: Shapes", f'title: "{hostile}"'))
    write_cards(bank, "01-shapes/more.yaml", *(question(f"more-{n}") for n in range(60)))
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        Learner(library, clock, seed=3).live(365)
        clock.advance(days=2)
        library.db.execute("VACUUM INTO ?", (str(database),))


def test_an_empty_log_says_how_to_begin(run) -> None:
    assert run("stats").lines[-1] == "No card was rated yet: 'flashsafety review' begins."
    data = run("stats", "--json").data
    assert (data["periods"], data["days"], data["modules"]) == ([], [], [])
    first, _ = run("forecast", "--days", "2").lines
    assert re.fullmatch(
        r"2026-03-02: 0 reviews due; to be expected \d+ ratings \(\d+ to \d+\), 7 new,"
        r" \d+ minutes \(\d+ to \d+\)",
        first,
    )
    run("config", "new_limit", "0")
    assert run("forecast", "--days", "2").lines == ["2026-03-02: nothing", "2026-03-03: nothing"]


def test_one_review_is_told_with_all_that_it_leaves_open(run, clock: FixedClock) -> None:
    run("rate", "circle-area", "easy", "--seconds", "30")
    clock.advance(days=20)
    run("rate", "circle-area", "again", "--seconds", "300")
    text = run("stats").out
    for line in (
        "  today: 1 rating, 1 minute\n",
        "  all: 2 ratings, 2 minutes, on 2 days\n",
        "  all: 0.0% of 1 (0.0% to 79.3%)\n",
        "    new: 100.0% of 1 (20.7% to 100.0%)\n",
        "  Shapes: 0.0% of 1 (0.0% to 79.3%)\n",
        "  12:00 to 12:59: 0.0% of 1 (0.0% to 79.3%)\n",
        "Not enough reviews yet: 1 of the 200 that this needs.",
    ):
        assert line in text
    assert run("stats", "--json").data["calibration"]["missing"] == 199


def test_a_year_reads_as_lines_for_a_screen_reader(run, a_year) -> None:
    lines = run("stats").lines
    assert "  all: " in "\n".join(lines)
    assert max(map(len, lines)) < 140
    drawn = [line for line in lines if re.search("[\\u2500-\\u259f]", line)]
    assert drawn == []
    for heading in ("Ratings and time", "True retention by module", "Memory now"):
        assert heading in lines


def test_the_keys_of_the_json_are_those_that_the_help_explains(run, a_year) -> None:
    data = run("stats", "--json").data
    sections: dict[str, list[Mapping[str, object]]] = {
        "The document": [data],
        "periods": data["periods"],
        "phases of a period": [p for each in data["periods"] for p in each["phases"].values()],
        "days": data["days"],
        "modules": data["modules"],
        "hours": data["hours"],
        "forecast": [data["forecast"]],
        "days and weeks of the forecast": data["forecast"]["days"] + data["forecast"]["weeks"],
        "memory": [data["memory"]],
        "mastery": data["mastery"],
        "classes of memory": [
            each for name in ("stability", "difficulty", "retrievability")
            for each in data["memory"][name]
        ],
        "calibration": [data["calibration"]],
        "bins of calibration": data["calibration"]["bins"],
    }  # fmt: skip
    assert sections.keys() == KEYS.keys()
    for heading, objects in sections.items():
        assert objects
        for each in objects:
            assert list(each) == list(KEYS[heading]), heading
    assert set(data["periods"][0]["true_retention"]) < set(KEYS["hours"])
    assert len(data["days"]) == 365
    assert [len(data["hours"]), len(data["forecast"]["days"])] == [24, 28]


def test_what_the_help_explains_stays() -> None:
    """Other programs rely on these names: more may be added, none of these goes."""
    assert {heading: " ".join(keys) for heading, keys in KEYS.items()} == {
        "The document": "study_day desired_retention periods days modules hours forecast memory"
        " mastery calibration",
        "periods": "days days_studied ratings minutes true_retention phases",
        "phases of a period": "ratings again hard good easy minutes recalled share low high",
        "days": "study_day ratings minutes paused",
        "modules": "module title desired_retention reviews recalled share low high",
        "hours": "hour reviews recalled share low high",
        "forecast": "overdue paused_until days weeks",
        "days and weeks of the forecast": "from to reviews learning ratings ratings_low"
        " ratings_high minutes minutes_low minutes_high",
        "memory": "cards known stability difficulty retrievability",
        "mastery": "module title cards known share",
        "classes of memory": "from to cards",
        "calibration": "reviews recalled share low high predicted missing log_loss brier_score"
        " rms_calibration_error rms_calibration_error_by_chance base_log_loss base_brier_score"
        " bins",
        "bins of calibration": "from to predicted reviews recalled share low high",
    }


def test_forecast_has_as_many_days_as_asked(run, a_year) -> None:
    data = run("forecast", "--days", "10", "--json").data
    assert list(data) == list(FORECAST_KEYS["The document"])
    assert [list(day) for day in data["days"]] == [list(FORECAST_KEYS["days and weeks"])] * 10
    assert [week["from"] for week in data["weeks"]] == [
        data["days"][0]["from"], data["days"][7]["from"],
    ]  # fmt: skip
    expected = data["expected"]
    assert list(expected) == list(FORECAST_KEYS["expected"])
    every = expected["days"] + expected["weeks"]
    assert [list(each) for each in every] == [
        list(FORECAST_KEYS["days and weeks of expected"])
    ] * 12
    for each in every:
        for name in ("reviews", "new", "ratings", "minutes"):
            low, mean, high = (each[f"{name}{end}"] for end in ("_low", "", "_high"))
            assert 0 <= low <= high
            assert high == 0 or low - 1 <= mean <= high + 1
    lines = run("forecast", "--days", "3").lines
    assert len(lines) >= 3
    assert f"to be expected {round(data['expected']['days'][0]['ratings'])} rating" in lines[0]
    assert "is not in the range" in run("forecast", "--days", "0", expect=2).err


def test_forecast_does_without_the_extra_and_says_so(process) -> None:
    process("rate", "circle-area", "easy", "--seconds", "5")
    program = """
import sys
from flashsafety.cli.app import run
sys.modules["numpy"] = None
sys.exit(run({arguments}))
"""
    ran = process(code=program.format(arguments=["forecast", "--days", "20"]))
    assert ran.err.endswith(
        "Lapses and new cards are left out; to have them told: pip install"
        " 'flashsafety[optimize]'\n"
    )
    assert [line.partition(": ")[2] for line in ran.lines if "nothing" not in line] == [
        "1 review: about 1 rating (1 to 2), 0 minutes"
    ]
    ran = process(code=program.format(arguments=["forecast", "--json"]))
    assert ran.data["expected"] is None


def test_a_file_is_never_written_over_unasked(run, tmp_path: Path) -> None:
    file = tmp_path / "stats.html"
    file.write_text("mine")
    assert "there is a file already" in run("stats", "--html", str(file), expect=2).err
    assert file.read_text() == "mine"
    assert run("stats", "--html", str(file), "--force").out == f"{file}\n"
    assert "No card was rated yet." in file.read_text()
    assert "give one of them" in run("stats", "--html", "x", "--json", expect=2).err
    assert "--html FILE" in run("stats", "--force", expect=2).err


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_holds_no_script_and_nothing_from_elsewhere(run, a_year, tmp_path: Path) -> None:
    file = tmp_path / "stats.html"
    run("stats", "--html", str(file))
    tags = _Tags()
    tags.feed(file.read_text())
    assert not {"script", "img", "link", "iframe", "object"} & {tag for tag, _ in tags.found}
    names = {name for _, attributes in tags.found for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in ("src", "href")]
    assert not re.search(r"url\(|@import", file.read_text())
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    assert ("meta", {"http-equiv": "Content-Security-Policy", "content": policy}) in tags.found
    assert "\\u202e" not in file.read_text().encode("ascii", "backslashreplace").decode()


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here to look at the page with")
def test_a_browser_shows_it_by_day_and_by_night(run, a_year, tmp_path: Path) -> None:
    file = tmp_path / "stats.html"
    run("stats", "--html", str(file))
    with browser(tmp_path / "profile") as page:
        page.open(file.as_uri())
        page.wait(lambda: page.params("Page.loadEventFired"))
        assert page.run("document.title") == "Statistics"
        assert page.run("document.querySelectorAll('h2').length") == 8
        assert page.run("document.querySelectorAll('svg').length") >= 8
        assert page.run("document.querySelectorAll('script, img').length") == 0
        assert "<script>alert(1)</script>" in page.run("document.body.textContent")
        assert page.run("document.documentElement.scrollWidth <= innerWidth")
        shades = []
        for scheme in ("light", "dark"):
            page.call(
                "Emulation.setEmulatedMedia",
                features=[{"name": "prefers-color-scheme", "value": scheme}],
            )
            shades.append(page.run("getComputedStyle(document.body).backgroundColor"))
        assert shades == ["rgb(255, 255, 255)", "rgb(22, 24, 28)"]
        bars = "[...document.querySelectorAll('rect')].map(bar => bar.height.baseVal.value)"
        assert page.run(f"Math.min(...{bars})") >= 0
        asked = {event["request"]["url"] for event in page.params("Network.requestWillBeSent")}
        assert asked == {file.as_uri()}
        assert page.params("Runtime.exceptionThrown") == []
        assert page.params("Log.entryAdded") == []
