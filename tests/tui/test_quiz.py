"""Practice exams with keys and mouse: by what is on the disk and what stands on the screen."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from flashsafety.clock import FixedClock
from flashsafety.study.exam import Ask, Exam, history
from flashsafety.study.library import Library
from flashsafety.tui import commands
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.palette import CommandProvider
from flashsafety.tui.screens.answers import AnswersScreen
from flashsafety.tui.screens.exam import ExamScreen
from flashsafety.tui.screens.hand_in import HandInScreen
from flashsafety.tui.screens.help import HelpScreen
from flashsafety.tui.screens.info import InfoScreen
from flashsafety.tui.screens.quiz import QuizScreen
from flashsafety.tui.screens.score import ScoreScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.widgets.choice import ChoiceList
from flashsafety.tui.widgets.ordering import OrderList
from flashsafety.tui.widgets.rubric import RubricList
from flashsafety.tui.widgets.typed import AnswerInput
from flashsafety.tui.widgets.written import WrittenAnswer
from tests.banks import CHOICE, NUMERIC, ORDERING, QUESTION, TYPED, question, tiny_bank, write_cards
from tests.hostile import NASTY, cards, is_safe
from tests.libraries import open_library
from tests.tui.conftest import LibraryOf, ratings, settled, text_of


def exam_card(card: str) -> str:
    return card if "exam: true" in card else f"{card}exam: true\n"


FIVE = tuple(map(exam_card, (CHOICE, NUMERIC, ORDERING, QUESTION, TYPED)))


def on_disk(library: Library) -> Exam:
    """The newest exam as it is stored."""
    return Exam(library, history(library)[0].attempt.id)


Kind = TypeVar("Kind")


def screen_of(app: FlashsafetyApp, kind: type[Kind]) -> Kind:
    assert isinstance(app.screen, kind), app.screen
    return app.screen


def asked_now(app: FlashsafetyApp) -> str:
    """Id of the note in front."""
    screen = app.screen
    assert isinstance(screen, ExamScreen | AnswersScreen)
    return screen.exam.questions[screen.place].showing.note.id


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


async def answer(app: FlashsafetyApp, pilot: Pilot[None]) -> None:
    """Answer the question in front, wrongly where it is the number."""
    note = asked_now(app)
    if note == "circle-symmetry":
        screen = screen_of(app, ExamScreen)
        order = screen.exam.questions[screen.place].showing.order
        await press(pilot, str(order.index(0) + 1))
    elif note == "by-corners":
        lines = app.screen.query_one(OrderList)
        while lines.order != (0, 1, 2):
            place = next(n for n in range(3) if lines.order[n] != n)
            await pilot.press("up", "up", "up", *(["down"] * lines.order.index(place)), "shift+up")
    else:
        words = {"square-area": "22.5", "circle-area": "its square", "half-a-circle": "semicircle"}
        await press(pilot, *words[note])


@pytest.fixture
def no_scheduling(library_of: LibraryOf) -> Iterator[LibraryOf]:
    """Libraries whose review log and cards are the same afterwards, to the byte."""
    made: list[tuple[Library, list[object]]] = []

    def state(library: Library) -> list[object]:
        return [library.db.execute(f"SELECT * FROM {t}").fetchall() for t in ("review", "card")]

    def make(*cards: str) -> Library:
        library = library_of(*cards)
        library.take_in_changes()
        made.append((library, state(library)))
        return library

    yield make
    for library, before in made:
        assert state(library) == before


async def test_a_whole_exam_of_every_kind_of_answer(no_scheduling, running):
    library = no_scheduling(*FIVE)
    async with running(library) as (app, pilot):
        await press(pilot, "x")
        assert "5 questions" in text_of(app)
        await press(pilot, "enter")
        for place in range(5):
            assert screen_of(app, ExamScreen).place == place
            await answer(app, pilot)
            assert "✓" not in text_of(app)
            assert "✗" not in text_of(app)
            await press(pilot, "enter")
            assert on_disk(library).answered == place + 1
        assert "5 of 5 questions answered." in text_of(app)
        await press(pilot, "h")
        assert asked_now(app) == "circle-area"
        assert "With its square: A = πr²." in text_of(app)
        assert "its square" in app.screen.query_one(WrittenAnswer).text
        await press(pilot, "a", "enter")
        screen_of(app, ScoreScreen)
        assert "3.5 of 5 points, 70%" in text_of(app)
        assert "Read again: Elements" in text_of(app)
        assert app.attempt == on_disk(library).attempt.id
    scores = {asked.showing.note.id: asked.score for asked in on_disk(library).questions}
    assert scores == {
        "circle-symmetry": 1.0, "square-area": 0.0, "by-corners": 1.0, "circle-area": 0.5,
        "half-a-circle": 1.0,
    }  # fmt: skip


async def test_an_answer_can_be_changed_until_the_handing_in(no_scheduling, running):
    library = no_scheduling(exam_card(NUMERIC), exam_card(TYPED))
    async with running(library) as (app, pilot):
        await press(pilot, "x", "enter", *"1", "enter", "escape", "p")
        assert app.screen.query_one(AnswerInput).value == "1"
        await press(pilot, "backspace", *"2", "enter", "escape", "n")
        screen_of(app, HandInScreen)
        await press(pilot, "escape")
        screen_of(app, ExamScreen)
    assert [asked.given for asked in on_disk(library).questions] == ["2", None]


@pytest.mark.parametrize("leave", [("escape", "q"), ("ctrl+q",), ("escape", "ctrl+c")])
async def test_leaving_in_any_way_keeps_the_answer_under_way(no_scheduling, running, leave):
    library = no_scheduling(exam_card(NUMERIC), exam_card(TYPED))
    async with running(library) as (app, pilot):
        await press(pilot, "x", "enter", *"42")
        await pilot.press(*leave)
        await pilot.pause()
    assert on_disk(library).questions[0].given == "42"
    async with running(library) as (app, pilot):
        await press(pilot, "x")
        assert "Go on: Shapes  open, 1 of 2 answered" in text_of(app)
        await press(pilot, "enter")
        assert screen_of(app, ExamScreen).place == 1
        await press(pilot, "escape", "p")
        assert app.screen.query_one(AnswerInput).value == "42"
    assert len(history(library)) == 1


async def test_the_time_that_is_left_shows_and_ends_the_exam_as_it_stands(
    no_scheduling, running, clock: FixedClock
):
    library = no_scheduling(exam_card(NUMERIC), exam_card(TYPED))
    async with running(library) as (app, pilot):
        await press(pilot, "x", "t", "enter", *"2.25")
        screen = screen_of(app, ExamScreen)
        assert "10:00 left" in text_of(app)
        clock.advance(minutes=8.5)
        screen.look_at_the_clock()
        await pilot.pause()
        assert "1:30 left" in text_of(app)
        await press(pilot, "escape", "h", "question_mark")
        clock.advance(minutes=1.5)
        screen.look_at_the_clock()
        await settled(pilot)
        screen_of(app, ScoreScreen)
        assert "Time is up" in text_of(app)
    exam = on_disk(library)
    assert exam.handed_in
    assert [asked.given for asked in exam.questions] == ["2.25", None]
    number = exam.questions[0].showing.note.id == "square-area"
    assert [asked.score for asked in exam.questions] == [float(number), 0.0]


async def test_a_key_after_the_end_ends_the_exam(no_scheduling, running, clock: FixedClock):
    library = no_scheduling(exam_card(NUMERIC), exam_card(TYPED))
    async with running(library) as (app, pilot):
        await press(pilot, "x", "t", "enter", "enter")
        clock.advance(minutes=11)
        await press(pilot, "escape", "n")
        screen_of(app, ScoreScreen)
    assert on_disk(library).handed_in


async def test_an_exam_whose_time_ran_out_meanwhile_is_taken_as_it_stood(
    no_scheduling, running, clock: FixedClock
):
    library = no_scheduling(exam_card(QUESTION), exam_card(TYPED))
    async with running(library) as (app, pilot):
        await press(pilot, "x", "t", "enter", "escape", "q")
        clock.advance(hours=1)
        await press(pilot, "enter")
        screen_of(app, AnswersScreen)
        assert "Its time was up" in text_of(app)


async def test_judging_can_be_left_and_gone_on_with(no_scheduling, running):
    library = no_scheduling(
        question("one", extra="exam: true\n"), question("two", extra="exam: true\n")
    )
    async with running(library) as (app, pilot):
        await press(pilot, "x", "enter", *"first", "enter", *"second", "enter", "h")
        await press(pilot, "a", "enter", "q")
        screen_of(app, QuizScreen)
        assert "1 of 2 judged" in text_of(app)
        await press(pilot, "enter")
        assert screen_of(app, AnswersScreen).place == 1
        await press(pilot, "enter")
        assert "1 of 2 points, 50%" in text_of(app)
    assert [asked.score for asked in on_disk(library).questions] == [1.0, 0.0]


async def test_a_judgement_can_be_changed_from_the_score(no_scheduling, running):
    library = no_scheduling(exam_card(QUESTION))
    async with running(library) as (app, pilot):
        await press(pilot, "x", "enter", "enter", "h", "enter")
        assert "0 of 1 point, 0%" in text_of(app)
        await press(pilot, "enter")
        assert "Nothing was written." in text_of(app)
        await press(pilot, "a", "c", "q")
        screen_of(app, ScoreScreen)
        assert "1 of 1 point, 100%" in text_of(app)
    assert on_disk(library).questions[0].score == 1.0


async def test_a_missed_question_can_be_studied_and_looked_at(library_of, running, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(FlashsafetyApp, "open_url", lambda self, url: opened.append(url))
    library = library_of(exam_card(NUMERIC))
    library.take_in_changes()
    library.db.execute("UPDATE module SET lecture = 'https://example.org/lecture'")
    library.db.execute("UPDATE module SET started = 0")
    async with running(library) as (app, pilot):
        await press(pilot, "x", "enter", "enter", "h")
        screen_of(app, ScoreScreen)
        assert "Lecture: https://example.org/lecture" in text_of(app)
        await press(pilot, "o", "l", "i")
        screen_of(app, InfoScreen)
        await press(pilot, "i", "s")
        screen_of(app, StudyScreen)
    assert opened == ["https://example.org/elements", "https://example.org/lecture"]


async def test_the_module_of_a_missed_question_is_opened_first(library_of, running):
    library = library_of(exam_card(NUMERIC))
    write_cards(
        Path(library.roots[0]), "02-numbers/primes.yaml",
        question("prime", extra="exam: true\n"), module="numbers", topics="primes",
    )  # fmt: skip
    library.take_in_changes()
    async with running(library) as (app, pilot):
        app.show_quiz(Ask(("numbers",)))
        await settled(pilot)
        await press(pilot, "enter", "enter", "h", "enter", "s")
        assert "Opened Numbers" in text_of(app)
        screen_of(app, ScoreScreen)
        await press(pilot, "s")
        screen_of(app, StudyScreen)
    kinds = library.db.execute("SELECT kind, module FROM action").fetchall()
    assert kinds == [("start", "numbers")]


async def test_everything_can_be_clicked(no_scheduling, running):
    library = no_scheduling(exam_card(CHOICE), exam_card(QUESTION))
    async with running(library) as (app, pilot):
        await press(pilot, "x")
        await pilot.click(OptionList, offset=(4, 0))
        await settled(pilot)
        for _ in range(2):
            if asked_now(app) == "circle-symmetry":
                await pilot.click(ChoiceList, offset=(8, 0))
                assert len(app.screen.query_one(ChoiceList).picked) == 1
            else:
                await pilot.click(WrittenAnswer)
                await press(pilot, *"its square", "escape")
            await press(pilot, "n")
        screen_of(app, HandInScreen)
        await pilot.click(OptionList, offset=(4, 1))
        await settled(pilot)
        await pilot.click(RubricList, offset=(8, 0))
        assert app.screen.query_one(RubricList).ticked == {0}
        await press(pilot, "enter")
        lines = screen_of(app, ScoreScreen).query_one(OptionList)
        await pilot.click(OptionList, offset=(20, lines.option_count))
        await settled(pilot)
        assert isinstance(app.screen, AnswersScreen | ScoreScreen)
    assert on_disk(library).handed_in


async def test_the_number_and_the_time_go_round(no_scheduling, running):
    library = no_scheduling(*FIVE)
    async with running(library) as (app, pilot):
        await press(pilot, "x")
        screen = screen_of(app, QuizScreen)
        seen = []
        for _ in range(7):
            await press(pilot, "n", "t")
            seen.append((screen.ask.questions, screen.ask.minutes))
        assert seen[:4] == [(40, 10), (5, 20), (10, 30), (20, 60)]
        assert seen[5] == (5, None)
        await press(pilot, "n", "n", "n", "enter")
    assert len(on_disk(library).questions) == 5


async def test_earlier_exams_show_their_score_again(no_scheduling, running, clock):
    library = no_scheduling(exam_card(NUMERIC))
    async with running(library) as (app, pilot):
        for given in ("2.25", "9"):
            await press(pilot, "x", "enter", *given, "enter", "h", "q", "q")
            clock.advance(minutes=1)
        await press(pilot, "x", "h")
        assert "2026-03-02 12:01  0 of 1, 0%" in text_of(app)
        await press(pilot, "down", "enter")
        assert "1 of 1 point, 100%" in text_of(app)
        assert "exam of 2026-03-02 12:00" in text_of(app)


async def test_an_empty_bank_begins_no_exam(library_of, running):
    library = library_of(CHOICE)
    async with running(library) as (app, pilot):
        await press(pilot, "x", "enter", "h")
        screen_of(app, QuizScreen)
    assert history(library) == []


async def test_another_window_that_hands_in_is_told_and_can_be_left(library_of, running):
    library = library_of(exam_card(NUMERIC), exam_card(TYPED))
    async with running(library) as (app, pilot):
        await press(pilot, "x", "enter", *"1")
        on_disk(library).hand_in()
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert "The answer was not stored" in text_of(app)
        await press(pilot, "escape", "q")
        screen_of(app, QuizScreen)


async def test_the_palette_offers_quizzes_and_keeps_what_is_under_way(no_scheduling, running):
    library = no_scheduling(*FIVE)
    async with running(library) as (app, pilot):
        await press(pilot, "x", "enter")
        titles = {offer.title: offer for offer in CommandProvider(app.screen)._offers()}
        assert {"Quiz: Basics", "Quiz: Shapes", "Hand in", "Next"} <= set(titles)
        assert "Quiz: Numbers" not in titles
        while not isinstance(app.screen.focused, AnswerInput):
            await press(pilot, "enter")
        await press(pilot, *"kept")
        titles["Quiz: Shapes"].run()
        await pilot.pause(0.2)
        screen_of(app, QuizScreen)
        assert "Asked for: Shapes" in text_of(app)
    assert "kept" in [asked.given for asked in on_disk(library).questions]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_an_exam_can_be_taken_in_any_window(library_of, running, size, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    library = library_of(*FIVE)
    async with running(library, size=size) as (app, pilot):
        await press(pilot, "x", "question_mark")
        screen_of(app, HelpScreen)
        await press(pilot, "escape", "enter")
        for _ in range(5):
            assert "goes on" in text_of(app)
            await press(pilot, "enter")
        await press(pilot, "h")
        await pilot.resize_terminal(200, 50)
        await pilot.resize_terminal(*size)
        await press(pilot, "question_mark", "escape", "a", "enter")
        shown = text_of(app)
        assert "0.5 of 5 points, 10%" in shown
        assert "✗ 0 of 1" in shown or "~ 0.5 of 1" in shown


@pytest.mark.parametrize(
    ("place", "screen"),
    [
        ("quiz", QuizScreen),
        ("exam", ExamScreen),
        ("answers", AnswersScreen),
        ("score", ScoreScreen),
        ("line", WrittenAnswer),
        ("line", AnswerInput),
    ],
)
def test_every_command_has_a_method(place: str, screen: type) -> None:
    for command in commands.of(place):
        name = command.action.partition("(")[0].removeprefix("screen.")
        if not name.startswith("app."):
            assert callable(getattr(screen, f"action_{name}"))


async def test_an_exam_does_not_schedule_but_studying_afterwards_does(library_of, running):
    library = library_of(exam_card(NUMERIC))
    async with running(library) as (_, pilot):
        await press(pilot, "x", "enter", *"3", "enter", "h", "s")
        assert ratings(library) == []
        await press(pilot, *"2.25", "enter", "enter")
    assert len(ratings(library)) == 1


async def test_every_question_of_a_hostile_bank_is_asked_judged_and_listed(
    tmp_path, clock, running
):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "01-shapes/shapes.yaml").unlink()
    for name in NASTY:
        marked = (f"{card}\nexam: true" for card in cards(name, f"text of {name}"))
        write_cards(bank, f"01-shapes/{name}.yaml", *marked)
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        for name, text in NASTY.items():
            library.db.execute(
                "UPDATE note SET content = replace(content, ?, ?)",
                (f"text of {name}", json.dumps(text)[1:-1]),
            )
        for table in ("module", "topic", "source"):
            library.db.execute(f"UPDATE {table} SET title = ?", ("[bold]\x1b[31m [/x] [@click=a]",))
        library.db.execute("UPDATE module SET lecture = ?", ("https://x/[/b]\u202e",))
        async with running(library, size=(100, 50)) as (app, pilot):
            app.show_quiz(Ask(("shapes",), 999))
            await settled(pilot)
            assert is_safe(text_of(app))
            await press(pilot, "down", "up", "enter")
            count = len(screen_of(app, ExamScreen).exam.questions)
            assert count == len(NASTY) * 6
            for _ in range(count):
                assert is_safe(text_of(app))
                writing = isinstance(app.screen.focused, AnswerInput | WrittenAnswer)
                await pilot.press(*("[b]x[/]" if writing else "1"), "enter")
            await press(pilot, "h")
            while isinstance(app.screen, AnswersScreen):
                assert is_safe(text_of(app))
                await pilot.press("a", "enter")
                await pilot.pause()
            lines = screen_of(app, ScoreScreen).query_one(OptionList)
            assert "[bold]␛[31m [/x] [@click=a]" in text_of(app)
            for _ in range(lines.option_count):
                await pilot.press("down")
                assert is_safe(text_of(app))
            await press(pilot, "enter", "q", "q")
            assert is_safe(text_of(app))


async def test_a_page_down_in_a_window_too_small_for_the_list_does_no_harm(no_scheduling, running):
    async with running(no_scheduling(*FIVE)) as (app, pilot):
        await press(pilot, "x", "question_mark")
        await pilot.resize_terminal(50, 10)
        await press(pilot, "escape", "pagedown", "pageup")
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        screen_of(app, QuizScreen)
