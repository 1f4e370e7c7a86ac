"""How long the learner has been at a card."""

from textual.content import Content
from textual.widgets import Static

from flashsafety.clock import Clock


class Timer(Static):
    """Minutes and seconds since the card was shown; stands still once the answer shows."""

    def __init__(self, clock: Clock, most: int) -> None:
        """Take the clock.

        Args:
            clock: What the time is read from.
            most: Milliseconds; more are not counted.
        """
        super().__init__("", markup=False)
        self._clock = clock
        self._most = most
        self._since: int | None = None

    def on_mount(self) -> None:
        """Move on every second."""
        self.set_interval(1, self._move_on)

    def begin(self, at: int, *, shown: bool) -> None:
        """Begin with a card that was shown at an instant; be there or not."""
        self.display = shown
        self._since = at
        self._move_on()

    def stop(self) -> None:
        """Stand still."""
        self._move_on()
        self._since = None

    def _move_on(self) -> None:
        if self.display and self._since is not None:
            spent = min(max(0, self._clock.now().at - self._since), self._most) // 1000
            self.update(Content(f"  {spent // 60}:{spent % 60:02}"))
