"""What a search finds is what a plain reading of its tree finds, over any small database."""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import eq, ge, gt, le, lt, ne
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock, day_begins_at, study_day
from flashsafety.content.notes import read_note
from flashsafety.content.searched import fold, searched_text
from flashsafety.scheduling.curve import forgetting_curve, share_at
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS, Scheduler
from flashsafety.store.conditions import Known, scope
from flashsafety.store.search import STUDY_ORDER, Column, Order, find_ids
from flashsafety.store.tree import (
    All,
    Any,
    Flagged,
    Has,
    Introduced,
    Is,
    Named,
    Not,
    Pattern,
    Rated,
    Tree,
    Untagged,
    Wild,
    Words,
)
from flashsafety.study.find import find, index_faults, rebuild_index, refresh_index
from flashsafety.study.library import Library
from flashsafety.terms import Instant, Memory, Parameters, Phase, StudyDay
from tests.banks import QUESTION, question, tiny_bank, write_cards
from tests.libraries import open_library
from tests.study.trees import LETTERS, NAMES, trees

NOW = datetime(2026, 3, 29, 12, tzinfo=UTC)
"""The day on which Berlin's clocks go forward."""
HOUR = 3_600_000
COMPARE = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


@dataclass(frozen=True)
class Card:
    """A card of a random world, as far as a search sees it. Days and hours count from now."""

    key: str
    module: str
    type: str
    source: str
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    texts: tuple[str, str]
    phase: int
    due: int
    """Days in review, hours in the steps."""
    stability: float
    difficulty: float
    last: int
    interval: int
    reps: int
    lapses: int
    suspended: bool
    buried: int | None
    flag: str | None
    log: tuple[tuple[int, int, bool], ...]
    """Days ago, rating, undone."""

    @property
    def note(self) -> str:
        return self.key.partition("/")[0]

    @property
    def content(self) -> str:
        names = {"id": self.note, "topics": self.topics, "source": self.source, "tags": self.tags}
        keys = ("prompt", "answer") if self.type == "question" else ("term", "definition")
        return json.dumps({"type": self.type, **names, **dict(zip(keys, self.texts, strict=True))})


def subsets(kind: str, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(NAMES[kind]), min_size=least, unique=True).map(tuple)


_text = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: f"a{text}")
_card = st.builds(
    Card,
    key=st.just(""),
    module=st.sampled_from(NAMES["module"]),
    type=st.sampled_from(NAMES["type"]),
    source=st.sampled_from(NAMES["source"]),
    topics=subsets("topic", 1),
    tags=subsets("tag"),
    texts=st.tuples(_text, _text),
    phase=st.integers(0, 3),
    due=st.integers(-40, 40),
    stability=st.integers(1, 400).map(lambda tenths: tenths / 10),
    difficulty=st.integers(10, 100).map(lambda tenths: tenths / 10),
    last=st.integers(-60, 1),
    interval=st.integers(0, 40 * 86_400),
    reps=st.integers(0, 9),
    lapses=st.integers(0, 9),
    suspended=st.booleans(),
    buried=st.one_of(st.none(), st.integers(-1, 2)),
    flag=st.sampled_from((None, "wrong", "wrong: really", "wrongly", "typo")),
    log=st.lists(st.tuples(st.integers(-1, 60), st.integers(1, 4), st.booleans()), max_size=4).map(
        tuple
    ),
)
KEYS = ("no0/recall", "no2/forward", "no2/reverse", "no1/recall")


@st.composite
def worlds(draw: st.DrawFn) -> list[Card]:
    cards = [
        replace(card, key=key)
        for key, card in zip(KEYS, draw(st.lists(_card, min_size=1, max_size=4)), strict=False)
    ]
    for card in cards:
        if cards[0].note != card.note == cards[1].note:  # two cards of one note
            mine = ("type", "source", "topics", "tags", "texts", "module")
            same = {name: getattr(cards[1], name) for name in mine}
            cards[cards.index(card)] = replace(card, **same)
    return cards


@contextmanager
def empty_library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as name:
        bank = tiny_bank(Path(name) / "bank")
        clock = FixedClock(NOW, zone=ZoneInfo("Europe/Berlin"))
        with open_library(Path(name), bank, clock, leech_threshold=5) as library:
            assert library.device and library.scheduling
            yield library


def fill(library: Library, world: list[Card]) -> None:
    """Make the database hold just this."""
    db, now = library.db, library.clock.now()
    db.execute("BEGIN")
    for table in ("card_name", "card_text", "unsearched", "review", "card", "note"):
        db.execute(f"DELETE FROM {table}")
    db.execute("INSERT INTO card_trigram (card_trigram) VALUES ('delete-all')")
    for number, card in enumerate(world):
        lists = (json.dumps(card.topics), json.dumps(card.tags))
        db.execute(
            "INSERT OR IGNORE INTO note VALUES (?,?,?,?,?,'[]',?,'','f.yaml',1,NULL)",
            (card.note, card.type, card.module, *lists, card.content),
        )
        steps, review = card.phase in (1, 3), card.phase == 2
        known = card.phase > 0
        db.execute(
            "INSERT INTO card VALUES (?,?,?,?,?,1,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                number + 1, card.key, card.note, card.module, f"f.yaml:{number}", card.phase,
                0 if steps else None, card.stability if known else None,
                card.difficulty if known else None, now.at + card.due * HOUR if steps else None,
                now.day + card.due if review else None, card.interval if known else 0,
                now.at if known else None, now.day + card.last if known else None, card.reps,
                card.lapses, card.suspended,
                None if card.buried is None else now.day + card.buried, card.flag, card.type,
            ),
        )  # fmt: skip
        for place, (ago, rating, undone) in enumerate(card.log):
            db.execute(
                "INSERT INTO review VALUES (?,?,?,?,0,?,0,0,0,0,?,?,'review',?)",
                (number + 1, bytes([number, place]).rjust(16), rating, now.at, now.day - ago,
                 library.scheduling[0], library.device, 1 if undone else None),
            )  # fmt: skip
    db.execute("INSERT INTO unsearched SELECT id FROM note")
    db.execute("COMMIT")


# ---- a plain reading of the tree -----------------------------------------------------------------


def holds(tree: Tree, card: Card, library: Library, texts: dict[str, str]) -> bool:
    """Whether a search finds a card."""
    match tree:
        case All(parts):
            return all(holds(part, card, library, texts) for part in parts)
        case Any(parts):
            return any(holds(part, card, library, texts) for part in parts)
        case Not(part):
            return not holds(part, card, library, texts)
    return term_holds(tree, card, library, texts)


def term_holds(term: Tree, card: Card, library: Library, texts: dict[str, str]) -> bool:
    match term:
        case Words(pattern):
            return expression(pattern, fold).search(texts[card.note]) is not None
        case Named(name, pattern):
            return any(
                expression(pattern, str).fullmatch(one) for one in names(card, name, pattern)
            )
        case Untagged():
            return not card.tags
        case Flagged(reason):
            said = (card.flag or "").partition(":")[0]
            return bool(said) if reason is None else said == reason
        case Is(state):
            return is_in(state, card, library)
        case Has():
            return has(term, card, library)
        case Rated(days, rating):
            return any(ago < days and rating in (None, given) for ago, given in counting(card))
        case Introduced(days):
            return max((ago for ago, _ in counting(card)), default=days) < days
    raise AssertionError(term)


def expression(pattern: Pattern, read) -> re.Pattern[str]:
    signs = {Wild.MANY: ".*", Wild.ONE: "."}
    return re.compile(
        "".join(signs[p] if isinstance(p, Wild) else re.escape(read(p)) for p in pattern), re.DOTALL
    )


def names(card: Card, name: str, pattern: Pattern) -> tuple[str, ...]:
    if name == "card":
        whole = any("/" in part for part in pattern if isinstance(part, str))
        return (card.key if whole else card.key.partition("/")[2],)
    if name in ("tag", "topic"):
        return card.tags if name == "tag" else card.topics
    return (getattr(card, name),)


def is_in(state: str, card: Card, library: Library) -> bool:
    steps = card.phase in (Phase.LEARNING, Phase.RELEARNING)
    return {
        "new": card.phase == Phase.NEW,
        "learn": steps,
        "review": card.phase in (Phase.REVIEW, Phase.RELEARNING),
        "due": not hidden(card)
        and ((steps and card.due <= 0) or (card.phase == Phase.REVIEW and card.due <= 0)),
        "suspended": card.suspended,
        "buried": (card.buried or 0) > 0,
        "leech": card.lapses >= 5,
        "flagged": card.flag is not None,
    }[state]


def hidden(card: Card) -> bool:
    return card.suspended or (card.buried or 0) > 0


def has(term: Has, card: Card, library: Library) -> bool:
    known = card.phase > 0
    curve = forgetting_curve(DEFAULT_WEIGHTS)
    chance = curve(card.stability, max(0, -card.last))
    if term.property == "r":
        assume(abs(chance - term.value) > 1e-9)
    value = {
        "s": card.stability if known else None,
        "d": card.difficulty if known else None,
        "r": chance if known else None,
        "ivl": card.interval // 86_400 if known else 0,
        "reps": card.reps,
        "lapses": card.lapses,
        "due": due_in(card, library),
    }[term.property]
    return value is not None and COMPARE[term.operator](value, term.value)


def due_in(card: Card, library: Library) -> int | None:
    """Days from today."""
    if hidden(card) or card.phase == Phase.NEW:
        return None
    if card.phase == Phase.REVIEW:
        return card.due
    clock, at = library.clock, library.clock.now().at + card.due * HOUR
    return study_day(at, clock.offset_at(at), clock.day_start) - library.clock.now().day


def counting(card: Card) -> list[tuple[int, int]]:
    return [(ago, rating) for ago, rating, undone in card.log if not undone]


# ---- the tests -----------------------------------------------------------------------------------


def test_sql_finds_what_a_plain_reading_finds():
    with empty_library() as library:

        @given(worlds(), trees)
        @settings(max_examples=600, deadline=None)
        def check(world: list[Card], asked: Tree) -> None:
            fill(library, world)
            refresh_index(library)
            texts = {card.note: searched_text(read_note(card.content)) for card in world}
            wanted = [
                number for number, card in enumerate(world, 1) if holds(asked, card, library, texts)
            ]
            assert found(library, asked) == wanted
            assert found(library, asked, common=True) == wanted

        check()


def found(
    library: Library, asked: Tree, order: Order = STUDY_ORDER, *, common: bool = False
) -> list[int]:
    moment, clock = library.clock.now(), library.clock
    known = Known(
        moment,
        Instant(moment.at + library.settings.learn_ahead * 1000),
        lambda day: day_begins_at(day, clock),
        library.settings.leech_threshold,
        lambda chance: share_at(DEFAULT_WEIGHTS, chance),
        lambda _: common,
    )
    return find_ids(library.db, scope(asked, known), order, moment.day)


@given(st.floats(0.01, 1), st.integers(0, 4000), st.floats(0.01, 400))
def test_the_curve_and_its_inverse_are_those_of_py_fsrs(chance, days, stability):
    scheduler = Scheduler(Parameters(DEFAULT_WEIGHTS))
    memory = Memory(Phase.REVIEW, None, stability, 5.0, StudyDay(0))
    curve = forgetting_curve(DEFAULT_WEIGHTS)
    assert curve(stability, days) == scheduler.retrievability(memory, StudyDay(days))
    at = share_at(DEFAULT_WEIGHTS, chance)
    assert curve(stability, at * stability) == pytest.approx(chance)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    "column",
    ["study", "card", "module", "due", "interval", "stability", "difficulty", "recall", "reps",
     "lapses"],
)  # fmt: skip
def test_lists_are_sorted_and_cards_without_a_number_come_last(column: Column, descending: bool):
    with empty_library() as library:

        @given(worlds())
        @settings(max_examples=25, deadline=None)
        def check(world: list[Card]) -> None:
            fill(library, world)
            curve = forgetting_curve(DEFAULT_WEIGHTS)
            values: dict[str, list[object]] = {
                "study": list(range(len(world))),
                "card": [card.key for card in world],
                "module": [card.module for card in world],
                "due": [None if c.phase == 0 else due_at(c, library) for c in world],
                "interval": [(c.interval if c.phase else 0) or None for c in world],
                "stability": [c.stability if c.phase else None for c in world],
                "difficulty": [c.difficulty if c.phase else None for c in world],
                "recall": [curve(c.stability, max(0, -c.last)) if c.phase else None for c in world],
                "reps": [c.reps for c in world],
                "lapses": [c.lapses for c in world],
            }
            listed = found(library, All(()), Order(column, descending))
            assert sorted(listed) == list(range(1, len(world) + 1))
            shown = [values[column][number - 1] for number in listed]
            known = [value for value in shown if value is not None]
            assert shown == [*known, *[None] * (len(shown) - len(known))]
            assert known == sorted(known, reverse=descending)  # type: ignore[type-var]

        check()


def due_at(card: Card, library: Library) -> int:
    now = library.clock.now()
    if card.phase == Phase.REVIEW:
        return (now.day + card.due) * 24 * HOUR
    return now.at + card.due * HOUR


def test_a_first_page_is_the_top_of_the_whole_list():
    with empty_library() as library:

        @given(worlds(), st.integers(1, 5))
        @settings(max_examples=25, deadline=None)
        def check(world: list[Card], limit: int) -> None:
            fill(library, world)
            order = Order("recall", True)
            assert (
                find(library, "", order=order, limit=limit)
                == find(library, "", order=order)[:limit]
            )

        check()


# ---- kept up to date by sync ---------------------------------------------------------------------


def keys(library: Library, query: str) -> list[str]:
    marks = json.dumps(find(library, query))
    return [
        row[0]
        for row in library.db.execute(
            "SELECT key FROM card WHERE id IN (SELECT value FROM json_each(?)) ORDER BY key",
            (marks,),
        )
    ]


def test_what_the_bank_says_now_is_what_is_found(library: Library, bank: Path):
    assert keys(library, "radius") == ["circle-area/recall", "circle/forward", "circle/reverse"]
    file = bank / "01-shapes/shapes.yaml"
    file.write_text(file.read_text().replace("The distance is the radius.", "It has a name."))
    library.take_in_changes()
    assert keys(library, "radius") == ["circle-area/recall"]
    assert keys(library, "has name") == ["circle/forward", "circle/reverse"]
    write_cards(bank, "01-shapes/more.yaml", question("chord", extra="tags: [lines]\n"))
    library.take_in_changes()
    assert keys(library, "tag:lines") == keys(library, "note:chord") == ["chord/recall"]
    (bank / "01-shapes/more.yaml").write_text(
        (bank / "01-shapes/more.yaml").read_text().replace("[lines]", "[segments]")
    )
    library.take_in_changes()
    assert keys(library, "tag:lines") == []
    assert keys(library, "tag:seg*") == ["chord/recall"]
    (bank / "01-shapes/more.yaml").unlink()
    library.take_in_changes()
    assert keys(library, "asked by chord") == []
    assert index_faults(library) == []


def test_gaps_line_breaks_and_emphasis_do_not_hide_words(library: Library, bank: Path):
    write_cards(
        bank,
        "01-shapes/more.yaml",
        question("emphasis", prompt="Along the **sign of\n  the** `loss` ﬁeld", answer="GRÖSSE"),
    )
    library.take_in_changes()
    assert keys(library, '"four equal sides"') == ["square-facts/c1", "square-facts/c2"]
    for text in ('"the sign of the loss field"', "größe", "Grösse", "gr_sse"):
        assert keys(library, text) == ["emphasis/recall"]
    assert keys(library, "euclid-elements or shapes.yaml") == []


def test_an_index_that_was_lost_is_found_to_be_so_and_made_again(library: Library):
    refresh_index(library)
    assert index_faults(library) == []
    library.db.execute("DELETE FROM card_text WHERE card = 3")
    library.db.execute("DELETE FROM card_name WHERE kind = 'type' AND value = 'concept'")
    faults = index_faults(library)
    assert "circle/forward is not found by its words" in faults
    rebuild_index(library)
    assert index_faults(library) == []
    assert keys(library, "type:concept") == ["circle/forward", "circle/reverse"]


def test_a_card_may_be_chosen_for_a_session_by_a_search(library: Library):
    from flashsafety.study.session import StudySession
    from flashsafety.study.today import Choice

    session = StudySession(library, Choice(query="type:choice or type:numeric"))
    assert session.remaining.new == 2
    assert session.current is not None
    assert session.current.note.type == "choice"
    assert QUESTION.split()[1] not in session.current.key
