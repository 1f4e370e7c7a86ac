"""The palette: verb first, and only what works now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from rich.text import Text
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.errors import NoWidget
from textual.geometry import Region
from textual.widget import Widget
from textual.worker import Worker

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.study.exam import Ask, syllabus
from flashsafety.study.today import Choice, start_modules
from flashsafety.tui import commands
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.palette_cards import card_hits
from flashsafety.tui.screens.base import BaseScreen

_FIRST = ("app.settings", "browse.session", "end.session", "today.session")
"""Useful, though there is no room for them in the key bar."""


@dataclass(frozen=True, slots=True)
class _Offer:
    title: str
    run: Callable[[], object]
    help: str = ""
    """From our own table only: Textual reads it as markup."""
    first: bool = False
    """Shown before anything is typed."""


class Palette(CommandPalette):
    """Textual's without its faults.

    8.2.8 fails at a second click, at a letter that comes when it is closed already, at a click
    beside a window that has just become smaller, and at a page down in one too small for the list.
    To be dropped when ``Screen.dismiss`` and ``_input`` ask whether it is in front, ``_on_click``
    expects no widget, and ``OptionList._move_page`` asks for a height.
    """

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, Region]:
        """What is at a place of the window; outside of it the palette's own background."""
        try:
            return super().get_widget_at(x, y)
        except NoWidget:
            return self, self.region

    def _gather_commands(self, search_value: str) -> Worker[None] | None:  # type: ignore[override]
        return super()._gather_commands(search_value) if self.is_active else None

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close; nothing when this is not in front any more."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class CommandProvider(Provider):
    """The screen's commands, the modules, the themes, and the cards that are found."""

    async def discover(self) -> Hits:
        """With nothing typed: the useful few."""
        for offer in self._offers():
            if offer.first:
                yield DiscoveryHit(Text(offer.title), offer.run, offer.title, offer.help or None)

    async def search(self, query: str) -> Hits:
        """What matches, with titles shown as they are: they hold words from the bank."""
        matcher = self.matcher(query)
        for offer in self._offers():
            score = matcher.match(offer.title)
            if score > 0:
                yield Hit(score, Text(offer.title), offer.run, offer.title, offer.help or None)
        assert isinstance(self.app, FlashsafetyApp)
        async for hit in card_hits(self.app, query):
            yield hit

    def _offers(self) -> Iterator[_Offer]:
        app, screen = self.app, self.screen
        assert isinstance(app, FlashsafetyApp)
        if not isinstance(screen, BaseScreen):
            return
        for place, node in ((screen.PLACE, screen), ("app", app)):
            for command in commands.of(place):
                name, _, rest = command.action.partition("(")
                if not command.palette or not node.check_action(name, tuple(rest.rstrip(")"))):
                    continue
                run = partial(node.run_action, command.action)
                first = command.footer or command.id in _FIRST
                yield _Offer(command.title, run, command.tooltip, first=first)
        yield from self._modules(app)
        yield from self._quizzes(app)
        for theme in sorted(app.available_themes):
            yield _Offer(f"Theme: {theme}", partial(app.choose_theme, theme))

    def _modules(self, app: FlashsafetyApp) -> Iterator[_Offer]:
        for line in app.today.modules:
            title = one_line(line.title)
            if line.started:
                chosen = Choice(modules=(line.slug,))
                yield _Offer(f"Study: {title}", partial(self._study, app, chosen))
            else:
                yield _Offer(f"Open: {title}", partial(self._open, app, line.slug, title))

    def _quizzes(self, app: FlashsafetyApp) -> Iterator[_Offer]:
        units = [unit for unit in syllabus(app.library) if unit.notes]
        titles = {unit.section: unit.section_title for unit in units}
        offers = [(title, slug, "") for slug, title in titles.items()]
        offers += [(unit.title, "", unit.slug) for unit in units]
        for title, section, slug in offers:
            chosen = tuple(u.slug for u in units if slug == u.slug or section == u.section)
            yield _Offer(f"Quiz: {one_line(title)}", partial(self._quiz, app, Ask(chosen)))

    def _quiz(self, app: FlashsafetyApp, ask: Ask) -> None:
        app.back_to_today()
        app.show_quiz(ask)

    def _study(self, app: FlashsafetyApp, choice: Choice) -> None:
        app.back_to_today()
        app.study(choice)

    def _open(self, app: FlashsafetyApp, slug: str, title: str) -> None:
        try:
            start_modules(app.library, [slug])
        except FlashsafetyError as error:
            app.show_error("The module was not opened", error)
            return
        app.today.say(f"Opened {title}; {app.key('today.undo')} takes it back.")
        app.today.reload()
        app.notify(f"Opened {title}", markup=False)
