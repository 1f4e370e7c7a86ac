"""The bank's folders to notes, with a list of all that is wrong."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from flashsafety.collector import collector_off
from flashsafety.content.bank import Bank, Loaded, Syllabus
from flashsafety.content.cardfile import Draft, read_cards
from flashsafety.content.changed import (
    COMMON_FILES,
    Stat,
    is_picture,
    is_text,
    locate,
    odd_entries,
    prefix,
    stat_bank,
)
from flashsafety.content.check import Check
from flashsafety.content.faults import Faults
from flashsafety.content.problem import Problem
from flashsafety.content.references import read_retired, read_sources
from flashsafety.content.shared import Shared, check_references
from flashsafety.content.syllabus import read_syllabus
from flashsafety.content.text import read_file
from flashsafety.errors import UnusableDataError

if TYPE_CHECKING:
    from flashsafety.content.picture_check import PictureCheck

__all__ = ["COMMON_FILES", "check_bank", "load_bank"]

_READERS: dict[str, Callable[[str, Faults, Shared], bool]] = {
    "syllabus.yaml": read_syllabus,
    "sources.yaml": read_sources,
    "retired.yaml": read_retired,
}


def load_bank(
    roots: Sequence[str],
    *,
    only: Collection[str] | None = None,
    known: Mapping[str, str] = MappingProxyType({}),
    stats: Mapping[str, Stat] | None = None,
) -> Loaded:
    """Read a bank: all of it, or some of its files.

    Args:
        roots: The bank's folders, the main one first.
        only: Card files to read, as ``stat_bank`` names them; all of them by default. The syllabus,
            the bibliography and the retired ids are read in any case.
        known: Notes in the files that are not read: id to ``file:line``.
        stats: The bank's files, when ``stat_bank`` has just looked at them.

    Raises:
        UnusableDataError: There is no syllabus, or it cannot be read.
    """
    with collector_off():
        loading = _Loading(roots)
        loaded = loading.run(stat_bank(roots) if stats is None else stats, only, known)
        if loading.shared.no_syllabus:
            raise loading.no_syllabus()
        return loaded


def check_bank(roots: Sequence[str]) -> tuple[Loaded, tuple[Draft, ...]]:
    """A bank with all that is wrong with it, and its sound notes with the places of their values.

    The notes come in study order. A syllabus that cannot be read is one of the problems.

    Raises:
        UnusableDataError: There is no syllabus.
    """
    with collector_off():
        loading = _Loading(roots)
        loaded = loading.run(stat_bank(roots), None, {})
        if loading.shared.no_syllabus and not any(
            problem.file.endswith("syllabus.yaml") for problem in loaded.problems
        ):
            raise loading.no_syllabus()
        # While a card cannot be read, nobody knows which pictures it shows.
        if loading.pictures is not None and not loaded.broken and not loaded.unreadable:
            idle = loading.pictures.unused()
            loaded = replace(loaded, problems=tuple(sorted({*loaded.problems, *idle})))
        return loaded, tuple(loading.sound)


class _Loading:
    """One reading of a bank."""

    def __init__(self, roots: Sequence[str]) -> None:
        self._roots = roots
        self._files: dict[str, Faults] = {}
        self.shared = Shared()
        self._unreadable: set[str] = set()
        self._pictured: list[Draft] = []
        """Notes in whose files there is a picture, or what looks like one."""
        self.pictures: PictureCheck | None = None
        """None where the bank has no picture, and no note names one."""
        self.sound: list[Draft] = []

    def run(
        self,
        stats: Mapping[str, Stat],
        only: Collection[str] | None,
        known: Mapping[str, str],
    ) -> Loaded:
        common = [prefix(root) + name for root in range(len(self._roots)) for name in COMMON_FILES]
        for path in common:
            if path in stats:
                self._read_common(path)
        check_references(self.shared)
        cards = (path for path in stats if path not in common and not is_picture(path))
        paths = sorted(
            (path for path in cards if only is None or path in only),
            key=lambda path: (stats[path][0], path),
        )
        drafts: list[Draft] = []
        broken: set[str] = set()
        for path in paths:
            self._read_cards(path, drafts, broken)
        check = Check(self.shared, self._faults, known, broken)
        placed, refused = check.run(drafts)
        standing = {(draft.file, draft.line): draft for draft in drafts}
        self.sound = [standing[note.file, note.line] for note in placed]
        self._check_pictures(stats)
        if only is None:
            check.look_up_retired()
            self._report_odd()
        return Loaded(
            Bank(self._syllabus(), self.shared.sources, self.shared.retired, tuple(placed)),
            self._problems(),
            frozenset(self._unreadable),
            frozenset((broken | refused) - {note.note.id for note in placed}),
        )

    def _faults(self, file: str) -> Faults:
        return self._files.setdefault(file, Faults(file))

    def _read_common(self, path: str) -> None:
        faults = self._faults(path)
        text = read_file(locate(self._roots, path), faults)
        read = _READERS[path.rpartition("/")[2]]
        if text is None or not read(text, faults, self.shared):
            self._unreadable.add(path)
            if path.endswith("sources.yaml"):
                self.shared.sources_known = False

    def _read_cards(self, path: str, drafts: list[Draft], broken: set[str]) -> None:
        faults = self._faults(path)
        text = read_file(locate(self._roots, path), faults)
        if text is None:
            self._unreadable.add(path)
            return
        result = read_cards(text, faults)
        faults.lines = ()
        drafts += result.drafts
        if "![" in text:
            self._pictured += result.drafts
        broken |= result.broken
        if result.lost:
            self._unreadable.add(path)

    def _check_pictures(self, stats: Mapping[str, Stat]) -> None:
        if not self._pictured and not any(map(is_picture, stats)):
            return
        from flashsafety.content.picture_check import PictureCheck

        self.pictures = PictureCheck(self._roots, stats, self._faults)
        self.pictures.run(self._pictured)

    def _report_odd(self) -> None:
        for path in odd_entries(self._roots):
            self._faults(path).add((1, 1), "file-odd", *_odd(path))

    def no_syllabus(self) -> UnusableDataError:
        """What to say when there is no syllabus to file cards under."""
        first = next((p for p in self._problems() if p.file.endswith("syllabus.yaml")), None)
        if first is not None:
            return UnusableDataError(
                f"the syllabus cannot be read: {first.message}",
                where=f"{locate(self._roots, first.file)}:{first.line}:{first.column}",
                mend=first.mend,
            )
        return UnusableDataError(
            "there is no bank here: syllabus.yaml is missing",
            where=self._roots[0] if self._roots else "",
            mend="name the bank's folder with --questions or FLASHSAFETY_QUESTIONS",
        )

    def _syllabus(self) -> Syllabus:
        modules = sorted(self.shared.modules.values(), key=lambda module: module.number)
        return Syllabus(self.shared.title, self.shared.url, tuple(modules), self.shared.slug)

    def _problems(self) -> tuple[Problem, ...]:
        return tuple(sorted({p for faults in self._files.values() for p in faults.problems}))


def _odd(path: str) -> tuple[str, str]:
    """Message and mend for what is named like a card file but is not read."""
    if not is_text(path):
        return "this name is no UTF-8, and what it names is not read", "give it another name"
    if path.endswith(".yml"):
        return "a file named .yml is not read", "rename it to .yaml"
    if path.endswith(".yaml/"):
        return "a folder is named like a card file", "rename it without .yaml"
    if path.endswith("/"):
        return "this folder cannot be read", "give it another name, or mend its permissions"
    return (
        "this is no plain file within the bank, and is not read",
        "put the file itself here: links that lead out of the bank are not followed",
    )
