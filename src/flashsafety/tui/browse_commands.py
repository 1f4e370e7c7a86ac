"""The part of the table of commands that is for browsing cards."""

from collections.abc import Iterator

from flashsafety.tui.command import Command


def _moving() -> Iterator[Command]:
    for name, keys, title, tooltip, action in (
        ("up", "up,k", "Up", "Go up a card or, with down, down.", "move(-1)"),
        ("down", "down,j", "Down", "", "move(1)"),
        ("page-up", "pageup", "Page up", "Go up a page or, with page down, down.", "page(-1)"),
        ("page-down", "pagedown", "Page down", "", "page(1)"),
        ("first", "home", "First", "Go to the first card or, with end, the last.", "far(-1)"),
        ("last", "end", "Last", "", "far(1)"),
        ("preview-up", "left_square_bracket", "Preview up", "Scroll the preview.", "scroll(-1)"),
        ("preview-down", "right_square_bracket", "Preview down", "", "scroll(1)"),
    ):
        yield Command(f"browse.{name}", keys, title, tooltip, action, palette=False)


BROWSE_COMMANDS = (
    Command(
        "browse.filter",
        "slash",
        "Filter",
        "Type what to look for, with Anki's search words.",
        "filter",
        footer=True,
    ),
    Command(
        "browse.mark", "space", "Mark", "Mark the card and go on to the next.", "mark", footer=True
    ),
    Command("browse.mark-all", "a", "Mark all", "Mark all cards found, or none.", "mark_all"),
    Command(
        "browse.suspend",
        "s,at",
        "Suspend",
        "Suspend the marked cards, or the one under the cursor; take it back where that one is"
        " suspended.",
        "suspend",
        footer=True,
    ),
    Command(
        "browse.bury",
        "b,minus,equals_sign",
        "Bury",
        "Hide them until tomorrow; take it back where the one under the cursor is buried.",
        "bury",
    ),
    Command(
        "browse.flag",
        "f,asterisk",
        "Flag",
        "Say what is wrong with them; take the flag away where the one under the cursor has one.",
        "flag",
    ),
    Command("browse.due", "d", "Set due", "Choose the day on which they are due.", "set_due"),
    Command(
        "browse.reset", "r", "Learn anew", "Forget what is known of them: they are new.", "reset"
    ),
    Command(
        "browse.study",
        "v",
        "Review",
        "Review what is due of the cards found.",
        "study",
        footer=True,
    ),
    Command(
        "browse.session",
        "w",
        "Choose session",
        "Choose, of the cards found: what is due, some days ahead, some minutes, or cram.",
        "session",
    ),
    Command(
        "browse.info",
        "i,enter",
        "Card info",
        "Show why the card is due, its memory and its log.",
        "info",
    ),
    Command(
        "browse.edit", "e", "Edit", "Open the card's file in your editor, at its line.", "edit"
    ),
    Command(
        "browse.open", "o", "Open source", "Open the card's source, or a picture of it.", "open"
    ),
    Command("browse.sort", "c", "Sort", "Sort by the next column; so does a click on it.", "sort"),
    Command("browse.turn", "C", "Turn round", "Sort the other way round.", "turn"),
    Command(
        "browse.undo",
        "u",
        "Undo",
        "Take back the last thing done today, on however many cards.",
        "undo",
        footer=True,
    ),
    Command("browse.back", "q,escape", "Back", "Back to where you were.", "back", footer=True),
    Command(
        "browse.help", "question_mark,f1", "Help", "Explain this screen.", "app.help", footer=True
    ),
    *_moving(),
    Command(
        "filter.leave",
        "enter,down,escape",
        "To the cards",
        "Leave the line, so that letters are commands again.",
        "leave",
        footer=True,
        palette=False,
    ),
)

BROWSE_PLACES = {"browse": "Browse", "filter": "While typing what to look for"}
