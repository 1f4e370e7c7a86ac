"""A setting on a line of its own: marked, changed in place, and told why a value will not do."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from flashsafety.content.visible import cells, one_line, shortened
from flashsafety.tui.keymap import bindings

VALUE_AT = 28
"""The column at which values begin, where titles are short."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the line."""

    title: str
    value: str
    remark: str = ""
    """After the value, dim: where it comes from when it is not the default."""
    value_at: int = VALUE_AT
    """The column at which the value begins."""


class ValueInput(Input):
    """The value while it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("editing")

    def action_leave(self) -> None:
        """Give up; the field does it, for a widget cannot wait for its own end."""
        assert isinstance(self.parent, Field)
        self.parent.call_later(self.parent.leave)


class Field(Widget, can_focus=True):
    """One setting. It knows how to be edited, and asks its screen to do the rest."""

    class Clicked(Message):
        """The line was clicked."""

        def __init__(self, field: "Field", on_value: bool) -> None:
            """Say which, and whether on its value."""
            super().__init__()
            self.field = field
            self.on_value = on_value

    class Typed(Message):
        """A value was typed."""

        def __init__(self, field: "Field", value: str, leaving: bool) -> None:
            """Say which, what, and whether another line was gone to meanwhile."""
            super().__init__()
            self.field = field
            self.value = value
            self.leaving = leaving

    def __init__(self, name: str, shown: Shown) -> None:
        """Stand for a setting.

        Args:
            name: The setting's, or ``table.entry``.
            shown: What stands on the line.
        """
        super().__init__()
        self.setting = name
        self.shown = shown
        self.editing: ValueInput | None = None
        """The line that is typed into."""

    def compose(self) -> ComposeResult:
        """Nothing more than the line itself until it is edited."""
        return iter(())

    def render(self) -> Content:
        """Mark, title, value, remark."""
        mark = "▸ " if self.has_focus or self.has_focus_within else "  "
        at = self.shown.value_at
        title = shortened(one_line(self.shown.title), at - 4)
        start = f"{mark}{title}{' ' * (at - 2 - cells(title))}"
        if self.editing is not None:
            return Content(start)
        remark = f"  {self.shown.remark}" if self.shown.remark else ""
        value = one_line(self.shown.value) or '""'
        room = max(4, self.size.width - at - cells(remark))
        return Content.assemble(
            start, (shortened(value, room), "bold"), (remark, "$foreground-muted")
        )

    def show(self, shown: Shown) -> None:
        """Show another value."""
        self.shown = shown
        self.refresh()

    async def edit(self, value: str) -> None:
        """Let the value be typed, beginning with what it is."""
        if self.editing is not None:
            return
        self.editing = line = ValueInput(value, compact=True, select_on_focus=True)
        line.cursor_blink = False
        line.styles.margin = (0, 0, 0, self.shown.value_at)
        await self.mount(line, Static(classes="reason", markup=False))
        line.focus()
        self.refresh(layout=True)

    def refuse(self, reason: str) -> None:
        """Say below the line why what was typed will not do; it stays to be mended."""
        if self.editing is None:  # it was left meanwhile
            return
        self.query_one(".reason", Static).update(Content(f"✗ {one_line(reason)}"))
        self.add_class("-refused")
        self.call_after_refresh(self.scroll_visible, animate=False)  # on the last line it is below

    async def leave(self) -> None:
        """Be a plain line again, with the value as it was."""
        line, self.editing = self.editing, None
        if line is None:
            return
        focused = line.has_focus
        self.remove_class("-refused")
        await self.remove_children()
        if focused:
            self.focus()
        self.refresh(layout=True)

    # ---- what happens to it ----------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter keeps the value."""
        event.stop()
        self.post_message(self.Typed(self, event.value, leaving=False))

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Going elsewhere keeps it too, if it will do."""
        event.stop()
        if self.editing is event.input:
            self.post_message(self.Typed(self, event.input.value, leaving=True))

    def on_input_changed(self, event: Input.Changed) -> None:
        """The reason holds no longer."""
        event.stop()
        if self.has_class("-refused"):
            self.remove_class("-refused")
            self.query_one(".reason", Static).update("")

    def on_click(self, event: events.Click) -> None:
        """A click on the value is more than one on the title."""
        event.stop()
        if self.editing is None:
            self.post_message(self.Clicked(self, on_value=event.x >= self.shown.value_at))

    def on_focus(self) -> None:
        """The mark follows."""
        self.refresh()

    def on_blur(self) -> None:
        """The mark follows."""
        self.refresh()
