"""A package of Anki's, read back."""

from flashsafety.anki.collection import open_collection
from flashsafety.anki.container import unpacked
from flashsafety.anki.events import Skipped
from flashsafety.anki.matching import matched, our_cards
from flashsafety.anki.take import Taken, take_in
from flashsafety.collector import collector_off
from flashsafety.study.library import Library


@collector_off()
def import_package(library: Library, path: str, *, dry_run: bool = False) -> Taken:
    """Add what was done in Anki, from an ``.apkg`` or ``.colpkg``, which is only read.

    Args:
        library: Where.
        path: The file.
        dry_run: Do everything and keep nothing.

    Raises:
        UnusableDataError: The file is none of Anki's, damaged or hostile; nothing was written.
    """
    ours, taken = our_cards(library), Taken()
    with unpacked(path) as file, open_collection(file, library.clock) as theirs:
        notes, taken.strangers = matched(theirs.notes(), ours)
        take_in(library, notes, theirs.cards(set(notes)), ours, taken, dry_run=dry_run)
        if theirs.odd_rows:
            taken.skipped[Skipped.ODD.value] += theirs.odd_rows
    return taken
