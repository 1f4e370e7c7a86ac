"""When a card waits for the next day because of a look-alike, case by case."""

import pytest

from flashsafety.scheduling.apart import waits
from flashsafety.terms import CardKey, Met, Phase, StudyDay
from tests.scheduling.test_queue import TODAY, candidate, keys, new, planned, review, shown

OTHER = CardKey("sphere/forward")
YOUNG, MATURE = 20.9, 21.0


@pytest.mark.parametrize(
    ("phase", "due", "own", "other", "lapses", "held"),
    [
        (Phase.REVIEW, 0, YOUNG, MATURE, 0, True),
        (Phase.REVIEW, 0, MATURE, YOUNG, 0, True),
        (Phase.REVIEW, 0, MATURE, None, 0, True),
        (Phase.REVIEW, 0, MATURE, MATURE, 0, False),
        (Phase.REVIEW, 0, YOUNG, YOUNG, 5, True),
        (Phase.REVIEW, -1, YOUNG, YOUNG, 0, False),
        (Phase.RELEARNING, 0, YOUNG, YOUNG, 0, False),
        (Phase.LEARNING, 0, YOUNG, YOUNG, 0, False),
        (Phase.NEW, 0, None, YOUNG, 0, True),
        (Phase.NEW, 0, None, None, 0, True),
        (Phase.NEW, 0, None, YOUNG, 1, False),
        (Phase.NEW, 0, None, MATURE, 0, False),
    ],
)
def test_a_fresh_look_alike_makes_a_card_wait_once(
    phase: Phase, due: int, own: float | None, other: float | None, lapses: int, *, held: bool
) -> None:
    card = candidate("circle", phase=phase, due=due, stability=own or 1.0)
    assert waits(card, Met(OTHER, other, lapses), TODAY) is held


def test_of_two_look_alikes_due_today_one_comes_and_the_other_tomorrow() -> None:
    pair = [
        review("circle", interval_days=9)._replace(alike="sphere"),
        review("sphere", interval_days=9)._replace(alike="circle"),
    ]
    today = planned(reviews=pair)
    assert len(today.review) == 1
    assert (today.held_siblings, today.held_limit) == (1, 0)
    tomorrow = planned(reviews=[card._replace(due_day=StudyDay(TODAY - 1)) for card in pair])
    assert len(tomorrow.review) == 2


def test_a_new_card_waits_for_the_look_alike_that_is_new_today_and_others_take_its_place() -> None:
    circle, sphere = new("circle")._replace(alike="sphere"), new("sphere")._replace(alike="circle")
    queue = planned(new=[circle, sphere, new("line")], new_left=2)
    assert keys(shown(queue)) == ["circle/recall", "line/recall"]


def test_a_look_alike_that_the_limit_leaves_out_makes_nobody_wait() -> None:
    circle = review("circle", due=-3)._replace(alike="sphere")
    sphere = new("sphere")._replace(alike="circle")
    assert keys(planned(reviews=[circle], new=[sphere], review_left=0).new) == ["sphere/recall"]
