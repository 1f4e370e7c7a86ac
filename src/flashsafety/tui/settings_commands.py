"""The part of the table of commands that is for settings."""

from collections.abc import Iterator

from flashsafety.tui.command import Command


def _moving() -> Iterator[Command]:
    for name, keys, title, tooltip, by in (
        ("up", "up,k", "Up", "Mark the line above or, with down, the one below.", -1),
        ("down", "down,j", "Down", "", 1),
        ("page-up", "pageup", "Page up", "Go up, or with page down down, by ten lines.", -10),
        ("page-down", "pagedown", "Page down", "", 10),
        ("first", "home", "First", "Mark the first line or, with end, the last.", -999),
        ("last", "end", "Last", "", 999),
    ):
        yield Command(f"settings.{name}", keys, title, tooltip, f"move({by})", palette=False)


SETTINGS_COMMANDS = (
    Command(
        "settings.change",
        "enter",
        "Change",
        "Change the marked value: in its line, or on a screen of its own.",
        "change",
        footer=True,
    ),
    Command(
        "settings.next",
        "right,space",
        "Next value",
        "Where there are few values, take the next, or with the left arrow the one before.",
        "turn(1)",
        footer=True,
    ),
    Command("settings.before", "left", "Value before", "", "turn(-1)", palette=False),
    Command(
        "settings.reset",
        "backspace,delete",
        "Default",
        "Take the value out of the file, so that the default holds again.",
        "reset",
        footer=True,
    ),
    *_moving(),
    Command(
        "settings.back",
        "q,escape",
        "Back",
        "Back to where you were; every change is saved already.",
        "back",
        footer=True,
    ),
    Command(
        "settings.help", "question_mark,f1", "Help", "Explain this screen.", "app.help", footer=True
    ),
    Command(
        "editing.keep",
        "enter",
        "Keep",
        "Save the value that was typed; one that will not do stays here with the reason.",
        "submit",
        footer=True,
        palette=False,
    ),
    Command(
        "editing.leave",
        "escape",
        "Leave",
        "Leave the value as it was.",
        "leave",
        footer=True,
        palette=False,
    ),
)

SETTINGS_PLACES = {"settings": "Settings", "editing": "While typing a value"}
