"""A source of cards: apart from the rest of the bank, for a card that is shown needs it alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A document that cards are written from."""

    key: str
    title: str
    authors: str | None
    year: int | None
    url: str | None
