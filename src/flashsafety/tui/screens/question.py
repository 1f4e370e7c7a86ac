"""What can be done with a question of an exam that is over, on any screen that shows one."""

from flashsafety.errors import FlashsafetyError
from flashsafety.study.quiz import Asked
from flashsafety.study.today import Choice, start_modules
from flashsafety.tui.opening import is_web, open_one, shown_pictures, source_address
from flashsafety.tui.screens.base import BaseScreen


class QuestionScreen(BaseScreen):
    """A screen on which one question stands out."""

    @property
    def asked(self) -> Asked | None:
        """The question; none while nothing stands out."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """One line on what just happened."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now."""
        asked = self.asked
        if action in ("study", "info"):
            return asked is not None
        if action == "open":
            return asked is not None and (
                bool(shown_pictures(asked.showing, answered=True))
                or source_address(asked.showing) is not None
            )
        if action == "open_lecture":
            return asked is not None and is_web(asked.subject.lecture)
        return True

    def action_study(self) -> None:
        """Review the question's module; where it is not open, open it first."""
        if self.asked is None:
            return
        module, app = self.asked.showing.module, self.flashsafety
        try:
            opened = start_modules(app.library, [module])
        except FlashsafetyError as error:
            app.show_error("The module cannot be studied", error)
            return
        if opened:
            title = self.asked.subject.module_title
            self.say(
                f"Opened {title}: its new cards come now. {self.key('study')} again studies it."
            )
        else:
            app.study(Choice(modules=(module,)))

    def action_info(self) -> None:
        """Why the card is due, and its log."""
        from flashsafety.tui.screens.info import InfoScreen

        if self.asked is not None:
            self.open(InfoScreen(self.flashsafety.library, self.asked.showing.key))

    def action_open(self) -> None:
        """Open the source in the browser, or a picture."""
        if self.asked is not None:
            open_one(self.flashsafety, self.asked.showing, self.say, answered=True)

    def action_open_lecture(self) -> None:
        """Open the lecture in the browser; web addresses only."""
        url = self.asked.subject.lecture if self.asked is not None else None
        if url is not None and is_web(url):
            self.app.open_url(url)
            self.say(f"Opened {url}")
