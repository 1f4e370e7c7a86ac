"""The part of the table of commands that is for statistics."""

from flashsafety.tui.command import Command

ABOUT_TABS = {
    "Activity": "Ratings and minutes, day by day.",
    "Retention": "True retention by phase and by module.",
    "Habits": "Answer buttons, and recall by hour of the day.",
    "Forecast": "The load of the coming weeks.",
    "Memory": "Stability, difficulty and retrievability of the cards.",
    "Calibration": "Predicted recall against what happened.",
}
"""Each tab in a sentence, in the order of their keys, 1 to 6."""

TABS = tuple(ABOUT_TABS)

STATISTICS_COMMANDS: tuple[Command, ...] = (
    Command(
        "statistics.previous", "left", "Previous", "Show the figures to the left.", "turn(-1)",
        footer=True,
    ),
    Command(
        "statistics.next", "right", "Next", "Show the figures to the right.", "turn(1)",
        footer=True,
    ),
    *(
        Command(
            f"statistics.{name.lower()}", str(place), f"Show {name.lower()}", about,
            f"show({place})",
        )
        for place, (name, about) in enumerate(ABOUT_TABS.items(), 1)
    ),
    Command(
        "statistics.up", "up", "Scroll up", "Scroll the figures.", "scroll(-1)", palette=False
    ),
    Command("statistics.down", "down", "Scroll down", "", "scroll(1)", palette=False),
    Command(
        "statistics.page-up", "pageup", "Page up", "Scroll by a page.", "page(-1)", palette=False
    ),
    Command(
        "statistics.page-down", "pagedown,space", "Page down", "", "page(1)", palette=False
    ),
    Command(
        "statistics.back", "q,escape,t", "Back", "Back to where you were.", "back", footer=True
    ),
    Command(
        "statistics.help", "question_mark,f1", "Help", "Explain this screen.", "app.help",
        footer=True,
    ),
)  # fmt: skip

STATISTICS_PLACES = {"statistics": "Statistics"}
