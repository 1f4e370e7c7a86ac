"""Help with the card that became a leech last, as lines of text; never in the way of the next."""

from collections.abc import Iterator

from flashsafety.study import words
from flashsafety.study.answer import Answered, act_on_card, flag_value
from flashsafety.study.begin import begin
from flashsafety.study.library import Library
from flashsafety.study.mixups import lines, mixups, pair
from flashsafety.study.showing import Showing
from flashsafety.study.sitting import Sitting


class LeechHelp:
    """What is known of the last leech, and what is done about it."""

    def __init__(self, library: Library, session: Sitting) -> None:
        """No card has become one yet."""
        self._library = library
        self._session = session
        self._leech: Showing | None = None
        self._said: tuple[str, ...] = ()

    def meet(self, showing: Showing, answered: Answered) -> tuple[str, ...]:
        """Remember a card that has just become a leech; returns what is to be said of it."""
        self._leech = showing
        self._said = tuple(self._lines(showing, answered))
        return self._said

    def do(self, what: str) -> tuple[str, ...]:
        """Do what follows the letter ``l``; returns what is to be said."""
        if self._leech is None:
            return ("No card has become a leech in this review.",)
        card, key = self._leech.id, self._leech.key
        match what:
            case "":
                return self._said
            case "f":
                act_on_card(self._library, card, "flag", flag_value("unclear", self._word()))
                said = f"flagged unclear  [{key}]"
            case "s":
                act_on_card(self._library, card, "suspend")
                said = f"suspended  [{key}]"
            case _:
                return ("Not understood. Type l c, l f or l s.",)
        self._session.refresh()
        return (said,)

    def pair(self) -> Sitting | None:
        """A session over the card and the one it is taken for; none when there is no such."""
        if self._leech is None:
            return None
        found = mixups(self._library, self._leech.id, self._leech.key, self._leech.note)
        if not found.alike:
            return None
        session = begin(self._library, pair(found, self._leech.key))
        return session if session.current is not None else None

    def _lines(self, showing: Showing, answered: Answered) -> Iterator[str]:
        state = answered.state
        done = "suspended" if state.suspended else "marked"
        yield f"Leech, {done}: {words.count(state.lapses, 'lapse')}."
        found = mixups(self._library, showing.id, showing.key, showing.note)
        for name, said in lines(found):
            yield f"{name.capitalize()}: {said}"
        ways = ["l f flags it, to be written anew"]
        if found.alike and not state.suspended:
            ways.insert(0, "l c practises the two together")
        if not state.suspended:
            ways.append("l s suspends it")
        yield f"{', '.join(ways)}; or go on."

    def _word(self) -> str:
        assert self._leech is not None
        found = mixups(self._library, self._leech.id, self._leech.key, self._leech.note)
        return f"mixed up with {found.alike[0]}" if found.alike else ""
