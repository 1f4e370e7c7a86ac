"""Parameters for newcomers: better to people they never saw, or not handed out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.histories import forecasts, histories
from flashsafety.stats.from_elsewhere import over_in_force
from flashsafety.stats.group import PARTS, GroupTrial
from flashsafety.stats.in_force import FITTED, LEARNERS
from flashsafety.stats.worth import gain
from flashsafety.study.handed_in import handed_in
from flashsafety.study.library import Library
from tests.groups import anonymous, write_group
from tests.simulated import FORGETFUL, log_of


def quiet(_: str) -> None:
    pass


def trial_on(files: list[Path]) -> GroupTrial:
    return GroupTrial(handed_in([str(file) for file in files]))


def test_a_group_that_forgets_alike_is_predicted_better(tmp_path: Path) -> None:
    files = write_group(tmp_path, [FORGETFUL] * 15)
    trial = trial_on(files)
    assert trial.learners == 15 and trial.enough
    verdict = trial.judge(quiet)
    assert verdict.gain.sure
    assert verdict.gain.log_loss == pytest.approx(
        verdict.defaults.scores.log_loss - verdict.fitted.scores.log_loss
    )
    newcomer = histories(log_of(FORGETFUL, seed=99, days=150, new=2))
    theirs = forecasts(newcomer, DEFAULT_WEIGHTS, 0)
    assert gain(forecasts(newcomer, trial.fit(), 0), theirs).sure


def test_a_group_as_the_defaults_say_gets_nothing(tmp_path: Path) -> None:
    trial = trial_on(write_group(tmp_path, [DEFAULT_WEIGHTS] * 12))
    assert trial.enough
    assert not trial.judge(quiet).gain.sure


def test_nobody_is_judged_by_weights_that_saw_them(tmp_path: Path, monkeypatch) -> None:
    from flashsafety.stats import group

    files = write_group(tmp_path, [FORGETFUL] * LEARNERS, days=60, new=3)
    fitted: list[set[int]] = []
    judged: list[set[int]] = []
    real_fit, real_forecasts = group._fit, forecasts

    def fit(learners):
        fitted.append({id(run) for own in learners for run in own})
        return real_fit(learners)

    def predict(runs, weights, since):
        judged.append({id(run) for run in runs})
        assert not judged[-1] & fitted[-1]
        return real_forecasts(runs, weights, since)

    monkeypatch.setattr(group, "_fit", fit)
    monkeypatch.setattr(group, "forecasts", predict)
    trial_on(files).judge(quiet)
    assert len(fitted) == PARTS
    assert len({run for runs in judged for run in runs}) == len(fitted[0] | set().union(*judged))


def test_the_error_is_over_learners(tmp_path: Path) -> None:
    """The same person handed in as ten is no ten people, however many reviews that makes."""
    rows = log_of(FORGETFUL, seed=1, days=120, new=2)
    other = log_of(DEFAULT_WEIGHTS, seed=2, days=120, new=2)
    files = []
    for number in range(10):
        file = tmp_path / f"{number}.csv"
        file.write_text(anonymous(rows if number % 2 else other, f"{number:016x}"))
        files.append(file)
    verdict = trial_on(files).judge(quiet)
    reviews = trial_on(files).reviews
    assert verdict.gain.error * reviews**0.5 > 0.05


@pytest.mark.parametrize(("learners", "days"), [(LEARNERS - 1, 60), (LEARNERS, 8)])
def test_too_little_is_too_little(tmp_path: Path, learners: int, days: int) -> None:
    trial = trial_on(write_group(tmp_path, [DEFAULT_WEIGHTS] * learners, days=days))
    assert not trial.enough
    assert trial.learners == learners
    assert (trial.reviews >= FITTED) == (days == 60)


def test_of_nothing_there_is_nothing() -> None:
    trial = GroupTrial(handed_in([]))
    assert (trial.learners, trial.reviews, trial.enough) == (0, 0, False)


def test_parameters_from_elsewhere_are_judged_by_one_s_own_log(
    lived: Callable[[tuple[float, ...]], Library],
) -> None:
    library = lived(FORGETFUL)
    suited = over_in_force(library, FORGETFUL)
    assert suited is not None and suited.sure
    same = over_in_force(library, DEFAULT_WEIGHTS)
    assert same is not None and same.log_loss == 0 and not same.sure


def test_a_log_that_is_short_judges_nothing(library_of_nobody: Library) -> None:
    assert over_in_force(library_of_nobody, FORGETFUL) is None


@pytest.fixture
def library_of_nobody(tmp_path: Path, clock):
    from tests.banks import tiny_bank
    from tests.libraries import open_library

    with open_library(tmp_path, tiny_bank(tmp_path / "bank"), clock) as library:
        library.take_in_changes()
        yield library
