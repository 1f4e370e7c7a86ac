"""What Home does with plans: takes one that is offered, and lets all be as usual again."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flashsafety.errors import FlashsafetyError
from flashsafety.study.library import Library
from flashsafety.study.today import Today
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.widgets.ways import MOST, Ways

if TYPE_CHECKING:
    from flashsafety.study.comeback import Comeback, Offer


class PlanningScreen(BaseScreen):
    """A screen with a picture of the day and the return plans that are offered on it."""

    def __init__(self) -> None:
        """Know of no plan yet."""
        super().__init__()
        self.picture: Today | None = None
        self._comeback: Comeback | None = None
        self.predicted: float | None = None
        """Recall on the date of the plan that holds, once it is reckoned."""

    def say(self, text: str) -> None:
        """One line on what just happened."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read everything again."""
        raise NotImplementedError

    def show_ways(self, found: "Comeback | None") -> None:
        """Show the plans that are offered now, if any."""
        self._comeback = found
        keys = [self.flashsafety.key("today.usual")]
        keys += [self.flashsafety.key(f"today.plan-{number + 1}") for number in range(MOST)]
        self.query_one(Ways).show(found, keys)
        self.refresh_bindings()

    def is_offered(self, parameters: tuple[object, ...]) -> bool:
        """Whether the plan of the number that an action names can be taken."""
        return any(
            [str(number)] == [str(one) for one in parameters] for number, _ in self._offered()
        )

    def _offered(self) -> "Iterable[tuple[int, Offer]]":
        """The return plans that can be taken, by their numbers."""
        return enumerate(self._comeback.offers, 1) if self._comeback else ()

    def unusual(self) -> str | None:
        """What would go were all as usual: ``pause``, ``return``, ``offers``, ``ready``."""
        plans = self.picture.plans if self.picture else None
        if plans and plans.pause:
            return "pause"
        if plans and plans.back:
            return "return"
        if self._comeback:
            return "offers"
        return "ready" if plans and plans.ready else None

    def on_ways_chosen(self, event: Ways.Chosen) -> None:
        """A click is the key."""
        if event.number:
            self.action_take(event.number)
        else:
            self.action_as_usual()

    def action_take(self, number: int) -> None:
        """Take a return plan, just as it is shown."""
        offer = dict(self._offered()).get(number)
        if offer is not None:
            from flashsafety.study.comeback import accept

            self._decide(lambda library: accept(library, offer), "The plan holds")

    def action_as_usual(self) -> None:
        """End the pause, drop the plan, or decline those that are offered."""
        from flashsafety.study.comeback import accept
        from flashsafety.study.plans import drop

        match self.unusual():
            case "pause":
                self._decide(lambda library: drop(library, "pause"), "The pause is over")
            case "return":
                self._decide(lambda library: drop(library, "return"), "The plan is dropped")
            case "ready":
                self._decide(lambda library: drop(library, "ready"), "The plan is dropped")
            case "offers":
                self._decide(lambda library: accept(library, None), "All is as usual")

    def _decide(self, act: "Callable[[Library], object]", said: str) -> None:
        try:
            act(self.flashsafety.library)
        except FlashsafetyError as error:
            self.flashsafety.show_error("Nothing was changed", error)
            return
        self._comeback = None
        self.say(f"{said}; {self.flashsafety.key('today.undo')} takes that back.")
        self.reload()
