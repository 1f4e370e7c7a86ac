"""Themes: each is tried on while the mark is on it."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.options import Options


class ThemesScreen(Window[str]):
    """All themes, the dark ones first; answers with the name of the one that was chosen."""

    AUTO_FOCUS = "OptionList"

    def __init__(self, now: str) -> None:
        """Take the name of the theme in force."""
        super().__init__()
        self._now = now

    def inside(self) -> Iterable[Widget]:
        """The list, and what the keys do."""
        yield Static(Content.assemble(("Theme", "bold $text-primary"), "  move to try one on"))
        themes = self.app.available_themes.values()
        dark = [theme.name for theme in themes if theme.dark]
        light = [theme.name for theme in themes if not theme.dark]
        named = [(name, "dark") for name in dark] + [(name, "light") for name in light]
        yield Options(*(Option(Content(f"{name:24}{kind}"), id=name) for name, kind in named))
        closing = (
            f"enter keeps it, {self.flashsafety.key('window.close')} goes back to the one before"
        )
        yield Static(Content.assemble((closing, "$foreground-muted")))

    def on_mount(self) -> None:
        """Begin on the theme in force."""
        options = self.query_one(OptionList)
        options.highlighted = options.get_option_index(self.app.theme)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Try it on."""
        if event.option_id is not None:
            self.app.theme = event.option_id

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep it."""
        self.dismiss(event.option_id)

    def action_close(self) -> None:
        """The one before is back."""
        self.app.theme = self._now
        self.dismiss(None)
