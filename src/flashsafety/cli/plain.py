"""The whole review as lines of text, for screen readers, pipes and poor links.

Nothing is said by colour, place or a drawn line, and no control code is written. A rating is
acknowledged after it is on the disk, never before.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import get_args

from flashsafety.cli import output, plain_card
from flashsafety.cli.lines import LineReader
from flashsafety.cli.plain_leech import LeechHelp
from flashsafety.cli.summary import summary_lines
from flashsafety.clock import Clock
from flashsafety.content.notes import (
    ChoiceNote,
    NumericNote,
    OrderingNote,
    QuestionNote,
    TypedNote,
)
from flashsafety.errors import StaleCardError
from flashsafety.study import grading, words
from flashsafety.study.answer import Crammed
from flashsafety.study.showing import Showing
from flashsafety.study.sitting import Sitting
from flashsafety.terms import FlagReason, Given, Rating

COMMANDS = {
    "u": "take back the last thing done today",
    "b": "bury: hide this card until tomorrow",
    "s": "suspend: hide this card until it is unsuspended",
    "n": "skip: put this card off to the end",
    "r": "learn a card anew whose answer has changed",
    "f": "flag what is wrong: f typo, with words after it if you like",
    "l": "help with the last leech: l c practises it with its look-alike, l f flags, l s suspends",
    "e": "edit the card's file",
    "i": "card info: why it is due",
    "o": "the source and its address",
    "?": "these keys",
    "q": "end the review",
}
"""What a letter on a line of its own does; a colon before it makes it sure."""

_REASONS = get_args(FlagReason)


class PlainReview:
    """One session, read out and answered line by line."""

    def __init__(
        self,
        session: Sitting,
        clock: Clock,
        read: LineReader,
        *,
        folder: Callable[[Showing], str],
        inform: Callable[[Showing], Collection[str]],
        edit: Callable[[Showing], None],
        leeches: LeechHelp,
    ) -> None:
        """Take the session and what it needs of the world.

        Args:
            session: The cards.
            clock: Times the answers.
            read: Gives the next line that was typed.
            folder: Where the paths of a card's pictures begin.
            inform: Lines on a card's memory and why it is due.
            edit: Lets the learner change the card's file, and takes the change in.
            leeches: Knows what may help with a card that has become a leech.
        """
        self._session = session
        self._clock = clock
        self._read = read
        self._folder = folder
        self._inform = inform
        self._edit = edit
        self._leeches = leeches
        self._number = 0
        self._revealed = False
        self._suggested: Rating | None = None
        self._given: Given = None
        self._running = True

    def run(self) -> None:
        """Go through the session until it, the input or the learner's patience ends."""
        if self._session.intro:
            output.say(self._session.intro)
        while self._running:
            showing = self._session.current
            if showing is None:
                self._finish()
                continue
            self._number += 1
            self._read_out(showing)
            self._session.rest()
            try:
                self._take_card(showing)
            except StaleCardError as error:
                output.say(str(error))
            if not self._running:
                self._sum_up()

    # ---- one card ----------------------------------------------------------------------------

    def _read_out(self, showing: Showing) -> None:
        self._revealed, self._suggested, self._given = False, None, None
        self._shown_at = self._clock.now().at
        total = sum(self._session.left.values())
        phase = showing.state.memory.phase.name.lower()
        output.say(
            f"\nCard {self._number}, {total} left: {showing.module_title}, {phase}  [{showing.key}]"
        )
        if showing.foundation_of is not None:
            output.say(f"It comes first: {showing.foundation_of}, forgotten today, builds on it.")
        for lines in plain_card.prompt_lines(showing, output.width(), self._folder(showing)):
            output.say(lines)
        output.say(plain_card.how_to_answer(showing.note))

    def _take_card(self, showing: Showing) -> None:
        """Read lines until the card has been dealt with."""
        while self._running and self._session.current is showing:
            line = self._read()
            if line is None:
                self._running = False
            elif (command := self._as_command(showing, line.strip())) is not None:
                self._do(showing, *command)
                showing = self._flagged(showing)
            elif self._revealed:
                self._rate_or_tick(showing, line.strip())
            else:
                self._answer(showing, line.strip())

    def _flagged(self, showing: Showing) -> Showing:
        """The same card as it stands after a flag; it need not be read out again."""
        now = self._session.current
        if now is None or replace(now, state=showing.state) != showing:
            return showing
        return now

    def _as_command(self, showing: Showing, text: str) -> tuple[str, str] | None:
        """The command that a line is, with what follows it; none when it is an answer.

        On a card that is answered in letters or words, what may be an answer is one; a colon before
        a command settles it.
        """
        name, _, rest = text.removeprefix(":").partition(" ")
        if name not in COMMANDS or (rest and name not in "fl"):
            return None
        if text.startswith(":") or not self._may_be_answer(showing, text):
            return name, rest.strip()
        return None

    def _may_be_answer(self, showing: Showing, text: str) -> bool:
        note = showing.note
        if self._revealed:
            points = len(note.rubric) if isinstance(note, QuestionNote) else 0
            return plain_card.read_letters(text, points) is not None
        if isinstance(note, ChoiceNote):
            return plain_card.read_letters(text, len(note.options)) is not None
        if isinstance(note, TypedNote):
            return len(text) > 1 or grading.grade_typed(note, text).correct
        return False

    def _answer(self, showing: Showing, text: str) -> None:
        """Take a line before the answer is shown: an answer, or an empty line for none."""
        note = showing.note
        asks = isinstance(note, ChoiceNote | NumericNote | OrderingNote | TypedNote)
        if not text:
            if asks:
                output.say("No answer given.")
                self._suggested = Rating.AGAIN
            self._reveal(showing)
            return
        if text in ("1", "2", "3", "4") and not isinstance(note, NumericNote | TypedNote):
            output.say("Not rated: see the answer first, with an empty line.")
            return
        given = plain_card.read_answer(showing, text)
        grade = grading.grade(note, given)
        if given is None or grade is None:
            output.say(f"Not understood. {plain_card.how_to_answer(note)} ? lists the keys.")
            return
        output.say(f"{grade.feedback[:1].upper()}{grade.feedback[1:]}.")
        self._given, self._suggested = given, grade.suggested
        self._reveal(showing)

    def _reveal(self, showing: Showing) -> None:
        self._revealed = True
        output.say("Answer:")
        for lines in plain_card.answer_lines(showing, output.width(), self._folder(showing)):
            output.say(lines)
        for lines in plain_card.rubric_lines(showing.note):
            output.say(lines)
        self._offer_ratings()

    def _offer_ratings(self) -> None:
        output.say(plain_card.rating_line(self._session.offers(), self._suggestion))

    @property
    def _suggestion(self) -> Rating:
        """What an empty line takes."""
        return self._session.offered(self._suggested or Rating.GOOD)

    def _rate_or_tick(self, showing: Showing, text: str) -> None:
        """Take a line after the answer is shown: a rating, or ticks of the rubric."""
        offered = [str(int(rating)) for rating in self._session.ratings]
        numbers = f"{', '.join(offered[:-1])} or {offered[-1]}"
        if text in offered:
            self._rate(showing, Rating(int(text)))
            return
        if text in ("2", "4"):
            output.say(f"Not rated: type {numbers}; the others are left out by two_buttons.")
            return
        if not text:
            self._rate(showing, self._suggestion)
            return
        note = showing.note
        rubric = note.rubric if isinstance(note, QuestionNote) else ()
        ticked = [] if text == "-" else plain_card.read_letters(text, len(rubric))
        if not isinstance(note, QuestionNote) or not rubric or ticked is None:
            output.say(f"Not understood. Type {numbers}, or an empty line; ? lists the keys.")
            return
        self._suggested = grading.grade_rubric(note, set(ticked))
        output.say(f"{len(set(ticked))} of {len(rubric)} points.")
        self._offer_ratings()

    def _rate(self, showing: Showing, rating: Rating) -> None:
        spent = max(0, self._clock.now().at - self._shown_at)
        answered = self._session.answer(rating, spent, self._given)
        saved = f"saved {rating} {rating.name.capitalize()}"
        if isinstance(answered, Crammed):
            comes = "comes again" if answered.again else "done"
            output.say(f"{saved}: {comes}  [{showing.key}]")
            return
        output.say(f"{saved}: next in {words.interval(answered.outcome.interval)}  [{showing.key}]")
        if answered.leech:
            for line in self._leeches.meet(showing, answered):
                output.say(line)

    # ---- commands ----------------------------------------------------------------------------

    def _do(self, showing: Showing, name: str, rest: str) -> None:
        match name:
            case "u":
                self._undo(showing)
            case "b" | "s" | "n":
                act, said = {
                    "b": (self._session.bury, "buried until tomorrow"),
                    "s": (self._session.suspend, "suspended"),
                    "n": (self._session.skip, "skipped"),
                }[name]
                act()
                output.say(f"{said}  [{showing.key}]")
            case "r":
                self._relearn(showing)
            case "f":
                self._flag(showing, rest)
            case "e":
                self._edit(showing)
                self._session.refresh()
            case "i" | "o" | "l":
                for line in self._told(showing, name, rest):
                    output.say(line)
            case "?":
                self._help(showing)
            case _:
                self._running = False

    def _told(self, showing: Showing, name: str, rest: str) -> Collection[str]:
        """What a command says that is little more than said."""
        if (name, rest) == ("l", "c"):
            return self._contrast(showing)
        if name == "l":
            return self._leeches.do(rest)
        return self._inform(showing) if name == "i" else _source_lines(showing)

    def _contrast(self, showing: Showing) -> Collection[str]:
        """Practise the last leech with its look-alike, and come back to the card in front."""
        session = self._leeches.pair()
        if session is None:
            return ("There is no such pair.",)
        PlainReview(
            session,
            self._clock,
            self._read,
            folder=self._folder,
            inform=self._inform,
            edit=self._edit,
            leeches=self._leeches,
        ).run()
        self._session.refresh()
        if self._session.current == showing:
            self._read_out(showing)
        return ()

    def _undo(self, showing: Showing) -> None:
        undone = self._session.undo()
        output.say("Nothing left to undo today." if undone is None else undone.words)
        if undone is not None and self._session.current is showing:
            self._read_out(showing)

    def _relearn(self, showing: Showing) -> None:
        if showing.change is None or showing.change.kind == "reworded":
            output.say("Its answer has not changed since you last rated it.")
            return
        self._session.relearn()
        output.say(f"comes as a new card  [{showing.key}]")

    def _flag(self, showing: Showing, rest: str) -> None:
        if not rest:
            output.say(f"What is wrong? {', '.join(_REASONS)}; then words of your own if you like.")
            rest = (self._read() or "").strip()
        reason, _, text = rest.partition(" ")
        found = [
            name for name in _REASONS if reason and name.startswith(reason.lower().rstrip(":,"))
        ]
        if len(found) != 1:
            output.say(f"Not flagged: say one of {', '.join(_REASONS)}.")
            return
        self._session.flag(found[0], text)
        output.say(f"flagged {found[0]}  [{showing.key}]")

    def _help(self, showing: Showing) -> None:
        names = [f"{rating} {rating.name.capitalize()}" for rating in self._session.ratings]
        how = plain_card.how_to_answer(showing.note)
        output.say(", ".join(names) if self._revealed else how)
        for name, does in COMMANDS.items():
            output.say(f"{name}  {does}")
        output.say("Where a letter may be an answer, put a colon before a command, as :b")

    # ---- the end -----------------------------------------------------------------------------

    def _finish(self) -> None:
        """Say how it went; one more line may take the last rating back."""
        at = self._session.waiting_until()
        if at is not None:
            output.say(f"\nThe next learning card comes {words.wait(at - self._clock.now().at)}.")
        self._sum_up()
        output.say("An empty line ends; u takes back the last thing done today.")
        if (self._read() or "").strip() in ("u", ":u") and (undone := self._session.undo()):
            output.say(undone.words)
        else:
            self._running = False

    def _sum_up(self) -> None:
        output.say()
        for line in summary_lines(self._session.summary()):
            output.say(line)


def _source_lines(showing: Showing) -> list[str]:
    source = showing.source
    lines = [plain_card.source_words(source, showing.note)]
    if source is not None and source.url:
        lines.append(source.url)
    return lines
