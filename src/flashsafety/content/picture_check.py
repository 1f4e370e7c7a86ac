"""What is wrong with the pictures of notes: how they are written, and the files that they name."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from flashsafety.content.cardfile import Draft
from flashsafety.content.changed import Stat, is_picture, locate
from flashsafety.content.cloze import CLOZE
from flashsafety.content.faults import Faults, quoted
from flashsafety.content.image import Flaw, read_image
from flashsafety.content.markdown import parse
from flashsafety.content.nearest import suggest
from flashsafety.content.notes import AnyNote
from flashsafety.content.pictures import (
    LINE,
    MOST,
    blocks,
    note_pictures,
    pictures,
    wrong_path,
)
from flashsafety.content.problem import Problem

_FORM = "write it as ![what it shows](images/file.png), alone on its line"
_MENDS = f"{_FORM}, without brackets in its words, and outside lists, quotations and tables"
_NEARLY = re.compile(r"!\[.*\]\(")
"""What is left as text of a picture that is not written as one, or stands amid other text."""


class PictureCheck:
    """Looks at the pictures of notes, and remembers which files they name."""

    def __init__(
        self, roots: Sequence[str], stats: Mapping[str, Stat], faults: Callable[[str], Faults]
    ) -> None:
        """Take the bank's files.

        Args:
            roots: Its folders.
            stats: What is in them, as ``changed.stat_bank`` tells.
            faults: Gives the problems of a file, to add to.
        """
        self._roots = roots
        self._stats = stats
        self._faults = faults
        self._flaws: dict[str, Flaw | None] = {}

    def run(self, drafts: Sequence[Draft]) -> None:
        """Report what is wrong with the pictures of some notes."""
        for draft in drafts:
            self._check(draft)

    def unused(self) -> Iterator[Problem]:
        """A warning for each picture that no note checked so far names."""
        for path in self._stats:
            if is_picture(path) and path not in self._flaws:
                what = "no card shows this picture"
                mend = "name it on a card, or take it out of the bank"
                yield Problem(path, 1, 1, "picture-unused", "warning", what, mend)

    def _check(self, draft: Draft) -> None:
        faults = self._faults(draft.file)
        shown = dict(blocks(draft.note))
        for key, text in shown.items():
            place = draft.place(key)
            if _is_misplaced(text):
                faults.add(place, "picture-place", "a picture stands amid other text", _MENDS)
            if key == "text" and _meets_a_gap(text):
                what = "a gap and a picture are inside each other"
                faults.add(place, "picture-place", what, "put the picture before or after the gap")
            for picture in pictures(text):
                if not picture.words:
                    what = f"the picture {quoted(picture.path)} has no words"
                    mend = "say between the brackets what it shows, for those who cannot see it"
                    faults.add(place, "picture-wordless", what, mend)
                problem = self._problem(draft.file, picture.path)
                if problem:
                    faults.add(place, *problem)
        if (count := len(note_pictures(draft.note))) > MOST:
            what = f"the card has {count} pictures, more than {MOST}"
            mend = "make several cards of it, or one picture of several"
            faults.add(draft.place("id"), "picture-many", what, mend)
        for key, index, text in _elsewhere(draft.note):
            if pictures(text) or _is_misplaced(text):
                mend = f"{_FORM}, in the prompt, the answer or the why of the card"
                what = f"no picture can stand in {quoted(key)}"
                faults.add(draft.place(key, index), "picture-place", what, mend)

    def _problem(self, card_file: str, path: str) -> tuple[str, str, str] | None:
        """Rule, message and mend for what a path leads to; none when that is a sound picture."""
        wrong = wrong_path(path)
        if wrong is not None:
            return "picture-path", *wrong
        folder = card_file[: card_file.rfind("/") + 1]
        full = folder + path
        if full not in self._stats or self._stats[full][0] != self._stats[card_file][0]:
            return self._missing(folder, path)
        if full not in self._flaws:
            found = read_image(locate(self._roots, full))
            self._flaws[full] = found if isinstance(found, Flaw) else None
        found_flaw = self._flaws[full]
        if found_flaw is None:
            return None
        return "picture-file", f"the picture {quoted(path)} {found_flaw.what}", found_flaw.mend

    def _missing(self, folder: str, path: str) -> tuple[str, str, str]:
        if os.path.lexists(locate(self._roots, folder + path)):
            what = f"{quoted(path)} is no plain file within the bank"
            mend = "put the file itself there: links that lead out of the bank are not followed"
            return "picture-path", what, mend
        near = (
            name[len(folder) :]
            for name in self._stats
            if is_picture(name) and name.startswith(folder)
        )
        mend = suggest(path, near, "put the file there; a path begins in the folder of this file")
        return "picture-missing", f"there is no picture {quoted(path)}", mend


def _is_misplaced(text: str) -> bool:
    """Whether a picture stands where it is not shown as one."""
    if "![" not in text:
        return False
    return any(
        child.meta.get("misplaced") or (child.type == "text" and _NEARLY.search(child.content))
        for token in parse(text)
        for child in token.children or ()
    )


def _meets_a_gap(text: str) -> bool:
    """Whether a gap holds a picture, or a picture's words a gap."""
    hidden = any("![" in gap[0] for gap in CLOZE.finditer(text))
    return hidden or any("{{" in found[1] for found in LINE.finditer(text))


def _elsewhere(note: AnyNote) -> Iterator[tuple[str, int | None, str]]:
    """Key, index and text of all that is text of a note and no block of its own."""
    own = {key for key, _ in blocks(note)}
    for key, value in note.model_dump(exclude=own | {"id", "type"}, exclude_defaults=True).items():
        if isinstance(value, str):
            yield key, None, value
        elif isinstance(value, tuple | list):
            for index, item in enumerate(value):
                texts = item.values() if isinstance(item, dict) else (item,)
                yield from ((key, index, text) for text in texts if isinstance(text, str))
