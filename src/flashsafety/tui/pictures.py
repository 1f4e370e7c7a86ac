"""Pictures of cards on the screen, with textual-image where that is installed.

It asks the terminal what it can draw while it is imported, and reads the answer where the keys come
from. So it is imported before the app has the terminal, and only for a bank that has pictures.
"""

import logging
import sys
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.widget import Widget

from flashsafety.content.changed import is_picture, stat_bank
from flashsafety.store.files import has_pictures

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

    from flashsafety.study.library import Library

Drawing = Callable[..., Widget]
"""A class of widgets that draw a picture."""

_log = logging.getLogger(__name__)
_FINEST = (1600, 1200)
"""Pixels, more than a card's column shows: what goes beyond is left out when a file is read."""


def drawing(library: "Library") -> Drawing | None:
    """What draws pictures in this terminal; none where there are none, or nothing that could.

    To be called before the app runs.
    """
    if not _has_pictures(library):
        return None
    # It logs what the terminal does not answer, and where nobody listens that stands on the screen.
    logging.getLogger("textual_image").addHandler(logging.NullHandler())
    try:
        from textual_image.widget import HalfcellImage, Image
    except ImportError:
        return None
    except Exception as error:
        # What the terminal answers is read without doubt: a size of no columns is divided by, and
        # words are taken for numbers. No answer is worth the review, so pictures stay words.
        _log.info("the terminal cannot be asked for graphics: %r", error)
        return None
    # Without a terminal of its own, on a page, the app would fall to blocks of grey.
    return Image if sys.__stdout__ and sys.__stdout__.isatty() else HalfcellImage


def _has_pictures(library: "Library") -> bool:
    """Whether the bank has pictures, as it was last read; before the first time, as it is."""
    known = has_pictures(library.db)
    return any(map(is_picture, stat_bank(library.roots))) if known is None else known


def pixels(data: bytes) -> "Pixels":
    """A picture's bytes as something to draw: upright, on white where nothing is drawn.

    Args:
        data: As ``image.read_image`` gives them, so that their size is bounded.

    Raises:
        Exception: They cannot be decoded; decoders fail in any way that there is.
    """
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data), formats=["PNG", "JPEG"]) as opened:
        opened.draft("RGB", _FINEST)
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail(_FINEST)
        drawn = upright.convert("RGBA")
    white = Image.new("RGB", drawn.size, "white")
    white.paste(drawn, mask=drawn.getchannel("A"))
    return white


def drawn(kind: Drawing, file: str | None) -> Widget | None:
    """A widget that draws a picture; none of a file that is not there, unsound or hostile.

    It is hidden until ``fit`` has given it a size: its own is that of its pixels.
    """
    from flashsafety.content.image import read_image

    data = read_image(file) if file else None
    if not isinstance(data, bytes):
        return None
    try:
        picture = kind(pixels(data), classes="picture")
    except Exception as error:
        from flashsafety.tui.logfile import note

        # A decoder may fail in any way. The words say what the picture shows, and o opens it.
        note(f"a picture cannot be drawn: {type(error).__name__}")
        return None
    picture.display = False
    return picture


def fit(picture: Widget, room: Size) -> None:
    """Make a picture as large as a room allows, in its own proportions."""
    picture.styles.width = picture.styles.height = "auto"
    width = picture.get_content_width(room, room)
    height = picture.get_content_height(room, room, width)
    picture.styles.width, picture.styles.height = max(1, width), max(1, height)
    picture.display = True
