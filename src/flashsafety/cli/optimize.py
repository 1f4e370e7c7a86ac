"""``optimize``: parameters fitted to the learner's own log, kept, and gone back from."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.documented import Documented
from flashsafety.cli.optimize_extra import needed_by
from flashsafety.cli.options import examples, json_option, module_option
from flashsafety.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashsafety.stats.held_out import Trial, Verdict
    from flashsafety.study.library import Library

_LONG = 200_000
"""Ratings from which all of it takes more than a second; what is being done is then narrated."""


class _Optimize(Documented):
    def keys(self) -> Mapping[str, Mapping[str, str]]:
        """Of the whole document."""
        from flashsafety.cli.optimize_forms import KEYS

        return KEYS


@click.command(
    "optimize",
    cls=_Optimize,
    epilog=examples(
        "flashsafety optimize",
        "flashsafety optimize --apply",
        "flashsafety optimize --history",
        "flashsafety optimize --use 1 --reschedule",
        "flashsafety optimize --module robustness",
        "flashsafety optimize --group handed-in/*.csv --write start.json",
        "flashsafety optimize --use start.json",
    ),
)
@module_option("Fit to and judge by this module's cards alone; repeat for others. Never applied.")
@click.option("--apply", is_flag=True, help="Put the fit in force, if it predicts better.")
@click.option("--use", metavar="N|FILE", help="Put an earlier set in force again, or a group's.")
@click.option(
    "--reschedule",
    is_flag=True,
    help="Then move the due days to fit; shows first what changes. Alone, fits nothing.",
)
@click.option("--yes", is_flag=True, help="Move the due days without asking.")
@click.option("--history", is_flag=True, help="List the sets that were in force.")
@click.option("--group", is_flag=True, help="Fit to the anonymous logs of a group, for newcomers.")
@click.option("--write", metavar="FILE", help="Write what --group fitted, if it is better.")
@click.option("--force", is_flag=True, help="Replace that file when there is one.")
@click.argument("files", nargs=-1, metavar="[FILE.csv]...")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    modules: tuple[str, ...],
    apply: bool,
    use: str | None,
    reschedule: bool,
    yes: bool,
    history: bool,
    group: bool,
    write: str | None,
    force: bool,
    files: tuple[str, ...],
    as_json: bool,
) -> None:
    """Fit the 21 parameters of FSRS to your own reviews, and see whether they predict better.

    They are fitted to the earlier reviews, about four fifths, and judged by the later ones, beside
    the defaults and those in force. What counts is log loss: the mean of what each review cost in
    surprise, in nats, so lower is better. RMS calibration error says how far predicted and true
    recall lie apart, AUC how well what is forgotten is told from what is recalled (0.5 is chance).
    Without --apply nothing changes.

    With --apply, and only if the fit predicts better, the parameters are fitted to all reviews and
    are in force: memory is reckoned anew, and no due day moves unless --reschedule asks for it.
    Every set is kept, and --use goes back. Memory is reckoned by one set for all modules.

    Cramming, what was undone, and cards whose first ratings are not in the log are left out.

    With --group the logs are those that learners wrote with 'export reviews --anonymous'. The
    learners are dealt into five parts, and each part judges a fit to the other four. What predicts
    learners it never saw better than the defaults do is fitted to all, and --write writes it for
    newcomers: --use FILE puts it in force. Who has 200 reviews or more gets it only if it predicts
    those better than what is in force.
    """
    _refuse_mixed(modules, apply=apply, use=use, history=history, reschedule=reschedule, yes=yes)
    own = apply or history or reschedule or bool(modules) or use is not None
    _refuse_mixed_group(files, group=group, write=write, force=force, own=own)
    chosen: Chosen = ctx.obj
    if group:
        from flashsafety.cli.optimize_group import fit

        if not fit(files, write, force=force, as_json=as_json):
            ctx.exit(ExitCode.PROBLEMS)
        return
    with chosen.open_current() as library:
        if history:
            _history(library, as_json=as_json)
            return
        left = False
        done: dict[str, output.Json] = {"trial": None, "applied": None, "rescheduled": None}
        if use is not None:
            done["applied"] = _use(library, use, quiet=as_json)
        elif apply or not reschedule:
            done["trial"], done["applied"] = _try(library, modules, apply=apply, quiet=as_json)
        refused = apply and done["applied"] is None
        if reschedule and not refused:
            from flashsafety.cli.rescheduling import reschedule as move

            done["rescheduled"], left = move(library, yes=yes, quiet=as_json)
    if as_json:
        output.json(done)
    if left:
        raise UsageError("no due day was moved", mend="add --yes to move them")
    if refused:
        ctx.exit(ExitCode.PROBLEMS)


def _refuse_mixed(
    modules: tuple[str, ...],
    *,
    apply: bool,
    use: str | None,
    history: bool,
    reschedule: bool,
    yes: bool,
) -> None:
    """Raise UsageError where the options ask for two things at once."""
    fits = apply or bool(modules)
    if history and (fits or use is not None or reschedule):
        raise UsageError("--history only lists", mend="leave out the other options")
    if use is not None and fits:
        raise UsageError("--use goes back and fits nothing", mend="give --use N alone")
    if modules and (apply or reschedule):
        raise UsageError(
            "one set of parameters is in force for all modules",
            mend="leave out --module; with it, see how a fit to these cards alone would predict",
        )
    if yes and not reschedule:
        raise UsageError("--yes moves due days", mend="give --reschedule too")


def _refuse_mixed_group(
    files: tuple[str, ...], *, group: bool, write: str | None, force: bool, own: bool
) -> None:
    """Raise UsageError where the options about a group do not go together, or with others."""
    if group and own:
        raise UsageError("--group fits for others", mend="leave out what is about your own log")
    if group and not files:
        raise UsageError("--group fits to files", mend="name anonymous logs: --group FILE.csv ...")
    if files and not group:
        raise UsageError("files are what --group fits to", where=files[0], mend="add --group")
    if write is not None and not group:
        raise UsageError("--write writes what --group fitted", mend="give --group FILE.csv ... too")
    if force and write is None:
        raise UsageError("--force replaces a file", mend="name it with --write FILE")


def _try(
    library: "Library", modules: tuple[str, ...], *, apply: bool, quiet: bool
) -> tuple[dict[str, output.Json], dict[str, output.Json] | None]:
    """Fit and judge, and put the fit in force if that is asked for and it is better."""
    with needed_by("optimize"):
        from flashsafety.stats.held_out import Trial
    from flashsafety.cli import optimize_forms as forms
    from flashsafety.cli.choices import refuse_unknown
    from flashsafety.store.logs import count_ratings
    from flashsafety.study.today import Choice

    refuse_unknown(library, Choice(modules=modules))
    long = count_ratings(library.db) >= _LONG

    def narrate(what: str) -> None:
        if long:
            output.note(f"{what} ...")

    narrate("reading the log")
    trial = Trial(library, modules)
    verdict = trial.judge(narrate) if trial.enough else None
    if not quiet:
        output.say("\n".join(forms.trial_head(trial, modules)))
        if verdict is not None:
            output.table(forms.verdict_rows(verdict))
            output.say("\n".join(forms.verdict_words(verdict)))
    form = forms.trial_form(trial, verdict, modules)
    if not apply:
        if verdict is not None and verdict.better and not modules and not quiet:
            output.note("'flashsafety optimize --apply' puts a fit to all reviews in force")
        return form, None
    if verdict is None or not verdict.better:
        output.note("not applied: the parameters in force stay")
        return form, None
    return form, _apply(library, trial, verdict, narrate, quiet=quiet)


def _apply(
    library: "Library",
    trial: "Trial",
    verdict: "Verdict",
    narrate: "Callable[[str], None]",
    *,
    quiet: bool,
) -> dict[str, output.Json]:
    from flashsafety.cli.optimize_forms import adopted_form, adopted_words
    from flashsafety.study.parameters import adopt, history

    before = history(library)[-1].number
    adopted = adopt(library, *trial.fit(verdict, narrate))
    if not quiet:
        output.say(adopted_words(adopted))
        output.note(f"'flashsafety optimize --use {before}' goes back")
    return adopted_form(adopted)


def _use(library: "Library", use: str, *, quiet: bool) -> dict[str, output.Json] | None:
    from flashsafety.cli.optimize_forms import adopted_form, adopted_words
    from flashsafety.study.parameters import go_back

    if use.isdecimal():
        adopted = go_back(library, int(use))
    else:
        from flashsafety.cli.optimize_group import start_with

        adopted = start_with(library, use)
    if not quiet:
        output.say(
            f"the parameters of {f'set {use}' if use.isdecimal() else use} are in force already"
            if adopted is None
            else adopted_words(adopted)
        )
    return None if adopted is None else adopted_form(adopted)


def _history(library: "Library", *, as_json: bool) -> None:
    from flashsafety.cli.optimize_forms import history_form, history_rows
    from flashsafety.study.parameters import history

    stored = history(library)
    if as_json:
        output.json(history_form(stored))
    else:
        output.table(history_rows(stored))
        output.note("the last is in force; 'flashsafety optimize --use N' goes back to another")
