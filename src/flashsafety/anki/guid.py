"""The identity of a note in Anki: made from its permanent id, and never from its text."""

from hashlib import sha256

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def guid(bank: str, note: str) -> str:
    """Sixteen letters and digits that stand for a note for ever.

    Letters and digits only, so that no file format takes one for a comment or for markup.

    Args:
        bank: Slug of the bank; empty for a bank without one.
        note: Id of the note.
    """
    number = int.from_bytes(sha256(f"flashsafety\0{bank}\0{note}".encode()).digest())
    text = ""
    while len(text) < 16:
        number, digit = divmod(number, 62)
        text += _DIGITS[digit]
    return text


def qid(bank: str, note: str) -> str:
    """What a learner and a program that sees no GUID know a note by: ``bank:note-id``.

    The bank is part of it, so that two banks in one collection may both have a note of that id.
    """
    return f"{bank}:{note}" if bank else note
