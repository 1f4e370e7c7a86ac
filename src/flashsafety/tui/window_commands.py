"""The part of the table of commands that is for windows over a screen."""

from flashsafety.tui.command import Command

WINDOW_COMMANDS = (
    Command(
        "window.close", "escape,q", "Close", "Close the window; nothing is done by it.", "close",
        palette=False,
    ),
    Command("hand-in.hand-in", "h", "Hand in", "End the exam.", "hand_in", palette=False),
)  # fmt: skip

WINDOW_PLACES = {"window": "In a window over a screen", "hand-in": "Asked whether to hand in"}
"""Screens by the first part of a command's id, as the help names them."""
