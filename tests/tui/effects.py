"""What each command does, as it can be seen: the stage, what is looked at, before and after.

A command without a line here fails ``test_walk``, and so does a key of a window. Read a line as:
from this stage, this look gives the first value, then the command, and then the second.
"""

from typing import NamedTuple

from flashsafety.tui.statistics_commands import TABS
from tests.tui import stages as at
from tests.tui.stages import then
from tests.tui.walk import LECTURE, SOURCE, Stage


class Effect(NamedTuple):
    """One command, or one key of a window."""

    stage: Stage
    look: at.Look
    before: object
    after: object


_TODAY = "TodayScreen"
_AREA = at.on_card("circle-area")
_ANSWER = then(_AREA, "space")
_LONG = at.on_card("long")
_LONG_DOWN = then(_LONG, "pagedown")
_TWO = at.on_card("circle-area", "long")
_PICKED: set[int] = set()

HOME = {
    "today.review": Effect(at.home, at.front, _TODAY, "StudyScreen"),
    "today.next": Effect(at.nothing_due, at.done, [], ["start numbers"]),
    "today.modules": Effect(at.home, at.front, _TODAY, "ModulesScreen"),
    "today.browse": Effect(at.home, at.front, _TODAY, "BrowseScreen"),
    "today.quiz": Effect(at.home, at.front, _TODAY, "QuizScreen"),
    "today.statistics": Effect(at.home, at.front, _TODAY, "StatisticsScreen"),
    "today.session": Effect(at.home, at.front, _TODAY, "SessionScreen"),
    "today.usual": Effect(at.paused, at.pausing, True, False),
    **{
        f"today.plan-{number}": Effect(at.plans_offered, at.taken, None, number)
        for number in (1, 2, 3)
    },
    "today.settings": Effect(at.home, at.front, _TODAY, "SettingsScreen"),
    "today.undo": Effect(then(at.nothing_due, "n"), at.done, ["start numbers"], []),
    "today.back": Effect(at.home, at.leaving, False, True),
    "today.help": Effect(at.home, at.front, _TODAY, "HelpScreen"),
    "today.up": Effect(then(at.home, "down", "down"), at.pointer, "Shapes", "Basics"),
    "today.down": Effect(at.home, at.pointer, "Everything", "Basics"),
    "today.page-up": Effect(then(at.home, "end"), at.pointer, "More", "Everything"),
    "today.page-down": Effect(at.home, at.pointer, "Everything", "More"),
    "today.first": Effect(then(at.home, "end"), at.pointer, "More", "Everything"),
    "today.last": Effect(at.home, at.pointer, "Everything", "More"),
    "today.fold": Effect(then(at.home, "down", "right"), at.folded, False, True),
    "today.unfold": Effect(then(at.home, "down", "left"), at.folded, True, False),
}

STUDY = {
    "study.reveal": Effect(_AREA, at.revealed, False, True),
    "study.accept": Effect(_ANSWER, at.rated, None, 3),
    "study.again": Effect(_ANSWER, at.rated, None, 1),
    "study.hard": Effect(_ANSWER, at.rated, None, 2),
    "study.good": Effect(_ANSWER, at.rated, None, 3),
    "study.easy": Effect(_ANSWER, at.rated, None, 4),
    "study.undo": Effect(then(_TWO, "space", "4"), at.rated, 4, None),
    "study.skip": Effect(_TWO, at.asked, "circle-area", "long"),
    "study.bury": Effect(_AREA, at.done, [], ["bury circle-area/recall"]),
    "study.suspend": Effect(_AREA, at.done, [], ["suspend circle-area/recall"]),
    "study.relearn": Effect(at.meaning_changed, at.done, [], ["reset circle-area/recall"]),
    "study.flag": Effect(_AREA, at.front, "StudyScreen", "FlagScreen"),
    "study.edit": Effect(_AREA, at.edited, False, True),
    "study.open": Effect(_AREA, at.opened, [], [SOURCE]),
    "study.info": Effect(_AREA, at.front, "StudyScreen", "InfoScreen"),
    "study.statistics": Effect(_AREA, at.front, "StudyScreen", "StatisticsScreen"),
    "study.help": Effect(_AREA, at.front, "StudyScreen", "HelpScreen"),
    "study.back": Effect(_AREA, at.front, "StudyScreen", _TODAY),
    **{
        f"study.pick-{n}": Effect(at.on_card("five-options"), at.picked, _PICKED, {n})
        for n in range(1, 6)
    },
    **{
        f"study.tick-{n}": Effect(then(at.on_card("five-points"), "space"), at.ticked, _PICKED, {n})
        for n in range(1, 6)
    },
    "study.up": Effect(then(_LONG, "down"), at.card_scroll, "line", "top"),
    "study.down": Effect(_LONG, at.card_scroll, "top", "line"),
    "study.page-up": Effect(_LONG_DOWN, at.card_scroll, "page", "top"),
    "study.page-down": Effect(_LONG, at.card_scroll, "top", "page"),
}

LEECH = {
    "leech.go-on": Effect(at.leech, at.front, "LeechScreen", "StudyScreen"),
    "leech.pair": Effect(at.leech, at.front, "LeechScreen", "ContrastScreen"),
    "leech.flag": Effect(at.leech, at.front, "LeechScreen", "FlagScreen"),
    "leech.edit": Effect(at.leech, at.edited, False, True),
    "leech.suspend": Effect(at.leech, at.done, [], ["suspend circle-area/recall"]),
}

_TYPED = then(at.on_card("half-a-circle"), "s")
_ORDER = at.on_card("by-corners")

ANSWERING = {
    "typed.answer": Effect(_TYPED, at.revealed, False, True),
    "typed.leave": Effect(_TYPED, at.focused, "AnswerInput", "NoneType"),
    "order.up": Effect(then(_ORDER, "down"), at.chosen_line, 1, 0),
    "order.down": Effect(_ORDER, at.chosen_line, 0, 1),
    "order.move-up": Effect(then(_ORDER, "down"), at.turned_round, "as asked", "first two"),
    "order.move-down": Effect(_ORDER, at.turned_round, "as asked", "first two"),
}

END = {
    "end.more": Effect(at.end_in_the_middle, at.front, "EndScreen", "StudyScreen"),
    "end.next": Effect(at.end_of_the_day, at.done, [], ["start numbers"]),
    "end.session": Effect(at.end, at.front, "EndScreen", "SessionScreen"),
    "end.browse": Effect(at.end, at.front, "EndScreen", "BrowseScreen"),
    "end.statistics": Effect(at.end, at.front, "EndScreen", "StatisticsScreen"),
    "end.modules": Effect(at.end, at.front, "EndScreen", "ModulesScreen"),
    "end.undo": Effect(at.end, at.rated, 4, None),
    "end.back": Effect(at.end, at.front, "EndScreen", _TODAY),
    "end.help": Effect(at.end, at.front, "EndScreen", "HelpScreen"),
}

_MODULES = then(at.home, "m")

MODULES = {
    "modules.choose": Effect(_MODULES, at.done, [], ["start numbers"]),
    "modules.all": Effect(_MODULES, at.done, [], ["start numbers"]),
    "modules.undo": Effect(then(_MODULES, "a"), at.done, ["start numbers"], []),
    "modules.back": Effect(_MODULES, at.front, "ModulesScreen", _TODAY),
    "modules.help": Effect(_MODULES, at.front, "ModulesScreen", "HelpScreen"),
}

_BROWSE = "BrowseScreen"
_ON_AREA = at.on_line("circle-area/recall")
_ON_LONG = at.on_line("long/recall")
_ON_NUMBER = at.on_line("square-area/number")

BROWSE = {
    "browse.filter": Effect(at.cards, at.focused, "CardTable", "FilterInput"),
    "browse.mark": Effect(at.cards, at.marked, 0, 1),
    "browse.mark-all": Effect(at.cards, at.marked, 0, 24),
    "browse.suspend": Effect(_ON_AREA, at.done, [], ["suspend circle-area/recall"]),
    "browse.bury": Effect(_ON_AREA, at.done, [], ["bury circle-area/recall"]),
    "browse.flag": Effect(_ON_AREA, at.front, _BROWSE, "FlagScreen"),
    "browse.due": Effect(_ON_AREA, at.front, _BROWSE, "DueScreen"),
    "browse.reset": Effect(at.rated_line, at.done, [], ["reset circle-area/recall"]),
    "browse.study": Effect(
        then(at.cards, "slash", *"area", "enter"), at.front, _BROWSE, "StudyScreen"
    ),
    "browse.session": Effect(at.cards, at.front, _BROWSE, "SessionScreen"),
    "browse.info": Effect(_ON_AREA, at.front, _BROWSE, "InfoScreen"),
    "browse.edit": Effect(_ON_NUMBER, at.edited, False, True),
    "browse.open": Effect(_ON_AREA, at.opened, [], [SOURCE]),
    "browse.sort": Effect(at.cards, at.sorting, ("study", False), ("card", False)),
    "browse.turn": Effect(at.cards, at.sorting, ("study", False), ("study", True)),
    "browse.undo": Effect(then(_ON_AREA, "s"), at.done, ["suspend circle-area/recall"], []),
    "browse.back": Effect(at.cards, at.front, _BROWSE, _TODAY),
    "browse.help": Effect(at.cards, at.front, _BROWSE, "HelpScreen"),
    "browse.up": Effect(then(at.cards, "down"), at.listed, "second", "first"),
    "browse.down": Effect(at.cards, at.listed, "first", "second"),
    "browse.page-up": Effect(then(at.cards, "pagedown"), at.listed, "between", "first"),
    "browse.page-down": Effect(at.cards, at.listed, "first", "between"),
    "browse.first": Effect(then(at.cards, "end"), at.listed, "last", "first"),
    "browse.last": Effect(at.cards, at.listed, "first", "last"),
    "browse.preview-up": Effect(
        then(_ON_LONG, "right_square_bracket"), at.preview_scroll, "line", "top"
    ),
    "browse.preview-down": Effect(_ON_LONG, at.preview_scroll, "top", "line"),
    "filter.leave": Effect(then(at.cards, "slash"), at.focused, "FilterInput", "CardTable"),
}

_CHOOSE = at.exam_on("circle-symmetry")
_OPTIONS = at.exam_on("five-options")
_EXAM = "ExamScreen"

EXAM = {
    "quiz.choose": Effect(at.quizzes, at.front, "QuizScreen", _EXAM),
    "quiz.questions": Effect(at.quizzes, at.asking, (20, None), (40, None)),
    "quiz.minutes": Effect(at.quizzes, at.asking, (20, None), (20, 10)),
    "quiz.history": Effect(at.quizzes, at.option, "The open modules", "2026-03-02 12:00"),
    "quiz.back": Effect(at.quizzes, at.front, "QuizScreen", _TODAY),
    "quiz.help": Effect(at.quizzes, at.front, "QuizScreen", "HelpScreen"),
    "exam.next": Effect(then(_CHOOSE, "1"), at.given, 0, 1),
    "exam.previous": Effect(then(_CHOOSE, "1"), at.given, 0, 1),
    "exam.hand-in": Effect(_CHOOSE, at.front, _EXAM, "HandInScreen"),
    "exam.back": Effect(then(_CHOOSE, "1"), at.front, _EXAM, _TODAY),
    "exam.help": Effect(_CHOOSE, at.front, _EXAM, "HelpScreen"),
    **{f"exam.pick-{n}": Effect(_OPTIONS, at.picked, _PICKED, {n}) for n in range(1, 6)},
    "exam.open": Effect(then(at.exam_on("pictured"), "escape"), at.opened, [], ["circle.png"]),
    "exam.up": Effect(then(_OPTIONS, "down"), at.card_scroll, "line", "top"),
    "exam.down": Effect(_OPTIONS, at.card_scroll, "top", "line"),
    "exam.page-up": Effect(then(_OPTIONS, "pagedown"), at.card_scroll, "page", "top"),
    "exam.page-down": Effect(_OPTIONS, at.card_scroll, "top", "page"),
    "line.next": Effect(then(at.exam_on("circle-area"), "x"), at.given, 0, 1),
    "line.leave": Effect(at.exam_on("circle-area"), at.focused, "WrittenAnswer", "NoneType"),
}

_JUDGE = at.answers_on("circle-area")
_PRIME = at.answers_on("prime-one")
_SCORE = at.score_on("circle-area")

SCORE = {
    "answers.next": Effect(then(_JUDGE, "a"), at.judged, 0, 1),
    "answers.previous": Effect(then(_JUDGE, "a"), at.judged, 0, 1),
    "answers.study": Effect(_JUDGE, at.front, "AnswersScreen", "StudyScreen"),
    "answers.open": Effect(_JUDGE, at.opened, [], [SOURCE]),
    "answers.lecture": Effect(_PRIME, at.opened, [], [LECTURE]),
    "answers.info": Effect(_JUDGE, at.front, "AnswersScreen", "InfoScreen"),
    "answers.back": Effect(_JUDGE, at.front, "AnswersScreen", _TODAY),
    "answers.help": Effect(_JUDGE, at.front, "AnswersScreen", "HelpScreen"),
    **{
        f"answers.tick-{n}": Effect(at.answers_on("five-points"), at.ticked, _PICKED, {n})
        for n in range(1, 6)
    },
    "answers.up": Effect(then(at.answers_on("long"), "down"), at.card_scroll, "line", "top"),
    "answers.down": Effect(at.answers_on("long"), at.card_scroll, "top", "line"),
    "answers.page-up": Effect(
        then(at.answers_on("long"), "pagedown"), at.card_scroll, "page", "top"
    ),
    "answers.page-down": Effect(at.answers_on("long"), at.card_scroll, "top", "page"),
    "score.choose": Effect(_SCORE, at.front, "ScoreScreen", "AnswersScreen"),
    "score.study": Effect(_SCORE, at.front, "ScoreScreen", "StudyScreen"),
    "score.open": Effect(_SCORE, at.opened, [], [SOURCE]),
    "score.lecture": Effect(at.score_on("prime-one"), at.opened, [], [LECTURE]),
    "score.info": Effect(_SCORE, at.front, "ScoreScreen", "InfoScreen"),
    "score.back": Effect(_SCORE, at.front, "ScoreScreen", _TODAY),
    "score.help": Effect(_SCORE, at.front, "ScoreScreen", "HelpScreen"),
}

_LIMIT = at.setting("new_limit")
_TYPING = then(_LIMIT, "enter", "end", "ctrl+u", "7")

SETTINGS = {
    "settings.change": Effect(_LIMIT, at.typing, False, True),
    "settings.next": Effect(at.setting("siblings"), at.siblings, "never", "allowed"),
    "settings.before": Effect(at.setting("siblings"), at.siblings, "never", "allowed"),
    "settings.reset": Effect(at.changed_setting, at.new_limit, 7, 10),
    "settings.up": Effect(
        then(at.setting("day_start"), "down"), at.marked_setting, "zone", "first"
    ),
    "settings.down": Effect(at.setting("day_start"), at.marked_setting, "first", "zone"),
    "settings.page-up": Effect(
        then(at.setting("day_start"), "pagedown"), at.marked_setting, "maximum_interval", "first"
    ),
    "settings.page-down": Effect(
        at.setting("day_start"), at.marked_setting, "first", "maximum_interval"
    ),
    "settings.first": Effect(then(_LIMIT, "end"), at.marked_setting, "last", "first"),
    "settings.last": Effect(at.setting("day_start"), at.marked_setting, "first", "last"),
    "settings.back": Effect(_LIMIT, at.front, "SettingsScreen", _TODAY),
    "settings.help": Effect(_LIMIT, at.front, "SettingsScreen", "HelpScreen"),
    "editing.keep": Effect(_TYPING, at.new_limit, 10, 7),
    "editing.leave": Effect(_TYPING, at.typing, True, False),
}

STATISTICS = {
    "statistics.previous": Effect(at.figures, at.tab, TABS[0], TABS[-1]),
    "statistics.next": Effect(at.figures, at.tab, TABS[0], TABS[1]),
    **{
        f"statistics.{name.lower()}": Effect(
            then(at.figures, "1" if place else "2"), at.tab, TABS[0] if place else TABS[1], name
        )
        for place, name in enumerate(TABS)
    },
    "statistics.up": Effect(then(at.long_figures, "down"), at.body_scroll, "line", "top"),
    "statistics.down": Effect(at.long_figures, at.body_scroll, "top", "line"),
    "statistics.page-up": Effect(then(at.long_figures, "pagedown"), at.body_scroll, "page", "top"),
    "statistics.page-down": Effect(at.long_figures, at.body_scroll, "top", "page"),
    "statistics.back": Effect(at.figures, at.front, "StatisticsScreen", _TODAY),
    "statistics.help": Effect(at.figures, at.front, "StatisticsScreen", "HelpScreen"),
}

EVERYWHERE = {
    "app.palette": Effect(at.home, at.front, _TODAY, "Palette"),
    "app.settings": Effect(at.home, at.front, _TODAY, "SettingsScreen"),
    "app.quit": Effect(at.home, at.leaving, False, True),
}

_HELP = Effect(then(at.home, "question_mark"), at.front, "HelpScreen", _TODAY)
_HAND_IN = then(_CHOOSE, "h")

WINDOW = {
    "window.close": _HELP,
    "hand-in.hand-in": Effect(_HAND_IN, at.front, "HandInScreen", "AnswersScreen"),
}

_FLAG = then(_AREA, "f")
_OPEN = then(at.on_card("pictured"), "o")
_SESSION = then(at.home, "w")

WINDOWS = {
    "HelpScreen.close": _HELP,
    "LeechScreen.close": LEECH["leech.go-on"],
    "InfoScreen.close": Effect(then(_AREA, "i"), at.front, "InfoScreen", "StudyScreen"),
    "DueScreen.close": Effect(then(_ON_AREA, "d"), at.front, "DueScreen", _BROWSE),
    "ThemesScreen.close": Effect(
        then(at.setting("theme"), "enter"), at.front, "ThemesScreen", "SettingsScreen"
    ),
    "SessionScreen.close": Effect(_SESSION, at.front, "SessionScreen", _TODAY),
    "SessionScreen.pick(0)": Effect(_SESSION, at.front, "SessionScreen", "StudyScreen"),
    "SessionScreen.pick(1)": Effect(_SESSION, at.reason, ("Options", 0), ("Input", 1)),
    "SessionScreen.pick(2)": Effect(_SESSION, at.reason, ("Options", 0), ("Input", 2)),
    "SessionScreen.pick(3)": Effect(_SESSION, at.front, "SessionScreen", "StudyScreen"),
    "SessionScreen.move(-1)": Effect(then(_SESSION, "3"), at.reason, ("Input", 2), ("Options", 1)),
    "SessionScreen.move(1)": Effect(then(_SESSION, "3"), at.reason, ("Input", 2), ("Options", 3)),
    "OpenScreen.close": Effect(_OPEN, at.front, "OpenScreen", "StudyScreen"),
    **{
        f"OpenScreen.open({n})": Effect(_OPEN, at.opened, [], opened)
        for n, opened in enumerate([["circle.png"], [SOURCE], *[[]] * 7])
    },
    "FlagScreen.close": Effect(_FLAG, at.front, "FlagScreen", "StudyScreen"),
    **{
        f"FlagScreen.reason({n})": Effect(_FLAG, at.reason, ("Options", 0), ("Input", n))
        for n in range(5)
    },
    "HandInScreen.close": Effect(_HAND_IN, at.front, "HandInScreen", _EXAM),
}
"""By class and action: the keys of windows are their own."""

EFFECTS = {
    **HOME, **STUDY, **LEECH, **ANSWERING, **END, **MODULES, **BROWSE, **EXAM, **SCORE, **SETTINGS,
    **STATISTICS, **EVERYWHERE, **WINDOW,
}  # fmt: skip
"""By id of the command."""
