"""A card that has become a leech: what may help, and ways to mend it. One key goes on."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.study import words
from flashsafety.study.answer import Answered, act_on_card, flag_value
from flashsafety.study.mixups import Mixups, lines, mixups, pair
from flashsafety.study.showing import Showing
from flashsafety.terms import ActionKind
from flashsafety.tui.command import Command
from flashsafety.tui.commands import of
from flashsafety.tui.editor import edit
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.flag import Flagged, FlagScreen
from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.options import Options
from flashsafety.tui.widgets.rows import Row, RowsVisual

if TYPE_CHECKING:
    from flashsafety.tui.screens.study import StudyScreen


def help_leech(study: "StudyScreen", leech: Showing, answered: Answered) -> None:
    """Open the window on a card that has just become a leech, and do what is chosen in it.

    Args:
        study: Where it was rated; it shows the next card by now.
        leech: The card as it was shown.
        answered: The rating.
    """
    app, library = study.flashsafety, study.flashsafety.library
    found = mixups(library, leech.id, leech.key, leech.note)

    def chosen(what: str | None) -> None:
        match what:
            case "flag":
                word = f"mixed up with {found.alike[0]}" if found.alike else ""
                app.push_screen(FlagScreen(word), flag)
            case "pair":
                from flashsafety.tui.screens.contrast import ContrastScreen

                screen = ContrastScreen(library, pair(found, leech.key))
                app.push_screen(screen, lambda _: _tell(study, "Back to the review."))
            case "edit":
                _tell(study, edit(app, leech))
            case "suspend":
                act("suspend", None, f"Suspended: {leech.key}.")

    def flag(flagged: Flagged | None) -> None:
        if flagged is not None:
            value = flag_value(flagged.reason, flagged.text)
            act("flag", value, f"Flagged {flagged.reason}: {leech.key}.")

    def act(kind: ActionKind, value: str | None, said: str) -> None:
        try:
            act_on_card(library, leech.id, kind, value)
        except FlashsafetyError as error:
            app.show_error("Nothing was stored", error)
            return
        _tell(study, f"{said} {app.key('study.undo')} undoes.")

    app.push_screen(LeechScreen(answered, found), chosen)


def _tell(study: "StudyScreen", said: str | None) -> None:
    """Say what came of it, over the card that is next by now."""
    study.session.refresh()
    if study.is_current and said is not None:
        study.show_current(said)


class LeechScreen(Window[str]):
    """Shown over the next card; its answer is the action that was chosen, if any."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("leech")
    AUTO_FOCUS = "OptionList"

    def __init__(self, answered: Answered, mixups: Mixups) -> None:
        """Take the rating that made it one, and what is known of the card."""
        super().__init__()
        self._answered = answered
        self._mixups = mixups

    def inside(self) -> Iterable[Widget]:
        """What it is, what may be behind it, and what can be done."""
        state = self._answered.state
        said = f"A leech: forgotten {words.count(state.lapses, 'time')}"
        said += ", so it is suspended." if state.suspended else "."
        key = one_line(self._answered.key)
        yield Static(Content.assemble((said, "bold $text-primary"), f"\n{key}\n"))
        rows = [
            Row(f"{name:10}", Content(one_line(text)), mark_style="$foreground-muted")
            for name, text in lines(self._mixups)
        ]
        if rows:
            yield Static(RowsVisual([*rows, Row("", Content(""))]))
        yield Options(
            *(
                Option(self._words(command), id=command.action)
                for command in of("leech")
                if self._offers(command.action)
            )
        )

    def _words(self, command: Command) -> Content:
        key = self.flashsafety.key(command.id)
        return Content.assemble((f"{key:7}", "bold"), command.tooltip)

    def _offers(self, action: str) -> bool:
        """A suspended card cannot be hidden, and is no card to practise."""
        if self._answered.state.suspended and action in ("choose('suspend')", "choose('pair')"):
            return False
        return action != "choose('pair')" or bool(self._mixups.alike)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now."""
        return action != "choose" or self._offers(f"choose('{parameters[0]}')")

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chosen with enter or the mouse."""
        await self.run_action(event.option_id or "close")

    def action_choose(self, what: str) -> None:
        """Close, and do something about the card."""
        self.dismiss(what)
