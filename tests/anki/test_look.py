"""The templates and the style: what may never change, and what every reader can read."""

import re
from hashlib import sha256
from itertools import product

import pytest

from flashsafety.anki.notetypes import CHANGED, NOTE_TYPES, STYLE

TAIL = "Why Source Module Spare1 Spare2 QID"
FROZEN = {
    "concept": (1795392000001, f"Term Definition Also Forward Reverse {TAIL}", 2),
    "question": (1795392000002, f"Prompt Answer Rubric {TAIL}", 1),
    "choice": (1795392000003, f"Prompt Options Marked Right {TAIL}", 1),
    "cloze": (1795392000004, f"Text {TAIL}", 1),
    "numeric": (1795392000005, f"Prompt Answer Unit Tolerance {TAIL}", 1),
    "typed": (1795392000006, f"Prompt Answer Accept {TAIL}", 1),
    "ordering": (1795392000007, f"Prompt Shuffled Ordered {TAIL}", 1),
}
LOOK = (1795478400, "3870608dcc5d")
"""When the look last changed, and the beginning of its hash: both change together."""

LEAST = 4.5
"""WCAG 2.1, success criterion 1.4.3 at level AA: contrast of text to what it stands on."""
CANVASES = ("#000000", "#121212", "#303030")
"""What dark themes put behind a card, besides the desktop's, which the style names."""

TEMPLATES = [template for kind in NOTE_TYPES.values() for template in kind.templates]


def test_ids_and_fields_are_for_ever() -> None:
    """Anki takes a changed list of fields or templates for another note type."""
    now = {
        name: (kind.id, " ".join(kind.fields), len(kind.templates))
        for name, kind in NOTE_TYPES.items()
    }
    assert now == FROZEN


def test_a_new_look_has_a_new_date() -> None:
    """Anki applies templates and style only when they are newer than its own."""
    look = sha256((repr(TEMPLATES) + STYLE).encode()).hexdigest()[:12]
    assert (CHANGED, look) == LOOK, "set CHANGED to today, then LOOK"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_template_needs_no_file_and_no_script(template) -> None:
    for side in (template.front, template.back):
        assert not re.search(r"<script|src=|https?:|\bon\w+=", side)
        named = set(" ".join(re.findall(r'class="([^"]+)"', side)).split())
        unstyled = {name for name in named if not re.search(rf"\.{name}\b", STYLE)}
        assert not unstyled
    # The back begins as the front does: what is asked does not move when the answer comes.
    asked = template.back[: template.back.index('\n<hr id="answer">')]
    assert asked in template.front


def test_the_style_needs_no_file() -> None:
    assert not re.search(r"url\(|@import|@font-face|https?:", STYLE)


def variables(night: bool) -> dict[str, str]:
    """The colours of a mode by name, as ``#rrggbb``; those that a client may name by default."""
    first, second = re.findall(r"^\.(?:card|nightMode\.card, \.nightMode \.card) {(.*?)^}", STYLE,
                               re.DOTALL | re.MULTILINE)  # fmt: skip
    block = second if night else first
    return dict(re.findall(r"--(\w+): (?:var\(--canvas, )?(#[0-9a-f]{6})\)?;", block))


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, as WCAG 2.1 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs() -> set[tuple[str, str]]:
    """Names of text colours and of what lies behind them, from the rules of the style."""
    found: set[tuple[str, str]] = set()
    for _, body in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE):
        text = re.findall(r"(?<![-\w])color: var\(--(\w+)\)", body)
        behind = re.findall(r"background: var\(--(\w+)\)", body)
        # Where a rule names but one of the two, the other is the card's, or a box on the card.
        found.update(product(text or ["ink"], behind or ["paper", "tint"]))
    return found - {("ink", "rule")}  # a rule between text, with none on it


def test_the_measure_of_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("night", [False, True], ids=["light", "dark"])
def test_every_colour_can_be_read(night: bool) -> None:
    colours = variables(night)
    papers = (colours["paper"], *CANVASES) if night else (colours["paper"],)
    measured = {
        (text, behind, ground): contrast(colours[text], ground)
        for text, behind in pairs()
        for ground in (papers if behind == "paper" else (colours[behind],))
    }
    assert len(pairs()) > 15
    assert {pair: value for pair, value in measured.items() if value < LEAST} == {}


def test_both_modes_name_every_colour_and_the_rules_name_nothing_else() -> None:
    assert variables(night=False).keys() == variables(night=True).keys()
    rules = re.sub(r"--\w+:[^;]*;", "", STYLE)
    used = set(re.findall(r"var\(--(\w+)", rules))
    assert used == variables(night=False).keys()
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", rules)
