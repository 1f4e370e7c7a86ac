"""A running Anki, asked through the add-on AnkiConnect on this computer. Nothing is changed there.

Source: the add-on's README, version 6 of its protocol: one JSON object out, one back with
``result`` and ``error``.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import islice

from flashsafety.anki.theirs import Rated, TheirCard, TheirNote
from flashsafety.errors import UnusableDataError

HOST, PORT = "127.0.0.1", 8765
"""The add-on's own; it is never looked for on another computer."""
_VERSION = 6
_BATCH = 200
"""Cards asked about at once: the add-on renders each of them, and Anki stands still meanwhile."""
_LARGEST = 64 << 20
"""Bytes of an answer."""
_PATIENCE = 60.0
"""Seconds for an answer."""
_LOG = ("id", "ease", "ivl", "factor", "time", "type")


@dataclass(frozen=True, slots=True)
class AnkiConnect:
    """Where and how to ask."""

    port: int = PORT
    key: str | None = None
    """The add-on's ``apiKey``, for one that wants it."""

    def cards(self) -> Iterator[tuple[TheirNote, TheirCard]]:
        """The cards of every note with a QID, each with its note and its log.

        Raises:
            UnusableDataError: No Anki answers, or not as AnkiConnect does.
        """
        numbers = iter(_list(self._ask("findCards", query='"QID:_*"')))
        while batch := list(islice(numbers, _BATCH)):
            logs = _mapping(self._ask("getReviewsOfCards", cards=batch))
            for card in _list(self._ask("cardsInfo", cards=batch)):
                yield _card(_mapping(card), logs)

    def _ask(self, action: str, **params: object) -> object:
        question: dict[str, object] = {"action": action, "version": _VERSION, "params": params}
        if self.key:
            question["key"] = self.key
        connection = HTTPConnection(HOST, self.port, timeout=_PATIENCE)
        try:
            connection.request("POST", "/", json.dumps(question).encode())
            answer = connection.getresponse()
            text = answer.read(_LARGEST + 1)
        except (OSError, HTTPException) as fault:
            raise UnusableDataError(
                f"no Anki answers on this computer: {fault}",
                where=f"{HOST}:{self.port}",
                mend="start Anki with the add-on AnkiConnect (2055492159), and close its dialogs",
            ) from None
        finally:
            connection.close()
        if answer.status != 200 or len(text) > _LARGEST:
            raise _odd(f"status {answer.status}, {len(text)} bytes")
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            raise _odd("no JSON") from None
        error, result = _mapping(said).get("error"), _mapping(said).get("result")
        if error is not None:
            raise UnusableDataError(
                f"Anki refuses {action}: {str(error)[:200]}",
                where=f"{HOST}:{self.port}",
                mend="look at the add-on's settings; --key gives the apiKey it may want",
            )
        return result


def _card(card: Mapping[str, object], logs: Mapping[str, object]) -> tuple[TheirNote, TheirCard]:
    fields = _mapping(card.get("fields"))
    qid = _mapping(fields.get("QID")).get("value")
    note, ord_, mod = _number(card, "note"), _number(card, "ord"), _number(card, "mod")
    rows = [_mapping(row) for row in _list(logs.get(str(_number(card, "cardId")), []))]
    log = sorted(Rated(*(_number(row, name) for name in _LOG)) for row in rows)
    suspended = _number(card, "queue") == -1
    known_by = TheirNote(note, "", qid if isinstance(qid, str) else "")
    # The day of the due date and the memory are not told.
    return known_by, TheirCard(note, ord_, mod, suspended, None, None, None, tuple(log))


def _number(values: Mapping[str, object], name: str) -> int:
    value = values.get(name)
    if type(value) is not int:
        raise _odd(f"{name} is no number")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise _odd("no list where one should be")
    return value


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _odd("no object where one should be")
    return value


def _odd(what: str) -> UnusableDataError:
    return UnusableDataError(
        f"the answer is not AnkiConnect's: {what}",
        where=f"{HOST}",
        mend="name the add-on's port with --port, and update the add-on",
    )
