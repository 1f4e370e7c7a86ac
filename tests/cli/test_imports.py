"""What a command may import is a promise about how soon it answers; seen in sys.modules."""

from pathlib import Path

import pytest

from flashsafety.cli.app import QUICK
from tests.banks import write_cards
from tests.images import put, shows

PROGRAM = """
import sys
from flashsafety.cli.app import run
try:
    code = run({arguments})
except SystemExit as left:
    code = left.code
print("code", code)
print(" ".join(name for name in {modules} if name in sys.modules))
"""


def imported(process, arguments: list[str], *modules: str) -> list[str]:
    ran = process(code=PROGRAM.format(arguments=arguments, modules=modules))
    assert ran.lines[-2] == "code 0", ran.err
    return str(ran.lines[-1]).split()


def test_lint_needs_neither_the_terminal_nor_the_database(process) -> None:
    assert not imported(process, ["lint"], "textual", "rich", "sqlalchemy", "sqlite3", "fsrs")


@pytest.mark.parametrize("arguments", QUICK)
def test_due_on_an_unchanged_bank_imports_next_to_nothing(process, arguments) -> None:
    process("due")
    heavy = (
        "textual", "rich", "sqlalchemy", "pydantic", "yaml", "fsrs", "click", "markdown_it",
        "pathlib", "platformdirs", "tomllib", "zoneinfo", "logging", "random", "numpy",
        "dataclasses", "inspect", "ast",
    )  # fmt: skip
    assert not imported(process, arguments, *heavy)


def test_due_with_other_options_needs_click_and_no_more(process) -> None:
    process("due")
    found = imported(process, ["-v", "due"], "click", "pydantic", "yaml", "fsrs", "sqlalchemy")
    assert found == ["click"]


def test_a_plain_review_leaves_the_terminal_app_and_the_search_alone(process) -> None:
    arguments = ["review", "--plain", "--limit", "1"]
    assert not imported(process, arguments, "textual", "rich", "sqlalchemy", "numpy")


def test_the_version_is_said_without_reading_the_metadata_of_packages(process) -> None:
    assert not imported(process, ["--version"], "importlib.metadata", "email", "zipfile")


def test_no_words_need_no_parser(process) -> None:
    process("due")
    assert not imported(process, [], "click", "textual")


FRAME = """
import os, sys
from flashsafety.config import Settings, find_paths
from flashsafety.study.library import Library
from flashsafety.tui.app import FlashsafetyApp

class Painted(FlashsafetyApp):
    def get_ready(self):
        print("code 0", file=sys.__stdout__)
        print(" ".join(name for name in {modules} if name in sys.modules), file=sys.__stdout__)
        self.exit()

paths = find_paths(os.environ)
with Library.open(paths, Settings(), [os.environ["FLASHSAFETY_QUESTIONS"]]) as library:
    Painted(library).run(headless=True)
"""


def test_the_first_frame_waits_for_nothing_that_only_a_card_needs(process) -> None:
    process("due")
    heavy = (
        "click", "pydantic", "yaml", "fsrs", "sqlalchemy", "markdown_it", "rich.markdown",
        "pygments", "pylatexenc", "flashsafety.store.writes",
        "flashsafety.tui.screens.study", "flashsafety.tui.screens.browse",
    )  # fmt: skip
    ran = process(code=FRAME.format(modules=heavy))
    assert ran.lines == ["code 0", ""], ran.err


LIGHTLY = """
import gc, sys
from flashsafety.cli.today import _import_lightly
_import_lightly()
import flashsafety.tui.app
print("ssl" in sys.modules, gc.isenabled())
import asyncio, ssl
print(ssl.create_default_context().verify_mode.name)
asyncio.run(asyncio.sleep(0))
"""


def test_the_app_brings_no_tls_in_and_leaves_it_to_who_asks_for_it(process) -> None:
    ran = process(code=LIGHTLY)
    assert ran.lines == ["False False", "CERT_REQUIRED"], ran.err


DRAWS = """
import os, sys
from flashsafety.config import Settings, find_paths
from flashsafety.study.library import Library
from flashsafety.tui import app, pictures
paths = find_paths(os.environ)
with Library.open(paths, Settings(), [os.environ["FLASHSAFETY_QUESTIONS"]]) as library:
    for _ in range(2):
        print(pictures.drawing(library) is not None, "PIL" in sys.modules)
        library.take_in_changes()
"""


def test_what_draws_pictures_is_imported_for_a_bank_with_pictures_alone(
    process, bank: Path
) -> None:
    assert process(code=DRAWS).lines == ["False False"] * 2
    put(bank, "01-shapes/images/circle.png")
    write_cards(bank, "01-shapes/seen.yaml", shows())
    # As the bank was last read there was none: this time pictures are words.
    assert process(code=DRAWS).lines == ["False False", "True True"]


def test_a_picture_is_checked_and_exported_without_what_draws_it(
    process, bank: Path, tmp_path: Path
) -> None:
    put(bank, "01-shapes/images/circle.png")
    write_cards(bank, "01-shapes/seen.yaml", shows())
    for arguments in (
        ["lint"],
        ["export", "anki", str(tmp_path / "a.apkg")],
        ["review", "--plain"],
    ):
        assert not imported(process, arguments, "PIL", "textual_image", "textual")


def test_exporting_to_anki_imports_none_of_anki(process, tmp_path) -> None:
    arguments = ["export", "anki", str(tmp_path / "deck.apkg")]
    assert not imported(process, arguments, "anki", "textual", "sqlalchemy", "ruamel")


def test_reading_a_settings_file_imports_only_what_reads_it(process) -> None:
    file = Path(process("where", "--json").data["config"])
    file.parent.mkdir(parents=True)
    file.write_text(
        'new_limit = 5\ntheme = "nord"\nreview_order = "random"\n'
        "[module_retention]\nshapes = 0.8\n"
        '[keys]\n"study.bury" = "x"\n'
    )
    process("due")
    heavy = ("pydantic", "tomlkit", "textual", "click", "yaml", "fsrs", "sqlalchemy", "zoneinfo")
    assert not imported(process, ["due"], *heavy)


@pytest.mark.parametrize("command", ["stats", "forecast"])
def test_statistics_are_read_without_fsrs_and_the_terminal_app(process, command: str) -> None:
    process("due")
    process("rate", "circle-area", "easy")
    heavy = (
        "textual", "rich", "sqlalchemy", "pydantic", "yaml", "fsrs", "fsrs_rs_python",
        "markdown_it",
    )  # fmt: skip
    assert not imported(process, [command], *heavy)


def test_help_on_items_and_an_anonymous_export_import_no_engine(process, tmp_path) -> None:
    heavy = ("ibis", "duckdb", "pandas", "pyarrow", "pyspark")
    assert not imported(process, ["items", "--help"], *heavy)
    arguments = ["export", "reviews", "--anonymous", str(tmp_path / "mine.csv")]
    assert not imported(process, arguments, *heavy)
