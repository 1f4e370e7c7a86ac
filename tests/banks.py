"""Small banks for tests: a syllabus of two modules, two sources, and cards of every type."""

from pathlib import Path

SYLLABUS = """\
title: A tiny course
url: https://example.org/
sections:
  - slug: basics
    title: Basics
    modules:
      - number: 1
        slug: shapes
        title: Shapes
        topics:
          - slug: circles
            title: Circles
          - slug: squares
            title: Squares
        readings:
          - source: euclid-elements
            required: true
  - slug: more
    title: More
    modules:
      - number: 2
        slug: numbers
        title: Numbers
        optional: true
        lecture: https://example.org/numbers
        prerequisites: [shapes]
        topics:
          - slug: primes
            title: Primes
"""

SOURCES = """\
euclid-elements:
  title: Elements
  authors: Euclid
  url: https://example.org/elements
hardy-1940-apology:
  title: "A Mathematician's Apology"
  authors: G. H. Hardy
  year: 1940
"""

CONCEPT = """\
id: circle
type: concept
at: "book 1, definition 15"
term: circle
definition: |
  All points of a plane at one distance from a point.
also: [round]
why: |
  The distance is the radius.
"""

QUESTION = """\
id: circle-area
type: question
tags: [area]
prerequisites: [circle]
exam: true
prompt: |
  How does the area of a circle grow with its radius?
answer: |
  With its square: $A = \\pi r^2$.
rubric:
  - says with the square
  - gives the formula
"""

CHOICE = """\
id: circle-symmetry
type: choice
prompt: |
  Which rotation leaves a circle as it was?
options:
  - text: Any rotation about its centre
    answer: true
    why: |
      Each point moves to another of the same distance.
  - text: Only a half turn
    why: |
      That is true of a parallelogram.
  - text: Only a quarter turn
    why: |
      That is true of a square.
"""

CLOZE = """\
id: square-facts
type: cloze
topics: [squares]
text: |
  A square has {{c1::four::how many}} equal sides and {{c2::right}} angles.
"""

NUMERIC = """\
id: square-area
type: numeric
topics: [squares]
prompt: |
  What is the area of a square with sides of 1.5 m?
answer: 2.25
tolerance: 1%
unit: m²
"""

TYPED = """\
id: half-a-circle
type: typed
level: further
prompt: |
  What is half of a circle called?
answer: semicircle
accept: [half circle, half-circle]
"""

ORDERING = """\
id: by-corners
type: ordering
topics: [squares]
prompt: |
  Order these by their number of corners, fewest first.
items:
  - circle
  - triangle
  - square
partial: true
"""

ALL_TYPES = (CONCEPT, QUESTION, CHOICE, CLOZE, NUMERIC, TYPED, ORDERING)


def write_cards(
    bank: Path,
    path: str,
    *cards: str,
    module: str = "shapes",
    topics: str = "circles",
    source: str = "euclid-elements",
) -> Path:
    """Write a card file into a bank.

    Args:
        bank: The bank's folder.
        path: The file within it, as ``01-shapes/circles.yaml``.
        cards: Each card's keys as YAML, not indented.
        module: Module of the file.
        topics: Topics of every card that names none, separated by commas.
        source: Source of every card that names none.
    """
    lines = [f"module: {module}", f"topics: [{topics}]", f"source: {source}", "", "cards:"]
    for card in cards:
        for number, line in enumerate(card.rstrip("\n").split("\n")):
            lines.append((("  - " if number == 0 else "    ") + line).rstrip())
        lines.append("")
    file = bank / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def tiny_bank(path: Path) -> Path:
    """Write a bank of two modules, two sources and one card of each type; returns its folder."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
    (path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (path / "retired.yaml").write_text("", encoding="utf-8")
    write_cards(path, "01-shapes/shapes.yaml", *ALL_TYPES)
    return path


def question(id_: str, *, prompt: str = "", answer: str = "", extra: str = "") -> str:
    """A question card with a given id, to make many of."""
    return (
        f"id: {id_}\ntype: question\n{extra}"
        f"prompt: |\n  {prompt or f'What is asked by {id_}?'}\n"
        f"answer: |\n  {answer or f'The answer of {id_}.'}\n"
    )
