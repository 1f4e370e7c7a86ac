"""``optimize --group``: parameters that a course hands to its newcomers, and ``--use`` of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flashsafety.cli import output
from flashsafety.cli.optimize_extra import needed_by
from flashsafety.cli.target import refuse_taken, writing_to
from flashsafety.errors import FlashsafetyError
from flashsafety.study import words

if TYPE_CHECKING:
    from flashsafety.stats.group import GroupTrial
    from flashsafety.study.handed_in import HandedIn
    from flashsafety.study.library import Library
    from flashsafety.study.parameters import Adopted
    from flashsafety.study.start_file import Start

_LONG = 100_000
"""Reviews from which a trial takes seconds; what is being done is then narrated."""


def fit(files: tuple[str, ...], write: str | None, *, force: bool, as_json: bool) -> bool:
    """Fit to a group and judge by learners held out; false when something is to be mended.

    Raises:
        UsageError: A package is missing, or there is a file already where one is to be written.
    """
    if write is not None:
        refuse_taken(write, force=force)
    with needed_by("optimize"):
        from flashsafety.stats.group import GroupTrial
    from flashsafety.study.handed_in import handed_in

    handed = handed_in(files)
    trial = GroupTrial(handed)
    start = _judged(trial, handed, as_json=as_json)
    for fault in handed.faults:
        output.note(str(fault))
    if handed.unread:
        output.note(f"left unread: {words.count(handed.unread, 'more file')}; these were enough")
    if write is not None:
        _write(start, write, force=force)
    elif start is not None and not as_json:
        output.note("'--write FILE' writes the parameters for newcomers")
    return not handed.faults and (write is None or start is not None)


def _judged(trial: "GroupTrial", handed: "HandedIn", *, as_json: bool) -> "Start | None":
    """Say what the fit is worth; what is to be handed out, where it is better."""
    from flashsafety.cli import optimize_forms as forms
    from flashsafety.study.start_file import Start

    def narrate(what: str) -> None:
        if trial.reviews >= _LONG:
            output.note(f"{what} ...")

    verdict = trial.judge(narrate) if trial.enough else None
    start = None
    if verdict is not None and verdict.gain.sure:
        losses = verdict.fitted.scores.log_loss, verdict.defaults.scores.log_loss
        start = Start(trial.fit(), trial.learners, trial.reviews, *losses)
    if as_json:
        weights = None if start is None else start.weights
        left_out = [fault._asdict() for fault in handed.faults]
        output.json({**forms.group_form(trial, verdict, weights), "left_out": left_out})
        return start
    output.say("\n".join(_head(trial)))
    if verdict is not None:
        output.table(forms.group_rows(verdict))
        output.say("\n".join(forms.group_words(verdict)))
    return start


def _head(trial: "GroupTrial") -> Iterator[str]:
    from flashsafety.stats.in_force import FITTED, LEARNERS

    there = f"{words.count(trial.reviews, 'review')} of {words.count(trial.learners, 'learner')}"
    if trial.enough:
        yield f"Fitted to {there}, judged by learners held out, a fifth at a time."
        yield ""
        return
    yield f"Too little yet: {there}; {FITTED:,} reviews of {LEARNERS} learners are needed."
    yield "Reviews count that come a study day or more after the rating before them."


def _write(start: "Start | None", file: str, *, force: bool) -> None:
    if start is None:
        output.note("nothing was written: newcomers do as well with the defaults")
        return
    from flashsafety.study.start_file import as_text

    with writing_to(file, force=force) as out:
        out.write(as_text(start))
    output.note(f"{file}: 'flashsafety optimize --use {file}' puts them in force")


def start_with(library: "Library", file: str) -> "Adopted | None":
    """Put a group's parameters in force; none when they are already.

    Raises:
        UsageError: The file is none of these.
        FlashsafetyError: They predict the learner's own log no better than those in force.
    """
    from flashsafety.stats.from_elsewhere import over_in_force
    from flashsafety.study import parameters
    from flashsafety.study.start_file import read_start

    start = read_start(file)
    fitted = f"{words.count(start.reviews, 'review')} of {words.count(start.learners, 'learner')}"
    output.note(f"fitted to {fitted}")
    gain = over_in_force(library, start.weights)
    if gain is not None and not gain.sure:
        raise FlashsafetyError(
            "these predict your own reviews no better than the parameters in force",
            where=file,
            mend="nothing was changed; 'flashsafety optimize' fits to your own log",
        )
    return parameters.start_with(library, start.weights)
