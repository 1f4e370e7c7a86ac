"""Two look-alikes practised together, over the review that this interrupts."""

from flashsafety.tui.screens.study import StudyScreen


class ContrastScreen(StudyScreen):
    """A session like any other, but for its end: it goes back to where it began."""

    def _finish(self, said: str) -> None:
        self.flashsafety.drop_file_complaint()
        self.dismiss(None)

    def action_back(self) -> None:
        """Back to the review."""
        self._finish("")
