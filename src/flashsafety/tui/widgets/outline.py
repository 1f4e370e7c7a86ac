"""The syllabus as a tree: a line for everything, for each section and each module, with figures."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.content.visible import one_line
from flashsafety.store.modules import ModuleLine
from flashsafety.study import home_words, words
from flashsafety.study.standing import Section, standing

Figure = TypeVar("Figure")

COLUMNS = ("due", "new", "learned", "mature", "recall", "mastery")

EVERYTHING, SECTION, MODULE = 0, 1, 2
"""How deep a node lies."""

_POINTER, _OPEN, _FOLDED = ">", "▾", "▸"
_ROOMY = 70
"""Cells from which on the columns stand further apart."""
_WIDE = 84
"""Cells from which on recall has a column beside mastery, which says more."""
_FOLD_AT = 2
"""The cell of the mark that folds a section."""


class Node(NamedTuple):
    """What a line stands for."""

    depth: int
    slug: str
    title: str
    modules: tuple[ModuleLine, ...]
    """Those that it stands for, in the order of the syllabus."""
    figures: tuple[str, ...]
    """One for each column."""

    @property
    def is_open(self) -> bool:
        """Whether any of its modules is open."""
        return any(line.started for line in self.modules)


UNREAD = Node(EVERYTHING, "", "Everything", (), ())
"""What the cursor stands on before anything is read."""


class Outline(Static):
    """Drawn whole, as one text: a syllabus has some dozens of lines."""

    class Moved(Message):
        """The cursor stands elsewhere."""

    class Chosen(Message):
        """A line was clicked, and the cursor stands on it."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(id="outline", markup=False)
        self._tree: tuple[Node, ...] = ()
        self._folded: set[str] = set()
        self._at = (EVERYTHING, "")
        self._widest = [len(name) for name in COLUMNS]

    def fill(self, sections: Sequence[Section]) -> None:
        """Show these; the cursor stays where it was. At first what is not open yet is folded."""
        first_time = not self._tree
        self._tree = tuple(_tree(sections))
        if first_time:
            closed = (node for node in self._tree if node.depth == SECTION and not node.is_open)
            self._folded = {node.slug for node in closed}
        columns = zip(COLUMNS, *(node.figures for node in self._tree), strict=True)
        self._widest = [max(map(len, column)) for column in columns]
        self._draw()

    @property
    def current(self) -> Node:
        """Where the cursor stands; on everything, when what it stood on has gone."""
        shown = list(self._shown())
        return next((node for node in shown if node[:2] == self._at), shown[0] if shown else UNREAD)

    def header(self) -> Content:
        """The names of the columns."""
        if not self._tree:
            return Content("")
        named = "".join(map(str.rjust, self._columns(COLUMNS), self._widths()))
        return Content.styled(named.rjust(self.content_size.width), "$foreground-muted")

    # ---- keys and mouse --------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """Take the cursor up or down, as far as there are lines."""
        shown = list(self._shown())
        if shown:
            place = shown.index(self.current) + by
            self._stand_on(shown[max(0, min(place, len(shown) - 1))])

    def fold(self, *, folded: bool) -> None:
        """Fold or unfold the section; folding on a module goes to its section first."""
        node = self.current
        if node.depth == MODULE and folded:
            section = node.modules[0].section
            self._stand_on(next(node for node in self._shown() if node[:2] == (SECTION, section)))
        elif node.depth == SECTION:
            self._folded = (self._folded - {node.slug}) | ({node.slug} if folded else set())
            self._draw()

    def on_click(self, event: events.Click) -> None:
        """A click on the mark of a section folds it; one elsewhere chooses the line."""
        offset = event.get_content_offset(self)
        shown = list(self._shown())
        if offset is None or offset.y >= len(shown):
            return
        node = shown[offset.y]
        self._stand_on(node)
        if node.depth == SECTION and offset.x <= _FOLD_AT + 1:
            self.fold(folded=node.slug not in self._folded)
        else:
            self.post_message(self.Chosen())

    def keep_in_sight(self) -> None:
        """Scroll to the cursor."""
        places = [node[:2] for node in self._shown()]
        if self._at in places and isinstance(self.parent, Widget):
            line = Region(0, places.index(self._at), 1, 1)
            self.parent.scroll_to_region(line, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """The columns follow the width."""
        self._draw()

    def _stand_on(self, node: Node) -> None:
        self._at = node[:2]
        self._draw()
        self.keep_in_sight()
        self.post_message(self.Moved())

    # ---- what it shows ---------------------------------------------------------------------------

    def _widths(self) -> list[int]:
        """Cells of each column, the gap before it included."""
        gap = 2 if self.content_size.width >= _ROOMY else 1
        return [gap + width for width in self._columns(self._widest)]

    def _columns(self, of_each: Sequence[Figure]) -> list[Figure]:
        """What belongs to the columns for which there is room."""
        wide = self.content_size.width >= _WIDE
        named = zip(COLUMNS, of_each, strict=True)
        return [one for name, one in named if wide or name != "recall"]

    def _shown(self) -> Iterator[Node]:
        """The lines: what is not folded away."""
        return (
            node
            for node in self._tree
            if node.depth < MODULE or node.modules[0].section not in self._folded
        )

    def _draw(self) -> None:
        at, widths = self.current[:2], self._widths()
        lines = (self._line(node, widths, node[:2] == at) for node in self._shown())
        self.update(Content("\n").join(lines))

    def _line(self, node: Node, widths: Sequence[int], stood_on: bool) -> Content:
        figures = [
            (figure.rjust(width), "$foreground-muted" if figure in ("0", "-", "0%") else "")
            for figure, width in zip(self._columns(node.figures), widths, strict=True)
        ]
        remark = home_words.remark(node.modules[0]) if node.depth == MODULE else ""
        remark = f"  {remark}" if remark else ""
        pointer = _POINTER if stood_on else " "
        left = f"{pointer} {self._mark(node)}{one_line(node.title)}"
        room = self.content_size.width - sum(widths)
        left = _fit(left, room - cell_len(remark))
        style = "" if node.is_open else "$foreground-muted"
        if node.depth < MODULE:
            style = f"bold {style}".strip()
        line = Content.assemble(
            (left, style),
            (remark, "$foreground-muted"),
            " " * max(0, room - cell_len(left) - cell_len(remark)),
            *figures,
        )
        if stood_on:
            line = line.stylize("$block-cursor-foreground on $block-cursor-background")
        return line

    def _mark(self, node: Node) -> str:
        if node.depth == SECTION:
            return f"{_FOLDED if node.slug in self._folded else _OPEN} "
        return f"{node.modules[0].number:>5}  " if node.depth == MODULE else ""


def _tree(sections: Sequence[Section]) -> Iterator[Node]:
    """Everything first, then each section with its modules; nothing where there is no card."""
    everything = tuple(line for section in sections for line in section.modules)
    if everything:
        yield UNREAD._replace(modules=everything, figures=_figures(everything))
    for slug, title, modules in sections:
        yield Node(SECTION, slug, title, modules, _figures(modules))
        for line in modules:
            yield Node(MODULE, line.slug, line.title, (line,), _figures((line,)))


def _figures(modules: Sequence[ModuleLine]) -> tuple[str, ...]:
    stand = standing(modules)
    counts = (stand.due, stand.new, stand.learned, stand.mature)
    shares = (words.percent(share) for share in (stand.recall, stand.mastery))
    return (*(f"{count:,}" for count in counts), *shares)


def _fit(text: str, room: int) -> str:
    """A text in so many cells, cut where it has more; as Textual measures what it paints."""
    return text if cell_len(text) <= room else f"{set_cell_size(text, room - 1)}…"
