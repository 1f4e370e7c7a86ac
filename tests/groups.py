"""Groups of learners who forget alike, as the anonymous logs that they hand in."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from flashsafety.scheduling.histories import Row
from flashsafety.study.anonymous import HEADER, VERSION
from tests.simulated import log_of


def anonymous(rows: Sequence[Row], learner: str, bank: str = "a-tiny-course") -> str:
    """The log of a learner as 'export reviews --anonymous' would write it; seconds are made up."""
    first = min(day for _, _, day, _, _ in rows)
    lines = [HEADER]
    last: tuple[int, int, int] = (0, 0, 0)
    for card, rating, day, phase, _ in rows:
        number = last[1] + 1 if card == last[0] else 1
        elapsed = "" if phase == 0 else str(day - last[2])
        cells = (card_id(card), number, day - first, rating, phase, elapsed, 86400, 7, "review,,,")
        lines.append(f"{VERSION},{learner},{bank},{','.join(map(str, cells))}")
        last = card, number, day
    return "\n".join([*lines, ""])


def card_id(card: int) -> str:
    return f"card-{card:04}/recall"


def write_group(
    folder: Path, truths: Sequence[Sequence[float]], *, days: int = 150, new: int = 2
) -> list[Path]:
    """A file for each of the truths: 21 weights by which a learner forgets."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(11)
    files = []
    for number, truth in enumerate(truths):
        rows = log_of(truth, seed=number, days=days, new=new)
        file = folder / f"learner-{number:02}.csv"
        file.write_text(anonymous(rows, f"{rng.getrandbits(64):016x}"), encoding="ascii")
        files.append(file)
    return files
