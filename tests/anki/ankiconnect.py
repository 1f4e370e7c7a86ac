"""A small server of AnkiConnect's protocol, version 6, that answers from a real collection."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from anki.cards import CardId
from anki.collection import Collection

from tests.loopback import PORTS

_LOG = ["id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type"]


class _Actions:
    """Those of the add-on that only read, with its names and the shapes that it gives."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def version(self) -> int:
        return 6

    def findCards(self, query: str) -> list[int]:  # noqa: N802, the protocol's name
        return list(self._collection.find_cards(query))

    def cardsInfo(self, cards: list[int]) -> list[dict[str, Any]]:  # noqa: N802
        return [self._card(number) for number in cards]

    def getReviewsOfCards(self, cards: list[int]) -> dict[int, Any]:  # noqa: N802
        assert self._collection.db is not None
        sql = f"SELECT {', '.join(_LOG)} FROM revlog WHERE cid = ?"
        rows = {card: self._collection.db.all(sql, card) for card in cards}
        return {
            card: [dict(zip(_LOG, row, strict=True)) for row in found]
            for card, found in rows.items()
        }

    def _card(self, number: int) -> dict[str, Any]:
        card = self._collection.get_card(CardId(number))
        kind, note = card.note_type(), card.note()
        fields = {
            field["name"]: {"value": note.fields[field["ord"]], "order": field["ord"]}
            for field in kind["flds"]
        }
        return {
            "cardId": card.id, "fields": fields, "fieldOrder": card.ord,
            "question": card.question(), "answer": card.answer(),
            "modelName": kind["name"], "ord": card.ord,
            "deckName": self._collection.decks.name(card.did), "css": kind["css"],
            "factor": card.factor, "interval": card.ivl, "note": card.nid, "type": card.type,
            "queue": card.queue, "due": card.due, "reps": card.reps, "lapses": card.lapses,
            "left": card.left, "mod": card.mod,
        }  # fmt: skip


@contextmanager
def serving(answer: Callable[[dict[str, Any]], bytes]) -> Iterator[int]:
    """The port of a server on this computer that answers what is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = answer(asked)
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    port = server.server_address[1]
    PORTS.add(port)
    try:
        yield port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        PORTS.discard(port)


def from_collection(
    collection: Collection, key: str | None = None
) -> Callable[[dict[str, Any]], bytes]:
    """Answers as the add-on gives them."""
    actions = _Actions(collection)

    def answer(asked: dict[str, Any]) -> bytes:
        result, error = None, None
        if key is not None and asked.get("key") != key:
            error = "valid api key must be provided"
        elif not hasattr(actions, asked["action"]):
            error = "unsupported action"
        else:
            result = getattr(actions, asked["action"])(**asked.get("params", {}))
        return json.dumps({"result": result, "error": error}).encode()

    return answer
