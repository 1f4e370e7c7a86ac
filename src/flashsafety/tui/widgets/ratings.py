"""The four ratings with what each would give, as keys and as buttons."""

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.terms import Rating
from flashsafety.tui.command import KeyOf


class RatingKey(Static):
    """One rating."""

    class Clicked(Message):
        """The rating was clicked."""

        def __init__(self, rating: Rating) -> None:
            """Say which."""
            super().__init__()
            self.rating = rating

    def __init__(self, rating: Rating) -> None:
        """Take the rating that it stands for."""
        super().__init__("", markup=False)
        self.rating = rating

    def on_click(self, event: events.Click) -> None:
        """As good as the key."""
        event.stop()
        self.post_message(self.Clicked(self.rating))


class RatingBar(Widget):
    """Shown with the answer, in the place where the hint was: nothing moves."""

    def __init__(self, key: KeyOf) -> None:
        """Take what gives the keys of the screen's commands."""
        super().__init__()
        self._key = key

    def compose(self) -> ComposeResult:
        """The four of them."""
        for rating in Rating:
            yield RatingKey(rating)

    def show(self, offers: Mapping[Rating, str], suggested: Rating) -> None:
        """Show what each rating there is gives, and mark the one that enter takes."""
        self.display = True
        for key in self.query(RatingKey):
            key.display = key.rating in offers
            if not key.display:
                continue
            pressed = self._key(key.rating.name.lower())
            name = key.rating.name.capitalize()
            marked = key.rating == suggested
            key.set_class(marked, "-suggested")
            said = f"{pressed} {name} {offers[key.rating]}"
            key.update(Content(f"{'▸' if marked else ''}{said}"))
