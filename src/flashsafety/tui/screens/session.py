"""Choose a session: what is due, some days ahead, some minutes, or cram."""

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.study.kinds import LONGEST_AHEAD, LONGEST_BUDGET, Ahead, Budget, Cram, Kind
from flashsafety.study.outlook import Outlook, outlook
from flashsafety.study.today import Choice
from flashsafety.tui.screens.base import Work
from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.options import Options

_KINDS = (
    ("Due", "what the day holds"),
    ("Ahead", "and the reviews of the next days, after it"),
    ("Minutes", "the cards most at risk, as many as fit"),
    ("Cram", "any card, due or not; nothing is scheduled"),
)
_AHEAD, _MINUTES, _CRAM = 1, 2, 3
"""Places in the list; the first is what is due."""

_LONGEST = {_AHEAD: LONGEST_AHEAD, _MINUTES: LONGEST_BUDGET}
_NAMED = {_AHEAD: "days", _MINUTES: "minutes"}


class SessionScreen(Window[Choice]):
    """Pick a kind with its number, the arrows or a click; then, of two of them, a number."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        *(
            Binding(str(place), f"pick({place - 1})", name, show=False)
            for place, (name, _) in enumerate(_KINDS, 1)
        ),
    ]
    AUTO_FOCUS = "OptionList"

    def __init__(self, choice: Choice, over: str) -> None:
        """Take the cards that the session is to be over, and what they are called."""
        super().__init__()
        self._choice = choice
        self._over = over
        self._picked: int | None = None
        """The kind whose number is being asked for."""
        self._place: int | None = None
        """Where the cursor was last seen in the list."""
        self._options = Options(
            *(
                Option(Content.assemble((f"{place} {name:9}", "bold"), meaning))
                for place, (name, meaning) in enumerate(_KINDS, 1)
            )
        )
        self._numbers = {_AHEAD: "3", _MINUTES: "10"}
        self._brings: Outlook | None = None

    def inside(self) -> Iterable[Widget]:
        """The kinds, a line for the number that two of them need, and what the one would bring."""
        yield Static(
            Content.assemble(
                ("Which session?", "bold $text-primary"),
                (f"  over {one_line(self._over)}", "$foreground-muted"),
            )
        )
        yield self._options
        with Horizontal(id="number"):
            yield Static(id="unit", markup=False)
            yield Input(max_length=4, compact=True)
        yield Static(id="brings", markup=False)

    # ---- keys ------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Go to another kind from the line for the number."""
        self._options.highlighted = (self._cursor + by) % len(_KINDS)
        self._options.focus()

    def action_pick(self, place: int) -> None:
        """Choose a kind by its number."""
        self._options.highlighted = place
        self._pick()

    def on_option_list_option_selected(self) -> None:
        """Enter, or a click; of a kind with a number the second begins."""
        self._pick()

    def _pick(self) -> None:
        self._follow()
        place = self._cursor
        if place not in _LONGEST or self._picked == place:
            self._begin()
            return
        self._picked = place
        self.query_one(Input).focus()
        if self._brings is not None:
            self._say(self._begins(self._brings))

    def on_input_submitted(self) -> None:
        """Enter in the line begins."""
        self._begin()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What the session would bring follows the number."""
        place = self._cursor
        if place in self._numbers and event.value != self._numbers[place]:
            self._numbers[place] = event.value
            self._look_up()

    def on_option_list_option_highlighted(self) -> None:
        """The line and what the session would bring follow the kind."""
        self._follow()

    @property
    def _cursor(self) -> int:
        return self._options.highlighted or 0

    def _follow(self) -> None:
        place = self._cursor
        if place == self._place:
            return
        line, self._place = self.query_one(Input), place
        self._picked = self._picked if self._picked == place else None
        self.query_one("#number").visible = place in _NAMED
        if place in _NAMED:
            self.query_one("#unit", Static).update(f"  {_NAMED[place]}: ")
            with self.prevent(Input.Changed):
                line.value = self._numbers[place]
        self._look_up()

    def _begin(self) -> None:
        kind = self._kind()
        if isinstance(kind, str) or (self._brings is not None and not self._brings.cards):
            return  # the line below says why
        self.dismiss(self._choice._replace(kind=kind))

    def _kind(self) -> Kind | str:
        """The kind as it is chosen, or what is wrong with its number."""
        place = self._cursor
        if place not in _LONGEST:
            return Cram() if place == _CRAM else None
        text = self._numbers[place].strip()
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _LONGEST[place]):
            return f"Write a whole number from 1 to {_LONGEST[place]:,}."
        return Ahead(int(text)) if place == _AHEAD else Budget(int(text))

    # ---- what it would bring ---------------------------------------------------------------------

    def _look_up(self) -> None:
        self._brings = None
        kind = self._kind()
        if isinstance(kind, str):
            self._say(Content.styled(kind, "$text-error"))
            return
        self._say(Content(""))
        choice = self._choice._replace(kind=kind)
        look: Work = partial(self._look, choice)
        self.run_worker(look, group="outlook", exclusive=True)

    async def _look(self, choice: Choice) -> None:
        try:
            self._brings = await asyncio.to_thread(self._outlook, choice)
        except FlashsafetyError as error:
            said = Content.styled(one_line(error.what), "$text-error")
        else:
            said = self._begins(self._brings)
        if self.query("#brings"):  # else the window was closed meanwhile
            self._say(said)

    def _begins(self, brings: Outlook) -> Content:
        """What it would bring, and that enter begins it, where enter does not ask how many."""
        asks = self._cursor in _NAMED and self._picked != self._cursor
        enter = (("enter", "bold $text-accent"), " begins: ")
        return Content.assemble(*(enter if brings.cards and not asks else ()), brings.says)

    def _outlook(self, choice: Choice) -> Outlook:
        with self.flashsafety.library.reopen() as library:
            return outlook(library, choice)

    def _say(self, said: Content) -> None:
        self.query_one("#brings", Static).update(said)
