"""A screen of fields by group, with a few lines on the marked one always in sight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.settings.change import set_setting, unset_setting
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.widgets.field import Field, Shown


@dataclass(frozen=True, slots=True)
class Entry:
    """A field before it is one."""

    name: str
    """The setting's, or ``table.entry``."""
    shown: Shown


class Fields(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The list; up and down mark its lines and do not merely scroll it."""


class FieldsScreen(BaseScreen):
    """Settings, marked with the arrows, changed in place and saved at once."""

    PLACE = "settings"
    BINDINGS: ClassVar[list[BindingType]] = bindings("settings")
    AUTO_FOCUS = "Field"
    HEADING: ClassVar[str]
    SAID: ClassVar[str]
    """After the title, with keys as ``{screen.name}``."""
    FIELD: ClassVar[type[Field]] = Field

    def groups(self) -> Iterable[tuple[str, Sequence[Entry]]]:
        """Heading and fields of each group."""
        raise NotImplementedError

    def about(self, name: str) -> Iterable[Content]:
        """Lines on a setting: its sentence of help first."""
        raise NotImplementedError

    def column(self) -> Iterable[Widget]:
        """Heading, fields by group, lines on the marked one, a line for what happened."""
        title = Content.assemble(
            (self.HEADING, "bold $text-primary"), f"  {self.flashsafety.spelled(self.SAID)}"
        )
        yield Static(title, id="heading", markup=False)
        with Fields(id="fields"):
            for heading, entries in self.groups():
                yield Static(Content(one_line(heading)), classes="group", markup=False)
                for entry in entries:
                    yield self.FIELD(entry.name, entry.shown)
        yield Static(id="about", markup=False)
        yield Static(id="flash", markup=False)

    # ---- where one is ----------------------------------------------------------------------------

    @property
    def marked(self) -> Field | None:
        """The field that has the mark."""
        node = self.focused
        while node is not None and not isinstance(node, Field):
            node = node.parent  # type: ignore[assignment]
        return node

    def on_descendant_focus(self) -> None:
        """The lines below follow the mark."""
        self._tell()

    def _tell(self) -> None:
        field = self.marked
        if field is not None:
            lines = Content("\n").join(self.about(field.setting))
            self.query_one("#about", Static).update(lines)
            # More lines leave the list less room.
            self.call_after_refresh(field.scroll_visible, animate=False)
        self.refresh_bindings()

    def say(self, text: str) -> None:
        """One line on what just happened."""
        self.query_one("#flash", Static).update(Content(one_line(text)))

    def reload(self) -> None:
        """Show every value as it is now."""
        shown = {entry.name: entry.shown for _, entries in self.groups() for entry in entries}
        for field in self.query(Field):
            field.show(shown[field.setting])
        self._tell()

    # ---- keys ------------------------------------------------------------------------------------

    def places(self) -> tuple[str, ...]:
        """While a value is typed its keys come first."""
        field = self.marked
        typing = ("editing",) if field is not None and field.editing is not None else ()
        return (*typing, *super().places())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing but typing while a value is typed."""
        field = self.marked
        if field is None or field.editing is not None:
            return action in ("back", "help") and field is None
        return True

    def action_move(self, by: int) -> None:
        """Mark another line."""
        fields = list(self.query(Field))
        if self.marked is None or not fields:
            return
        place = min(max(fields.index(self.marked) + by, 0), len(fields) - 1)
        # At once, for the next key may be here already; what is scrolled is for _tell to do.
        self.set_focus(fields[place], scroll_visible=False)
        self.say("")
        if place == 0:
            self.query_one(Fields).scroll_home(animate=False)

    def action_reset(self) -> None:
        """Take the marked setting out of the file."""
        field = self.marked
        if field is not None:
            self.reset(field)

    def reset(self, field: Field) -> None:
        """Take a setting out of the file, and say what holds now."""
        try:
            had = unset_setting(self.flashsafety.library.paths, field.setting)
        except (FlashsafetyError, OSError) as error:
            self.flashsafety.complain("Nothing was changed", str(error))
            return
        self._took_hold()
        self.say(
            f"{field.shown.title}: back to {field.shown.value or 'nothing'}."
            if had
            else f"{field.shown.title} has its default already."
        )

    async def action_change(self) -> None:
        """Change the marked setting."""
        field = self.marked
        if field is not None:
            await self.change(field)

    async def change(self, field: Field) -> None:
        """Let a setting be changed, in its line or elsewhere."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Back to where one was."""
        self.leave()

    # ---- what fields say -------------------------------------------------------------------------

    async def on_field_clicked(self, event: Field.Clicked) -> None:
        """A click marks; on a value it changes."""
        event.field.focus()
        if event.on_value:
            await self.change(event.field)

    async def on_field_typed(self, event: Field.Typed) -> None:
        """Save what was typed, or say why it will not do."""
        typed = event.field.editing is not None
        same = typed and event.value == event.field.shown.value
        reason = "" if same else self.store(event.field, event.value)
        if not reason:
            await event.field.leave()
            self._tell()
        elif event.leaving:
            await event.field.leave()
            self.say(f"Not changed: {reason}")
        else:
            event.field.refuse(reason)

    def refusal(self, name: str, value: str) -> str:
        """Why a value will not do beyond what the table of settings says; empty when it will."""
        return ""

    def store(self, field: Field, value: str) -> str:
        """Save a value and let it hold; why not, when it will not do."""
        name, app = field.setting, self.flashsafety
        reason = self.refusal(name, value)
        if reason:
            return reason
        try:
            set_setting(app.library.paths, name, value)
        except FlashsafetyError as error:
            where = f"{error.where}: " if error.where else ""
            return f"{where}{error.what.removeprefix(f'{name}: ')}"
        except OSError as error:
            return f"the settings file cannot be written: {error.strerror}"
        self._took_hold()
        self.say(self.saved(field))
        return ""

    def saved(self, field: Field) -> str:
        """What is said of a setting that was just saved."""
        return f"Saved: {field.shown.title} {field.shown.value or 'empty'}."

    def _took_hold(self) -> None:
        self.flashsafety.take_settings()
        self.reload()
