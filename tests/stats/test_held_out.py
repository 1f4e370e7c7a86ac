"""Parameters judged by what they were not fitted to: for learners whose memory is known."""

from itertools import pairwise
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.fit import Examples
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.histories import forecasts, histories
from flashsafety.stats.calibration import calibration
from flashsafety.stats.figures import figures
from flashsafety.stats.held_out import Trial
from flashsafety.stats.in_force import FITTED, JUDGED
from flashsafety.stats.worth import area_under_roc, worth
from flashsafety.store.training import training_rows
from flashsafety.study.answer import act_on_card, undo_newest
from flashsafety.study.parameters import adopt
from tests.simulated import FORGETFUL, log_of, some_weights

chances = st.lists(st.sampled_from((0.1, 0.4, 0.5, 0.8, 0.9, 0.95)), max_size=12)


def quiet(_: str) -> None:
    pass


@given(chances, chances)
def test_auc_is_the_share_of_pairs_that_are_in_order(low: list[float], high: list[float]) -> None:
    pairs = [(one > other) + (one == other) / 2 for one in high for other in low]
    area = area_under_roc(low, high)
    if not pairs:
        assert area is None
    else:
        assert area == pytest.approx(sum(pairs) / len(pairs))


def test_the_measures_are_those_of_the_statistics(lived) -> None:
    """Log loss and RMS calibration error over the whole log, where every review is in review."""
    library = lived(DEFAULT_WEIGHTS)
    runs = histories(training_rows(library.db))
    forgotten, recalled = forecasts(runs, DEFAULT_WEIGHTS, 0)
    here = worth(forgotten, recalled).scores
    with figures(library) as sums:
        there = calibration(sums).scores
    assert there is not None
    assert here.log_loss == pytest.approx(there.log_loss)
    assert here.rms_calibration_error == pytest.approx(there.rms_calibration_error)
    mean = -(sum(map(log, recalled)) + sum(log(1 - p) for p in forgotten))
    assert here.log_loss == pytest.approx(mean / (len(forgotten) + len(recalled)))


def test_a_fit_to_a_learner_who_forgets_otherwise_predicts_better(lived) -> None:
    trial = Trial(lived(FORGETFUL))
    assert trial.enough
    verdict = trial.judge(quiet)
    assert verdict.in_force is verdict.defaults
    assert verdict.better
    assert verdict.fitted.auc is not None
    assert verdict.fitted.scores.rms_calibration_error < (
        verdict.defaults.scores.rms_calibration_error
    )
    weights, fit = trial.fit(verdict, quiet)
    assert weights != DEFAULT_WEIGHTS
    assert fit.reviews == trial.earlier + trial.later
    assert fit.log_loss == verdict.fitted.scores.log_loss
    assert fit.log_loss_before == verdict.in_force.scores.log_loss


def test_a_fit_to_a_learner_of_the_defaults_is_no_better(lived) -> None:
    verdict = Trial(lived(DEFAULT_WEIGHTS)).judge(quiet)
    assert not verdict.better


def test_no_review_is_both_fitted_to_and_judged_by(lived) -> None:
    """Whatever comes on the later days, the fit to the earlier ones is the same."""
    library = lived(FORGETFUL)
    trial = Trial(library)
    before = trial._examples.fit(1, trial.since)
    library.db.execute("UPDATE review SET rating = 5 - rating WHERE study_day >= ?", (trial.since,))
    assert Trial(library)._examples.fit(1, trial.since) == before


def test_what_was_fitted_is_judged_only_by_what_came_after(lived) -> None:
    library = lived(FORGETFUL)
    trial = Trial(library)
    adopt(library, *trial.fit(trial.judge(quiet), quiet))
    again = Trial(library)
    assert again.later == 0
    assert not again.enough
    newest = library.db.execute("SELECT max(study_day) FROM review").fetchone()[0]
    assert again.last_fit == newest
    library.db.execute("UPDATE parameters SET fit = json_set(fit, '$.until', ?)", (newest - 40,))
    later = Trial(library)
    assert later.since == max(trial.since, newest - 39)
    library.db.execute("UPDATE parameters SET fit = json_set(fit, '$.until', ?)", (newest - 300,))
    assert Trial(library).since == trial.since


def test_too_few_reviews_are_not_judged(studied) -> None:
    trial = Trial(studied(0))
    assert (trial.reviews, trial.earlier, trial.later, trial.enough) == (0, 0, 0, False)


@pytest.mark.parametrize(
    ("earlier", "later", "enough"),
    [(FITTED, JUDGED, True), (FITTED - 1, JUDGED, False), (FITTED, JUDGED - 1, False)],
)
def test_it_takes_enough_of_both(studied, earlier: int, later: int, enough: bool) -> None:
    trial = Trial(studied(0))
    trial.earlier, trial.later = earlier, later
    assert trial.enough is enough


def test_cramming_undone_ratings_and_runs_without_a_start_count_for_nothing(lived) -> None:
    library = lived(DEFAULT_WEIGHTS)
    db = library.db
    whole = Trial(library).reviews
    one, two, three = (
        row[0] for row in db.execute("SELECT id FROM card WHERE reps > 3 ORDER BY id LIMIT 3")
    )
    counts = {}
    for card in (one, two, three):
        rows = [row for row in training_rows(db) if row[0] == card]
        [run] = histories(rows)
        counts[card] = sum(b[2] > a[2] for a, b in pairwise(run))
        assert counts[card]
    db.execute("UPDATE review SET undone_at = 1 WHERE card = ?", (one,))
    db.execute("UPDATE review SET origin = 'cram' WHERE card = ?", (two,))
    db.execute("DELETE FROM review WHERE card = ? AND phase < 2", (three,))
    assert Trial(library).reviews == whole - sum(counts.values())


def test_a_reset_that_was_undone_is_none(lived) -> None:
    library = lived(DEFAULT_WEIGHTS)
    card = library.db.execute("SELECT id FROM card WHERE phase = 2").fetchone()[0]
    before = training_rows(library.db)
    act_on_card(library, card, "reset")
    assert [row for row in training_rows(library.db) if not row[1]] != []
    undo_newest(library)
    assert training_rows(library.db) == before


def test_only_the_cards_of_some_modules_are_read(lived) -> None:
    library = lived(DEFAULT_WEIGHTS)
    library.db.execute("UPDATE card SET module = 'colours' WHERE id % 2")
    shapes, colours = Trial(library, ["shapes"]), Trial(library, ["colours"])
    assert shapes.reviews
    assert colours.reviews
    assert shapes.reviews + colours.reviews == Trial(library, ["shapes", "colours"]).reviews


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_fit_predicts_nearly_as_well_as_the_truth(seed: int) -> None:
    """Over two years, 60,000 to 90,000 ratings: log loss held out is within 1% of the truth's.

    The judge knows how the learner truly forgets, which nobody else does.
    """
    truth = some_weights(seed)
    runs = histories(log_of(truth, seed=seed, days=730, new=8))
    examples = Examples(runs)
    since = examples.day_at(0.8)
    fitted = worth(*forecasts(runs, examples.fit(1, since), since)).scores.log_loss
    true = worth(*forecasts(runs, truth, since)).scores.log_loss
    default = worth(*forecasts(runs, DEFAULT_WEIGHTS, since)).scores.log_loss
    assert fitted < 1.01 * true
    assert true < default
