"""YAML to plain values, with the line and column of every key and value.

The parser's events are read one at a time, so that nesting, size, anchors and aliases are checked
before anything grows from them, and no recursion follows the file's. Every scalar stays text: it is
the models that say what a key holds, so nothing of YAML 1.1's ``yes``, ``010`` or ``1:30`` applies.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from flashsafety.content.comments import lost_tail
from flashsafety.content.faults import Faults, quoted
from flashsafety.content.tree import Below, Place, Tree, Value

DEPTH_LIMIT = 20
"""Lists and mappings within each other; a card file as it should be has 5."""
NODE_LIMIT = 400_000
"""Keys, values, lists and mappings of one file: what a file of the greatest size comes to."""

_TOO_DEEP = (
    "too-deep",
    f"more than {DEPTH_LIMIT} lists and mappings within each other",
    "text with many brackets belongs in a | block",
)

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A letter after the backslash is what maths looks like: "\alpha" rings the bell.
_ESCAPE = re.compile(r'\\[^"\\\n]')

_NO_KEY = "\0"


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """Where the parser gave up."""

    place: Place
    problem: str
    """In the parser's words."""
    context: str = ""
    """What the parser was about."""
    context_place: Place | None = None
    final: bool = False
    """True when it has been reported already: there is no advice to add."""


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML text as read."""

    value: "Value | None"
    """None when the text is empty or could not be read to its end."""
    tree: "Tree | None"
    fault: SyntaxFault | None


def parse(text: str, faults: Faults, shift: int = 0) -> Document:
    """Read one YAML document; what it may not hold is reported and left out.

    Args:
        text: Lines that end in a newline each, without control characters.
        faults: Receives anchors, aliases, tags, duplicate keys and the like, with their places.
        shift: Lines above the text in its file.
    """
    walker = _Walker(text, faults, shift)
    try:
        walker.walk()
    except yaml.MarkedYAMLError as error:
        fault = _syntax_fault(error, shift)
        if "maximum nesting depth" in fault.problem:  # libyaml reads ahead past the limit below
            faults.add(fault.place, *_TOO_DEEP)
            fault = SyntaxFault(fault.place, "", final=True)
        return Document(None, None, fault)
    except yaml.YAMLError as error:
        return Document(None, None, SyntaxFault((shift + 1, 1), str(error)))
    except _GivenUpError as error:
        return Document(None, None, SyntaxFault(error.place, "", final=True))
    return Document(walker.value, walker.tree, None)


def _syntax_fault(error: yaml.MarkedYAMLError, shift: int) -> SyntaxFault:
    mark, about = error.problem_mark, error.context_mark
    context_place = (about.line + 1 + shift, about.column + 1) if about else None
    place = (mark.line + 1 + shift, mark.column + 1) if mark else context_place
    return SyntaxFault(
        place or (shift + 1, 1), error.problem or "", error.context or "", context_place
    )


class _GivenUpError(Exception):
    """The rest of a text is not looked at; the reason has been reported."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = ("is_key", "items", "key", "key_place", "keys", "place", "spots", "trees")

    def __init__(self, place: Place, *, mapping: bool, is_key: bool) -> None:
        self.place = place
        self.is_key = is_key
        """It stands where a key should."""
        self.keys: dict[str, Value] | None = {} if mapping else None
        self.spots: dict[str, tuple[Place, Tree]] = {}
        self.items: list[Value] = []
        self.trees: list[Tree] = []
        self.key: str | None = None
        self.key_place = place


class _Walker:
    """Builds values and places from events, with its own stack."""

    def __init__(self, text: str, faults: Faults, shift: int) -> None:
        self._text = text
        self._faults = faults
        self._first_line = shift + 1
        self._commented = " #" in text
        self._stack: list[_Frame] = []
        self.value: Value | None = None
        self.tree: Tree | None = None

    def walk(self) -> None:
        """Read all events."""
        next_event: Callable[[], Event] = _Loader(self._text).get_event
        for _ in range(NODE_LIMIT):
            event = next_event()
            if isinstance(event, ScalarEvent):  # most are
                if event.anchor is not None or event.tag is not None or event.style == '"':
                    self._check(event)
                if self._commented and not event.style:
                    self._look_behind(event)
                self._put(event.value, self._place(event), None)
            elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                self._open(event)
            elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                self._close()
            elif isinstance(event, AliasEvent):
                self._refuse(event, "alias", f"*{event.anchor}")
                self._put("", self._place(event), None)
            elif isinstance(event, DocumentStartEvent):
                self._start(event)
            elif isinstance(event, StreamEndEvent):
                return
        self._give_up(event, "too-large", f"more than {NODE_LIMIT} values", "split the file")

    def _open(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._check(event)
        if len(self._stack) >= DEPTH_LIMIT:
            self._give_up(event, *_TOO_DEEP)
        top = self._stack[-1] if self._stack else None
        is_key = top is not None and top.keys is not None and top.key is None
        mapping = isinstance(event, MappingStartEvent)
        self._stack.append(_Frame(self._place(event), mapping=mapping, is_key=is_key))

    def _close(self) -> None:
        frame = self._stack.pop()
        if frame.is_key:
            self._faults.add(
                frame.place,
                "yaml-key",
                "a list or mapping where a key should be",
                "text may not begin with [, { or ?: put it in a | block",
            )
            # Nothing is stored under this key: its value is read and dropped.
            self._stack[-1].key, self._stack[-1].key_place = _NO_KEY, frame.place
        elif frame.keys is not None:
            self._put(frame.keys, frame.place, frame.spots)
        else:
            self._put(tuple(frame.items), frame.place, frame.trees)

    def _put(self, value: Value, place: Place, below: Below) -> None:
        """Store a value that is complete, or take it as the key of the next."""
        if not self._stack:
            self.value, self.tree = value, (place, below)
            return
        frame = self._stack[-1]
        if frame.keys is None:
            frame.items.append(value)
            frame.trees.append((place, below))
            return
        key = frame.key
        if key is None:
            assert isinstance(value, str)
            frame.key, frame.key_place = value, place
            return
        frame.key = None
        if key in frame.keys:
            first = frame.spots[key][0][0]
            message = f"{quoted(key)} is here twice, first at line {first}"
            self._faults.add(frame.key_place, "duplicate-key", message, "keep one of the two")
        elif key != _NO_KEY:
            frame.keys[key] = value
            frame.spots[key] = (frame.key_place, (place, below))

    def _start(self, event: DocumentStartEvent) -> None:
        if self.tree is not None:
            self._give_up(
                event,
                "yaml-syntax",
                "a second document begins here",
                "take out the line ---: a file is one document",
            )
        if event.version or event.tags:
            self._faults.add(
                self._place(event),
                "yaml-tag",
                "a line of instructions to the parser",
                "take out the line that begins with %",
            )

    def _check(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        """Report an anchor, a tag or an escape on a value."""
        if event.anchor is not None:
            self._refuse(event, "anchor", f"&{event.anchor}")
        if event.tag is not None:
            self._refuse(event, "tag", event.tag)
        if isinstance(event, ScalarEvent) and event.style == '"':
            start, end = event.start_mark, event.end_mark
            assert start is not None and end is not None
            escape = _ESCAPE.search(self._text, start.index, end.index)
            if escape:
                self._faults.add(
                    self._place(event),
                    "yaml-escape",
                    f"{escape[0]} in double quotes stands for another character",
                    "put the text in a | block, where a backslash is a backslash",
                )

    def _look_behind(self, event: ScalarEvent) -> None:
        """Report what a text without quotes lost to a comment behind it."""
        holder = self._stack[-1] if self._stack else None
        if holder is not None and holder.keys is None:
            holder = self._stack[-2] if len(self._stack) > 1 else None
        if holder is None or holder.key is None:
            return
        end = event.end_mark
        assert end is not None
        lost = lost_tail(self._text, end.index, holder.key, event.value)
        if lost is not None:
            at, message, mend = lost
            place = (end.line + self._first_line, end.column + 1 + at - end.index)
            self._faults.add(place, "comment-in-text", message, mend)

    def _refuse(self, event: Event, what: str, text: str) -> None:
        article = "a" if what == "tag" else "an"
        self._faults.add(
            self._place(event),
            f"yaml-{what}",
            f"{quoted(text, 40)} is {article} {what} of YAML, which card files do without",
            "write the value out; text that begins with &, * or ! goes in a | block",
        )

    def _give_up(self, event: Event, rule: str, message: str, mend: str) -> None:
        place = self._place(event)
        self._faults.add(place, rule, message, mend)
        raise _GivenUpError(place)

    def _place(self, event: Event) -> Place:
        mark = event.start_mark
        assert mark is not None  # events of a parser have marks; only hand-made ones lack them
        return mark.line + self._first_line, mark.column + 1
