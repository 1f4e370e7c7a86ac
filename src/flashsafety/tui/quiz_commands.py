"""The part of the table of commands that is for practice exams."""

from collections.abc import Iterator

from flashsafety.tui.command import TICK_KEYS, Command


def _help(place: str) -> Command:
    return Command(
        f"{place}.help", "question_mark,f1", "Help", "Explain this screen.", "app.help", footer=True
    )


def _scrolling(place: str) -> Iterator[Command]:
    yield Command(f"{place}.up", "up", "Scroll up", "Scroll it.", "scroll(-1)", palette=False)
    yield Command(f"{place}.down", "down", "Scroll down", "", "scroll(1)", palette=False)
    yield Command(f"{place}.page-up", "pageup", "Page up", "By a page.", "page(-1)", palette=False)
    yield Command(f"{place}.page-down", "pagedown", "Page down", "", "page(1)", palette=False)


def _about_the_card(place: str) -> Iterator[Command]:
    """What can be done with a question that one wants to know better."""
    yield Command(
        f"{place}.study",
        "s",
        "Study module",
        "Review the question's module; opens it when it is not open.",
        "study",
        footer=True,
    )
    yield Command(
        f"{place}.open",
        "o",
        "Open source",
        "Open the question's source, or a picture of it.",
        "open",
        footer=True,
    )
    yield Command(
        f"{place}.lecture",
        "l",
        "Open lecture",
        "Open the lecture of the question's module in the browser.",
        "open_lecture",
        footer=True,
    )
    yield Command(
        f"{place}.info", "i", "Card info", "Show what is known of the question's card.", "info"
    )


QUIZ_COMMANDS: tuple[Command, ...] = (
    # ---- Choosing an exam ------------------------------------------------------------------------
    Command(
        "quiz.choose",
        "enter",
        "Begin or open",
        "Begin an exam on this line's modules, go on with the one that is open, or see an earlier"
        " one.",
        "screen.choose",
        footer=True,
    ),
    Command(
        "quiz.questions",
        "n",
        "Questions",
        "Change how many questions the exam has.",
        "questions",
        footer=True,
    ),
    Command(
        "quiz.minutes", "t", "Time", "Change the time there is for answering.", "minutes",
        footer=True,
    ),
    Command(
        "quiz.history", "h", "Earlier exams", "Go to the exams so far.", "history", footer=True
    ),
    Command("quiz.back", "q,escape,x", "Back", "Back to where you were.", "back", footer=True),
    _help("quiz"),
    # ---- Answering -------------------------------------------------------------------------------
    Command(
        "exam.next",
        "enter,n",
        "Next",
        "Keep the answer and go on; a question may stay open.",
        "next",
        footer=True,
    ),
    Command(
        "exam.previous",
        "p",
        "Previous",
        "Keep the answer and go back to the question before.",
        "previous",
        footer=True,
    ),
    Command(
        "exam.hand-in",
        "h",
        "Hand in",
        "End the answering; you are asked once more.",
        "hand_in",
        footer=True,
    ),
    Command(
        "exam.open", "o", "Open picture", "Open a picture of the question.", "open", footer=True
    ),
    Command(
        "exam.back",
        "q,escape",
        "Leave",
        "Leave; the exam stays as it is, but the time runs on.",
        "back",
        footer=True,
    ),
    _help("exam"),
    *(
        Command(
            f"exam.pick-{place}",
            str(place),
            f"Pick {place}",
            "Pick that option, or take it back." if place == 1 else "",
            f"pick({place})",
            palette=False,
        )
        for place in range(1, 6)
    ),
    *_scrolling("exam"),
    # ---- The line that an answer is written on ---------------------------------------------------
    Command(
        "line.next",
        "enter",
        "Next",
        "Keep the answer and go on; with nothing written the question stays open.",
        "submit",
        footer=True,
        palette=False,
    ),
    Command(
        "line.leave",
        "escape",
        "Other keys",
        "Leave the line, so that letters are commands again; tab goes back to it.",
        "leave",
        footer=True,
        palette=False,
    ),
    # ---- Judging, and looking at answers ---------------------------------------------------------
    Command(
        "answers.next",
        "enter,space,n",
        "Go on",
        "Keep what is ticked and go on: to the next answer that waits to be judged, else to the"
        " score.",
        "next",
        footer=True,
    ),
    Command(
        "answers.previous",
        "p",
        "Previous",
        "Keep what is ticked and go back to the question before.",
        "previous",
        footer=True,
    ),
    *_about_the_card("answers"),
    Command(
        "answers.back", "q,escape", "Back", "Back to where you were.", "back", footer=True
    ),
    _help("answers"),
    *(
        Command(
            f"answers.tick-{place}",
            key,
            f"Tick {key}",
            "Tick that point of the answer, or take it back." if place == 1 else "",
            f"tick({place})",
            palette=False,
        )
        for place, key in enumerate(TICK_KEYS, 1)
    ),
    *_scrolling("answers"),
    # ---- The score -------------------------------------------------------------------------------
    Command(
        "score.choose",
        "enter",
        "See answer",
        "Show the question with your answer and the right one.",
        "screen.choose",
        footer=True,
    ),
    *_about_the_card("score"),
    Command("score.back", "q,escape", "Back", "Back to the exams.", "back", footer=True),
    _help("score"),
)  # fmt: skip

QUIZ_PLACES = {
    "quiz": "Practice exams",
    "exam": "Answering",
    "line": "While writing an answer",
    "answers": "The answers",
    "score": "The score",
}
"""Screens by the first part of a command's id, as the help names them."""
