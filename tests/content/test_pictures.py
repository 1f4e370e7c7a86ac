"""Pictures in cards: how they are written, which files they may be, and what else is refused."""

import os
from pathlib import Path

import pytest

from flashsafety.content.cards import fingerprint, meaning_changed
from flashsafety.content.image import SIDE_LIMIT, SIZE_LIMIT, Flaw, flaw, read_image
from flashsafety.content.lint.run import lint
from flashsafety.content.load import load_bank
from flashsafety.content.markdown import parse
from flashsafety.content.notes import QuestionNote
from flashsafety.content.pictures import Picture, cut, picture_file, picture_hashes, pictures
from flashsafety.content.plain import plain, plain_line
from flashsafety.content.searched import searched_text
from tests.banks import question, tiny_bank, write_cards
from tests.images import SIGNATURE, header, jpeg, png, put, shows

FILE = "01-shapes/seen.yaml"
PICTURE = "01-shapes/images/circle.png"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """The tiny bank with a picture, and a card that shows it."""
    bank = tiny_bank(tmp_path / "bank")
    put(bank, PICTURE)
    write_cards(bank, FILE, shows())
    return bank


def problems(bank: Path, *cards: str) -> list[tuple[str, str, str]]:
    """Rule, message and mend of what is wrong with these cards in place of the one."""
    write_cards(bank, FILE, *cards)
    return [(p.rule, p.message, p.mend) for p in lint([str(bank)]) if p.level == "error"]


def rule_of(bank: Path, card: str) -> str:
    """The one rule that a card breaks; empty when it breaks none."""
    found = problems(bank, card)
    assert len(found) < 2, found
    return found[0][0] if found else ""


# ---- how they are written ------------------------------------------------------------------------


def test_a_picture_is_a_line_of_its_own() -> None:
    text = "Look:\n![A *red* disc of $\\alpha$](images/a.png)\nand\n\n![Two](b.jpg)\n"
    assert pictures(text) == (
        Picture("A red disc of \N{GREEK SMALL LETTER ALPHA}", "images/a.png"),
        Picture("Two", "b.jpg"),
    )
    assert cut(text) == (
        "Look:",
        "![A *red* disc of $\\alpha$](images/a.png)\nand\n",
        "![Two](b.jpg)\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Amid ![a](b.png) text",
        "- ![in a list](b.png)",
        "> ![in a quotation](b.png)",
        "`![in code](b.png)`",
        "```\n![in a block of code](b.png)\n```",
        "    ![indented as code](b.png)",
        "$$\n![in maths](b.png)\n$$",
        "![with a title](b.png 'title')",
        "![with [brackets]](b.png)",
        "[![in a link](b.png)](https://example.org)",
        "| a |\n| --- |\n| ![in a table](b.png) |",
    ],
)
def test_anything_else_is_no_picture(text: str) -> None:
    assert pictures(text) == ()
    assert cut(text) == (text,)
    assert all(token.type != "picture" for token in parse(text))


def test_a_text_for_lines_says_what_a_picture_shows() -> None:
    text = "Look:\n\n![A red disc](images/a.png)"
    assert plain(text) == "Look:\n\n[picture: A red disc]"
    assert plain_line(text) == "Look: [picture: A red disc]"
    assert plain(text, folder="/bank") == "Look:\n\npicture: A red disc (/bank/images/a.png)"
    long = plain(text, width=30, folder="/a/very/long/folder/of/a/bank")
    assert long.endswith("picture: A red disc\n(/a/very/long/folder/of/a/bank/images/a.png)")


def test_a_search_finds_what_a_picture_shows_and_not_its_file() -> None:
    text = searched_text(note("Look:\n\n![A red disc](images/a.png)"))
    assert "a red disc" in text
    assert "images" not in text


def note(prompt: str, answer: str = "A disc.") -> QuestionNote:
    return QuestionNote(
        id="seen-shape", type="question", topics=("circles",), source="x", prompt=prompt,
        answer=answer,
    )  # fmt: skip


def test_another_picture_is_another_fingerprint_and_another_name_is_none() -> None:
    one, other = note("![A disc](a.png)"), note("![A disc](b.png)")
    assert fingerprint(one, {"a.png": "1"}) == fingerprint(other, {"b.png": "1"})
    assert fingerprint(one, {"a.png": "1"}) != fingerprint(one, {"a.png": "2"})
    assert fingerprint(one, {}) == fingerprint(one)


def test_a_picture_by_another_name_is_no_other_meaning() -> None:
    one = note("Which?", "![A disc](a.png)")
    assert not meaning_changed(one, note("Which?", "![A disc](images/quite-another-name.png)"))


# ---- which files they may be -----------------------------------------------------------------


def test_a_sound_picture_is_no_problem(bank: Path) -> None:
    assert lint([str(bank)]) == ()
    put(bank, "01-shapes/photo.jpeg", jpeg())
    assert problems(bank, shows(), shows("photo.jpeg").replace("seen-shape", "seen-photo")) == []


def test_the_place_is_that_of_the_text(bank: Path) -> None:
    (bank / PICTURE).unlink()
    (problem,) = load_bank([str(bank)]).problems
    line = (bank / problem.file).read_text().split("\n")[problem.line - 1]
    assert (problem.file, problem.rule) == (FILE, "picture-missing")
    assert line.strip().startswith("prompt:")


def test_a_missing_picture_names_the_nearest_and_the_card_is_there_all_the_same(bank: Path) -> None:
    ((rule, message, mend),) = problems(bank, shows("images/cirle.png"))
    assert (rule, message) == ("picture-missing", 'there is no picture "images/cirle.png"')
    assert mend == 'did you mean "images/circle.png"?'
    assert "seen-shape" in [placed.note.id for placed in load_bank([str(bank)]).bank.notes]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("../secret.png", "leads out"),
        ("images/../../secret.png", "leads out"),
        ("/etc/secret.png", "leads out"),
        ("~/secret.png", "leads out"),
        ("C:\\secret.png", "leads out"),
        ("\\\\host\\secret.png", "leads out"),
        ("https://example.org/a.png", "never fetched"),
        ("//example.org/a.png", "never fetched"),
        ("file:///etc/secret.png", "never fetched"),
        ("data:image/png;base64,AAAA", "never fetched"),
        ("drawing.svg", "SVG"),
        ("moving.gif", "no PNG or JPEG"),
        ("modern.webp", "no PNG or JPEG"),
        ("nothing", "no PNG or JPEG"),
        ("Circle.PNG", "will not do as a name"),
        (".hidden.png", "will not do as a name"),
        ("a%2e%2e%2fb.png", "will not do as a name"),
    ],
)
def test_a_path_that_no_picture_may_have_is_refused(bank: Path, path: str, says: str) -> None:
    put(bank, "secret.png")
    (bank / "01-shapes" / "drawing.svg").write_text("<svg/>")
    ((rule, message, _),) = problems(bank, shows(path))
    assert rule == "picture-path"
    assert says in message
    assert picture_file([str(bank)], FILE, path) is None


def test_a_link_that_leads_out_of_the_bank_is_refused_and_one_inside_is_not(bank: Path) -> None:
    outside = put(bank.parent, "outside.png")
    (bank / "01-shapes" / "out.png").symlink_to(outside)
    (bank / "01-shapes" / "in.png").symlink_to(bank / PICTURE)
    (bank / "01-shapes" / "folder").symlink_to(bank.parent)
    for path in ("out.png", "folder/outside.png"):
        found = problems(bank, shows(path))
        assert ("picture-path", f'"{path}" is no plain file within the bank') in [
            (rule, message) for rule, message, _ in found
        ]
        assert picture_file([str(bank)], FILE, path) is None
    (bank / "01-shapes" / "out.png").unlink()
    assert rule_of(bank, shows("in.png")) == ""
    assert picture_file([str(bank)], FILE, "in.png")


def test_a_pipe_is_not_waited_for(bank: Path) -> None:
    os.mkfifo(bank / "01-shapes" / "pipe.png")
    assert ("picture-path", '"pipe.png" is no plain file within the bank') in [
        (rule, message) for rule, message, _ in problems(bank, shows("pipe.png"))
    ]
    assert picture_file([str(bank)], FILE, "pipe.png") is None
    assert isinstance(read_image(str(bank / "01-shapes" / "pipe.png")), Flaw)


def test_a_second_folder_has_pictures_of_its_own(bank: Path, tmp_path: Path) -> None:
    own = tmp_path / "own-cards"
    put(own, "images/mine.png")
    write_cards(own, "mine.yaml", shows("images/mine.png").replace("seen-shape", "my-shape"))
    write_cards(bank, "top.yaml", shows("own/images/mine.png").replace("seen-shape", "across"))
    roots = [str(bank), str(own)]
    assert [(p.file, p.rule) for p in load_bank(roots).problems] == [("top.yaml", "picture-path")]
    assert picture_file(roots, "own/mine.yaml", "images/mine.png") == str(own / "images/mine.png")
    assert picture_file(roots, "top.yaml", "own/images/mine.png") is None


def test_a_picture_that_no_card_shows_is_a_warning(bank: Path) -> None:
    put(bank, "01-shapes/images/idle.png")
    (problem,) = lint([str(bank)])
    assert (problem.file, problem.rule, problem.level) == (
        "01-shapes/images/idle.png", "picture-unused", "warning",
    )  # fmt: skip
    assert load_bank([str(bank)]).problems == ()  # nothing to tell a learner
    write_cards(bank, "01-shapes/broken.yaml", "id: broken-card\ntype: question\n")
    assert "picture-unused" not in [problem.rule for problem in lint([str(bank)])]


@pytest.mark.parametrize(
    "card",
    [
        question("abc-def", prompt="Amid ![a red disc](images/circle.png) text?"),
        question("abc-def", prompt="A list?\n\n  - ![a red disc](images/circle.png)"),
        question("abc-def", prompt="A blank?\n\n  ![a red disc](images/my circle.png)"),
        question("abc-def", prompt="Brackets?\n\n  ![a [red] disc](images/circle.png)"),
        question("abc-def", extra="rubric: ['![a red disc](images/circle.png)', b]\n"),
        "id: abc-def\ntype: concept\nterm: '![a red disc](images/circle.png)'\n"
        "definition: |\n  Round.\n",
        "id: abc-def\ntype: cloze\ntext: |\n  A {{c1::b\n\n  ![a red disc](images/circle.png)\n\n"
        "  c}} d\n",
        "id: abc-def\ntype: cloze\ntext: |\n  A {{c1::b}}\n\n"
        "  ![a {{c2::red}} disc](images/circle.png)\n",
    ],
)
def test_a_picture_in_the_wrong_place_is_refused(bank: Path, card: str) -> None:
    assert rule_of(bank, card) == "picture-place"


def test_what_only_looks_like_a_picture_is_left_alone(bank: Path) -> None:
    card = question("abc-def", prompt="What does `![a](b.png)` mean in Markdown!?")
    assert rule_of(bank, card) == ""


def test_a_card_has_four_pictures_at_most(bank: Path) -> None:
    for number in range(5):
        put(bank, f"01-shapes/p{number}.png")
    lines = [f"  ![A red disc, the same again](p{number}.png)\n" for number in range(5)]
    four = question("abc-def") + "why: |\n" + "".join(lines[:4])
    assert rule_of(bank, four) == ""
    assert rule_of(bank, four + lines[4]) == "picture-many"


def test_a_picture_without_words_is_refused(bank: Path) -> None:
    assert rule_of(bank, shows(words="")) == "picture-wordless"


# ---- their bytes ---------------------------------------------------------------------------------

WHOLE = png()

BAD = {
    "nothing": (b"", "a.png", "no picture"),
    "text": (b"hello", "a.png", "no picture"),
    "a script": (b"<svg onload='x'/>", "a.png", "an SVG"),
    "a GIF": (b"GIF89a", "a.png", "a GIF"),
    "a PNG named as a JPEG": (WHOLE, "a.jpg", "a PNG by another name"),
    "cut short": (WHOLE[:-20], "a.png", "its end is missing"),
    "cut in its header": (WHOLE[:20], "a.png", "its end is missing"),
    "without its end": (WHOLE[:-12], "a.png", "its end is missing"),
    "changed": (WHOLE.replace(b"IDAT\x78", b"IDAT\x79"), "a.png", "changed"),
    "only a signature": (SIGNATURE, "a.png", "its end is missing"),
    "a bomb": (header(60_000, 60_000) + WHOLE[33:], "a.png", "60,000 x 60,000"),
    "four billion wide": (header(2**32 - 1, 1) + WHOLE[33:], "a.png", "4,294,967,295 x 1"),
    "no pixels": (header(0, 20) + WHOLE[33:], "a.png", "no pixels"),
    "a part with a length that lies": (SIGNATURE + b"\xff\xff\xff\xffIHDR", "a.png", "end"),
    "too large": (WHOLE + b"\0" * SIZE_LIMIT, "a.png", "512 KiB"),
    "half a JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "a.jpg", "its end is missing"),
    "a JPEG of nothing": (b"\xff\xd8\xff" * 1000, "a.jpg", ""),
    "a JPEG whose parts have no length": (b"\xff\xd8" + b"\xff\xe0\0\0" * 9, "a.jpg", ""),
}


@pytest.mark.parametrize(("data", "name", "says"), BAD.values(), ids=BAD.keys())
def test_bytes_that_are_no_sound_picture_are_refused(data: bytes, name: str, says: str) -> None:
    found = flaw(data, name)
    assert found is not None
    assert says in found.what
    assert found.mend


def test_a_jpeg_is_measured_too() -> None:
    sound = jpeg(300, 200)
    assert flaw(sound, "a.jpg") is None
    assert flaw(sound, "a.jpeg") is None
    assert flaw(sound[: len(sound) // 2], "a.jpg") is not None
    huge = sound.replace((200).to_bytes(2) + (300).to_bytes(2), b"\xff\xff\xff\xff")
    found = flaw(huge, "a.jpg")
    assert found is not None and "65,535 x 65,535" in found.what


def test_a_picture_at_the_limit_is_taken() -> None:
    assert flaw(png(SIDE_LIMIT, 2), "a.png") is None
    assert flaw(png(SIDE_LIMIT + 1, 2), "a.png") is not None


def test_a_flaw_is_told_with_the_picture_and_its_mend(bank: Path) -> None:
    put(bank, "01-shapes/false.jpg")
    (bank / PICTURE).write_bytes(png()[:-9])
    found = problems(bank, shows("false.jpg"), shows().replace("seen-shape", "seen-two"))
    assert found == [
        (
            "picture-file",
            'the picture "false.jpg" is a PNG by another name',
            'rename it to "false.png"',
        ),
        (
            "picture-file",
            'the picture "images/circle.png" is damaged: its end is missing',
            "save it anew from the program that made it",
        ),
    ]


def test_a_picture_that_cannot_be_used_has_no_hash(bank: Path) -> None:
    (placed,) = [p for p in load_bank([str(bank)]).bank.notes if p.note.id == "seen-shape"]
    one = picture_hashes([str(bank)], FILE, placed.note)
    assert len(one["images/circle.png"]) == 32
    (bank / PICTURE).write_bytes(png(colour=(1, 2, 3)))
    assert picture_hashes([str(bank)], FILE, placed.note) != one
    (bank / PICTURE).write_bytes(b"no picture")
    assert picture_hashes([str(bank)], FILE, placed.note) == {"images/circle.png": ""}
