"""Sixteen colours, or none: every word stays apart from what is behind it."""

import pytest
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.segment import Segment

from tests.tui import stages as at
from tests.tui.stages import then
from tests.tui.walk import Walk, walked

assert walked  # the fixture

STAGES = {
    "home": at.home,
    "a choice": then(at.on_card("circle-symmetry"), "1", "enter"),
    "points": then(at.on_card("five-points"), "space", "a"),
    "an order": at.on_card("by-corners"),
    "a line": then(at.on_card("half-a-circle"), "x"),
    "flag": then(at.on_card("circle-area"), "f"),
    "help": then(at.home, "question_mark"),
    "cards": then(at.cards, "space", "down", "s", "slash", "x", "("),
    "figures": at.figures,
    "settings": then(at.setting("new_limit"), "enter", "x", "enter"),
    "exams": at.quizzes,
    "an exam that was left": then(at.exam_on("circle-symmetry"), "q", "x"),
    "modules": then(at.home, "m"),
    "score": at.score_on("circle-area"),
    "plans": at.plans_offered,
    "palette": then(at.home, "ctrl+p"),
}


WINDOWS = ("flag", "help", "palette")
DRAWN = " ▔▁▂▃▄▅▆▇█▊▎▕▏─│╭╮╰╯·░▒▓"


def hidden(segments: list[Segment]) -> list[str]:
    """Texts that have the colour of what is behind them in a terminal of sixteen colours."""
    found = []
    for text, style, _ in segments:
        if style is None or not text.strip():
            continue
        front, back = style.color or Color.default(), style.bgcolor or Color.default()
        if style.reverse:
            front, back = back, front
        one, other = (colour.downgrade(ColorSystem.STANDARD) for colour in (front, back))
        if one == other and not one.is_default and not set(text) <= set(DRAWN):
            found.append(text.strip())
    return found


def faint(segments: list[Segment]) -> list[str]:
    """Texts that can hardly be told from what is behind them; the contrast as WCAG reckons it."""
    found = []
    for text, style, _ in segments:
        if style is None or not text.strip() or set(text) <= set(DRAWN):
            continue
        if style.color is not None and style.bgcolor is not None:
            pair = (_luminance(one.get_truecolor()) for one in (style.color, style.bgcolor))
            dark, light = sorted(pair)
            if (light + 0.05) / (dark + 0.05) < 2:
                found.append(text.strip())
    return found


def _luminance(colour: ColorTriplet) -> float:
    parts = (part / 255 for part in colour)
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.slow
async def test_no_text_vanishes_under_any_theme(walked, running, tmp_path):
    wrong = set()
    async with running(walked, size=(100, 30)) as (app, pilot):
        walk = Walk(app, pilot, tmp_path)
        for name, stage in STAGES.items():
            await walk.home()
            await stage(walk)
            for theme in app.available_themes:
                app.theme = theme
                await walk.quiet()
                ansi, window = theme.startswith("ansi"), name in WINDOWS
                for line in app.screen._compositor.render_strips():
                    # What is below a window is dimmed on purpose, and an ansi theme hides it.
                    unseen = [] if window and ansi else hidden(list(line))
                    unseen += [] if window or ansi else faint(list(line))
                    wrong |= {(theme, name, text) for text in unseen}
    assert not wrong, "\n".join(map(str, sorted(wrong)))
