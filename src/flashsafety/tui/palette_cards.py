"""Cards in the palette: those that what is typed finds, as in Browse."""

import asyncio
from functools import partial

from rich.text import Text
from textual.command import Hit, Hits

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.study.find import find
from flashsafety.study.library import Library
from flashsafety.study.listing import Line, lines
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.screens.info import InfoScreen

_FEWEST = 3
"""Letters; less finds too much to be of use here."""
_MOST = 8
_LAST = 0.001
"""A score below that of any command."""


async def card_hits(app: FlashsafetyApp, query: str) -> Hits:
    """Browse with the search, and the first of the cards; nothing where it cannot be understood."""
    if len(query) < _FEWEST:
        return
    try:
        found = await asyncio.to_thread(_found, app.library, query)
    except FlashsafetyError:
        return
    if found:
        title = f"Browse: {one_line(query)}"
        yield Hit(2 * _LAST, Text(title), partial(app.action_browse, query), title)
    for line in found:
        title = f"Card: {one_line(line.key)}"
        yield Hit(_LAST, Text(title), partial(_show, app, line), title)


def _found(library: Library, query: str) -> list[Line]:
    """On a thread, with a connection of its own."""
    with library.reopen() as own:
        ids = find(own, query, limit=_MOST)
        known = lines(own, ids)
    return [known[card] for card in ids]


def _show(app: FlashsafetyApp, line: Line) -> None:
    app.push_screen(InfoScreen(app.library, line.key))
