"""Modules: which are open, which to open next, which to study alone."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.store.modules import ModuleLine
from flashsafety.study import words
from flashsafety.study.standing import lines
from flashsafety.study.today import Choice, start_all, start_modules
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.widgets.options import Options, choosing


class ModuleList(Options):
    """The modules of the syllabus."""

    BINDINGS: ClassVar[list[BindingType]] = choosing("modules")


class ModulesScreen(BaseScreen):
    """The syllabus as a list; enter opens a module, or studies one that is open."""

    PLACE = "modules"
    BINDINGS: ClassVar[list[BindingType]] = bindings("modules")
    AUTO_FOCUS = "OptionList"

    def __init__(self) -> None:
        """Read nothing yet."""
        super().__init__()
        self._modules: tuple[ModuleLine, ...] = ()

    def column(self) -> Iterable[Widget]:
        """Heading, the list, a line for what happened."""
        yield Static(
            Content.assemble(
                ("Modules", "bold $text-primary"),
                "  open one when you have heard its lecture: its new cards come then",
            ),
            id="heading",
            markup=False,
        )
        yield ModuleList(id="body")
        yield Static(id="flash", markup=False)

    def on_mount(self) -> None:
        """Fill the list; the cursor stands on the first module that is not open."""
        self._reload()
        places = [place for place, line in enumerate(self._modules) if not line.started]
        self.query_one(OptionList).highlighted = places[0] if places else 0

    def _reload(self, said: str = "") -> None:
        self._modules = lines(self.flashsafety.library)
        options = self.query_one(OptionList)
        cursor = options.highlighted
        options.set_options(Option(_line(line), id=line.slug) for line in self._modules)
        options.highlighted = cursor
        self.query_one("#flash", Static).update(Content(one_line(said)))

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return (
            "Modules",
            "{modules.choose} opens a module, so that its new cards come in their turn, and"
            " studies alone one that is open already. Optional modules are never offered; open"
            " them here.",
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        self._choose(event.option_index)

    def action_choose(self) -> None:
        """Open or study the module under the cursor."""
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self._choose(place)

    def _choose(self, place: int) -> None:
        line = self._modules[place]
        app = self.flashsafety
        if not self.is_active:  # the second of two clicks
            return
        if line.started:
            app.pop_screen()
            app.study(Choice(modules=(line.slug,)))
            return
        key = app.key
        undo, study = key("modules.undo"), key("modules.choose")
        self._start([line.slug], f"Opened {line.title}; {undo} takes it back, {study} studies it.")

    def action_all(self) -> None:
        """Open every module."""
        try:
            opened = start_all(self.flashsafety.library)
        except FlashsafetyError as error:
            self.flashsafety.show_error("The modules were not opened", error)
            return
        undo = self.flashsafety.key("modules.undo")
        count = words.count(len(opened), "module")
        self._reload(f"Opened {count}; {undo} takes back one at a time.")

    def _start(self, slugs: list[str], said: str) -> None:
        try:
            start_modules(self.flashsafety.library, slugs)
        except FlashsafetyError as error:
            self.flashsafety.show_error("The module was not opened", error)
            return
        self._reload(said)

    def action_undo(self) -> None:
        """Take back the last thing done today."""
        said = self.flashsafety.undo_newest()
        if said:
            self._reload(said)

    def action_back(self) -> None:
        """Back to where one was."""
        self.leave()


def _line(module: ModuleLine) -> Content:
    state = "open" if module.started else "optional" if module.optional else "-"
    notes = f"{module.rated}/{module.cards}"
    title = one_line(module.title)
    return Content(f"{module.number:3}  {state:9}{title}  {notes}")
