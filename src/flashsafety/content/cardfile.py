"""The text of one card file to notes, each by itself: a bad one never hides the good ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from pydantic import ValidationError

from flashsafety.content.faults import Faults, listed, quoted
from flashsafety.content.nearest import Names, suggest
from flashsafety.content.notes import NOTE_CLASSES, AnyNote, CardDefaults, Note
from flashsafety.content.positions import Document, parse
from flashsafety.content.salvage import Piece, salvage
from flashsafety.content.tree import Place, Tree, Value, below, find
from flashsafety.content.wrongs import Wrong, explain

_INHERITED = ("topics", "source", "tags", "level")


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that is sound in itself; what it refers to has not been looked up."""

    note: AnyNote
    module: str
    file: str
    line: int
    tree: "Tree"
    head: "Tree"
    """Of the top of its file."""
    inherited: frozenset[str]
    """Keys that the note has from there."""

    def place(self, key: str, index: int | None = None) -> Place:
        """Line and column of a value of the note, wherever it stands."""
        if key == "module" or key in self.inherited:
            return find(self.head, (key,) if index is None else (key, index))
        return find(self.tree, (key,) if index is None else (key, index))


@dataclass(slots=True)
class ReadFile:
    """What a card file holds."""

    drafts: list[Draft] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Ids of notes that are there but cannot be used as they stand."""
    unsound: list[int] = field(default_factory=list)
    """Their first lines, and those of notes whose ids are unknown."""
    lost: bool = False
    """True when there are notes whose ids are unknown."""
    defaults: "dict[str, Value]" = field(default_factory=dict)
    """What the top of the file gives to cards that leave it out."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The top of a file."""

    defaults: "dict[str, Value]"
    """Values for keys that a card leaves out, sound ones only."""
    bad: frozenset[str]
    """Keys that are there but unsound."""
    module: str | None
    tree: "Tree"


def read_cards(text: str, faults: Faults) -> ReadFile:
    """Read a card file.

    Args:
        text: Its text, as ``text.read_file`` gives it.
        faults: Receives everything that is wrong; those already in it make the card broken in
            whose lines they are.
    """
    result = ReadFile()
    # Split as the parser counts lines.
    faults.lines = text.split("\n")
    first = Faults(faults.file)
    document = parse(text, first)
    if document.fault is None:
        faults.problems += first.problems
        pieces = _pieces(document, len(faults.lines), faults)
    else:
        before = len(faults.problems)
        salvaged = salvage(text, document.fault, faults)
        if len(faults.problems) == before:
            faults.problems += first.problems
        document, pieces = (salvaged.head, salvaged.pieces) if salvaged else (document, None)
    if pieces is None:
        result.lost = True
        return result
    head = _head(document, faults)
    result.defaults = head.defaults
    for piece, blemished in _blemished(pieces, faults):
        sound = len(result.drafts)
        _read_card(piece, head, faults, result, blemished=blemished)
        if len(result.drafts) == sound:
            result.unsound.append(piece.first)
    return result


def _pieces(document: Document, lines: int, faults: Faults) -> tuple[Piece, ...] | None:
    """The items of ``cards:``; none when they cannot be found."""
    value, tree = document.value, document.tree
    if value is None or tree is None:
        faults.add((1, 1), "file-empty", "the file is empty", "write cards in it, or delete it")
        return None
    if not isinstance(value, dict):
        faults.add(
            tree[0],
            "wrong-type",
            "the file does not begin with keys",
            "begin it with module: and a slug of the syllabus, then cards:",
        )
        return None
    cards = value.get("cards")
    if not isinstance(cards, tuple) or not cards:
        place = find(tree, ("cards",), key=True)
        rule = "missing-key" if cards is None else "empty-value" if not cards else "wrong-type"
        what = 'the file has no "cards"' if cards is None else '"cards" must be a list of cards'
        mend = 'write cards: and below it each card after a dash: "- id: ..."'
        faults.add(place, rule, what, mend)
        return None
    trees = cast("list[Tree]", below(tree, "cards")[1])
    starts = [item[0][0] for item in trees]
    ends = [*starts[1:], lines + 1]
    return tuple(
        Piece(card, item, start, end - 1, None)
        for card, item, start, end in zip(cards, trees, starts, ends, strict=True)
    )


def _blemished(pieces: tuple[Piece, ...], faults: Faults) -> Iterator[tuple[Piece, bool]]:
    """Each card, and whether something was found in its lines before its keys were looked at."""
    lines = sorted(problem.line for problem in faults.problems)
    for piece in pieces:
        yield piece, any(piece.first <= line <= piece.last for line in lines)


def _head(document: Document, faults: Faults) -> _Head:
    value, tree = document.value, document.tree
    if not isinstance(value, dict) or tree is None:
        return _Head({}, frozenset(CardDefaults.model_fields), None, ((1, 1), None))
    top = {key: given for key, given in value.items() if key != "cards"}
    bad: set[str] = set()
    try:
        CardDefaults.model_validate(top)
    except ValidationError as error:
        bad = {str(detail["loc"][0]) for detail in error.errors(include_url=False) if detail["loc"]}
        explain(Wrong(CardDefaults, "a card file", top, tree), error, faults)
    defaults = {key: top[key] for key in _INHERITED if key in top and key not in bad}
    module = top.get("module")
    sound = isinstance(module, str) and "module" not in bad
    return _Head(defaults, frozenset(bad), cast("str", module) if sound else None, tree)


def _read_card(
    piece: Piece, head: _Head, faults: Faults, result: ReadFile, *, blemished: bool
) -> None:
    value, tree = piece.value, piece.tree
    id_ = value.get("id") if isinstance(value, dict) else piece.id
    if isinstance(id_, str) and id_:
        result.broken.add(id_)
    else:
        result.lost = True
    if value is None or tree is None:
        return
    if not isinstance(value, dict):
        faults.add(
            tree[0],
            "wrong-type",
            "a card must be keys with their values",
            'begin it with "- id: ..." and write each key on a line of its own',
        )
        return
    model = _model(value, tree, faults)
    if model is None:
        return
    inherited = {key: default for key, default in head.defaults.items() if key not in value}
    try:
        note = model.model_validate({**inherited, **value})
    except ValidationError as error:
        skip = {*inherited, *(key for key in head.bad if key not in value)}
        explain(Wrong(model, model.called, value, tree), error, faults, skip=skip)
        return
    if head.module is None or blemished:
        return
    result.broken.discard(note.id)
    result.drafts.append(
        Draft(
            cast("AnyNote", note),
            head.module,
            faults.file,
            tree[0][0],
            tree,
            head.tree,
            frozenset(inherited),
        )
    )


def _model(value: "dict[str, Value]", tree: "Tree", faults: Faults) -> type[Note] | None:
    """The model of a card, by its type."""
    kind = value.get("type")
    model = NOTE_CLASSES.get(kind) if isinstance(kind, str) else None
    if model is not None:
        return model
    types = f"types: {listed(NOTE_CLASSES)}"
    if isinstance(kind, str) and kind:
        mend = suggest(kind, NOTE_CLASSES, types)
        faults.add(find(tree, ("type",)), "type-unknown", f"unknown type {quoted(kind)}", mend)
        return None
    own = {
        name: len(value.keys() & (model.model_fields.keys() - Note.model_fields.keys()))
        for name, model in NOTE_CLASSES.items()
    }
    own_keys = {key for model in NOTE_CLASSES.values() for key in model.model_fields}
    likely = max(own, key=lambda name: own[name])
    mend = f"its keys look like type: {likely}" if own[likely] > 1 else types
    if kind is None:
        near = Names(key for key in value if key not in own_keys).nearest("type")
        if near:
            place = find(tree, (near,), key=True)
            faults.add(place, "unknown-key", f"unknown key {quoted(near)}", 'did you mean "type"?')
        else:
            faults.add(tree[0], "missing-key", 'a card has no "type"', f"add type: {mend}")
    else:
        faults.add(find(tree, ("type",), key=True), "type-unknown", "the type is empty", mend)
    return None
