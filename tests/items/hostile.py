"""Files that something is wrong with, what is wrong, and whether the engines meet it."""

from collections.abc import Iterator
from pathlib import Path

from flashsafety.study.anonymous import HEADER

GOOD = "1,00000000000000{:02x},ml,card-a/recall,2,3,3,2,3,86400,5,review,,,"

BAD_LINES = {
    "cut": (GOOD.format(1)[:40], "cut short or too long: 7 columns, not 15"),
    "more": (GOOD.format(1) + ",x,y", "cut short or too long: 17 columns, not 15"),
    "quoted": (GOOD.format(1).replace("card-a", '"card-a'), 'card is ""card-a/recall"'),
    "formula": (GOOD.format(1).replace("card-a", "=1+1"), 'card is "=1+1/recall"'),
    "formula-learner": (
        GOOD.format(1).replace("0000000000000001", "@SUM(A1)"),
        'learner is "@SUM(A1)"',
    ),
    "command": (
        GOOD.format(1).replace(",ml,", ",=cmd|'/c calc'!A1,"),
        "bank is \"=cmd|'/c calc'!A1\"",
    ),
    "header": (HEADER, 'version is "version"'),
    "version": ("2" + GOOD.format(1)[1:], 'version is "2"'),
    "rating": (GOOD.format(1).replace(",3,3,2,", ",3,9,2,"), 'rating is "9"'),
    "phase": (GOOD.format(1).replace(",3,3,2,", ",3,3,7,"), 'phase is "7"'),
    "no-rating": (GOOD.format(1).replace(",3,3,2,", ",3,,2,"), 'rating is ""'),
    "word": (GOOD.format(1).replace("86400", "soon"), 'interval is "soon"'),
    "below": (GOOD.format(1).replace("86400", "-1"), 'interval is "-1"'),
    "beyond": (
        GOOD.format(1).replace("86400", "9" * 30),
        'interval is "999999999999999999999999…"',
    ),
    "origin": (GOOD.format(1).replace("review", "theirs"), 'origin is "theirs"'),
    "picked": (GOOD.format(1)[:-3] + ",words,,", 'picked is "words"'),
    "wrong": (GOOD.format(1)[:-3] + ",1,1 x,0123abcd", 'wrong is "1 x"'),
    "wording": (GOOD.format(1)[:-3] + ",1,1,<script>", 'wording is "<script>"'),
    "control": (GOOD.format(1).replace("card-a", "card\x1b[2J"), 'card is "card\x1b[2J/recall"'),
    "nul": (GOOD.format(1).replace("card-a", "card\0"), 'card is "card\0/recall"'),
    "comment": ("# nothing", "cut short or too long: 1 columns, not 15"),
    "long": ("x" * 10_000, "longer than 4096 bytes"),
    "long-cell": (GOOD.format(1).replace("card-a", "a" * 5000), "longer than 4096 bytes"),
    "commas": ("," * 3000, "cut short or too long: 3001 columns, not 15"),
}
"""Name to a line and what is said of it."""


def damaged_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """For each of the lines a file with it, between lines that are right, and what is said."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, (line, why)) in enumerate(BAD_LINES.items()):
        file = folder / f"{name} (1).csv"
        before, after = GOOD.format(2 * number + 16), GOOD.format(2 * number + 17)
        file.write_text("\n".join([HEADER, before, line, after, ""]), encoding="utf-8")
        yield file, why
