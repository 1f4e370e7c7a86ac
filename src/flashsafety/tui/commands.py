"""The one table of what can be done: keys, key bar, palette, help and keymap come from it."""

from functools import cache

from flashsafety.tui.browse_commands import BROWSE_COMMANDS, BROWSE_PLACES
from flashsafety.tui.command import TICK_KEYS, Command
from flashsafety.tui.ordering_commands import ORDER_COMMANDS, ORDER_PLACES
from flashsafety.tui.quiz_commands import QUIZ_COMMANDS, QUIZ_PLACES
from flashsafety.tui.settings_commands import SETTINGS_COMMANDS, SETTINGS_PLACES
from flashsafety.tui.statistics_commands import STATISTICS_COMMANDS, STATISTICS_PLACES
from flashsafety.tui.window_commands import WINDOW_COMMANDS, WINDOW_PLACES

COMMANDS: tuple[Command, ...] = (
    # ---- Home --------------------------------------------------------------------------------
    Command(
        "today.review",
        "enter",
        "Review",
        "Begin with what the cursor stands on: all that is due, a section or a module.",
        "review",
        footer=True,
    ),
    Command(
        "today.session",
        "w",
        "Choose session",
        "Choose, of what the cursor stands on: what is due, days ahead, some minutes, or cram.",
        "session",
    ),
    Command(
        "today.next",
        "n",
        "Start next module",
        "Open the module that comes next, so that its new cards come.",
        "start_next",
        footer=True,
    ),
    Command(
        "today.modules",
        "m,d",
        "Modules",
        "Choose modules to open or to study.",
        "modules",
        footer=True,
    ),
    Command(
        "today.browse", "b", "Browse", "Look for cards, and see to them.", "app.browse", footer=True
    ),
    Command("today.quiz", "x", "Quiz", "Take a practice exam, or see those before it.", "app.quiz"),
    Command(
        "today.statistics",
        "t",
        "Statistics",
        "See how it goes, what comes, and whether recall is as predicted.",
        "app.statistics",
        footer=True,
    ),
    Command(
        "today.usual",
        "0",
        "As usual",
        "End the pause, drop the plan that holds, or decline those that are offered.",
        "as_usual",
    ),
    *(
        Command(
            f"today.plan-{number}",
            str(number),
            f"Take plan {number}",
            "Take that plan after a break." if number == 1 else "",
            f"take({number})",
        )
        for number in (1, 2, 3)
    ),
    Command(
        "today.settings",
        "o",
        "Settings",
        "Choose limits, order, retention and more; as everywhere.",
        "app.settings",
        palette=False,
    ),
    Command("today.undo", "u", "Undo", "Take back the last thing done today.", "undo"),
    Command("today.back", "q,escape", "Quit", "Leave; everything is saved.", "back", footer=True),
    Command(
        "today.help", "question_mark,f1", "Help", "Explain this screen.", "app.help", footer=True
    ),
    Command("today.up", "up", "Go up", "Go up a line.", "move(-1)", palette=False),
    Command("today.down", "down", "Go down", "Go down a line.", "move(1)", palette=False),
    Command("today.page-up", "pageup", "Page up", "Go up a page.", "page(-1)", palette=False),
    Command("today.page-down", "pagedown", "Page down", "", "page(1)", palette=False),
    Command("today.first", "home", "First line", "Go to the top.", "move(-9999)", palette=False),
    Command("today.last", "end", "Last line", "Go to the end.", "move(9999)", palette=False),
    Command("today.fold", "left", "Fold", "Fold the section.", "fold(True)", palette=False),
    Command("today.unfold", "right", "Unfold", "Unfold the section.", "fold(False)", palette=False),
    # ---- Study -------------------------------------------------------------------------------
    Command(
        "study.reveal", "space,enter", "Show answer", "Show the answer.", "reveal", footer=True
    ),
    Command(
        "study.accept",
        "space,enter",
        "Rate as marked",
        "Give the marked rating: what your answer suggests, or Good where you judge yourself.",
        "accept",
        footer=True,
    ),
    Command("study.again", "1", "Again", "You did not recall it.", "rate(1)"),
    Command(
        "study.hard",
        "2",
        "Hard",
        "You recalled it with much effort, or only most of it.",
        "rate(2)",
    ),
    Command("study.good", "3", "Good", "You recalled it.", "rate(3)"),
    Command("study.easy", "4", "Easy", "You recalled it at once.", "rate(4)"),
    Command(
        "study.undo",
        "u",
        "Undo",
        "Take back the last thing done today, as often as you like, also after a restart.",
        "undo",
        footer=True,
    ),
    Command(
        "study.skip",
        "n",
        "Skip",
        "Put the card off to the end of the session.",
        "skip",
        footer=True,
    ),
    Command(
        "study.bury",
        "b,minus,equals_sign",
        "Bury",
        "Hide the card until tomorrow.",
        "bury",
        footer=True,
    ),
    Command(
        "study.suspend", "s,at", "Suspend", "Hide the card until it is unsuspended.", "suspend"
    ),
    Command(
        "study.relearn",
        "r",
        "Learn anew",
        "Start over with a card whose answer has changed.",
        "relearn",
    ),
    Command(
        "study.flag", "f,asterisk", "Flag", "Say what is wrong with the card.", "flag", footer=True
    ),
    Command(
        "study.edit",
        "e",
        "Edit",
        "Open the card's file in your editor, at its line.",
        "edit",
        footer=True,
    ),
    Command(
        "study.open", "o", "Open source", "Open the card's source, or a picture of it.", "open"
    ),
    Command("study.info", "i", "Card info", "Show why the card is due, and its log.", "info"),
    Command(
        "study.statistics", "t", "Statistics", "See how it goes; the card waits.", "app.statistics"
    ),
    Command(
        "study.help",
        "question_mark,f1",
        "Help",
        "Explain this card and these keys.",
        "app.help",
        footer=True,
    ),
    Command("study.back", "q,escape", "Back", "Leave the session; every rating is saved.", "back"),
    *(
        Command(
            f"study.pick-{place}",
            str(place),
            f"Pick {place}",
            "Pick that option, or take it back." if place == 1 else "",
            f"pick({place})",
            palette=False,
        )
        for place in range(1, 6)
    ),
    *(
        Command(
            f"study.tick-{place}",
            key,
            f"Tick {key}",
            "Tick that point of the answer, or take it back." if place == 1 else "",
            f"tick({place})",
            palette=False,
        )
        for place, key in enumerate(TICK_KEYS, 1)
    ),
    Command("study.up", "up", "Scroll up", "Scroll the card.", "scroll(-1)", palette=False),
    Command("study.down", "down", "Scroll down", "", "scroll(1)", palette=False),
    Command("study.page-up", "pageup", "Page up", "Scroll by a page.", "page(-1)", palette=False),
    Command("study.page-down", "pagedown", "Page down", "", "page(1)", palette=False),
    # ---- A card that has become a leech ----------------------------------------------------------
    Command(
        "leech.go-on",
        "enter,space,escape",
        "Go on",
        "Go on with the review.",
        "close",
        palette=False,
    ),
    Command(
        "leech.pair",
        "c",
        "Contrast",
        "Practise it together with the card that it is taken for.",
        "choose('pair')",
        palette=False,
    ),
    Command(
        "leech.flag",
        "f",
        "Flag",
        "Flag it, so that it is written anew.",
        "choose('flag')",
        palette=False,
    ),
    Command(
        "leech.edit",
        "e",
        "Edit",
        "Write it anew in your editor.",
        "choose('edit')",
        palette=False,
    ),
    Command(
        "leech.suspend",
        "s",
        "Suspend",
        "Hide it until it is unsuspended.",
        "choose('suspend')",
        palette=False,
    ),
    # ---- The line that is typed into -------------------------------------------------------------
    Command(
        "typed.answer",
        "enter",
        "Answer",
        "Check what was typed; nothing typed shows the answer.",
        "submit",
        footer=True,
        palette=False,
    ),
    Command(
        "typed.leave",
        "escape",
        "Other keys",
        "Leave the line, so that letters are commands again.",
        "leave",
        footer=True,
        palette=False,
    ),
    *ORDER_COMMANDS,
    # ---- The end of a session ------------------------------------------------------------------
    Command("end.more", "enter", "Go on", "Go on with what is due now.", "more", footer=True),
    Command(
        "end.session",
        "w",
        "Choose session",
        "Choose another: what is due, some days ahead, some minutes, or cram.",
        "session",
    ),
    Command(
        "end.next",
        "n",
        "Start next module",
        "Open the module that comes next.",
        "start_next",
        footer=True,
    ),
    Command(
        "end.modules", "m", "Modules", "Choose modules to open or to study.", "modules", footer=True
    ),
    Command("end.browse", "b", "Browse", "Look for cards, and see to them.", "app.browse"),
    Command("end.statistics", "t", "Statistics", "See how it goes.", "app.statistics"),
    Command("end.undo", "u", "Undo", "Take back the last rating.", "undo", footer=True),
    Command(
        "end.back",
        "q,escape",
        "Leave",
        "Back to Home, or out of a review that was asked for.",
        "back",
        footer=True,
    ),
    Command(
        "end.help", "question_mark,f1", "Help", "Explain this screen.", "app.help", footer=True
    ),
    # ---- Modules -------------------------------------------------------------------------------
    Command(
        "modules.choose",
        "enter",
        "Open or study",
        "Open the module, or study it when it is open.",
        "screen.choose",
        footer=True,
    ),
    Command(
        "modules.all",
        "a",
        "Open all",
        "Open every module, the optional ones too.",
        "all",
        footer=True,
    ),
    Command(
        "modules.undo", "u", "Undo", "Take back the last thing done today.", "undo", footer=True
    ),
    Command("modules.back", "q,escape,m", "Back", "Back to where you were.", "back", footer=True),
    Command(
        "modules.help", "question_mark,f1", "Help", "Explain this screen.", "app.help", footer=True
    ),
    *BROWSE_COMMANDS,
    *QUIZ_COMMANDS,
    *SETTINGS_COMMANDS,
    *STATISTICS_COMMANDS,
    *WINDOW_COMMANDS,
    # ---- Everywhere ------------------------------------------------------------------------------
    Command(
        "app.palette",
        "ctrl+p",
        "Find a command",
        "Search all that can be done now.",
        "command_palette",
        palette=False,
    ),
    Command(
        "app.settings",
        "comma",
        "Settings",
        "Choose limits, order, retention, steps, theme, keys and more.",
        "settings",
    ),
    Command(
        "app.quit", "ctrl+q,ctrl+c", "Quit at once", "Leave at once; everything is saved.", "quit"
    ),
)

PLACES = {
    "today": "Home",
    "study": "Study",
    "leech": "A card has become a leech",
    "typed": "While typing an answer",
    **ORDER_PLACES,
    "end": "End of a session",
    "modules": "Modules",
    **BROWSE_PLACES,
    **QUIZ_PLACES,
    **SETTINGS_PLACES,
    **STATISTICS_PLACES,
    **WINDOW_PLACES,
    "app": "Everywhere",
}
"""Screens by the first part of a command's id, as the help names them."""


@cache
def of(place: str) -> tuple[Command, ...]:
    """The commands of a screen, in the order of the table."""
    return tuple(command for command in COMMANDS if command.id.partition(".")[0] == place)
