"""What is said of something that was done to cards, the same in every front end."""

from flashsafety.study import words
from flashsafety.terms import ActionKind

_DONE: dict[ActionKind, str] = {
    "suspend": "Suspended",
    "unsuspend": "Unsuspended",
    "bury": "Buried until tomorrow",
    "unbury": "Unburied",
    "unflag": "Flag taken away",
    "reset": "Reset to new",
}


def done_words(
    kind: ActionKind, value: str | None, what: str, changed: int, same: int, today: int
) -> str:
    """A sentence on an act on some cards, of which some were changed and some were not.

    Args:
        kind: What was done.
        value: As ``Action`` has it.
        what: The cards: how many, or the key of the only one.
        changed: How many it changed.
        same: How many it left as they were.
        today: The present study day.
    """
    if not changed and kind == "set-due":
        return "Nothing to change: only cards in review have a due day."
    if not changed:
        return f"Nothing to change: {what} as before."
    if kind == "flag":
        done = f"Flagged {value}"
    elif kind == "set-due":
        done = f"Due {words.day(int(value or 0), today)}"
    else:
        done = _DONE[kind]
    if not same:
        return f"{done}: {what}."
    rest = "1 stays" if same == 1 else f"{same:,} stay"
    return f"{done}: {words.count(changed, 'card')}; {rest} as before."
