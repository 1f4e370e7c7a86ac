"""Look-alikes are kept a day apart while one of them is fresh. Pure.

Two cards that are taken for each other hinder each other most while the memory of one of them is
forming; a night between them helps (Wozniak, Twenty rules of formulating knowledge, rule 11, names
the trouble). Siblings never meet on a day; this is softer, since look-alikes ask different things:

* Steps never wait, for their instant passes.
* A review waits one day at most: it does on the day on which it is due (or before, when it would
  come early), and comes on the next whatever comes beside it. So nothing that is due is ever out of
  reach.
* A new card waits while a look-alike that came before it is young. One that was forgotten as a
  review holds no other back, or a leech would for ever.
* Two mature cards may meet: telling them apart is what is left to learn.
"""

from flashsafety.terms import MATURE_DAYS, Candidate, Met, Phase, StudyDay


def waits(card: Candidate, other: Met, day: StudyDay) -> bool:
    """Whether a card waits for the next study day, since a look-alike of it comes on this one."""
    if card.phase == Phase.NEW:
        return _is_young(other.stability) and not other.lapses
    waits_once = (card.due_day or 0) >= day
    return waits_once and (_is_young(card.stability) or _is_young(other.stability))


def _is_young(stability: float | None) -> bool:
    return (stability or 0) < MATURE_DAYS
