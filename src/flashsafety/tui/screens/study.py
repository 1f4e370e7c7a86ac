"""Study: one card, its answer, its rating; then the next."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError, StaleCardError
from flashsafety.study import words
from flashsafety.study.answer import Answered, Crammed
from flashsafety.study.begin import begin
from flashsafety.study.kinds import title
from flashsafety.study.library import Library
from flashsafety.study.showing import Showing
from flashsafety.study.today import EVERYTHING, Choice
from flashsafety.terms import Phase, Rating
from flashsafety.tui.command import Command
from flashsafety.tui.keymap import bindings
from flashsafety.tui.opening import open_one, shown_pictures
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.widgets.card import CardView
from flashsafety.tui.widgets.choice import ChoiceList
from flashsafety.tui.widgets.ordering import OrderList
from flashsafety.tui.widgets.ratings import RatingBar, RatingKey
from flashsafety.tui.widgets.timer import Timer
from flashsafety.tui.widgets.typed import AnswerInput

LONGEST = 60_000
"""Milliseconds: a longer look at a card was a walk to the kettle. Anki's default too."""


def warm_up() -> None:
    """Build what the first card would otherwise wait for; called on a thread."""
    from flashsafety.content.markdown import parse
    from flashsafety.content.maths import maths_to_text

    parse(r"$\alpha$")
    maths_to_text(r"\otimes")


class StudyScreen(BaseScreen):
    """A session with one card in front."""

    PLACE = "study"
    BINDINGS: ClassVar[list[BindingType]] = bindings("study")
    AUTO_FOCUS = ""

    def __init__(self, library: Library, choice: Choice = EVERYTHING) -> None:
        """Begin a session over a choice of cards."""
        super().__init__()
        self.session = begin(library, choice)
        self.revealed = False
        self.suggested = Rating.GOOD
        self._library = library
        self._settings = library.settings
        self._shown = ""
        self._shown_at = 0
        self._took = 0

    def column(self) -> Iterable[Widget]:
        """A status line, the card, a line for what happened, a line for what to press."""
        with Horizontal(id="status"):
            yield Static(id="status-left", markup=False)
            yield Static(id="status-right", markup=False)
            yield Timer(self._library.clock, LONGEST)
        yield CardView(self.key)
        yield Static(id="flash", markup=False)
        yield Static(id="hint", markup=False)
        yield RatingBar(self.key)

    @property
    def card(self) -> CardView:
        """The card's part of the screen."""
        return self.query_one(CardView)

    @property
    def showing(self) -> Showing | None:
        """The card in front."""
        return self.session.current

    def on_mount(self) -> None:
        """Show the first card, with what is to be said of a session of this kind."""
        self.show_current(self.session.intro)

    def on_screen_resume(self) -> None:
        """Settings may have been changed above: what the day holds, and how it is shown."""
        if self._settings != self._library.settings:
            self._settings = self._library.settings
            self.session.refresh()
            self.show_current()

    # ---- what it shows ---------------------------------------------------------------------------

    def show_current(self, said: str = "") -> None:
        """Show the card in front from its prompt; the end of the session when there is none."""
        showing = self.session.current
        if showing is None:
            self._finish(said)
            return
        self.revealed = False
        if showing.key != self._shown:
            self.flashsafety.drop_file_complaint()
        self._shown = showing.key
        self._shown_at = self._library.clock.now().at
        self._show_status(showing)
        self.query_one("#status-right", Static).update(self._left())
        self.query_one(RatingBar).display = False
        self.query_one(Timer).begin(self._shown_at, shown=self._library.settings.timer)
        self.card.ask(showing)
        self.say(said)
        self._show_hint()
        self.refresh_bindings()
        self.call_after_refresh(self.session.rest)

    def say(self, text: str) -> None:
        """One line below the card on what just happened."""
        self.query_one("#flash", Static).update(Content(one_line(text)))

    def _show_hint(self) -> None:
        """How to answer, in the place where the ratings will be."""
        hint = self.query_one("#hint", Static)
        hint.display = not self.revealed
        hint.update(Content(self.flashsafety.spelled(self.card.hint)))

    def _show_status(self, showing: Showing) -> None:
        """Which session this is, where the card comes from and how it stands."""
        status = Content.assemble(
            *((part, "bold $text-accent") for part in (title(self.session.kind),) if part),
            *((" · ",) if self.session.kind else ()),
            _status(showing),
        )
        self.query_one("#status-left", Static).update(status)

    def _left(self) -> Content:
        parts = (f"{number} {name}" for name, number in self.session.left.items())
        return Content(f"  {'  '.join(parts)}")

    def _finish(self, said: str) -> None:
        from flashsafety.tui.screens.end import EndScreen

        self.flashsafety.drop_file_complaint()
        summary = self.session.summary()
        if summary.ratings:
            self.flashsafety.summary = summary
        self.open(EndScreen(self.session, said))

    def places(self) -> tuple[str, ...]:
        """While a line is typed into, or lines are put in order, the keys for that come first."""
        answering: tuple[str, ...] = ()
        if not self.revealed and isinstance(self.focused, AnswerInput):
            answering = ("typed",)
        elif not self.revealed and isinstance(self.focused, OrderList):
            answering = ("order",)
        return (*answering, *super().places())

    def explains(self, command: Command) -> bool:
        """Not the ratings that are not offered."""
        hidden = {f"study.{rating.name.lower()}" for rating in {*Rating} - {*self.session.ratings}}
        return command.id not in hidden

    def help_words(self) -> tuple[str, str]:
        """How this kind of card is answered."""
        return self.card.help_words()

    # ---- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now: ratings wait for the answer."""
        showing = self.session.current
        if showing is None:
            return action in ("back", "undo") or action.startswith("app.")
        if action in ("reveal", "pick"):
            wanted = action == "reveal" or isinstance(self.card.answering, ChoiceList)
            return not self.revealed and wanted
        if action == "rate" and Rating(int(str(parameters[0]))) not in self.session.ratings:
            return False
        if action in ("accept", "rate", "tick"):
            return self.revealed and (action != "tick" or self.card.rubric is not None)
        if action == "relearn":
            return showing.change is not None and showing.change.kind == "meaning changed"
        if action == "open":
            pictures = shown_pictures(showing, answered=self.revealed)
            return bool(pictures or (showing.source and showing.source.url))
        return True

    def action_reveal(self) -> None:
        """Show the answer below the prompt, which stays where it is."""
        showing = self.session.current
        if showing is None or self.revealed:
            return
        self._took = min(self._library.clock.now().at - self._shown_at, LONGEST)
        self.revealed = True
        grade = self.card.reveal(showing)
        self.set_focus(None)
        self.query_one(Timer).stop()
        suggested = grade.suggested if grade is not None else Rating.GOOD
        self.suggested = self.session.offered(suggested)
        self._show_ratings()
        self.refresh_bindings()

    def _show_ratings(self) -> None:
        self._show_hint()
        self.query_one(RatingBar).show(self.session.offers(), self.suggested)
        self.say(self.card.rubric_hint)

    def action_accept(self) -> None:
        """Rate as marked."""
        self.action_rate(int(self.suggested))

    def action_rate(self, rating: int) -> None:
        """Store a rating and go on. On the disk before the next card shows."""
        showing = self.session.current
        if showing is None or not self.revealed:
            return
        try:
            answered = self.session.answer(Rating(rating), max(0, self._took), self.card.given)
        except StaleCardError as error:
            self.show_current(error.what)
            return
        except FlashsafetyError as error:
            self.flashsafety.show_error("The rating was not stored", error)
            return
        self.show_current(f"{self._said(answered)} {self._undoes}")
        if isinstance(answered, Answered) and answered.leech:
            from flashsafety.tui.screens.leech import help_leech

            help_leech(self, showing, answered)

    def _said(self, answered: Answered | Crammed) -> str:
        """What a rating did, as a sentence."""
        name = answered.rating.name.capitalize()
        if isinstance(answered, Crammed):
            return f"{name}: it comes again." if answered.again else f"{name}: done with it."
        said = f"{name}: back in {words.interval(answered.outcome.interval)}."
        after = self.session.current
        builds = after is not None and after.foundation_of == answered.key
        return f"{said} First what it builds on." if builds else said

    @property
    def _undoes(self) -> str:
        return f"{self.flashsafety.key('study.undo')} undoes."

    def action_undo(self) -> None:
        """Take back the last thing done today; its card comes to the front."""
        try:
            undone = self.session.undo()
        except FlashsafetyError as error:
            self.flashsafety.show_error("Nothing was undone", error)
            return
        if undone is None:
            self.say("There is nothing left to undo today.")
            return
        self.show_current(f"{undone.words[0].upper()}{undone.words[1:]}.")

    def action_skip(self) -> None:
        """Put the card off to the end of the session."""
        self.session.skip()
        self.show_current("Skipped: it comes back at the end.")

    def action_bury(self) -> None:
        """Hide the card until tomorrow."""
        self._act(self.session.bury, f"Buried until tomorrow. {self._undoes}")

    def action_suspend(self) -> None:
        """Hide the card until it is unsuspended."""
        self._act(self.session.suspend, f"Suspended. {self._undoes}")

    def action_relearn(self) -> None:
        """Start over with a card whose answer has changed."""
        self._act(self.session.relearn, f"It comes as a new card. {self._undoes}")

    def action_flag(self) -> None:
        """Ask what is wrong, and store it; the card stays."""
        from flashsafety.tui.screens.flag import Flagged, FlagScreen

        def store(flagged: Flagged | None) -> None:
            if flagged is None:
                return
            try:
                self.session.flag(flagged.reason, flagged.text)
            except StaleCardError as error:
                self.show_current(error.what)
                return
            except FlashsafetyError as error:
                self.flashsafety.show_error("The flag was not stored", error)
                return
            if self.session.current is not None:
                self._show_status(self.session.current)
            self.say(f"Flagged: {flagged.reason}. {self._undoes}")

        self.open(FlagScreen(), store)

    def action_edit(self) -> None:
        """Open the card's file in the editor; read the card again afterwards."""
        from flashsafety.tui.editor import edit

        showing = self.session.current
        if showing is None:
            return
        said = edit(self.flashsafety, showing)
        if said is None:
            return
        self.session.refresh()
        self.show_current(said)

    def action_open(self) -> None:
        """Open the source in the browser, or a picture."""
        if self.session.current is not None:
            open_one(self.flashsafety, self.session.current, self.say, answered=self.revealed)

    def action_info(self) -> None:
        """Why the card is due, and its log."""
        from flashsafety.tui.screens.info import InfoScreen

        if self.session.current is not None:
            self.open(InfoScreen(self._library, self.session.current.key))

    def action_back(self) -> None:
        """To the end of the session; straight to Today when nothing was rated."""
        if self.session.summary().ratings:
            self._finish("")
        else:
            self.flashsafety.drop_file_complaint()
            self.flashsafety.back_to_today()

    def action_pick(self, place: int) -> None:
        """Pick an option."""
        if isinstance(self.card.answering, ChoiceList):
            self.card.answering.pick(place - 1)

    def action_tick(self, place: int) -> None:
        """Tick a point of the rubric."""
        if self.card.rubric is not None:
            self.card.rubric.tick(place - 1)

    def action_scroll(self, by: int) -> None:
        """Scroll the card by a line."""
        self.card.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll the card by a page."""
        self.card.scroll_relative(y=by * max(1, self.card.size.height - 1), animate=False)

    # ---- what widgets say ------------------------------------------------------------------------

    def on_rubric_list_ticked(self) -> None:
        """The ticks suggest a rating."""
        if self.revealed and self.card.rubric is not None:
            suggested = self.card.rubric.suggested or Rating.GOOD
            self.suggested = self.session.offered(suggested)
            self._show_ratings()

    def on_rating_key_clicked(self, event: RatingKey.Clicked) -> None:
        """A click on a rating rates."""
        self.action_rate(int(event.rating))

    def on_input_submitted(self) -> None:
        """Enter in the line answers."""
        self.action_reveal()

    def on_descendant_focus(self) -> None:
        """How to answer follows the focus."""
        self._show_hint()

    def on_descendant_blur(self) -> None:
        """How to answer follows the focus."""
        self._show_hint()

    def _act(self, action: Callable[[], None], said: str) -> None:
        try:
            action()
        except StaleCardError as error:
            said = error.what
        except FlashsafetyError as error:
            self.flashsafety.show_error("Nothing was stored", error)
            return
        self.show_current(said)


def _status(showing: Showing) -> str:
    """Where the card comes from and how it stands."""
    state = showing.state
    phase = Phase(state.memory.phase).name.lower()
    parts = [one_line(showing.module_title), phase]
    if showing.foundation_of is not None:
        parts.append(f"first, for {one_line(showing.foundation_of.rpartition('/')[0])}")
    if showing.change is not None:
        parts.append(showing.change.kind)
    if state.flag:
        parts.append(f"flag {one_line(state.flag)}")
    return " · ".join(parts)
