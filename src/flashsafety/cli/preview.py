"""Cards as learners will meet them, from a file or a commit: nobody's progress is touched."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flashsafety.cli import output
from flashsafety.cli.plain_card import picture_folder
from flashsafety.content.bank import Placed
from flashsafety.content.cardfile import Draft, read_cards
from flashsafety.content.cards import face, facets, fingerprint
from flashsafety.content.faults import Faults
from flashsafety.content.lint import report
from flashsafety.content.lint.history import bank_at
from flashsafety.content.load import load_bank
from flashsafety.content.nearest import suggest
from flashsafety.content.notes import AnyNote, ChoiceNote, QuestionNote
from flashsafety.content.pictures import note_pictures, picture_file, picture_hashes
from flashsafety.content.plain import plain
from flashsafety.content.text import read_file
from flashsafety.errors import UsageError


def preview_file(file: str, only: str | None = None) -> None:
    """Print every card of a file, front and back, and say what is wrong with the rest.

    Args:
        file: In the bank or not.
        only: Id of the note, or key of the card, to leave all others out.

    Raises:
        UsageError: No card of that name can be shown; what is wrong with the file has been said.
    """
    faults = Faults(file)
    text = read_file(file, faults)
    drafts = read_cards(text, faults).drafts if text is not None else []
    if text is not None and "![" in text:
        _check_pictures(file, drafts, faults)
    id_, _, facet = (only or "").partition("/")
    chosen = [draft.note for draft in drafts if only is None or draft.note.id == id_]
    folder = os.path.split(file)[0]
    _print_notes([(note, folder) for note in chosen], facet)
    if faults.problems:
        output.note(report.render(sorted(faults.problems), "text"))
    if only is None:
        output.note(f"notes: {len(drafts)}; {report.summary(faults.problems)}")
    elif not chosen or (facet and facet not in facets(chosen[0])):
        keys = [f"{note.id}/{name}" for note in chosen for name in facets(note)]
        known = keys or [draft.note.id for draft in drafts]
        mend = suggest(only, known, f"it holds: {', '.join(known)}" if known else "mend it first")
        raise UsageError(f'no card "{only}" can be shown', where=file, mend=mend)


def preview_changes(roots: Sequence[str], since: str) -> None:
    """Print the cards of notes that are new or read otherwise since a commit, front and back."""
    with bank_at(roots[0], since) as folder:
        before = {_fingerprint(placed, [folder]) for placed in load_bank([folder]).bank.notes}
    now = load_bank(roots[:1]).bank.notes
    changed = [placed for placed in now if _fingerprint(placed, roots) not in before]
    _print_notes([(placed.note, picture_folder(roots, placed.file)) for placed in changed])
    output.note(f"notes new or changed: {len(changed)} of {len(now)}")


def _fingerprint(placed: Placed, roots: Sequence[str]) -> str:
    return fingerprint(placed.note, picture_hashes(roots, placed.file, placed.note))


def _check_pictures(file: str, drafts: Sequence[Draft], faults: Faults) -> None:
    """Say what is wrong with the pictures of a file, which may lie anywhere."""
    from flashsafety.content.picture_check import PictureCheck

    folder, name = os.path.split(file)
    roots = [folder or os.curdir]
    paths = {path for draft in drafts for path in note_pictures(draft.note)}
    there = (path for path in paths if picture_file(roots, name, path))
    stats = dict.fromkeys((name, *there), (0, 0, 0))
    check = PictureCheck(roots, stats, lambda _: faults)
    check.run([replace(draft, file=name) for draft in drafts])


def _print_notes(notes: Sequence[tuple[AnyNote, str]], only: str = "") -> None:
    """Print cards.

    Args:
        notes: Each with the folder that the paths of its pictures begin in.
        only: The facet to print; all by default.
    """
    cards = ((note, facet, folder) for note, folder in notes for facet in facets(note))
    for place, card in enumerate(card for card in cards if only in ("", card[1])):
        if place:
            output.say()
        for line in _card_lines(*card):
            output.say(line)


def _card_lines(note: AnyNote, facet: str, folder: str) -> Iterator[str]:
    """A card as it is asked and answered, with all that a learner is shown."""
    wide = output.width()
    shown = face(note, facet)
    yield from (f"--- {note.id}/{facet}", plain(shown.prompt, width=wide, folder=folder), "")
    yield from ("Answer", plain(shown.answer, width=wide, folder=folder), "")
    if isinstance(note, QuestionNote) and note.rubric:
        yield from ("Rubric", *(plain(f"- {point}", width=wide) for point in note.rubric), "")
    if isinstance(note, ChoiceNote):
        for option in note.options:
            mark = "right" if option.answer else "wrong"
            yield plain(f"{option.text} ({mark}): {option.why}", width=wide)
        yield ""
    if note.why:
        yield from ("Why", plain(note.why, width=wide, folder=folder), "")
    yield f"Source: {note.source}{f', {note.at}' if note.at else ''}"
