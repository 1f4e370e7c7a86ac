"""A session in words, printed when it is over."""

from collections.abc import Iterator

from flashsafety.study import words
from flashsafety.study.kinds import Cram
from flashsafety.study.sitting import Summary


def summary_lines(summary: Summary) -> Iterator[str]:
    """The figures of a session, a line each."""
    if not summary.ratings:
        yield "No card was rated."
        return
    did = "Crammed" if isinstance(summary.kind, Cram) else "Reviewed"
    yield (
        f"{did} {words.count(summary.cards, 'card')}, "
        f"{words.count(summary.ratings, 'rating')}, {summary.again} of them Again, "
        f"in {words.spent(summary.seconds)}."
    )
    if summary.note:
        yield summary.note
    if summary.true_retention is not None:
        yield f"True retention: {words.percent(summary.true_retention)}."
    if summary.leeches:
        yield f"Leeches met: {', '.join(summary.leeches)}."
    yield f"Due tomorrow: {words.count(summary.tomorrow, 'card')}."
