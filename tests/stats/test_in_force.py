"""What is said of the parameters in force, and when a fit is called worth a trial."""

import pytest

from flashsafety.stats.figures import figures
from flashsafety.stats.held_out import Trial
from flashsafety.stats.in_force import FITTED, JUDGED, InForce, parameters_in_force
from flashsafety.stats.words import parameters
from flashsafety.store.sets import Fit
from flashsafety.study.parameters import adopt, go_back
from flashsafety.terms import StudyDay
from tests.simulated import FORGETFUL


def of(library) -> InForce:
    with figures(library) as log:
        return parameters_in_force(log)


def test_before_the_first_rating_there_is_nothing_to_say(studied) -> None:
    assert parameters(of(studied(0))) == ()


def test_defaults_a_fit_and_a_set_gone_back_to_are_told_apart(lived) -> None:
    library = lived(FORGETFUL)
    about = of(library)
    assert about.worth_a_trial == (about.reviews >= FITTED + JUDGED)
    assert about.worth_a_trial == Trial(library).enough
    assert parameters(about) == (
        "The parameters in force are the defaults of FSRS.",
        f"{about.reviews:,} reviews so far: 'flashsafety optimize' sees whether a fit predicts"
        " better.",
    )
    newest = library.db.execute("SELECT max(study_day) FROM review").fetchone()[0]
    fit = Fit(1234, StudyDay(newest), 300, 0.3, 0.02, 0.6, 0.31)
    adopt(library, FORGETFUL, fit)
    assert parameters(of(library)) == (
        "The parameters in force are fitted on 2026-03-02 to 1,234 reviews.",
    )
    go_back(library, 1)
    assert parameters(of(library))[0] == (
        "The parameters in force are those of an earlier set, since 2026-03-02."
    )
    go_back(library, 2)
    about = of(library)
    assert (about.reviews, about.worth_a_trial) == (0, False)


@pytest.mark.parametrize("days", [60, 120])
def test_what_came_since_the_fit_counts(lived, days: int) -> None:
    library = lived(FORGETFUL)
    newest = library.db.execute("SELECT max(study_day) FROM review").fetchone()[0]
    adopt(library, FORGETFUL, Fit(1234, StudyDay(newest - days), 300, 0.3, 0.02, 0.6, 0.31))
    about = of(library)
    count = "SELECT count(*) FROM review WHERE phase = 2 AND study_day > ?"
    assert about.reviews == library.db.execute(count, (newest - days,)).fetchone()[0]
    assert about.worth_a_trial == (about.reviews >= JUDGED)
