"""The learning and relearning steps: where a rating leads, on plain data. Pure.

py-fsrs decides this for a live answer; a replay has only the log, and comes to the same place from
here.
"""

from flashsafety.terms import Parameters, Phase

DAY = 86_400
"""Seconds."""

_AGAIN, _HARD, _EASY = 1, 2, 4


def climb(step: int, rating: int, steps: tuple[int, ...]) -> tuple[int, int] | None:
    """The step that a rating leads to and its length in seconds, or none when it leaves the steps.

    A step beyond the last (the steps were shortened meanwhile) leaves, except by Again. Source:
    py-fsrs ``Scheduler.review_card``; half seconds are cut.
    """
    if not steps:
        return None
    if rating == _AGAIN:
        return 0, steps[0]
    if rating == _EASY or step >= len(steps):
        return None
    if rating == _HARD:
        if step:
            return step, steps[step]
        return 0, (steps[0] * 3 if len(steps) == 1 else steps[0] + steps[1]) // 2
    return (step + 1, steps[step + 1]) if step + 1 < len(steps) else None


def landing(
    phase: int, step: int, rating: int, parameters: Parameters
) -> tuple[Phase, tuple[int, int] | None]:
    """The phase whose steps a rating climbs, and the step it leads to with its length in seconds.

    The step is none where the rating leaves the steps, or never was in any.

    Args:
        phase: The phase before the rating.
        step: The step before it; 0 outside the steps.
        rating: 1 to 4.
        parameters: The set that the rating is made under.
    """
    if phase < Phase.REVIEW:
        return Phase.LEARNING, climb(step, rating, parameters.learning_steps)
    if phase == Phase.RELEARNING or rating == _AGAIN:
        return Phase.RELEARNING, climb(step, rating, parameters.relearning_steps)
    return Phase.RELEARNING, None


def place_after(
    phase: int, step: int, rating: int, interval: int, parameters: Parameters
) -> tuple[Phase, int | None]:
    """The phase, and the step in it, after a rating that is in the log.

    For our own rows the steps decide. A row of another program may have had other steps; then the
    interval it gave decides, for a card sent away for days is in review, and one that returns
    within the day is not.

    Args:
        phase: The phase before the rating.
        step: The step before it; 0 outside the steps.
        rating: 1 to 4.
        interval: Seconds given.
        parameters: The set that the rating was made under.
    """
    home, landed = landing(phase, step, rating, parameters)
    if landed is None:
        return (Phase.REVIEW, None) if interval >= DAY else (home, 0)
    if interval >= DAY and interval != landed[1]:
        return Phase.REVIEW, None
    return home, landed[0]
