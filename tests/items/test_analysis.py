"""What item analysis says of a class whose truth is known, and of one that is reckoned by hand."""

import statistics
from pathlib import Path
from random import Random

import pytest

from flashsafety.study.anonymous import COLUMNS, HEADER
from tests.classes import write_class
from tests.items.brute import reckon

FIGURES = ("difficulty", "discrimination", "recall", "first_again", "leech_rate")


def line(
    learner: int,
    card: str = "card-a/recall",
    *,
    number: int = 2,
    rating: int = 3,
    phase: int = 2,
    elapsed: int | str = 3,
    origin: str = "review",
    picks: str = ",,",
) -> str:
    """One rating, by default a first review."""
    cells = (
        "1",
        f"{learner:016x}",
        "ml",
        card,
        number,
        3,
        rating,
        phase,
        elapsed,
        86400,
        5,
        origin,
    )
    return ",".join(map(str, (*cells, picks)))


def write(file: Path, *lines: str) -> Path:
    file.write_text("\n".join([HEADER, *lines, ""]), encoding="ascii")
    return file


# ---- against the truth ---------------------------------------------------------------------------


def test_the_order_of_difficulty_is_that_of_the_truth(tmp_path: Path, analysed) -> None:
    files, truth = write_class(tmp_path, 200, 40)
    report = analysed(files)
    assert report.faults == report.doubled == ()
    assert report.learners == {"a-tiny-course": 200}
    found = {item.card: item.difficulty for item in report.items}
    assert found.keys() == truth.hardness.keys()
    cards = sorted(found)

    def ranks(by_card: dict[str, float]) -> list[int]:
        ordered = sorted(cards, key=lambda card: by_card[card])
        return [ordered.index(card) for card in cards]

    def agreement(hardness: dict[str, float]) -> float:
        return statistics.correlation(ranks(found), ranks(hardness))

    assert agreement(truth.hardness) > 0.8
    shuffled = [truth.hardness[card] for card in cards]
    Random(1).shuffle(shuffled)
    assert agreement(dict(zip(cards, shuffled, strict=True))) < 0.4
    assert [item.difficulty for item in report.items] == sorted(found.values(), reverse=True)


def test_the_wrong_option_that_draws_most_is_named_first(tmp_path: Path, analysed) -> None:
    files, truth = write_class(tmp_path, 60, 20)
    named = {item.card: item.wrong[0].option for item in analysed(files).items if item.wrong}
    assert named == truth.distractor


def test_a_card_that_misleads_those_who_know_is_told_by_its_discrimination(tmp_path, analysed):
    """Learners of more and less ability; of three cards one is as others, one random, one upside
    down."""
    rng = Random(5)
    files = []
    for learner in range(80):
        able = rng.random()
        lines = []
        for card in range(20):
            chance = {0: 1 - able, 1: 0.5}.get(card, able)
            rating = 3 if rng.random() < chance else 1
            lines.append(line(learner, f"card-{card:02}/recall", rating=rating))
        files.append(write(tmp_path / f"{learner}.csv", *lines))
    found = {item.card: item.discrimination for item in analysed(files).items}
    assert found["card-00/recall"] < -0.3
    assert abs(found["card-01/recall"]) < 2 / 80**0.5
    others = [
        value for card, value in found.items() if card not in ("card-00/recall", "card-01/recall")
    ]
    assert min(others) > 0.2


def test_a_card_that_is_asked_late_is_not_called_hard_for_it(tmp_path: Path, analysed) -> None:
    """Two cards fare as all do after as many days, one of them is asked after more of them."""
    lines = []
    for learner in range(100):
        for card in range(10):
            late = learner % 2 if card > 1 else card
            recalled = (learner // 2 + card) % 10 >= (5 if late else 1)
            lines.append(
                line(
                    learner,
                    f"card-{card}/recall",
                    elapsed=20 if late else 2,
                    rating=3 if recalled else 1,
                )
            )
    found = {item.card: item for item in analysed([write(tmp_path / "all.csv", *lines)]).items}
    soon, late = found["card-0/recall"], found["card-1/recall"]
    assert soon.recall - late.recall == pytest.approx(0.4)
    assert late.difficulty - soon.difficulty == pytest.approx(0, abs=0.05)


# ---- against plain reckoning ---------------------------------------------------------------------


@pytest.mark.parametrize(("learners", "reviews"), [(40, 2), (12, 12)])
def test_every_figure_is_what_plain_reckoning_gives(tmp_path, analysed, learners, reviews) -> None:
    files, _ = write_class(tmp_path, learners, 15, seed=learners, reviews=reviews)
    expected = reckon(files)
    items = analysed(files).items
    assert {item.card for item in items} == expected.keys()
    for item in items:
        about = expected[item.card]
        assert (item.learners, item.ratings) == (about["learners"], about["ratings"])
        for figure in FIGURES:
            assert getattr(item, figure) == pytest.approx(about[figure], abs=1e-9), figure
        assert [wrong.option for wrong in item.wrong] == [option for option, _ in about["wrong"]]
        shares = [share for _, share in about["wrong"]]
        assert [wrong.share for wrong in item.wrong] == pytest.approx(shares)


def test_figures_are_given_from_ten_learners_on(tmp_path: Path, analysed) -> None:
    met = [line(who, phase=0, number=1, elapsed="", rating=1) for who in range(9)]
    picked = [line(who, "card-b/choose", rating=1, picks="2,2,0123abcd") for who in range(9)]
    file = write(tmp_path / "nine.csv", *met, *map(line, range(9)), *picked)
    for item in analysed([file]).items:
        assert item.learners == 9
        assert [getattr(item, figure) for figure in FIGURES] == [None] * 5
        assert item.wrong == ()
    tenth = [
        line(9, phase=0, number=1, elapsed=""),
        line(9),
        line(9, "card-b/choose", rating=1, picks="2,2,0123abcd"),
    ]
    more = write(tmp_path / "tenth.csv", *tenth)
    found = {item.card: item for item in analysed([file, more]).items}
    assert found["card-a/recall"].first_again == 0.9
    assert found["card-a/recall"].recall == 1
    assert found["card-a/recall"].discrimination is None  # everyone recalled it
    assert [(wrong.option, wrong.share) for wrong in found["card-b/choose"].wrong] == [(2, 1)]


def test_cramming_counts_for_nothing(tmp_path: Path, analysed) -> None:
    lines = [line(who) for who in range(10)]
    crammed = [
        line(who, number=1, rating=1, origin="cram", picks="2,2,0123abcd") for who in range(10)
    ]
    (item,) = analysed([write(tmp_path / "a.csv", *crammed, *lines)]).items
    assert (item.ratings, item.recall, item.wrong) == (10, 1, ())
    assert analysed([write(tmp_path / "b.csv", *crammed)]).items == ()


def test_options_count_under_the_wording_that_was_answered_most(tmp_path: Path, analysed) -> None:
    old = [line(who, number=5, rating=1, picks="3,3,aaaaaaaa") for who in range(11)]
    new = [line(who, number=who + 6, rating=1, picks="1 2,1 2,bbbbbbbb") for who in range(12)]
    (item,) = analysed([write(tmp_path / "a.csv", *old, *new)]).items
    assert [(wrong.option, wrong.share) for wrong in item.wrong] == [(1, 1), (2, 1)]


def test_a_leech_is_a_card_that_lapsed_eight_times(tmp_path: Path, analysed) -> None:
    lines = [line(who, number=n + 2, rating=1) for who in range(10) for n in range(8 if who else 7)]
    (item,) = analysed([write(tmp_path / "a.csv", *lines)]).items
    assert item.leech_rate == 0.9


# ---- learners ------------------------------------------------------------------------------------


def test_a_learner_counts_once_and_with_the_latest_export(tmp_path: Path, analysed) -> None:
    others = write(tmp_path / "others.csv", *map(line, range(9)))
    old = write(tmp_path / "old.csv", line(9, rating=1, number=3))
    new = write(tmp_path / "new.csv", line(9), line(9, rating=1, number=3))
    copy = write(tmp_path / "zcopy.csv", line(9), line(9, rating=1, number=3))
    report = analysed([others, old, new, copy])
    (item,) = report.items
    assert (item.learners, item.ratings, item.recall) == (10, 11, 1)
    assert [(fault.file, fault.why) for fault in report.doubled] == [
        (str(old), f"its learner is in {new} too, and counted there alone"),
        (str(copy), f"its learner is in {new} too, and counted there alone"),
    ]
    assert report.faults == ()


def test_banks_are_analysed_each_by_itself(tmp_path: Path, analysed) -> None:
    one = write(tmp_path / "one.csv", *map(line, range(10)))
    lines = [line(who, rating=1).replace(",ml,", ",birds,") for who in range(10, 21)]
    report = analysed([one, write(tmp_path / "two.csv", *lines)])
    assert report.learners == {"birds": 11, "ml": 10}
    assert [(item.bank, item.difficulty) for item in report.items] == [("birds", 1), ("ml", 0)]


def test_every_column_has_a_shape_in_order() -> None:
    from flashsafety.study.anonymous_files import MOST, NUMBERS, SHAPES

    assert list(SHAPES) == list(COLUMNS)
    assert set(MOST) == set(NUMBERS)
