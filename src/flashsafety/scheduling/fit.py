"""The only place that knows the optimiser: the weights of FSRS-6 fitted to a learner's ratings.

fsrs-rs-python is the crate that Anki's optimiser uses, and is called as Anki calls it, so that the
same log gives the same 21 numbers. It only fits. What it reckons with is not taken over, since
py-fsrs (and ``memory``, which repeats it) is what schedules, and the two part in one place: the
crate lets no stability pass 36,500 days, where py-fsrs has no such bound and caps the interval
alone. From the first rating that would pass it their memories differ for good; before it they agree
to the 32 bits that the crate works in (a part in 10,000 for any legal weights, tests say). A card
that is thought to last a century is met by no learner twice, so no fit feels it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from struct import pack

from fsrs_rs_python import FSRS, FSRSItem, FSRSReview, TrainingConfig

from flashsafety.errors import FlashsafetyError
from flashsafety.scheduling.histories import History
from flashsafety.terms import StudyDay

_EPOCHS = 8
"""Rounds of training. Source: Anki 26.09, rslib/src/scheduler/fsrs/params.rs."""


_Example = tuple[int, int, FSRSItem]
"""Instant (ms), number of the run, the review with what came before it."""

_AT = itemgetter(0)


class Examples:
    """Reviews to learn from in the order of time, each with the ratings of its card before it.

    Those that come a study day or more after the rating before them. What is learned from a review
    weighs the more the newer it is; the crate sees to that.
    """

    def __init__(self, runs: Sequence[History]) -> None:
        """Take the ratings of all cards."""
        kinds: tuple[dict[int, FSRSReview], ...] = ({}, {}, {}, {}, {})
        """By rating and days; few differ, and each is made by a call."""
        by_day: defaultdict[int, list[_Example]] = defaultdict(list)
        for number, run in enumerate(runs):
            before: list[FSRSReview] = []
            last = run[0][2]
            for _, rating, day, _, at in run:
                days = max(0, day - last)
                known = kinds[rating]
                kind = known.get(days)
                if kind is None:
                    kind = known[days] = FSRSReview(rating, days)
                before.append(kind)
                if days:
                    by_day[day].append((at, number, FSRSItem(before)))
                last = day
        self._by_day = {day: sorted(by_day[day], key=_AT) for day in sorted(by_day)}

    def __len__(self) -> int:
        return self.before(None)

    @property
    def last_day(self) -> StudyDay:
        """The study day of the newest; there must be one."""
        return StudyDay(max(self._by_day))

    def day_at(self, share: float) -> StudyDay:
        """The study day on which such a share of them (0 to below 1) is passed; not of none."""
        count, wanted = 0, share * len(self)
        for day, found in self._by_day.items():
            count += len(found)
            if count > wanted:
                return StudyDay(day)
        raise ValueError("there are no reviews")

    def before(self, day: int | None) -> int:
        """How many come before a study day; all of them where none is named."""
        return sum(map(len, self._days_before(day)))

    def fit(self, relearning_steps: int, before: int | None = None) -> tuple[float, ...]:
        """The 21 weights that fit best.

        Args:
            relearning_steps: How many there are; with more than one the crate keeps a lapse and
                them together from raising stability.
            before: Only to the reviews before this study day; to all when left out.

        Raises:
            FlashsafetyError: The optimiser found no usable numbers.
        """
        chosen = [one for found in self._days_before(before) for one in found]
        try:
            weights = FSRS([]).compute_parameters(
                [item for *_, item in chosen],
                # Whose they are, by the run and not by the card: reviews of one are taken together.
                [number for _, number, _ in chosen],
                num_relearning_steps=relearning_steps,
                training_config=TrainingConfig(num_epochs=_EPOCHS),
            )
        except ValueError as error:
            raise FlashsafetyError(
                f"the optimiser found no usable weights: {error}",
                mend="nothing was changed; try again when more reviews are in the log",
            ) from None
        return tuple(map(_shortest, weights))

    def _days_before(self, day: int | None) -> Iterable[list[_Example]]:
        return (found for on, found in self._by_day.items() if day is None or on < day)


def _shortest(weight: float) -> float:
    """The shortest decimal that means the same 32 bits.

    A weight that lies on one of its bounds, as 0.8 does, is a little above it in 32 bits, and
    py-fsrs would refuse it.
    """
    bits = pack("f", weight)
    decimals = (float(f"{weight:.{places}g}") for places in range(1, 10))  # 9 always do
    return next(number for number in decimals if pack("f", number) == bits)
