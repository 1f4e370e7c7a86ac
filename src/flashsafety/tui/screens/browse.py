"""Browse: every card, filtered as one types, with a preview, and things to do to many at once."""

from collections.abc import Callable
from functools import partial

from flashsafety.errors import FlashsafetyError
from flashsafety.store.search import Order
from flashsafety.study import words
from flashsafety.study.act_words import done_words
from flashsafety.study.answer import undo_newest
from flashsafety.study.bulk import act_on_cards
from flashsafety.study.library import Library
from flashsafety.study.today import Choice, plan_day
from flashsafety.terms import ActionKind
from flashsafety.tui.actor import Actor
from flashsafety.tui.opening import open_one
from flashsafety.tui.screens.base import Work
from flashsafety.tui.screens.found import PATIENCE, FoundCards
from flashsafety.tui.widgets.columns import SORTS
from flashsafety.tui.widgets.filter import FilterInput
from flashsafety.tui.widgets.preview import Preview


class BrowseScreen(FoundCards):
    """What can be done to the cards that are found."""

    def __init__(self, library: Library, query: str = "") -> None:
        """Begin with a search; with nothing every card is shown."""
        super().__init__(library, query)
        self._actor = Actor(library)

    def on_unmount(self) -> None:
        """Wait for what is being done, which is never lost."""
        self._actor.close()

    # ---- keys ------------------------------------------------------------------------------------

    def places(self) -> tuple[str, ...]:
        """While the line is typed into, its keys come first."""
        typing = ("filter",) if isinstance(self.focused, FilterInput) else ()
        return (*typing, *super().places())

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return (
            "Browse",
            "Every card of the bank. Type what to look for, as in Anki: words, is:suspended,"
            " prop:r<0.9; -not, or, and brackets; the right arrow completes a word. What is done"
            " is done to the marked cards, or to the one under the cursor when none is marked, and"
            " {browse.undo} takes it back.",
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now."""
        if action in _OF_CARDS:
            return self.table.current is not None
        return True

    def action_filter(self) -> None:
        """Go to the line."""
        self.query_one(FilterInput).focus()

    async def action_move(self, by: int) -> None:
        """Go up or down by cards."""
        await self.go(by)

    async def action_page(self, by: int) -> None:
        """Go up or down by pages."""
        await self.go(by * self.table.page)

    async def action_far(self, by: int) -> None:
        """Go to the first card or the last."""
        await self.go(by * len(self.table.ids))

    def action_scroll(self, by: int) -> None:
        """Scroll the preview by a line."""
        self.query_one(Preview).scroll_relative(y=by, animate=False)

    def action_sort(self) -> None:
        """Sort by the next column."""
        place = SORTS.index(self.order.column)
        self.sort(Order(SORTS[(place + 1) % len(SORTS)]))

    def action_turn(self) -> None:
        """Sort the other way round."""
        self.sort(Order(self.order.column, not self.order.descending))

    async def action_mark(self) -> None:
        """Mark the card and go on to the next."""
        self.table.mark()
        await self.go(1)

    def action_mark_all(self) -> None:
        """Mark all, or none."""
        self.table.mark_all()

    def on_card_table_chosen(self) -> None:
        """A card was clicked twice."""
        self.action_info()

    def action_info(self) -> None:
        """Everything about the card under the cursor."""
        from flashsafety.tui.screens.info import InfoScreen

        if self.table.line is not None:
            self.open(InfoScreen(self.library, self.table.line.key))

    def action_edit(self) -> None:
        """Open the card's file in the editor."""
        from flashsafety.tui.editor import edit

        showing = self.showing()
        said = None if showing is None else edit(self.flashsafety, showing)
        if said is not None:
            self.reload()
            self.say(said)

    def action_open(self) -> None:
        """Open the source in the browser, or a picture."""
        showing = self.showing()
        if showing is not None:
            open_one(self.flashsafety, showing, self.say, answered=True)

    def action_study(self) -> None:
        """Review what is due of the cards found."""
        choice = Choice(query=self.query_text)
        queue = plan_day(self.library, self.library.clock.now(), choice).queue
        if queue.learning or queue.review or queue.new:
            self.flashsafety.study(choice)
        else:
            ways = self.flashsafety.key("browse.session")
            self.say(f"None of these cards comes today: {ways} looks ahead, or crams them.")

    def action_session(self) -> None:
        """Choose a session over the cards found."""
        query = self.query_text
        over = f'the cards found by "{query}"' if query else "every card"
        self.flashsafety.choose_session(Choice(query=query), over)

    def action_back(self) -> None:
        """Back to where one was."""
        self.leave()

    # ---- acts ------------------------------------------------------------------------------------

    def action_suspend(self) -> None:
        """Suspend, or take it back."""
        line = self.table.line
        self._act("unsuspend" if line and line.state.suspended else "suspend")

    def action_bury(self) -> None:
        """Hide until tomorrow, or take it back."""
        line, tomorrow = self.table.line, self.today() + 1
        if line and (line.state.buried_until or 0) >= tomorrow:
            self._act("unbury")
        else:
            self._act("bury", str(tomorrow))

    def action_reset(self) -> None:
        """Forget what is known."""
        self._act("reset")

    def action_flag(self) -> None:
        """Ask what is wrong, or take the flag away."""
        from flashsafety.tui.screens.flag import Flagged, FlagScreen

        def store(flagged: Flagged | None) -> None:
            if flagged is not None:
                text = flagged.text.strip()
                self._act("flag", f"{flagged.reason}: {text}" if text else flagged.reason)

        if self.table.line and self.table.line.state.flag:
            self._act("unflag")
        else:
            self.open(FlagScreen(), store)

    def action_set_due(self) -> None:
        """Ask in how many days, and set it."""
        from flashsafety.tui.screens.due import DueScreen

        def store(days: int | None) -> None:
            if days is not None:
                self._act("set-due", str(self.today() + days))

        self.open(DueScreen(len(self._chosen())), store)

    def _chosen(self) -> list[int]:
        """Row ids of the marked cards in the order of the list, or of the one under the cursor."""
        table = self.table
        if table.marked:
            return [card for card in table.ids if card in table.marked]
        return [] if table.current is None else [table.current]

    def _act(self, kind: ActionKind, value: str | None = None) -> None:
        """Do something to the chosen cards."""
        cards, line = self._chosen(), self.table.line
        undo = self.key("undo")
        what = words.count(len(cards), "card")
        if len(cards) == 1 and line is not None and cards[0] == line.id:
            what = line.key

        def act(library: Library) -> str:
            changed = act_on_cards(library, cards, kind, value)
            said = done_words(kind, value, what, changed, len(cards) - changed, self.today())
            return f"{said} {undo} takes it back." if changed else said

        self._do(act, f"{kind}: {what}…")

    def action_undo(self) -> None:
        """Take back the last thing done today."""

        def undo(library: Library) -> str:
            undone = undo_newest(library)
            if undone is None:
                return "There is nothing left to undo today."
            return f"{undone.words[0].upper()}{undone.words[1:]}."

        self._do(undo, "undoing…")

    def _do(self, act: Callable[[Library], str], doing: str) -> None:
        done: Work = partial(self._done, act, doing)
        self.run_worker(done, group="act")

    async def _done(self, act: Callable[[Library], str], doing: str) -> None:
        """Do something beside the screen, and say what came of it."""
        late = self.set_timer(PATIENCE, lambda: self.show_found(doing))
        try:
            said = await self._actor.do(act)
        except FlashsafetyError as error:
            self.flashsafety.show_error("Nothing was stored", error)
            said = ""
        finally:
            late.stop()
        if self.is_open:  # it may have been left meanwhile
            self.reload()
            self.say(said)


_OF_CARDS = {
    "mark", "mark_all", "suspend", "bury", "flag", "set_due", "reset", "study", "session", "info",
    "edit", "open",
}  # fmt: skip
"""Actions that need a card."""
