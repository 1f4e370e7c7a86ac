"""Textual's driver for a page, made to leave with it."""

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class PageDriver(WebDriver):
    """Ends the app when nobody is left at the other end of its pipe.

    Textual's own waits for keys for ever when the server was killed.
    """

    def run_input_thread(self) -> None:
        """Read keys and news until the pipe ends, then leave."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(ExitApp())
