"""Drawing an exam and scoring it, without a database."""

from collections import Counter, defaultdict
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.content.notes import (
    AnyNote,
    ChoiceNote,
    ClozeNote,
    ConceptNote,
    NumericNote,
    OrderingNote,
    QuestionNote,
    TypedNote,
)
from flashsafety.content.source import Source
from flashsafety.errors import UsageError
from flashsafety.store.quiz import Eligible, Subject, Unit
from flashsafety.study.grading import grade
from flashsafety.study.quiz import (
    ONE_POINT,
    Asked,
    Drawn,
    draw,
    points,
    score,
    ticked_share,
    worth,
)
from flashsafety.study.showing import Showing
from flashsafety.study.units import modules_named, words_for
from flashsafety.terms import CardKey, CardState

# ---- drawing -------------------------------------------------------------------------------------

Pool = list[Eligible]


@st.composite
def pools(draw_: st.DrawFn) -> Pool:
    """Notes of up to twelve topics in up to four modules, some with several cards."""
    pool: Pool = []
    for module in range(draw_(st.integers(0, 4))):
        for topic in range(draw_(st.integers(1, 3))):
            for note in range(draw_(st.integers(0, 7))):
                name = f"{module}-{topic}-{note}"
                for _ in range(draw_(st.integers(1, 3))):
                    pool.append(Eligible(name, f"m{module}", f"t{topic}", len(pool)))
    return pool


def by_card(pool: Pool) -> dict[int, Eligible]:
    return {card.card: card for card in pool}


def topics_of(pool: Pool, drawn: list[Drawn]) -> Counter[tuple[str, str]]:
    cards = by_card(pool)
    return Counter((cards[d.card].module, cards[d.card].topic) for d in drawn)


@given(pools(), st.integers(0, 60), st.integers())
def test_an_exam_has_what_was_asked_or_all_there_is_and_no_note_twice(pool, count, seed):
    drawn = draw(pool, count, Random(seed))
    assert len(drawn) == min(count, len({card.note for card in pool}))
    cards = by_card(pool)
    notes = [cards[d.card].note for d in drawn]
    assert len(notes) == len(set(notes))
    assert all(cards[d.card].topic == d.topic for d in drawn)


@given(pools(), st.integers(0, 60), st.integers())
def test_topics_are_asked_as_evenly_as_can_be(pool, count, seed):
    got = topics_of(pool, draw(pool, count, Random(seed)))
    have = Counter({(card.module, card.topic, card.note) for card in pool})
    notes = Counter((module, topic) for module, topic, _ in have)
    for topic in notes:
        for other in notes:
            if got[topic] + 1 < got[other]:
                assert got[topic] == notes[topic], "a topic was passed over that had more notes"


@given(pools(), st.integers(0, 60), st.integers())
def test_the_same_seed_gives_the_same_exam_whatever_the_order_of_the_pool(pool, count, seed):
    shuffled = pool.copy()
    Random(seed + 1).shuffle(shuffled)
    assert draw(pool, count, Random(seed)) == draw(shuffled, count, Random(seed))


def test_a_short_exam_over_many_modules_asks_each_module_once():
    pool = [
        Eligible(f"{module}-{topic}-{note}", f"m{module}", f"t{topic}", module * 100 + topic * 10)
        for module in range(6)
        for topic in range(module + 1)
        for note in range(3)
    ]
    for seed in range(50):
        got = topics_of(pool, draw(pool, 6, Random(seed)))
        assert Counter(module for module, _ in got.elements()) == Counter(
            f"m{module}" for module in range(6)
        )


def test_drawing_leaves_the_global_generator_alone():
    import random

    before = random.getstate()
    draw([Eligible(f"n{n}", "m", f"t{n % 3}", n) for n in range(30)], 20, Random(1))
    assert random.getstate() == before


def test_every_note_can_be_drawn_and_in_every_place():
    pool = [Eligible(f"n{n}", "m", f"t{n % 2}", n) for n in range(6)]
    places = defaultdict(set)
    for seed in range(300):
        for place, drawn in enumerate(draw(pool, 4, Random(seed))):
            places[drawn.card].add(place)
    assert places == {card: {0, 1, 2, 3} for card in range(6)}


# ---- judging -------------------------------------------------------------------------------------

COMMON = {"id": "a-note", "topics": ("t",), "source": "euclid"}


def make(model: type[AnyNote], **keys: object) -> AnyNote:
    kind = model.model_fields["type"].annotation.__args__[0]  # type: ignore[union-attr]
    return model.model_validate({**COMMON, "type": kind, **keys})


OPTIONS = (
    {"text": "one", "why": "w", "answer": True},
    {"text": "two", "why": "w"},
    {"text": "three", "why": "w", "answer": True},
)
CHOICE = make(ChoiceNote, prompt="p", options=OPTIONS)
NUMERIC = make(NumericNote, prompt="p", answer="2.5", tolerance="1%")
TYPED = make(TypedNote, prompt="p", answer="semicircle", accept=("half circle",))
ORDERING = make(OrderingNote, prompt="p", items=("a", "b", "c"))
PARTIAL = make(OrderingNote, prompt="p", items=("a", "b", "c"), partial=True)
RUBRIC = make(QuestionNote, prompt="p", answer="a", rubric=("x", "y", "z"))
PLAIN = make(QuestionNote, prompt="p", answer="a")
CONCEPT = make(ConceptNote, term="t", definition="d")
CLOZE = make(ClozeNote, text="{{c1::gap}}")


@pytest.mark.parametrize(
    ("note", "given_", "expected"),
    [
        (CHOICE, (0, 2), 1.0),
        (CHOICE, (2, 0), 1.0),
        (CHOICE, (0,), 0.0),
        (CHOICE, (0, 1, 2), 0.0),
        (CHOICE, (0, 2, 9), 0.0),
        (NUMERIC, "2.52", 1.0),
        (NUMERIC, "2.6", 0.0),
        (NUMERIC, "many", 0.0),
        (TYPED, "Half-circle", 1.0),
        (TYPED, "semicirlce", 0.5),
        (TYPED, "square", 0.0),
        (ORDERING, (0, 1, 2), 1.0),
        (ORDERING, (0, 2, 1), 0.0),
        (PARTIAL, (0, 2, 1), 2 / 3),
        (PARTIAL, (2, 1, 0), 0.0),
        (PARTIAL, (0, 1), 0.0),
        (PARTIAL, "a b c", 0.0),
        (CHOICE, "one", 0.0),
        (NUMERIC, (1,), 0.0),
        (CONCEPT, "d", 0.0),
    ],
)
def test_what_an_answer_is_worth(note, given_, expected):
    assert worth(note, given_) == pytest.approx(expected)


@pytest.mark.parametrize("note", [CHOICE, NUMERIC, TYPED, ORDERING, PARTIAL])
def test_no_answer_is_worth_nothing(note):
    assert worth(note, None) == 0
    assert grade(note, None) is not None


def test_the_learner_judges_just_what_the_program_cannot():
    assert points(RUBRIC) == ("x", "y", "z")
    assert [points(note) for note in (PLAIN, CONCEPT, CLOZE)] == [(ONE_POINT,)] * 3
    assert [points(note) for note in (CHOICE, NUMERIC, TYPED, ORDERING)] == [()] * 4
    assert grade(RUBRIC, "words") is None


def test_ticks_are_worth_their_share_and_stray_ones_nothing():
    assert ticked_share(RUBRIC, ()) == 0
    assert ticked_share(RUBRIC, (0, 2, 2, 7)) == pytest.approx(2 / 3)
    assert ticked_share(PLAIN, (0,)) == 1


# ---- the score -----------------------------------------------------------------------------------

SOURCES = (Source("euclid", "Elements", None, None, None), None)


@st.composite
def exams(draw_: st.DrawFn) -> list[Asked]:
    questions = []
    for place in range(draw_(st.integers(0, 25))):
        module, topic = draw_(st.integers(1, 3)), draw_(st.integers(0, 3))
        note = make(QuestionNote, prompt="p", answer="a", at=draw_(st.sampled_from(["1", "2"])))
        source = draw_(st.sampled_from(SOURCES))
        key, text = CardKey(f"n{place}/recall"), f"m{module}"
        showing = Showing(
            place, key, note, "recall", text, text, CardState(), source, "f", 1, None, ()
        )
        subject = Subject(module, topic, text, text.upper(), f"t{topic}", f"T{topic}", None)
        got = draw_(st.sampled_from([None, 0.0, 0.5, 1.0]))
        questions.append(Asked(showing, subject, None, frozenset(), got))
    return questions


@given(exams())
def test_the_score_is_the_sum_of_its_parts(questions):
    found = score(questions)
    assert found.earned == pytest.approx(sum(asked.score or 0 for asked in questions))
    assert found.questions == len(questions)
    assert found.unjudged == sum(asked.score is None for asked in questions)
    assert 0 <= found.share <= 1
    named = sorted({asked.subject for asked in questions})
    assert [topic.subject for topic in found.topics] == named
    for topic in found.topics:
        own = [place for place, asked in enumerate(questions) if asked.subject == topic.subject]
        assert list(topic.questions) == own
        assert topic.earned == pytest.approx(sum(questions[place].score or 0 for place in own))
        missed = [place for place in own if questions[place].score in (0.0, 0.5)]
        assert list(topic.missed) == missed
        places = [(questions[p].showing.source, questions[p].showing.note.at) for p in missed]
        assert [(x.source, x.at) for x in topic.reread] == list(dict.fromkeys(places))


# ---- names ---------------------------------------------------------------------------------------

UNITS = (
    Unit(1, "shapes", "Shapes", "basics", "Basics", True, 3),
    Unit(2, "sets", "Sets", "basics", "Basics", True, 2),
    Unit(3, "primes", "Primes", "numbers", "Numbers", False, 4),
    Unit(7, "primality-tests", "Primality tests", "numbers", "Numbers", False, 0),
    Unit(9, "limits", "Limits", "analysis", "Analysis", False, 1),
)


@pytest.mark.parametrize(
    ("names", "modules"),
    [
        (["shapes"], ["shapes"]),
        (["7"], ["primality-tests"]),
        (["basics"], ["shapes", "sets"]),
        (["numb"], ["primes", "primality-tests"]),
        (["sh"], ["shapes"]),
        (["LIMITS", "1", "shapes"], ["shapes", "limits"]),
        (["primes"], ["primes"]),
        ([], []),
    ],
)
def test_modules_and_sections_are_known_by_slug_number_or_beginning(names, modules):
    assert list(modules_named(names, UNITS)) == modules


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("shaeps", 'did you mean "shapes"?'),
        ("anaylsis", 'did you mean "analysis"?'),
        ("prim", "write one of: primes, primality-tests"),
        ("8", "they go from 1 to 9"),
        ("", "sections: basics, numbers, analysis"),
        ("\x1b[31m", "sections: basics, numbers, analysis"),
    ],
)
def test_a_name_that_stands_for_nothing_or_too_much_is_told_how_to_mend(name, said):
    with pytest.raises(UsageError) as caught:
        modules_named([name], UNITS)
    assert said in caught.value.mend


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        (("shapes", "sets", "primes", "limits"), "the whole course"),
        (("shapes", "sets", "primes", "primality-tests", "limits"), "the whole course"),
        (("shapes", "sets"), "Basics"),
        (("primes", "primality-tests"), "Primes"),
        (("shapes", "limits"), "Shapes, Limits"),
        (("shapes", "sets", "limits"), "3 modules"),
        (("gone", "lost"), "2 modules"),
    ],
)
def test_a_choice_of_modules_has_a_name(modules, said):
    assert words_for(modules, UNITS) == said
