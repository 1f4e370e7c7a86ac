"""What reads bytes from elsewhere: functions that may refuse them and never fail on them."""

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from shutil import rmtree
from threading import Thread
from typing import Any
from zlib import crc32

from PIL.Image import Image

from flashsafety.anki.connect import AnkiConnect
from flashsafety.anki.export import export_deck
from flashsafety.anki.html import cloze_html, html
from flashsafety.anki.importing import import_package
from flashsafety.anki.inert import inert, is_only_maths
from flashsafety.anki.notes import fields
from flashsafety.anki.pulling import pull
from flashsafety.cli.answers import Answers
from flashsafety.clock import FixedClock
from flashsafety.content.cards import card_keys, face, facets
from flashsafety.content.faults import Faults
from flashsafety.content.image import SIDE_LIMIT, flaw
from flashsafety.content.layout import formatted
from flashsafety.content.lint.report import render
from flashsafety.content.lint.run import lint
from flashsafety.content.load import load_bank
from flashsafety.content.newcard import inserted, opening, skeleton, types
from flashsafety.content.plain import plain, plain_line
from flashsafety.content.positions import parse
from flashsafety.content.visible import visible
from flashsafety.errors import FlashsafetyError
from flashsafety.items.engines import opened
from flashsafety.items.report import item_analysis
from flashsafety.settings.change import set_setting
from flashsafety.settings.load import load_settings
from flashsafety.stats.report import statistics
from flashsafety.study import device_files
from flashsafety.study.answer import act_on_card
from flashsafety.study.backup import backup, restore
from flashsafety.study.browse import card_infos
from flashsafety.study.devices import exchange
from flashsafety.study.doctor import doctor
from flashsafety.study.everything import lines
from flashsafety.study.find import find
from flashsafety.study.grading import grade
from flashsafety.study.handed_in import handed_in
from flashsafety.study.import_reviews import import_reviews
from flashsafety.study.library import Library
from flashsafety.study.plans import pause_until
from flashsafety.study.rebuild import rebuild
from flashsafety.study.salvage import salvage
from flashsafety.study.session import StudySession
from flashsafety.study.start_file import read_start
from flashsafety.study.today import EVERYTHING, start_all
from flashsafety.terms import Rating, StudyDay
from flashsafety.tui.pictures import drawn
from tests.anki.formulas import formulas
from tests.banks import tiny_bank
from tests.fuzz.sqlite import crafted
from tests.images import SIGNATURE, part
from tests.libraries import SETTINGS, open_library, paths_in
from tests.loopback import PORTS

Target = Callable[[bytes], None]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TAGS = {
    "a", "anki-mathjax", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "span", "strong", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
"""What a card may become in HTML."""
ATTRIBUTES = {"class", "href", "start", "style"}
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn a line round."""


class _Tags(HTMLParser):
    """Refuses what a card may not become."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            if name == "href":
                assert re.match("https?://|mailto:", value or "", re.IGNORECASE), value
            if name == "style":
                assert re.fullmatch(r"text-align:\s?(left|right|center)", value or ""), value


def _refuse_markup(field: str) -> None:
    """Fail where a field for Anki holds more than a card may become."""
    _Tags().feed(field)
    assert not re.search(r"(?i)\[(sound:|anki:|latex\]|\$\$?\])", field), field
    assert all(map(is_only_maths, formulas(field))), field


def cards(folder: Path) -> Target:
    """A card file: whatever it is, the other cards load, and what loads can be shown."""
    bank = tiny_bank(folder / "bank")
    path = bank / "01-shapes/more.yaml"
    sound = {placed.note.id for placed in load_bank([str(bank)]).bank.notes}

    def read(data: bytes) -> None:
        path.write_bytes(data)
        loaded = load_bank([str(bank)])
        notes = loaded.bank.notes
        assert sound <= {placed.note.id for placed in notes}
        for form in ("text", "github"):
            told = visible(render(loaded.problems, form))
            assert not STEERING.search(told.replace("\n", "")), told
        for placed in notes:
            if placed.file.endswith("more.yaml"):
                for facet in facets(placed.note):
                    shown = face(placed.note, facet)
                    for text in (shown.prompt, shown.answer):
                        assert not STEERING.search(plain(text, width=60).replace("\n", ""))
                assert len(card_keys(placed.note)) > 0
                for field in fields(placed.note, None, "1. Shapes", placed.note.id, {}):
                    _refuse_markup(field)
                for given in ((0,), (1, 0), "-1e400", data[-60:].decode("utf-8", "replace")):
                    grade(placed.note, given)
        lint([str(bank)])
        with suppress(ValueError):
            laid = formatted(data.decode("utf-8", "surrogateescape"))
            assert formatted(laid) == laid

    return read


def shared_files(folder: Path) -> Target:
    """The syllabus, the bibliography and the list of retired ids."""
    bank = tiny_bank(folder / "bank")
    names = ("syllabus.yaml", "sources.yaml", "retired.yaml")
    kept = {name: (bank / name).read_bytes() if (bank / name).exists() else b"" for name in names}

    def read(data: bytes) -> None:
        for name in names:
            (bank / name).write_bytes(data)
            with suppress(FlashsafetyError):
                load_bank([str(bank)])
            (bank / name).write_bytes(kept[name])

    return read


def rendering(folder: Path) -> Target:
    """A card's text on the terminal and in HTML."""

    def read(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for shown in (plain(text, width=40), plain(text), plain_line(text)):
            assert not STEERING.search(shown.replace("\n", "")), repr(shown)
        for written in (html(text), cloze_html(text)):
            _refuse_markup(inert(written))

    return read


def _library(folder: Path) -> Library:
    library = open_library(folder, tiny_bank(folder / "bank"), FixedClock(NOON), new_limit=30)
    library.take_in_changes()
    start_all(library)
    return library


def search(folder: Path) -> Target:
    """The search language."""
    library = _library(folder)

    def read(data: bytes) -> None:
        with suppress(FlashsafetyError):
            find(library, data.decode("utf-8", "replace"))

    return read


def review_log(folder: Path) -> Target:
    """A log of ratings as CSV; what it brings agrees with the log."""
    library = _library(folder)
    path = folder / "log.csv"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(FlashsafetyError):
            if import_reviews(library, str(path), dry_run=True).added:
                _tried(library, lambda: import_reviews(library, str(path)))

    return read


def anonymous_log(folder: Path) -> Target:
    """A log that was handed in: whoever reads it finds the same learners."""
    path = folder / "log.csv"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        plainly = handed_in([str(path)])
        with opened("duckdb", {}) as engine:
            report = item_analysis(engine, [str(path)])
        if not plainly.faults:
            assert sum(report.learners.values()) == len(plainly.logs)

    return read


def start_file(folder: Path) -> Target:
    """Parameters to start with."""
    path = folder / "start.json"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(FlashsafetyError):
            assert len(read_start(str(path)).weights) == 21

    return read


def _tried(library: Library, work: Callable[[], object]) -> None:
    """Do it, look whether state and log agree, and forget it."""
    library.clock.advance(minutes=1)  # type: ignore[attr-defined]
    with suppress(FlashsafetyError):
        work()
    assert rebuild(library, verify=True).differing == ()
    for path in Path(library.paths.database).parent.glob("backups/*.db"):
        path.unlink()
    _forget(library)


def _forget(library: Library) -> None:
    """Take the log away."""
    library.db.execute("PRAGMA foreign_keys = OFF")
    for table in ("review", "action"):
        library.db.execute(f"DELETE FROM {table}")
    rebuild(library)
    library.db.execute("PRAGMA foreign_keys = ON")


def anki_package(folder: Path) -> Target:
    """A file that says it is a deck, and its parts, each in a file that is whole."""
    library = _library(folder)
    path = folder / "deck.apkg"

    def read(data: bytes) -> None:
        for name in (None, "collection.anki2", "collection.anki21", "collection.anki21b", "meta"):
            if name is None:
                path.write_bytes(data)
            else:
                with zipfile.ZipFile(path, "w") as package:
                    package.writestr(name, data)
                    if name == "meta":
                        package.writestr("collection.anki2", b"SQLite format 3\0")
            with suppress(FlashsafetyError):
                import_package(library, str(path), dry_run=True)

    return read


def anki_rows(folder: Path) -> Target:
    """Statements, one a line, that somebody ran on the collection of a deck."""
    library = _library(folder)
    session = StudySession(library)
    for rating in (Rating.GOOD, Rating.EASY, Rating.AGAIN):
        session.answer(rating, 1000)
        library.clock.advance(minutes=1)  # type: ignore[attr-defined]
    path = folder / "deck.apkg"
    export_deck(library, str(path), EVERYTHING, with_scheduling=True)
    with zipfile.ZipFile(path) as package:
        whole = package.read("collection.anki2")
    _forget(library)

    def read(data: bytes) -> None:
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("collection.anki2", crafted(whole, data))
        with suppress(FlashsafetyError):
            if import_package(library, str(path), dry_run=True).ratings:
                _tried(library, lambda: import_package(library, str(path)))

    return read


def anki_answers(folder: Path) -> Target:
    """What a program answers that says it is a running Anki: one line for each question."""
    library = _library(folder)
    lines: list[bytes] = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(lines.pop(0) if lines else b'{"result": [], "error": null}')

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    PORTS.add(server.server_port)
    Thread(target=server.serve_forever, daemon=True).start()

    def read(data: bytes) -> None:
        lines[:] = data.split(b"\n")
        _tried(library, lambda: pull(library, AnkiConnect(server.server_port)))

    return read


def device_records(folder: Path) -> Target:
    """A file of another device: as it is, and with its sums made right."""
    library = _library(folder)
    shared = folder / "shared"
    path = shared / "other/000001.jsonl"
    path.parent.mkdir(parents=True)
    exchange(library, str(shared))
    number = count()

    def read(data: bytes) -> None:
        for content in (data, _summed(data)):
            path.unlink(missing_ok=True)
            fresh = path.with_name(f"{next(number):06}.jsonl")
            fresh.write_bytes(content)
            with suppress(FlashsafetyError):
                exchange(library)
            assert rebuild(library, verify=True).differing == ()
            fresh.unlink()

    return read


def _summed(data: bytes) -> bytes:
    """Lines of JSON as lines of a device's file."""
    lines = io.BytesIO(device_files.header_of("other"))
    lines.seek(0, io.SEEK_END)
    for line in data.splitlines():
        body = line.partition(b" ")[2] if line[8:9] == b" " else line
        lines.write(b"%08x %s\n" % (crc32(body), body))
    return lines.getvalue()


def damaged_database(folder: Path) -> Target:
    """The pages of a database and its log; what they yield is a library whose states agree."""
    bank = tiny_bank(folder / "bank")
    damaged, number = folder / "damaged.db", count()

    def read(data: bytes) -> None:
        main, _, log = data.partition(b"--wal--")
        damaged.write_bytes(main)
        damaged.with_name("damaged.db-wal").write_bytes(log)
        target = folder / f"saved-{next(number)}.db"

        def opens(path: str) -> Library:
            paths = paths_in(folder)._replace(database=path)
            return Library.open(
                paths, SETTINGS, [str(bank)], clock=FixedClock(NOON), device_name="desk"
            )

        with suppress(FlashsafetyError):
            salvage(str(damaged), str(target), opens)
            with opens(str(target)) as library:
                assert rebuild(library, verify=True).differing == ()
        for path in folder.glob("saved-*"):
            path.unlink()

    return read


def others_copy(folder: Path) -> Target:
    """Statements, one a line, that somebody ran on a copy: what is taken can be worked with."""
    bank = tiny_bank(folder / "bank")
    copy = folder / "copy.db"
    with _library(folder / "theirs") as theirs:
        session = StudySession(theirs)
        for rating in (Rating.GOOD, Rating.EASY, Rating.AGAIN):
            session.answer(rating, 1000)
            theirs.clock.advance(minutes=1)  # type: ignore[attr-defined]
        act_on_card(theirs, theirs.db.execute("SELECT max(id) FROM card").fetchone()[0], "suspend")
        pause_until(theirs, StudyDay(theirs.clock.now().day + 3))
        exchange(theirs, str(bank))
        whole = Path(backup(theirs, str(copy)).path).read_bytes()
    number = count()

    def read(data: bytes) -> None:
        clock = FixedClock(NOON + timedelta(days=2))
        home = folder / f"home-{next(number)}"
        copy.write_bytes(crafted(whole, data))
        try:
            restore(paths_in(home), clock, str(copy))
        except FlashsafetyError as error:
            assert error.mend
            return
        finally:
            copy.unlink()
        with suppress(FlashsafetyError), open_library(home, bank, clock) as library:
            doctor(library)
            library.take_in_changes()
            card_infos(library, find(library, ""))
            statistics(library)
            sum(map(len, lines(library)))
            export_deck(library, str(home / "deck.apkg"), EVERYTHING, with_scheduling=True)
            session = StudySession(library)
            if session.current is not None:
                session.answer(Rating.GOOD, 1000)
        rmtree(home)

    return read


def new_card(folder: Path) -> Target:
    """The answers of ``new``: text, place, id; what is taken reads back as it was given."""
    bank = tiny_bank(folder / "bank")
    loaded = load_bank([str(bank)])
    sound = {placed.note.id for placed in loaded.bank.notes}
    file = bank / "01-shapes/shapes.yaml"
    kept = file.read_text(encoding="utf-8")
    given = {"module": "shapes", "topic": "squares", "source": "euclid-elements"}

    def read(data: bytes) -> None:
        said = [part.decode("utf-8", "surrogateescape") for part in data.split(b"\n--\n")]
        text, at, id_ = (*said, "", "", "")[:3]
        for kind in types():
            try:
                answers = Answers(
                    loaded,
                    {**given, "kind": kind, "text": text, "at": at or None, "id_": id_ or None},
                )
            except FlashsafetyError as error:
                assert error.mend
                continue
            assert answers.id not in sound and re.fullmatch("[a-z0-9-]{3,60}", answers.id)
            card = skeleton(
                kind, answers.id, answers.text, topic="squares", source="euclid-elements",
                at=answers.at,
            )  # fmt: skip
            whole, _ = inserted(kept, card.lines, None)
            value: Any = parse(whole, faults := Faults("shapes.yaml")).value
            assert not faults.problems, faults.problems
            new = value["cards"][-1]
            assert new["id"] == answers.id
            written = new[opening(kind)].rstrip("\n").split("\n")
            # Blanks at the end of a line are left out, which fmt would do too.
            assert written == [line.rstrip(" ") for line in answers.text.split("\n")]
            assert new.get("at") == answers.at
            assert inserted(whole, card.lines, None)[0].startswith(kept.rstrip("\n"))

    return read


def settings_file(folder: Path) -> Target:
    """The settings file: read, and changed without harm to the rest of it."""
    paths = paths_in(folder)
    path = Path(paths.config)

    def read(data: bytes) -> None:
        path.write_bytes(data)
        with suppress(FlashsafetyError):
            load_settings(paths, {})
        try:
            set_setting(paths, "new_limit", "7")
        except FlashsafetyError:
            assert path.read_bytes() == data
        else:
            assert b"7" in path.read_bytes()

    return read


def picture(folder: Path) -> Target:
    """A picture: as it is, and with the sums of its parts made right; what is sound is drawn."""
    from textual.widget import Widget

    files = [folder / "a.png", folder / "a.jpg"]

    def draw(image: Image, classes: str) -> Widget:
        assert max(image.size) <= SIDE_LIMIT
        return Widget(classes=classes)

    def read(data: bytes) -> None:
        for content in (data, _with_right_sums(data)):
            for file in files:
                found = flaw(content, str(file))
                file.write_bytes(content)
                assert drawn(draw, str(file)) is None or found is None

    return read


def _with_right_sums(data: bytes) -> bytes:
    """A PNG's bytes with a right sum after each part, as far as they have parts."""
    found, at = SIGNATURE, len(SIGNATURE)
    while at + 12 <= len(data):
        end = at + 8 + min(int.from_bytes(data[at : at + 4]), len(data) - at - 12)
        found += part(data[at + 4 : at + 8], data[at + 8 : end])
        at = end + 4
    return found


TARGETS: dict[str, Callable[[Path], Target]] = {
    "anki-answers": anki_answers,
    "anki-package": anki_package,
    "anki-rows": anki_rows,
    "anonymous-log": anonymous_log,
    "cards": cards,
    "damaged-database": damaged_database,
    "device-records": device_records,
    "new-card": new_card,
    "others-copy": others_copy,
    "picture": picture,
    "rendering": rendering,
    "review-log": review_log,
    "search": search,
    "settings-file": settings_file,
    "shared-files": shared_files,
    "start-file": start_file,
}
"""By the names of their folders in the corpus."""
