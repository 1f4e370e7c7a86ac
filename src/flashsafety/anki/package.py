"""The file that Anki imports: a zip with a collection in the format that every client reads.

Schema 11 as Anki 2.1 writes it and every later version takes. Nothing of Anki's own code is used.
"""

import json
import sqlite3
import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from flashsafety.anki.notetypes import CHANGED, NOTE_TYPES, STYLE, NoteType
from flashsafety.files import make_private_file, put_in_place

Row = tuple[object, ...]

_SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL,
  scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL,
  ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
  dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL,
  sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL,
  ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL,
  queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL,
  reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,
  odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
  ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL,
  time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
"""
_INDEXES = """
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note as Anki keeps it."""

    id: int
    guid: str
    type: NoteType
    mod: int
    """Unix seconds: Anki updates a note that it has when this is later than its own."""
    tags: Sequence[str]
    fields: Sequence[str]
    """HTML, as many as the note type has."""


class AnkiCard(NamedTuple):
    """A card as Anki keeps it, in the order of its columns; a new one unless said otherwise."""

    id: int
    note: int
    deck: int
    ord: int
    mod: int
    due: int
    """Position of a new card, day number of a review, Unix seconds of a learning step."""
    type: int = 0
    queue: int = 0
    ivl: int = 0
    factor: int = 0
    reps: int = 0
    lapses: int = 0
    left: int = 0
    flags: int = 0
    data: str = ""


@dataclass(frozen=True, slots=True)
class Preset:
    """Deck options that go with the cards."""

    id: int
    name: str
    weights: Sequence[float]
    desired_retention: float
    learning_minutes: Sequence[float]
    relearning_minutes: Sequence[float]
    maximum_interval: int
    """Days."""
    leech_lapses: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """How days are counted in the package."""

    crt: int
    """Unix seconds at which day 0 begins."""
    rollover: int
    """Hour of the day."""
    west: int
    """Minutes west of UTC at ``crt``."""


@dataclass(slots=True)
class Package:
    """What goes into the file."""

    now: int
    """Unix seconds."""
    calendar: Calendar
    decks: dict[int, str] = field(default_factory=dict)
    """Id to full name, parts joined by ``::``."""
    media: dict[str, str] = field(default_factory=dict)
    """What each picture is called in the notes, and its file."""
    preset: Preset | None = None
    notes: Iterable[AnkiNote] = ()
    """Read once, while they are written; ``decks`` and ``media`` may be filled meanwhile."""
    cards: list[AnkiCard] = field(default_factory=list)
    reviews: Iterable[Row] = ()
    """Rows of the review log in the columns of Anki's ``revlog``; read once, as the notes."""


def write_package(package: Package, path: str) -> int:
    """Write the file in one step.

    Returns:
        The number of rows of the review log.

    Raises:
        OSError: It cannot be written; what was at the path is still there.
    """
    with TemporaryDirectory(prefix="flashsafety-") as folder:
        collection = Path(folder) / "collection.anki2"
        reviews = _write_collection(package, collection)
        whole = Path(f"{path}.part")
        try:
            make_private_file(str(whole))
            with _new_zip(whole) as file:
                file.write(collection, "collection.anki2")
                # A picture is packed already.
                for number, picture in enumerate(package.media.values()):
                    file.write(picture, str(number), zipfile.ZIP_STORED)
                names = {str(number): name for number, name in enumerate(package.media)}
                file.writestr("media", json.dumps(names))
            put_in_place(str(whole), path)
        finally:
            whole.unlink(missing_ok=True)
    return reviews


def _new_zip(path: Path) -> zipfile.ZipFile:
    # A file from before 1980, as some packagers date all files, is taken as from then.
    packed = zipfile.ZIP_DEFLATED
    return zipfile.ZipFile(path, "w", packed, compresslevel=1, strict_timestamps=False)


def _write_collection(package: Package, path: Path) -> int:
    """Write the database; returns the number of rows of the review log."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,?,0,'')", map(_note_row, package.notes)
        )
        kinds = {row[0] for row in db.execute("SELECT DISTINCT mid FROM notes")}
        col = _col(package, kinds)
        db.execute("INSERT INTO col VALUES (1,?,?,?,11,0,0,0,?,?,?,?,'{}')", col)
        db.executemany(
            "INSERT INTO cards (id, nid, did, ord, mod, due, type, queue, ivl, factor, reps,"
            " lapses, left, flags, data, usn, odue, odid)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,-1,0,0)",
            package.cards,
        )
        reviews = _write_reviews(db, package.reviews)
        db.execute("COMMIT")
        # Made of whole tables: an index that grows with its table costs several times as much.
        db.executescript(_INDEXES)
    finally:
        db.close()
    return reviews


def _write_reviews(db: sqlite3.Connection, reviews: Iterable[Row]) -> int:
    """Put them in their order first: a table that is filled out of it is slow and half empty."""
    db.execute("CREATE TEMP TABLE unsorted (id, cid, ease, ivl, lastIvl, factor, time, type)")
    db.executemany("INSERT INTO unsorted VALUES (?,?,?,?,?,?,?,?)", reviews)
    return db.execute(
        "INSERT INTO revlog SELECT id, cid, -1, ease, ivl, lastIvl, factor, time, type"
        " FROM unsorted ORDER BY id"
    ).rowcount


def _note_row(note: AnkiNote) -> Row:
    first = note.fields[0]
    tags = f" {' '.join(note.tags)} " if note.tags else ""
    checksum = int(sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)
    return (note.id, note.guid, note.type.id, note.mod, tags, "\x1f".join(note.fields), first,
            checksum)  # fmt: skip


def _col(package: Package, kinds: Collection[int]) -> Row:
    all_kinds = {kind.id: kind for kind in NOTE_TYPES.values()}
    used = {number: kind for number, kind in all_kinds.items() if number in kinds} or all_kinds
    calendar = package.calendar
    conf = {
        "schedVer": 2, "sched2021": True, "rollover": calendar.rollover,
        "creationOffset": calendar.west, "curDeck": 1, "activeDecks": [1], "newSpread": 0,
        "collapseTime": 1200, "timeLim": 0, "estTimes": True, "dueCounts": True,
        "curModel": str(next(iter(used))), "nextPos": len(package.cards) + 1, "sortType": "noteFld",
        "sortBackwards": False, "addToCur": True, "dayLearnFirst": False,
    }  # fmt: skip
    preset = package.preset
    dconf = {"1": _preset(Preset(1, "Default", (), 0.9, (1, 10), (10,), 36500, 8))}
    if preset is not None:
        dconf[str(preset.id)] = _preset(preset)
    decks = {"1": _deck(1, "Default", 1)}
    for number, name in package.decks.items():
        decks[str(number)] = _deck(number, name, preset.id if preset else 1)
    models = {str(number): _model(kind) for number, kind in used.items()}
    return (
        calendar.crt, package.now * 1000, package.now * 1000, json.dumps(conf), json.dumps(models),
        json.dumps(decks), json.dumps(dconf),
    )  # fmt: skip


def _deck(number: int, name: str, preset: int) -> dict[str, object]:
    today = {key: [0, 0] for key in ("newToday", "revToday", "lrnToday", "timeToday")}
    return {
        "id": number, "name": name, "conf": preset, "mod": CHANGED, "usn": -1, "desc": "", "dyn": 0,
        "collapsed": False, "browserCollapsed": False, "extendNew": 0, "extendRev": 0, **today,
    }  # fmt: skip


def _preset(preset: Preset) -> dict[str, object]:
    return {
        "id": preset.id, "name": preset.name, "mod": CHANGED, "usn": -1, "maxTaken": 60,
        "autoplay": True, "timer": 0, "replayq": True, "dyn": False,
        "fsrsParams6": list(preset.weights), "desiredRetention": preset.desired_retention,
        "new": {
            "bury": True, "delays": list(preset.learning_minutes), "initialFactor": 2500,
            "ints": [1, 4, 0], "order": 1, "perDay": 20,
        },
        "rev": {
            "bury": True, "ease4": 1.3, "ivlFct": 1, "maxIvl": preset.maximum_interval,
            "perDay": 200, "hardFactor": 1.2,
        },
        "lapse": {
            "delays": list(preset.relearning_minutes), "leechAction": 0,
            "leechFails": preset.leech_lapses, "minInt": 1, "mult": 0,
        },
    }  # fmt: skip


def _model(kind: NoteType) -> dict[str, object]:
    return {
        "id": kind.id, "name": kind.name, "type": 1 if kind.cloze else 0, "mod": CHANGED, "usn": -1,
        "sortf": 0, "did": None, "css": STYLE, "latexPre": "", "latexPost": "", "latexsvg": False,
        "req": [[0, "any", [0]]], "tags": [], "vers": [],
        "flds": [
            {"name": name, "ord": place, "font": "Arial", "size": 20, "rtl": False, "sticky": False,
             "media": []}
            for place, name in enumerate(kind.fields)
        ],
        "tmpls": [
            {"name": template.name, "ord": place, "qfmt": template.front, "afmt": template.back,
             "bqfmt": "", "bafmt": "", "did": None}
            for place, template in enumerate(kind.templates)
        ],
    }  # fmt: skip
