"""How much of each module is known now, its new cards counted as unknown."""

from dataclasses import dataclass

from flashsafety.stats.figures import Figures
from flashsafety.study.standing import lines


@dataclass(frozen=True, slots=True)
class Mastery:
    """A module of which a card was rated."""

    slug: str
    title: str
    cards: int
    """All of them, suspended and new ones too."""
    known: float
    """How many of them are to be expected to be recalled on the present study day."""

    @property
    def share(self) -> float:
        """The mean chance of recall over all cards, one never rated being 0; 0 to 1."""
        return self.known / self.cards


def mastery(figures: Figures) -> tuple[Mastery, ...]:
    """Every module of which a card was rated, in syllabus order."""
    return tuple(
        Mastery(line.slug, line.title, line.cards, line.known)
        for line in lines(figures.library)
        if line.rated
    )
