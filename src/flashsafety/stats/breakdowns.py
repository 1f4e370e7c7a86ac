"""True retention by module and by hour of the day, over the whole log."""

from dataclasses import dataclass

from flashsafety.stats.figures import Figures
from flashsafety.stats.shares import Share
from flashsafety.store.modules import module_titles


@dataclass(frozen=True, slots=True)
class ModuleShare:
    """Reviews of a module's cards."""

    slug: str
    """Empty of cards that no bank has brought yet."""
    title: str
    """The slug, where the syllabus knows no such module any more."""
    share: Share
    desired: float
    """The retention that is desired of the module, 0 to 1."""


@dataclass(frozen=True, slots=True)
class HourShare:
    """Reviews in an hour of the learner's day."""

    hour: int
    """0 to 23, where the learner was."""
    share: Share


def by_module(figures: Figures) -> tuple[ModuleShare, ...]:
    """Every module with reviews, in syllabus order; those that are in no syllabus come last."""
    sums, settings = figures.modules(), figures.library.settings
    titles = module_titles(figures.library.db)
    order = [slug for slug in titles if slug in sums] + sorted(sums.keys() - titles.keys())
    return tuple(
        ModuleShare(
            slug,
            titles.get(slug, slug),
            Share(sums[slug][0], sums[slug][1]),
            settings.module_retention.get(slug, settings.desired_retention),
        )
        for slug in order
    )


def by_hour(figures: Figures) -> tuple[HourShare, ...]:
    """All 24 hours of the day."""
    sums = figures.hours()
    return tuple(HourShare(hour, Share(*sums.get(hour, (0, 0)))) for hour in range(24))
