"""What a card leads to outside the app: its pictures and its source, opened by one key.

Pictures go to whatever opens links, as a file of the bank; nothing goes through a shell.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flashsafety.content.cards import face
from flashsafety.content.pictures import Picture, picture_file, pictures
from flashsafety.content.visible import one_line
from flashsafety.study.showing import Showing

if TYPE_CHECKING:
    from flashsafety.tui.app import FlashsafetyApp

Say = Callable[[str], None]
"""Says in one line what happened."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be opened."""

    words: str
    """What it is, on one line."""
    address: str
    """Of a web page, or of a file on this machine."""
    shown: str
    """The address as people know it."""


def shown_pictures(showing: Showing, *, answered: bool) -> tuple[Picture, ...]:
    """The pictures of a card that can be seen, each once.

    Args:
        showing: The card.
        answered: Whether its answer shows.
    """
    sides = face(showing.note, showing.facet, showing.order or None)
    texts = (sides.prompt, sides.answer, showing.note.why or "") if answered else (sides.prompt,)
    found = {picture.path: picture for text in texts for picture in pictures(text)}
    return tuple(found.values())


def source_address(showing: Showing) -> str | None:
    """The web address of a card's source; none when it has none."""
    url = showing.source.url if showing.source else None
    return url if is_web(url) else None


def is_web(url: str | None) -> bool:
    """True of an address that a browser may be given."""
    return (url or "").startswith(("https://", "http://"))


def open_one(
    app: "FlashsafetyApp", showing: Showing, say: Say, *, answered: bool, source: bool = True
) -> None:
    """Open what a card leads to; where that is several things, ask which.

    Args:
        app: The app.
        showing: The card.
        say: Says what came of it.
        answered: Whether its answer shows, and with it the pictures there.
        source: Offer the source too.
    """
    seen = shown_pictures(showing, answered=answered)
    found = [] if app.is_web else list(_files(app.library.roots, showing, seen))
    address = source_address(showing) if source else None
    if address is not None and showing.source is not None:
        found.append(Thing(f"Source: {one_line(showing.source.title)}", address, address))
    if not found:
        say(_nothing(seen, on_page=app.is_web))
    elif len(found) == 1:
        _open(app, found[0], say)
    else:
        from flashsafety.tui.screens.open import OpenScreen

        def chosen(thing: Thing | None) -> None:
            if thing is not None:
                _open(app, thing, say)

        app.push_screen(OpenScreen(found), chosen)


def _files(roots: Sequence[str], showing: Showing, seen: Sequence[Picture]) -> "list[Thing]":
    things = []
    for picture in seen:
        file = picture_file(roots, showing.file, picture.path)
        if file is not None:
            words = f"Picture: {picture.words}"
            things.append(Thing(words, Path(file).absolute().as_uri(), picture.path))
    return things


def _nothing(seen: Sequence[Picture], *, on_page: bool) -> str:
    if seen and on_page:
        return "A page cannot open the files of this computer."
    if seen:
        return f"The picture is not there: {seen[0].path}"
    return "The source has no web address."


def _open(app: "FlashsafetyApp", thing: Thing, say: Say) -> None:
    app.open_url(thing.address)
    say(f"Opened {thing.shown}")
