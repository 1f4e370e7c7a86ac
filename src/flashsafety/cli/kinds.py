"""The options that say what kind of session a review is to be."""

from collections.abc import Callable
from functools import wraps

import click

from flashsafety.errors import UsageError
from flashsafety.study.kinds import LONGEST_AHEAD, LONGEST_BUDGET, Ahead, Budget, Cram, Kind
from flashsafety.study.today import Choice


def kind_options(function: Callable[..., None]) -> Callable[..., None]:
    """The kind of session, put into the ``choice`` that the command is given."""

    @click.option(
        "--ahead",
        type=click.IntRange(1, LONGEST_AHEAD),
        metavar="DAYS",
        help="With the reviews of the next DAYS days, after those that are due.",
    )
    @click.option(
        "--minutes",
        type=click.IntRange(1, LONGEST_BUDGET),
        metavar="N",
        help="Only the cards most at risk, as many as N minutes hold.",
    )
    @click.option(
        "--cram",
        is_flag=True,
        help="Every card of the choice, due or not; logged, and nothing is scheduled.",
    )
    @wraps(function)
    def with_kind(
        *args: object,
        choice: Choice,
        ahead: int | None,
        minutes: int | None,
        cram: bool,
        **rest: object,
    ) -> None:
        kind = _only(ahead, minutes, cram=cram)
        if isinstance(kind, Budget) and choice.limit is not None:
            raise UsageError(
                "--minutes and --limit both say how long the review is to be",
                mend="give one of them",
            )
        function(*args, choice=choice._replace(kind=kind), **rest)

    return with_kind


def _only(ahead: int | None, minutes: int | None, *, cram: bool) -> Kind:
    """The one kind that was asked for.

    Raises:
        UsageError: Several were.
    """
    asked: dict[str, Kind] = {}
    if ahead is not None:
        asked["--ahead"] = Ahead(ahead)
    if minutes is not None:
        asked["--minutes"] = Budget(minutes)
    if cram:
        asked["--cram"] = Cram()
    if len(asked) > 1:
        raise UsageError(
            f"{' and '.join(asked)} are different reviews", mend="give one of them at a time"
        )
    return next(iter(asked.values()), None)
