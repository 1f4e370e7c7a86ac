"""The part of the table of commands that is for putting lines in order."""

from flashsafety.tui.command import Command

ORDER_COMMANDS = (
    Command(
        "order.up", "up,k", "Line above", "Choose the line above or, with down, the one below.",
        "cursor(-1)", palette=False,
    ),
    Command("order.down", "down,j", "Line below", "", "cursor(1)", palette=False),
    Command(
        "order.move-up", "K,shift+up", "Move up", "Carry the chosen line up.", "move(-1)",
        palette=False,
    ),
    Command(
        "order.move-down", "J,shift+down", "Move down", "Carry the chosen line down.", "move(1)",
        palette=False,
    ),
)  # fmt: skip

ORDER_PLACES = {"order": "While putting lines in order"}
"""Screens by the first part of a command's id, as the help names them."""
