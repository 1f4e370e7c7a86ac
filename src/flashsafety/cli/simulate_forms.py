"""A simulation in the form that other programs rely on, and what each key of it means."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flashsafety.cli.forms import date_form
from flashsafety.cli.output import Json

if TYPE_CHECKING:
    from flashsafety.stats.workload import Workload, Workloads

KEYS: Mapping[str, Mapping[str, str]] = {
    "The document": {
        "study_day": "today, as a date",
        "days": "how many are simulated",
        "cards": "in the bank, without those that never come",
        "rated": "cards rated until today",
        "remembered": "cards that would be recalled today",
        "desired_retention": "as set, 0 to 1",
        "new_limit": "of new cards a day, as set or asked for",
        "own": "whether answer times and buttons are yours; else those of many learners",
        "retentions": "a list as below, one for each desired retention",
        "new_limits": "the same for each limit of new cards, at the retention as set",
    },
    "retentions and new_limits": {
        "desired_retention": "0 to 1",
        "new_limit": "of new cards a day",
        "reviews": "a day, on average",
        "ratings": "a day: reviews, new cards and steps",
        "minutes": "a day",
        "new": "cards begun in all the days",
        "true_retention": "share of reviews recalled, 0 to 1; null without any",
        "backlog_days": "days on which more reviews are due than may come; new cards wait then",
        "remembered": "cards that would be recalled on the last day",
    },
}
"""Heading, then key to what it means: the document of ``simulate``."""


def workloads_form(about: "Workloads", today: int) -> dict[str, Json]:
    """The whole document."""
    return {
        "study_day": date_form(today),
        "days": about.days,
        "cards": about.cards,
        "rated": about.rated,
        "remembered": about.remembered,
        "desired_retention": about.desired_retention,
        "new_limit": about.new_limit,
        "own": about.own,
        "retentions": [_workload(each) for each in about.by_retention],
        "new_limits": [_workload(each) for each in about.by_new_limit],
    }


def _workload(about: "Workload") -> dict[str, Json]:
    return {
        "desired_retention": about.desired_retention,
        "new_limit": about.new_limit,
        "reviews": about.reviews,
        "ratings": about.ratings,
        "minutes": about.seconds / 60,
        "new": about.new,
        "true_retention": about.true_retention,
        "backlog_days": about.backlog_days,
        "remembered": about.remembered,
    }
