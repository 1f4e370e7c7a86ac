"""Pictures on the screen: drawn where they can be, said in words everywhere, opened with o."""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image, UnidentifiedImageError
from textual_image.widget import HalfcellImage

from flashsafety.clock import FixedClock
from flashsafety.study.library import Library
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.pictures import drawing, pixels
from flashsafety.tui.screens.open import OpenScreen
from flashsafety.tui.widgets.card import CardView
from tests.banks import CONCEPT, TYPED, question, tiny_bank, write_cards
from tests.images import header, jpeg, part, png, put, shows
from tests.libraries import SETTINGS, open_library
from tests.tui.conftest import settled, study_screen, text_of

SAID = "[picture: A red disc on white ground]  (o opens it)"
PICTURE = "01-shapes/images/circle.png"
TWO = shows() + "why: |\n  ![The same disc from the side](side.png)\n"


@pytest.fixture
def pictured(tmp_path: Path, clock: FixedClock):
    """Make a library over a bank with two pictures and these cards."""
    opened: list[Library] = []

    def make(*cards: str, picture: bytes | None = None) -> Library:
        bank = tiny_bank(tmp_path / "bank")
        put(bank, PICTURE, picture)
        put(bank, "01-shapes/side.png")
        write_cards(bank, "01-shapes/shapes.yaml", *cards)
        opened.append(open_library(tmp_path, bank, clock, SETTINGS))
        return opened[-1]

    yield make
    for library in opened:
        library.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was given to the opener of links."""
    found: list[str] = []
    monkeypatch.setattr(FlashsafetyApp, "open_url", lambda _, url: found.append(url))
    return found


class Run:
    """The app with a picture's card in front."""

    def __init__(self, library: Library, size: tuple[int, int] = (80, 24), *, draws: bool = True):
        self.app = FlashsafetyApp(library, drawing=HalfcellImage if draws else None)
        self.running = self.app.run_test(size=size, notifications=True)

    async def __aenter__(self):
        self.pilot = await self.running.__aenter__()
        await settled(self.pilot)
        await self.press("enter")
        return self

    async def __aexit__(self, *reason) -> None:
        await self.running.__aexit__(*reason)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    @property
    def drawn(self) -> list[HalfcellImage]:
        return list(self.app.screen.query(HalfcellImage))

    @property
    def text(self) -> str:
        return text_of(self.app)


async def test_a_picture_is_drawn_above_its_words(pictured) -> None:
    async with Run(pictured(shows())) as run:
        (picture,) = run.drawn
        lines = run.text.split("\n")
        blocks = [n for n, line in enumerate(lines) if "▀" in line]
        assert len(blocks) == picture.region.height >= 4
        assert lines[blocks[-1] + 1].strip() == SAID
        assert "Which shape is drawn here?" in "\n".join(lines[: blocks[0]])


async def test_without_what_draws_a_picture_is_said_in_words(pictured) -> None:
    async with Run(pictured(shows()), draws=False) as run:
        assert run.drawn == []
        assert SAID in run.text


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
@pytest.mark.parametrize("shape", [(40, 20), (400, 20), (20, 400), (1, 1), (2000, 2000)])
async def test_a_picture_fits_the_column_and_leaves_half_of_the_card(
    pictured, size: tuple[int, int], shape: tuple[int, int]
) -> None:
    async with Run(pictured(shows(), picture=png(*shape)), size) as run:
        (picture,) = run.drawn
        card = run.app.screen.query_one(CardView)
        assert 1 <= picture.region.width <= card.content_size.width
        assert 1 <= picture.region.height <= card.content_size.height // 2
        if shape == (2000, 2000):  # a cell is taken to be twice as high as wide
            assert abs(picture.region.width - 2 * picture.region.height) <= 1


async def test_a_picture_follows_the_window(pictured) -> None:
    async with Run(pictured(shows())) as run:
        before = run.drawn[0].region
        await run.pilot.resize_terminal(120, 40)
        await run.pilot.pause()
        assert run.drawn[0].region.height > before.height


async def test_the_answer_does_not_move_a_picture_and_the_next_card_has_none(pictured) -> None:
    async with Run(pictured(TWO, question("next-card"))) as run:
        (first,) = run.drawn
        place = first.region
        await run.press("space")
        assert len(run.drawn) == 2
        assert run.drawn[0].region == place
        await run.press("pagedown")
        assert "[picture: The same disc from the side]" in run.text
        await run.press("3")
        assert study_screen(run.app).session.current.key == "next-card/recall"  # type: ignore[union-attr]
        assert run.drawn == []
        await run.press("u")
        assert len(run.drawn) == 1


async def test_a_picture_that_comes_again_is_drawn_once(pictured) -> None:
    text = "A {{c1::disc}}.\n\n  ![A red disc](images/circle.png)"
    cloze = f"id: gap\ntype: cloze\ntext: |\n  {text}\n"
    async with Run(pictured(cloze)) as run:
        await run.press("space")
        assert len(run.drawn) == 1
        assert run.text.count("[picture: A red disc]") == 2


async def test_of_very_many_pictures_four_are_drawn(pictured, tmp_path: Path) -> None:
    lines = [f"  ![Disc number {n}](p{n}.png)\n" for n in range(90)]
    card = question("many-seen") + "why: |\n" + "".join(lines)
    library = pictured(card)
    for number in range(90):
        put(tmp_path / "bank", f"01-shapes/p{number}.png")
    async with Run(library) as run:
        await run.press("space")
        assert len(run.drawn) == 4
        await run.press("3")


async def test_a_card_may_begin_with_its_picture_and_go_on_after_it(pictured) -> None:
    card = question(
        "first-seen", prompt="![A red disc on white](images/circle.png)\n  What is that?"
    )
    async with Run(pictured(card)) as run:
        lines = run.text.split("\n")
        order = [next(n for n, line in enumerate(lines) if part in line)
                 for part in ("▀", "[picture: A red disc on white]", "What is that?")]  # fmt: skip
        assert order == sorted(order)


async def test_another_theme_keeps_the_pictures(pictured) -> None:
    async with Run(pictured(TWO)) as run:
        await run.press("space")
        run.app.theme = "textual-light"
        await run.pilot.pause()
        await run.pilot.pause()
        assert len(run.drawn) == 2
        assert run.text.count(SAID) == 1


# ---- what cannot be drawn ------------------------------------------------------------------------

PIXELS = png()[33:]
HOSTILE = {
    "no pixels within": header(40, 20) + part(b"IDAT", b"hello") + part(b"IEND", b""),
    "half of its pixels": header(2000, 2000) + PIXELS,
    "words that unpack to much": header(40, 20) + part(b"zTXt", b"a\0\0hello") + PIXELS,
    "colours that are none": header(40, 20) + part(b"iCCP", b"a\0\0hello") + PIXELS,
    "a bomb by its header": header(60_000, 60_000) + PIXELS,
    "cut short": png()[:-20],
    "another kind": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "nothing": b"",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_hostile_picture_is_said_in_words(pictured, data: bytes) -> None:
    async with Run(pictured(shows(), picture=data)) as run:
        assert SAID in run.text or run.drawn
        await run.press("space", "3")
        assert run.app.return_code is None


async def test_a_picture_that_is_gone_or_led_away_is_said_in_words(
    pictured, tmp_path: Path, opened: list[str]
) -> None:
    library = pictured(shows())
    async with Run(library) as run:
        file = tmp_path / "bank" / PICTURE
        file.unlink()
        file.symlink_to(put(tmp_path, "outside.png"))
        await run.press("escape", "enter")
        assert run.drawn == []
        assert SAID in run.text
        await run.press("o")
        assert opened == ["https://example.org/elements"]


async def test_a_path_that_leads_out_is_never_opened(
    pictured, tmp_path: Path, opened: list[str]
) -> None:
    put(tmp_path, "outside.png")
    async with Run(pictured(shows("../../outside.png"))) as run:
        assert run.drawn == []
        await run.press("o")
        assert opened == ["https://example.org/elements"]


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PPM", "TGA", "WEBP"])
def test_no_decoder_of_another_kind_is_asked(kind: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, kind)
    with pytest.raises(UnidentifiedImageError):
        pixels(out.getvalue())


def test_what_is_transparent_is_white_and_a_photograph_stands_upright() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 2), (0, 0, 0, 0)).save(out, "PNG")
    assert pixels(out.getvalue()).getpixel((0, 0)) == (255, 255, 255)
    turned = Image.new("RGB", (40, 20))
    exif = turned.getexif()
    exif[0x0112] = 6
    out = io.BytesIO()
    turned.save(out, "JPEG", exif=exif)
    assert pixels(out.getvalue()).size == (20, 40)
    assert pixels(png(2000, 2000)).size == (1200, 1200)
    assert pixels(jpeg()).size == (40, 20)


# ---- opening -------------------------------------------------------------------------------------


async def test_o_asks_what_to_open_and_opens_the_file_of_the_bank(
    pictured, tmp_path: Path, opened: list[str]
) -> None:
    async with Run(pictured(TWO)) as run:
        await run.press("o")
        assert isinstance(run.app.screen, OpenScreen)
        assert "1 Picture: A red disc on white ground" in run.text
        assert "2 Source: Elements" in run.text
        assert "from the side" not in run.text  # it waits for the answer
        await run.press("1")
        assert opened == [(tmp_path / "bank" / PICTURE).as_uri()]
        assert "Opened images/circle.png" in run.text
        await run.press("space", "o")
        assert "2 Picture: The same disc from the side" in run.text
        await run.press("down", "down", "enter")
        assert opened[1:] == ["https://example.org/elements"]
        await run.press("o", "escape")
        assert len(opened) == 2
        await run.press("o", "o")
        assert len(opened) == 2
        assert not isinstance(run.app.screen, OpenScreen)


async def test_o_opens_the_only_thing_at_once(pictured, tmp_path: Path, opened: list[str]) -> None:
    no_address = shows().replace("type: question", "type: question\nsource: hardy-1940-apology")
    async with Run(pictured(no_address, CONCEPT)) as run:
        await run.press("o")
        assert opened == [(tmp_path / "bank" / PICTURE).as_uri()]
        (tmp_path / "bank" / PICTURE).unlink()
        await run.press("o")
        assert len(opened) == 1
        assert "The picture is not there: images/circle.png" in run.text
        await run.press("n", "o")
        assert opened[1:] == ["https://example.org/elements"]


async def test_browse_opens_pictures_too_and_says_them_in_words(
    pictured, tmp_path: Path, opened: list[str]
) -> None:
    async with Run(pictured(TWO), (120, 40)) as run:
        await run.press("escape", "b", "down", "o")
        assert "[picture: A red disc on" in run.text
        assert isinstance(run.app.screen, OpenScreen)
        await run.press("2")
        assert opened == [(tmp_path / "bank" / "01-shapes/side.png").as_uri()]


async def test_a_page_offers_no_file(
    pictured, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FlashsafetyApp, "is_web", True)
    async with Run(pictured(shows())) as run:
        await run.press("o")
        assert opened == ["https://example.org/elements"]


async def test_an_exam_draws_pictures_and_opens_them_but_not_the_source(
    pictured, tmp_path: Path, opened: list[str]
) -> None:
    card = TYPED.replace("half-a-circle", "seen-half").replace(
        "prompt: |\n", "exam: true\nprompt: |\n  ![Half of a disc](images/circle.png)\n\n"
    )
    async with Run(pictured(card)) as run:
        await run.press("escape", "escape", "x", "enter")
        assert len(run.drawn) == 1
        await run.press("escape", "o")
        assert opened == [(tmp_path / "bank" / PICTURE).as_uri()]


# ---- finding out what can be drawn ---------------------------------------------------------------


def test_nothing_is_imported_for_a_bank_without_pictures(
    library_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_image.widget", None)
    library = library_of(CONCEPT)
    assert drawing(library) is None
    library.take_in_changes()
    assert drawing(library) is None


def test_a_bank_with_pictures_is_known_before_and_after_it_is_read(pictured) -> None:
    library = pictured(shows())
    assert drawing(library) is HalfcellImage  # a test has no terminal
    library.take_in_changes()
    assert drawing(library) is HalfcellImage


def test_without_the_extra_there_is_nothing_to_draw_with(
    pictured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_image.widget", None)
    assert drawing(pictured(shows())) is None
