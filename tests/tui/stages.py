"""Where a command is tried from, and what is looked at before and after it."""

from random import Random
from typing import Any

from textual.widgets import Input, OptionList

from flashsafety.store.plans import plans_on
from flashsafety.study.comeback import Comeback, Offer
from flashsafety.study.exam import Ask, Exam, begin
from flashsafety.study.plans import pause_now, pause_until
from flashsafety.terms import Return, StudyDay
from flashsafety.tui.screens.answers import AnswersScreen
from flashsafety.tui.screens.exam import ExamScreen
from flashsafety.tui.screens.found import FoundCards
from flashsafety.tui.screens.score import ScoreScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.widgets.choice import ChoiceList
from flashsafety.tui.widgets.field import Field
from flashsafety.tui.widgets.ordering import OrderList
from flashsafety.tui.widgets.preview import Preview
from flashsafety.tui.widgets.rubric import RubricList
from flashsafety.tui.widgets.tabs import TabLine
from tests.tui.conftest import text_of
from tests.tui.walk import Stage, Walk

Look = Any
"""A function of a walk; what it gives is compared."""

_ALL = Ask(("shapes", "numbers"), 40)


# ---- stages --------------------------------------------------------------------------------------


async def home(walk: Walk) -> None:
    """Home, as it is at first."""
    walk.app.today.reload()
    await walk.quiet()


def then(stage: Stage, *keys: str) -> Stage:
    """A stage, and keys that are pressed there."""

    async def staged(walk: Walk) -> None:
        await stage(walk)
        await walk.press(*keys)

    return staged


def on_card(*notes: str) -> Stage:
    """Study, with nothing but these notes' cards."""

    async def staged(walk: Walk) -> None:
        await walk.study(*notes)

    return staged


async def nothing_due(walk: Walk) -> None:
    """Home, with everything rated and the next module on offer."""
    walk.rate_everything()
    walk.app.today.reload()
    await walk.quiet()


async def paused(walk: Walk) -> None:
    """Home, in the middle of a pause."""
    pause_until(walk.library, StudyDay(walk.clock.now().day + 9))
    walk.app.today.reload()
    await walk.quiet()


async def plans_offered(walk: Walk) -> None:
    """Home, with three plans on offer: of one, two and three reviews a day."""
    day = walk.clock.now().day
    offers = (
        Offer(Return(day, StudyDay(day + 5), number, None, 40), number, 0, 60.0)
        for number in (1, 2, 3)
    )
    walk.app.today.show_ways(Comeback(StudyDay(day - 30), 40, 300.0, tuple(offers)))
    await walk.quiet()


async def meaning_changed(walk: Walk) -> None:
    """Study, on a card that has another answer than when it was rated."""
    walk.rate("circle-area/recall")
    walk.clock.advance(days=60)
    cards = walk.file.read_text()
    walk.file.write_text(cards.replace("With its square: $A = \\pi r^2$.", "With its cube."))
    walk.library.take_in_changes()
    await walk.study("circle-area")


async def leech(walk: Walk) -> None:
    """A card that has just become a leech, and has a look-alike."""
    walk.library.adopt(walk.library.settings._replace(leech_threshold=1))
    pairs = [("circle-area", "long", 0.9), ("long", "circle-area", 0.9)]
    walk.library.db.executemany("INSERT OR REPLACE INTO look_alike VALUES (?,?,?)", pairs)
    for note in ("circle-area", "long"):
        walk.rate(f"{note}/recall")
    walk.clock.advance(days=60)
    await walk.study("circle-area")
    await walk.press("space", "1")


async def end(walk: Walk) -> None:
    """The end of a session of one card, with more to do today."""
    await walk.study("circle-area")
    await walk.press("space", "4")


async def end_in_the_middle(walk: Walk) -> None:
    """A session that was left with a card to go."""
    await walk.study("circle-area", "long")
    await walk.press("space", "4", "q")


async def end_of_the_day(walk: Walk) -> None:
    """The end of a session after which the next module is on offer."""
    await walk.study("circle-area")
    walk.rate_everything()
    await walk.press("space", "4", "q")


async def cards(walk: Walk) -> None:
    """Browse, on the list."""
    await walk.press("b", "enter")


def on_line(key: str) -> Stage:
    """Browse, on a card."""

    async def staged(walk: Walk) -> None:
        await cards(walk)
        walk.browse.table.move(walk.browse.table.ids.index(walk.card(key)))
        walk.browse.show_preview()
        await walk.quiet()

    return staged


def exam_on(note: str) -> Stage:
    """An exam over all that there is, with the question of a note in front."""

    async def staged(walk: Walk) -> None:
        screen = ExamScreen(begin(walk.library, _ALL, Random(1)))
        walk.app.push_screen(screen)
        await walk.quiet()
        screen.show_question(_place(screen, note))
        await walk.quiet()

    return staged


def answers_on(note: str) -> Stage:
    """The answers of an exam in which nothing was answered, with one in front."""

    async def staged(walk: Walk) -> None:
        screen = AnswersScreen(_handed_in(walk), 0)
        walk.app.push_screen(screen)
        await walk.quiet()
        screen.show_question(_place(screen, note))
        await walk.quiet()

    return staged


def score_on(note: str) -> Stage:
    """The score of such an exam, with the cursor on one question."""

    async def staged(walk: Walk) -> None:
        screen = ScoreScreen(_handed_in(walk))
        walk.app.push_screen(screen)
        await walk.quiet()
        lines = screen.query_one(OptionList)
        lines.highlighted = lines.get_option_index(str(_place(screen, note)))
        await walk.quiet()

    return staged


async def quizzes(walk: Walk) -> None:
    """The practice exams, with one that is over."""
    exam = begin(walk.library, Ask(("shapes",)), Random(1))
    exam.hand_in()
    for place in exam.unjudged:
        exam.judge(place, ())
    await walk.press("x")


def _handed_in(walk: Walk) -> Exam:
    exam = begin(walk.library, _ALL, Random(1))
    exam.hand_in()
    return exam


def _place(screen: ExamScreen | AnswersScreen | ScoreScreen, note: str) -> int:
    notes = [asked.showing.note.id for asked in screen.exam.questions]
    return notes.index(note)


def setting(name: str) -> Stage:
    """The settings, with one of them marked."""

    async def staged(walk: Walk) -> None:
        await walk.press("comma")
        field = next(one for one in walk.app.screen.query(Field) if one.setting == name)
        field.focus()
        await walk.quiet()

    return staged


async def changed_setting(walk: Walk) -> None:
    """The settings, with one that was just changed."""
    await setting("new_limit")(walk)
    await walk.press("enter", "end", "ctrl+u", "7", "enter")
    await walk.quiet()  # the line is taken away by itself


async def rated_line(walk: Walk) -> None:
    """Browse, on a card that was rated."""
    walk.rate("circle-area/recall")
    await on_line("circle-area/recall")(walk)


async def figures(walk: Walk) -> None:
    """The statistics, with something to show."""
    walk.rate_everything()
    await walk.press("t")


async def long_figures(walk: Walk) -> None:
    """The same in a window that they do not fit."""
    await walk.pilot.resize_terminal(80, 18)
    await figures(walk)


# ---- looks ---------------------------------------------------------------------------------------


def front(walk: Walk) -> str:
    """Name of the class of the screen in front."""
    return type(walk.app.screen).__name__


def leaving(walk: Walk) -> bool:
    """Whether the app is about to end."""
    return walk.app._exit


def rated(walk: Walk) -> int | None:
    """The newest rating that holds."""
    found = walk.library.db.execute(
        "SELECT rating FROM review WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return None if found is None else int(found[0])


def done(walk: Walk) -> list[str]:
    """The actions that hold, each with what it was done to, oldest first."""
    return [
        f"{kind} {key or module}"
        for kind, key, module in walk.library.db.execute(
            "SELECT kind, card.key, action.module FROM action LEFT JOIN card ON card.id = card"
            " WHERE undone_at IS NULL ORDER BY action.id"
        )
    ]


def pausing(walk: Walk) -> bool:
    """Whether a pause holds."""
    return pause_now(walk.library) is not None


def taken(walk: Walk) -> int | None:
    """The reviews a day of the return plan that holds."""
    plan = plans_on(walk.library.db, walk.clock.now().day).back
    return None if plan is None else plan.reviews


def pointer(walk: Walk) -> str:
    """Where the cursor of Home stands."""
    return walk.app.today.outline.current.title


def folded(walk: Walk) -> bool:
    """Whether the first section of Home is."""
    return "Shapes" not in text_of(walk.app)


def revealed(walk: Walk) -> bool:
    """Whether the answer shows."""
    screen = walk.app.screen
    return isinstance(screen, StudyScreen) and screen.revealed


def asked(walk: Walk) -> str | None:
    """The note in front, in a review or an exam."""
    screen = walk.app.screen
    if isinstance(screen, StudyScreen):
        return None if screen.showing is None else screen.showing.note.id
    assert isinstance(screen, ExamScreen | AnswersScreen)
    return screen.exam.questions[screen.place].showing.note.id


def picked(walk: Walk) -> set[int]:
    """The options that are picked, from 1 as they stand on the screen."""
    choice = walk.app.screen.query_one(ChoiceList)
    return {choice._order.index(option) + 1 for option in choice.picked}


def ticked(walk: Walk) -> set[int]:
    """The points that are ticked, from 1."""
    return {place + 1 for place in walk.app.screen.query_one(RubricList).ticked}


def turned_round(walk: Walk) -> str:
    """Whether the lines of an ordering card stand as they were asked, or the first two swapped."""
    screen = walk.app.screen
    assert isinstance(screen, StudyScreen)
    assert screen.showing is not None
    first, second, *rest = screen.showing.order
    now = screen.query_one(OrderList).order
    names = {(first, second, *rest): "as asked", (second, first, *rest): "first two"}
    return names.get(now, str(now))


def chosen_line(walk: Walk) -> int:
    """The line of an ordering card that is chosen, from 0."""
    return walk.app.screen.query_one(OrderList)._cursor


def card_scroll(walk: Walk) -> str:
    """How far the card is scrolled: not at all, a line, or a page."""
    return scrolled(walk, "#card")


def body_scroll(walk: Walk) -> str:
    """How far the figures are scrolled."""
    return scrolled(walk, "#body")


def preview_scroll(walk: Walk) -> str:
    """How far the preview is scrolled."""
    return scrolled(walk, Preview)


def scrolled(walk: Walk, what: Any) -> str:
    """How far a part of the screen is scrolled, in words."""
    lines = int(walk.app.screen.query_one(what).scroll_y)
    return "top" if lines == 0 else "line" if lines == 1 else "page"


def focused(walk: Walk) -> str:
    """Name of the class of what has the keys."""
    return type(walk.app.focused).__name__


def listed(walk: Walk) -> str:
    """Which card of the list has the cursor: the first, second, last, or one between."""
    table = walk.browse.table
    names = {0: "first", 1: "second", len(table.ids) - 1: "last"}
    return names.get(table.cursor, "between")


def marked(walk: Walk) -> int:
    """How many cards are marked."""
    return len(walk.browse.table.marked)


def sorting(walk: Walk) -> tuple[str, bool]:
    """What the list is sorted by, and whether it is turned round."""
    assert isinstance(walk.app.screen, FoundCards)
    return walk.browse.order.column, walk.browse.order.descending


def opened(walk: Walk) -> list[str]:
    """The addresses that were opened in the browser; of a file its name."""
    return [url.rpartition("/")[2] if url.startswith("file:") else url for url in walk.opened]


def edited(walk: Walk) -> bool:
    """Whether the editor was there."""
    return walk.edited.exists()


def asking(walk: Walk) -> tuple[int, int | None]:
    """How many questions the next exam has, and how many minutes."""
    ask = walk.app.screen.ask  # type: ignore[attr-defined]
    return ask.questions, ask.minutes


def option(walk: Walk) -> str:
    """The text of the line under the cursor of a list."""
    found = walk.app.screen.query_one(OptionList).highlighted_option
    return "" if found is None else str(found.prompt).strip().partition("  ")[0]


def given(walk: Walk) -> int:
    """How many answers are stored."""
    return _count(walk, "given <> 'null'")


def judged(walk: Walk) -> int:
    """How many answers of which the learner ticked a point."""
    return _count(walk, "ticked <> '[]'")


def _count(walk: Walk, condition: str) -> int:
    found = walk.library.db.execute(f"SELECT count(*) FROM answer WHERE {condition}")
    return int(found.fetchone()[0])


def tab(walk: Walk) -> str:
    """The tab of the statistics that shows."""
    return str(walk.app.screen.query_one(TabLine).render()).partition("▸")[2].split()[0]


def marked_setting(walk: Walk) -> str:
    """The setting that is marked, and how many lines there are before it, in words."""
    fields = list(walk.app.screen.query(Field))
    place = next(n for n, one in enumerate(fields) if one.has_focus or one.has_focus_within)
    return {0: "first", len(fields) - 1: "last"}.get(place, fields[place].setting)


def new_limit(walk: Walk) -> int:
    """A setting of which any number will do."""
    return walk.library.settings.new_limit


def siblings(walk: Walk) -> str:
    """A setting with few values."""
    return walk.library.settings.siblings


def typing(walk: Walk) -> bool:
    """Whether a value is typed."""
    return isinstance(walk.app.focused, Input)


def reason(walk: Walk) -> tuple[str, int | None]:
    """What has the keys in the window for flags, and which reason is marked, from 0."""
    return focused(walk), walk.app.screen.query_one(OptionList).highlighted
