"""What ``optimize`` found, in words and in the form that other programs rely on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from flashsafety.cli import rescheduling
from flashsafety.cli.forms import date_form, instant_form
from flashsafety.cli.output import Json
from flashsafety.stats.in_force import FITTED, JUDGED, LEARNERS
from flashsafety.study import words

if TYPE_CHECKING:
    from flashsafety.stats.group import GroupTrial, GroupVerdict
    from flashsafety.stats.held_out import Trial, Verdict
    from flashsafety.stats.worth import Gain, Worth
    from flashsafety.store.sets import StoredSet
    from flashsafety.study.parameters import Adopted

_WORTH = {
    "log_loss": "mean, in nats",
    "rms_calibration_error": "over bins of about equal size, 0 to 1",
    "auc": "area under the ROC curve, 0 to 1; null where all came to the same",
}
_HEAD = ("", "log loss", "RMS calibration error", "AUC")
KEYS: Mapping[str, Mapping[str, str]] = {
    "The document": {
        "trial": "what was fitted and judged, or null",
        "applied": "what came into force, or null",
        "rescheduled": "what --reschedule showed and did, or null",
    },
    "trial": {
        "modules": "those fitted to; empty of all",
        "fitted_to": "earlier reviews",
        "judged_by": "later reviews",
        "since": "first study day of the later ones, a date; null of none",
        "needed": "reviews to fit to, and to judge by",
        "defaults": "what the defaults are worth; null with too few reviews",
        "in_force": "the same of the parameters in force",
        "fitted": "the same of those fitted",
        "gain": "log loss in force less that of the fit; null with too few reviews",
        "gain_error": "the standard error of that; null",
        "better": "whether the fit predicts better than both by more than that; null",
    },
    "defaults, in_force and fitted": _WORTH,
    "applied": {
        "set": "its number, for --use",
        "cards": "whose memory is another than before",
    },
    **rescheduling.KEYS,
    "--group": {
        "learners": "fitted to, those with a review to predict",
        "reviews": "of theirs",
        "needed": "learners, and reviews",
        "defaults": "what the defaults are worth to learners held out; null with too few",
        "fitted": "what fits to the other learners are worth to them",
        "gain": "log loss of the defaults less that of the fits; null with too few",
        "gain_error": "the standard error of that, over learners; null",
        "better": "whether the gain is more than that; null",
        "weights": "the 21 numbers fitted to all; null where they are no better",
        "left_out": "lines and files: each with file, line and why",
    },
    "--history, a list, oldest first": {
        "set": "number",
        "made_at": "instant",
        "made_from": "defaults, optimize, group, or back: the weights of an earlier one",
        "weights": "the 21 numbers",
        "in_force": "true of the last",
        "fit": "how it came about; null of what was not fitted",
    },
    "fit": {
        "fitted_to": "reviews",
        "until": "study day of the newest of them, as a date",
        "judged_by": "later reviews, by which a fit to the earlier ones was judged",
        **{key: f"of that fit: {says}" for key, says in _WORTH.items()},
        "log_loss_before": "of the set that was in force, on the same reviews",
    },
}
"""Heading, then key to what it means."""


def trial_head(trial: "Trial", modules: Sequence[str]) -> Iterator[str]:
    """What there is to fit to and to judge by, or that it is too little."""
    of = f" of {', '.join(modules)}" if modules else ""
    if trial.enough:
        judged = f"judged by the {trial.later:,} since {date_form(trial.since)}"
        yield f"Fitted to {trial.earlier:,} reviews{of}, {judged}."
        yield ""
        return
    yield (
        f"Too few reviews{of} yet: {trial.earlier:,} to fit to and {trial.later:,} later ones to"
        f" judge by; {FITTED:,} and {JUDGED:,} are needed."
    )
    yield "Reviews count that come a study day or more after the rating before them."
    if trial.last_fit is not None:
        yield (
            f"The parameters in force were fitted to those up to {date_form(trial.last_fit)},"
            " so only later ones can judge."
        )


def verdict_rows(verdict: "Verdict") -> Iterator[tuple[str, ...]]:
    """A table of the three sets; of two where the defaults are in force."""
    yield _HEAD
    if verdict.in_force is verdict.defaults:
        yield _row("defaults, in force", verdict.defaults)
    else:
        yield _row("defaults", verdict.defaults)
        yield _row("in force", verdict.in_force)
    yield _row("fitted", verdict.fitted)


def _row(name: str, worth: "Worth") -> tuple[str, ...]:
    auc = "-" if worth.auc is None else f"{worth.auc:.3f}"
    scores = worth.scores
    return name, f"{scores.log_loss:.4f}", f"{scores.rms_calibration_error:.1%}", auc


def group_rows(verdict: "GroupVerdict") -> Iterator[tuple[str, ...]]:
    """A table of the defaults and the fits."""
    yield _HEAD
    yield _row("defaults", verdict.defaults)
    yield _row("fitted", verdict.fitted)


def group_words(verdict: "GroupVerdict") -> Iterator[str]:
    """Which predicts learners held out best, and by how much."""
    yield ""
    better = "better" if verdict.gain.sure else "no better"
    yield f"To learners held out the fit predicts {better} than the defaults: {_by(verdict.gain)}."


def group_form(
    trial: "GroupTrial", verdict: "GroupVerdict | None", weights: Sequence[float] | None
) -> dict[str, Json]:
    """A trial on a group for other programs."""
    return {
        "learners": trial.learners,
        "reviews": trial.reviews,
        "needed": [LEARNERS, FITTED],
        "defaults": None if verdict is None else _worth_form(verdict.defaults),
        "fitted": None if verdict is None else _worth_form(verdict.fitted),
        "gain": None if verdict is None else verdict.gain.log_loss,
        "gain_error": None if verdict is None else verdict.gain.error,
        "better": None if verdict is None else verdict.gain.sure,
        "weights": None if weights is None else list(weights),
    }


def verdict_words(verdict: "Verdict") -> Iterator[str]:
    """Which predicts best, and by how much."""
    yield ""
    over = verdict.over_in_force
    if over.sure and not verdict.better:
        yield f"The fit predicts no better than the defaults: {_by(verdict.over_defaults)}."
        return
    better = "better" if over.sure else "no better"
    yield f"The fit predicts {better} than the parameters in force: {_by(over)}."


def _by(gain: "Gain") -> str:
    """The difference, with what is to be thought of it."""
    way = "lower" if gain.log_loss > 0 else "higher"
    said = f"its log loss is {way} by {abs(gain.log_loss):.4f}, standard error {gain.error:.4f}"
    return said if gain.sure or gain.log_loss <= 0 else f"{said}, which chance may have made"


def trial_form(
    trial: "Trial", verdict: "Verdict | None", modules: Sequence[str]
) -> dict[str, Json]:
    """A trial for other programs."""
    return {
        "modules": list(modules),
        "fitted_to": trial.earlier,
        "judged_by": trial.later,
        "since": date_form(trial.since) if trial.reviews else None,
        "needed": [FITTED, JUDGED],
        "defaults": None if verdict is None else _worth_form(verdict.defaults),
        "in_force": None if verdict is None else _worth_form(verdict.in_force),
        "fitted": None if verdict is None else _worth_form(verdict.fitted),
        "gain": None if verdict is None else verdict.over_in_force.log_loss,
        "gain_error": None if verdict is None else verdict.over_in_force.error,
        "better": None if verdict is None else verdict.better,
    }


def _worth_form(worth: "Worth") -> dict[str, Json]:
    return {
        "log_loss": worth.scores.log_loss,
        "rms_calibration_error": worth.scores.rms_calibration_error,
        "auc": worth.auc,
    }


def adopted_words(adopted: "Adopted") -> str:
    """What is in force now."""
    cards = words.count(adopted.cards, "card")
    return (
        f"Parameter set {adopted.number} is in force: the memory of {cards} was reckoned anew, and"
        " no due day moved."
    )


def adopted_form(adopted: "Adopted") -> dict[str, Json]:
    """The same for other programs."""
    return {"set": adopted.number, "cards": adopted.cards}


def history_rows(stored: Sequence["StoredSet"]) -> Iterator[tuple[str, ...]]:
    """A table of the sets."""
    yield "set", "since", "from", "fitted to", "log loss", "before it"
    for each in stored:
        date = f"{instant_form(each.made_at)}"[:10]
        fit = each.fit
        figures = (
            ("", "", "")
            if fit is None
            else (f"{fit.reviews:,}", f"{fit.log_loss:.4f}", f"{fit.log_loss_before:.4f}")
        )
        yield f"{each.number}", date, _origin(each, stored), *figures


def _origin(each: "StoredSet", stored: Sequence["StoredSet"]) -> str:
    """Where a set came from; of one gone back to, its first number."""
    if each.made_from != "back":
        return each.made_from
    first = next(one.number for one in stored if one.weights == each.weights)
    return f"back to {first}"


def history_form(stored: Sequence["StoredSet"]) -> list[Json]:
    """The same for other programs."""
    return [_set_form(each, in_force=each is stored[-1]) for each in stored]


def _set_form(each: "StoredSet", *, in_force: bool) -> dict[str, Json]:
    fit = each.fit
    return {
        "set": each.number,
        "made_at": instant_form(each.made_at),
        "made_from": each.made_from,
        "weights": list(each.weights),
        "in_force": in_force,
        "fit": None
        if fit is None
        else {
            "fitted_to": fit.reviews,
            "until": date_form(fit.until),
            "judged_by": fit.judged,
            "log_loss": fit.log_loss,
            "rms_calibration_error": fit.rmse,
            "auc": fit.auc,
            "log_loss_before": fit.log_loss_before,
        },
    }
