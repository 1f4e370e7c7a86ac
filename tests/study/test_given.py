"""What the learner answered is kept beside the rating that it led to."""

import json

from flashsafety.study.answer import answer_card
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating


def kept(library: Library) -> list[tuple[str, object, bool, bool]]:
    """Card key, answer, whether its rating was undone, whether the wording is the same."""
    rows = library.db.execute(
        "SELECT card.key, answer, undone_at IS NOT NULL, wording = note.fingerprint FROM given"
        " JOIN review ON review.id = given.review JOIN card ON card.id = review.card"
        " JOIN note ON note.id = card.note ORDER BY given.review"
    )
    return [(key, json.loads(text), bool(undone), bool(same)) for key, text, undone, same in rows]


def test_an_answer_is_kept_with_its_rating_and_outlives_undo(library: Library) -> None:
    session = StudySession(library)
    session.answer(Rating.AGAIN, 0, (2, 1))
    session.undo()
    session.answer(Rating.GOOD, 0, "  Distanz \u00fc  ")
    assert kept(library) == [
        ("circle/forward", [2, 1], True, True),
        ("circle/forward", "Distanz \u00fc", False, True),
    ]
    assert rebuild(library, verify=True).differing == ()


def test_nothing_is_kept_where_nothing_was_answered(library: Library) -> None:
    for given in (None, (), "  "):
        answer_card(library, 1, Rating.GOOD, 0, given=given)
    assert kept(library) == []
    assert library.db.execute("SELECT count(*) FROM review").fetchone() == (3,)


def test_an_answer_to_other_words_is_told_apart(library: Library, bank) -> None:
    StudySession(library).answer(Rating.GOOD, 0, (0,))
    file = bank / "01-shapes" / "shapes.yaml"
    file.write_text(file.read_text().replace("one distance", "a single distance"))
    library.take_in_changes()
    assert [same for *_, same in kept(library)] == [False]


def test_a_note_that_left_the_bank_is_still_answered_for(library: Library, bank) -> None:
    StudySession(library).answer(Rating.GOOD, 0, (0,))
    (bank / "01-shapes" / "shapes.yaml").unlink()
    library.take_in_changes()
    assert [answer for _, answer, *_ in kept(library)] == [[0]]
