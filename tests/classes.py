"""Simulated classes: many learners' anonymous logs in a moment, from a truth that is known.

``python -m tests.classes FOLDER [--learners N] [--cards N] [--seed N]`` writes one file a learner.

Nothing of the program runs here but the names of its columns: a learner forgets a card along the
curve of FSRS with a stability that follows from the learner's ability and the card's difficulty.
"""

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from flashsafety.study.anonymous import HEADER, VERSION

BANK = "a-tiny-course"
OPTIONS = 4
"""Of each fifth card, a choice card; the first is right."""


@dataclass(frozen=True)
class Truth:
    """What nobody sees: the hardness of each card, in units of the spread of ability."""

    hardness: dict[str, float]
    distractor: dict[str, int]
    """Of choice cards: the wrong option that draws most."""


def truth(cards: int, rng: Random) -> Truth:
    """Cards from easy to hard, in no order."""
    hardness = {
        f"card-{number:03}/{'choose' if number % 5 == 0 else 'recall'}": rng.gauss(0, 1)
        for number in range(cards)
    }
    drawn = {card: rng.randint(2, OPTIONS) for card in hardness if card.endswith("/choose")}
    return Truth(hardness, drawn)


def write_class(
    folder: Path, learners: int, cards: int = 30, *, seed: int = 1, reviews: int = 4
) -> tuple[list[Path], Truth]:
    """A file for each learner, and the truth behind them.

    Args:
        folder: Where; made when it is missing.
        learners: How many.
        cards: How many there are; each learner has met most of them.
        seed: Of all that is left to chance.
        reviews: How often each card is reviewed, about.
    """
    rng = Random(seed)
    about = truth(cards, rng)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number in range(learners):
        file = folder / f"learner-{number:04}.csv"
        lines = learner_lines(about, f"{rng.getrandbits(64):016x}", rng.gauss(0, 0.6), rng, reviews)
        file.write_text("\n".join([HEADER, *lines, ""]), encoding="ascii")
        files.append(file)
    return files, about


def learner_lines(
    about: Truth, learner: str, ability: float, rng: Random, reviews: int
) -> Iterator[str]:
    """All that one learner did."""
    for card, hardness in about.hardness.items():
        if rng.random() < 0.1:
            continue
        start = rng.randrange(60)
        history = _history(math.exp(2.2 + ability - hardness), hardness, start, rng, reviews)
        for number, (day, rating, phase, elapsed, interval) in enumerate(history, 1):
            cells = [VERSION, learner, BANK, card, number, day, rating, phase, elapsed, interval]
            answer = _answer(about.distractor.get(card), rating, rng)
            yield ",".join(map(str, [*cells, rng.randint(3, 40), "review", *answer]))


def _history(
    stability: float, hardness: float, day: int, rng: Random, reviews: int
) -> Iterator[tuple[int, int, int, int | str, int]]:
    """Day, rating, phase before, days since the last rating, interval given in seconds."""
    hard = rng.random() < 1 / (1 + math.exp(1 - hardness))
    yield day, 1 if hard else 3, 0, "", 60 if hard else 600
    yield day, 3, 1, 0, 86_400
    wait = rng.randint(1, 6)
    for _ in range(rng.randint(0, 2 * reviews)):
        day += wait
        recalled = rng.random() < (1 + 19 / 81 * wait / stability) ** -0.5
        after = min(365, round(wait * rng.uniform(1.5, 3))) if recalled else 1
        yield day, rng.choice((2, 3, 3, 3, 4)) if recalled else 1, 2, wait, 86_400 * after
        if not recalled:
            yield day, 3, 3, 0, 86_400
        stability *= 2 if recalled else 0.6
        wait = after


def _answer(distractor: int | None, rating: int, rng: Random) -> tuple[object, object, str]:
    if distractor is None:
        return "", "", ""
    if rating > 1:
        return 1, "", "0123abcd"
    others = [option for option in range(2, OPTIONS + 1) if option != distractor]
    picked = distractor if rng.random() < 0.7 else rng.choice(others)
    return picked, picked, "0123abcd"


def main() -> None:
    """Write one class."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--cards", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    files, _ = write_class(given.folder, given.learners, given.cards, seed=given.seed)
    print(f"{given.folder}: {len(files):,} files")


if __name__ == "__main__":
    main()
