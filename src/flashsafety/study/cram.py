"""Cramming: every card of a choice, due or not, until it is known; nothing is scheduled by it.

As Anki's filtered decks do it that do not reschedule: suspended and buried cards stay out, a card
that was not known well comes again, and one that was known leaves. Here a search that names them
(``is:suspended``, ``is:buried``) brings those in as well, and a card comes again after the others
rather than after minutes.

A rating is a row of the log with the origin ``cram``, and all that it is. State, leeches, limits,
what was done today, the streak and the statistics know nothing of it; ``rated:`` finds it, as in
Anki.
"""

from collections import deque
from collections.abc import Mapping
from random import Random

from flashsafety.errors import StaleCardError
from flashsafety.store import cram, shown
from flashsafety.store.due import Scope
from flashsafety.store.tree import states_named
from flashsafety.study import words
from flashsafety.study.answer import Crammed, Undone, cram_card
from flashsafety.study.library import Library
from flashsafety.study.showing import Showing
from flashsafety.study.sitting import Rated, Sitting
from flashsafety.study.today import Choice, scope_of
from flashsafety.terms import Given, Instant, Moment, Rating

KNOWN = (Rating.GOOD, Rating.EASY)
"""After these a card leaves; after the others it comes again."""


def cards_of(library: Library, choice: Choice, moment: Moment) -> list[int]:
    """Row ids of the cards to cram, in the order of showing.

    Those that have been crammed today, and were known, come last, so that one who leaves and
    returns goes on. Otherwise the order is one of chance, which is the same all day: a card is not
    to be known by the one before it.

    Raises:
        QueryError: The search of the choice cannot be understood.
    """
    found = cram.read(library.db, _crammable(library, choice, moment))
    Random(moment.day).shuffle(found)
    went = cram.crammed_on(library.db, moment.day)
    found.sort(key=lambda card: went.get(card) in KNOWN)
    return found


def count_of(library: Library, choice: Choice, moment: Moment) -> int:
    """How many they are.

    Raises:
        QueryError: The search of the choice cannot be understood.
    """
    return cram.count(library.db, _crammable(library, choice, moment))


def _crammable(library: Library, choice: Choice, moment: Moment) -> Scope:
    named = _named(choice)
    return cram.crammable(
        moment.day,
        scope_of(library, choice, moment),
        suspended="suspended" in named,
        buried="buried" in named,
    )


def _named(choice: Choice) -> frozenset[str]:
    """The states that the search of a choice names."""
    if not choice.query:
        return frozenset()
    from flashsafety.study.query import parse

    return states_named(parse(choice.query))


class CramSession(Sitting):
    """The cards of a choice, chosen once, with one in front."""

    def __init__(self, library: Library, choice: Choice) -> None:
        """Choose the cards and put the first in front."""
        super().__init__(library, choice)
        self._named = _named(choice)
        cards = cards_of(library, choice, library.clock.now())
        self._cards = frozenset(cards)
        self._queue = deque(cards)
        self._waiting = set(cards)
        """The same: to look into, and not to go through."""
        self._advance()

    @property
    def intro(self) -> str:
        """What is different."""
        if self.current is None:
            return ""
        cards = words.count(len(self._cards), "card")
        return f"Cram: {cards}. Ratings are logged, and nothing is scheduled."

    @property
    def note(self) -> str:
        """What is different."""
        return "Nothing is scheduled by it."

    @property
    def left(self) -> Mapping[str, int]:
        """Cards to come, and those that come again."""
        front = set() if self.current is None else {self.current.id}
        last = {
            given.answered.card: given.answered.again
            for given in self._given
            if isinstance(given.answered, Crammed)
        }
        again = sum(
            failed and (card in self._waiting or card in front) for card, failed in last.items()
        )
        return {"to come": len(self._waiting) + len(front) - again, "again": again}

    def waiting_until(self) -> Instant | None:
        """No card is waited for."""
        return None

    def offers(self) -> dict[Rating, str]:
        """The ratings that are offered, each with whether the card comes again."""
        return {rating: "done" if rating in KNOWN else "later" for rating in self.ratings}

    def answer(self, rating: Rating, duration_ms: int, given: Given = None) -> Crammed:
        """Log a rating of the current card and go on; it comes again unless it was known.

        Raises:
            StaleCardError: The card has left the bank; nothing was stored, and the session has gone
                on to another.
        """
        showing = self._current()
        try:
            crammed = cram_card(
                self._library,
                showing.id,
                rating,
                duration_ms,
                given=given,
                again=rating not in KNOWN,
            )
        except StaleCardError:
            self._advance()
            raise
        self._given.append(Rated(crammed, duration_ms, tests=False, early=False))
        if crammed.again:
            self._put_off(showing.id)
        self._advance()
        return crammed

    def skip(self) -> None:
        """Put the current card off to the end of the session; nothing is stored."""
        self._put_off(self._current().id)
        self._advance()

    def refresh(self) -> None:
        """Read the current card again, as after an edit."""
        if self.current is not None:
            self._put_first(self.current.id)
        self._advance()

    # ---- the queue ---------------------------------------------------------------------------

    def _take_back(self, undone: Undone) -> None:
        """The card comes to the front again, unless it was rated in a review.

        What brings a card back into its review must not make one rate it without effect.
        """
        if self.current is not None:
            self._put_first(self.current.id)
        if undone.card is not None and undone.card in self._cards and undone.kind != "rating":
            self._put_first(undone.card)
        self._advance()

    def _put_first(self, card: int) -> None:
        if card in self._waiting:
            self._queue.remove(card)
        self._queue.appendleft(card)
        self._waiting.add(card)

    def _put_off(self, card: int) -> None:
        self._queue.append(card)
        self._waiting.add(card)

    def _advance(self) -> None:
        """Put the next card in front, or none."""
        moment = self._library.clock.now()
        self.current = None
        while self._queue and not self._full():
            card = self._queue.popleft()
            self._waiting.remove(card)
            showing = self._load(card, moment)
            if showing is not None and self._may_show(showing, moment):
                self.current = showing
                return

    def _may_show(self, showing: Showing, moment: Moment) -> bool:
        """False of a card that was hidden since, where it was not looked for as such."""
        state = showing.state
        suspended = state.suspended and "suspended" not in self._named
        buried = (state.buried_until or 0) > moment.day and "buried" not in self._named
        return not (suspended or buried)

    def _seed(self, row: shown.ShownRow) -> str:
        """Another order each time that the card comes."""
        times = sum(given.answered.key == row.key for given in self._given)
        return f"{super()._seed(row)}:{times}"
