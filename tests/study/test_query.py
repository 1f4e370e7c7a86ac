"""The search language: what a text asks for, what is refused, and that it is Anki's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.store.tree import (
    All,
    Any,
    Flagged,
    Has,
    Introduced,
    Is,
    Named,
    Not,
    Rated,
    Tree,
    Untagged,
    Wild,
    Words,
)
from flashsafety.study.find import find
from flashsafety.study.library import Library
from flashsafety.study.query import DEEPEST, LONGEST, joined, parse
from flashsafety.study.query_tokens import QueryError
from flashsafety.study.search_words import PROPERTIES, STATES, WORDS
from tests.banks import question, tiny_bank, write_cards
from tests.libraries import open_library
from tests.study.trees import as_text, trees

DOG, CAT = Words(("dog",)), Words(("cat",))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("", All(())),
        ("  dog ", DOG),
        ("dog cat", All((DOG, CAT))),
        ("dog AND cat", All((DOG, CAT))),
        ("dog or cat", Any((DOG, CAT))),
        ("dog cat OR cat", Any((All((DOG, CAT)), CAT))),
        ("dog (cat or dog)", All((DOG, Any((CAT, DOG))))),
        ("-dog", Not(DOG)),
        ("-(dog or cat)", Not(Any((DOG, CAT)))),
        ("--dog", Not(Words(("-dog",)))),
        ("- dog", All((Words(("-",)), DOG))),
        ('"dog cat"', Words(("dog cat",))),
        ('-"a dog"', Not(Words(("a dog",)))),
        ('dog"cat"', All((DOG, CAT))),
        ('"or"', Words(("or",))),
        ("-or", Not(Words(("or",)))),
        ("d_g d*g", All((Words(("d", Wild.ONE, "g")), Words(("d", Wild.MANY, "g"))))),
        (r"a\*b \_ \\ \"", All(tuple(Words((part,)) for part in ("a*b", "_", "\\", '"')))),
        (r"\(x\) \-x x\:y", All(tuple(Words((part,)) for part in ("(x)", "-x", "x:y")))),
        (r"\alpha", Words((r"\alpha",))),
        ('"x:y"', Words(("x:y",))),
        ("1:30", Words(("1:30",))),
        ("tag:area", Named("tag", ("area",))),
        ('tag:"a b"', Named("tag", ("a b",))),
        ('"tag:a b"', Named("tag", ("a b",))),
        ("tag:ar*", Named("tag", ("ar", Wild.MANY))),
        ("tag:none", Untagged()),
        ("module:shapes", Named("module", ("shapes",))),
        ("card:circle/forward", Named("card", ("circle/forward",))),
        ("is:due", Is("due")),
        ("Is:Learning", Is("learn")),
        ("flag:", Flagged(None)),
        ("flag:wrong", Flagged("wrong")),
        ("prop:s>30", Has("s", ">", 30)),
        ("prop:d>=7.5", Has("d", ">=", 7.5)),
        ("prop:r<0.9", Has("r", "<", 0.9)),
        ("prop:due!=-1", Has("due", "!=", -1)),
        ("rated:7", Rated(7, None)),
        ("rated:7:1", Rated(7, 1)),
        ("rated:0", Rated(1, None)),
        ("introduced:30", Introduced(30)),
    ],
)
def test_a_text_asks_for(text: str, asks: Tree):
    assert parse(text) == asks


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("dog or", 7, "a term is missing here"),
        ("or dog", 1, '"or" does not stand between two terms'),
        ("dog or or cat", 8, '"or" does not stand between two terms'),
        ("dog (cat", 5, "this bracket is not closed"),
        ("dog)", 4, "this bracket closes nothing"),
        ("dog ()", 6, "there is nothing in these brackets"),
        ('dog "cat', 5, "this quote is not closed"),
        ('dog ""', 5, "there is nothing between the quotes"),
        ("dog modul:x", 5, 'did you mean "module"?'),
        ("deck:x", 1, "a deck of Anki is a module here"),
        ("x:y", 1, "to find the colon itself, put the term in quotes"),
        ("is:sus", 1, 'did you mean "suspended"?'),
        ("is:", 1, "is: takes buried, due"),
        ("tag:", 1, "tag:none finds cards without one"),
        ("flag:1", 1, "wrong, unclear, outdated"),
        ("prop:s", 1, "write prop:s>1"),
        ("prop:ease>2", 1, "difficulty is prop:d"),
        ("prop:x=1", 1, "prop: takes d, due, ivl"),
        ("prop:ivl>1.5", 1, "write a whole number of days"),
        ("prop:r<90", 1, "write a chance from 0 to 1"),
        ("prop:reps>-1", 1, "write a whole number"),
        ("rated:7:5", 1, "rated:7:1 those rated Again"),
        ("introduced:7:1", 1, "introduced:7 finds"),
        ("(" * (DEEPEST + 1), DEEPEST + 1, "brackets stand inside each other"),
        ("x" * (LONGEST + 1), LONGEST + 1, "longer than 1000 characters"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_place_and_its_mend(text, column, said):
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.column == column
    assert f"column {column} of the search" in str(caught.value)
    assert said in str(caught.value)
    assert caught.value.mend


@given(trees)
@settings(deadline=None)
def test_a_tree_written_as_text_is_read_as_it_was(asked: Tree):
    assert parse(as_text(asked)) == asked


def test_the_readme_names_every_search_word():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    words = [f"`{word}:" for word in WORDS if word != "is"]
    assert [word for word in (*words, *STATES, *PROPERTIES) if word not in readme] == []


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("half", "of a circle"), 'half "of a circle"'),
        (("-of a circle", "is:due"), '-"of a circle" is:due'),
        (("tag:a b",), '"tag:a b"'),
        (('say "of a circle"', "x"), 'say "of a circle" x'),
    ],
)
def test_what_was_one_argument_stays_one_term(arguments: tuple[str, ...], text: str):
    assert joined(arguments) == text


# ---- on a real database --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Iterator[Library]:
    from datetime import UTC, datetime

    from flashsafety.clock import FixedClock

    folder = tmp_path_factory.mktemp("query")
    bank = tiny_bank(folder / "bank")
    clock = FixedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    with open_library(folder, bank, clock) as library:
        library.take_in_changes()
        yield library


PIECES = (
    "is:", "prop:", "rated:", "tag:", "flag:", "card:", "introduced:", "due", "s>3", "r<0.5", "7:1",
    "none", "wrong", "or", "and", "-", "(", ")", '"', "*", "_", "\\", ":", "\x00", "\ud800",
    "\u202e", "[", "]", "?", "%", "'", "é", "日本", "\U0001f469\u200d\U0001f52c", "ε", "**", "`",
    "abc", "a",
)  # fmt: skip
texts = st.one_of(
    st.text(st.characters(codec=None), max_size=40),
    st.lists(st.sampled_from([*PIECES, " "]), max_size=25).map("".join),
)


@given(texts)
@settings(max_examples=400, deadline=None)
def test_any_text_is_answered_or_refused_in_words(library, text: str):
    try:
        found = find(library, text)
    except QueryError as error:
        assert error.what
        assert error.mend
        assert 1 <= error.column <= len(text) + 1
    else:
        assert len(found) == len(set(found)) <= 9


@pytest.mark.parametrize(
    "text",
    [
        " ".join("a" * 500),
        " or ".join("a" * 200),
        "-(" * DEEPEST + "a" + ")" * DEEPEST,
        "b or a -(" * DEEPEST + "-i*t" + " c or d)" * DEEPEST,
        "a (" * DEEPEST + "prop:due!=3" + ")" * DEEPEST,
        " ".join(["prop:r<1"] * 111),
        "a*" * 500,
        "*" * 1000,
        '"' + "x" * 998 + '"',
    ],
)
def test_the_longest_searches_are_answered(library, text: str):
    assert len(text) <= LONGEST
    find(library, text)


# ---- beside Anki ---------------------------------------------------------------------------------

TEXTS = (
    "dog", "cat", "underdog", "a dog", "dog cat", "d_g", "dg", "dung", "or", "dog or cat", "x:y",
    "(p)", "-neg", "50%", "back\\slash", 'quo"te', "E[X]", "a*b", "MOUSE",
)  # fmt: skip
QUERIES = (
    "dog", "DOG", "dog cat", "dog or cat", "dog cat or mouse", "dog (cat or mouse)", "-dog",
    "--dog", "-(dog or cat)", '"a dog"', '-"a dog"', 'a" dog"', "d_g", "d*g", r"d\_g", '"or"',
    "dog and cat", "dog AND -underdog", "(dog)(cat)", "dog(cat)", r"x\:y", r"\(p\)", '"(p)"',
    r"\-neg", "50%", r"back\\slash", r"quo\"te", "E[X]", r"a\*b", "*", "_", "mouse", "-",
    "is:new", "-is:new", "is:review", "is:suspended or dog", "dog prop:reps=0", "rated:1",
    "prop:ivl=0 -prop:lapses>0",
)  # fmt: skip
REFUSED = (
    "dog or", "or dog", "and", "()", "-()", "(dog", "dog)", '"abc', '""', "is:xyz", "is:",
    "prop:ivl", "prop:ivl>", "prop:ivl>a", "prop:ivl=1.5", "rated:x", "rated:1:9", "rated:-3",
    "prop:s>x", "flag:9", "dog and", "prop: ivl>1",
)  # fmt: skip


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    """Find with ours and with Anki in cards of the same words; gives places in ``TEXTS``."""
    from datetime import UTC, datetime

    import anki.collection
    from anki.errors import SearchError

    from flashsafety.clock import FixedClock

    folder: Path = tmp_path_factory.mktemp("beside")
    bank = tiny_bank(folder / "bank")
    cards = [
        question(f"zzz{place:02}", prompt=text, answer="Zzz.") for place, text in enumerate(TEXTS)
    ]
    write_cards(bank, "01-shapes/shapes.yaml", *cards)
    collection = anki.collection.Collection(str(folder / "anki.anki2"))
    notetype, deck = collection.models.by_name("Basic"), collection.decks.id("Default")
    assert notetype is not None and deck is not None
    theirs = {}
    for place, text in enumerate(TEXTS):
        note = collection.new_note(notetype)
        note.fields = [text, "zzz"]
        collection.add_note(note, deck)
        theirs[note.card_ids()[0]] = place
    with open_library(folder, bank, FixedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))) as library:
        library.take_in_changes()
        ours = dict(library.db.execute("SELECT id, CAST(substr(note, 4) AS INTEGER) FROM card"))

        def both(query: str) -> tuple[object, object]:
            try:
                they: object = {theirs[card] for card in collection.find_cards(query)}
            except SearchError:
                they = "refused"
            try:
                we: object = {ours[card] for card in find(library, query)}
            except QueryError:
                we = "refused"
            return we, they

        yield both
    collection.close()


@pytest.mark.parametrize("query", [*QUERIES, *REFUSED])
def test_anki_finds_the_same(beside, query: str):
    we, they = beside(query)
    assert we == they
    assert (we == "refused") == (query in REFUSED)
