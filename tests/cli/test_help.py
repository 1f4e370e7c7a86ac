import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from flashsafety.cli.group import NAMES, VERBS, commands

GOLDEN = Path(__file__).parent / "help"
"""What each command says of itself. ``UPDATE_GOLDEN=1`` writes these files again."""


def help_text(*arguments: str) -> str:
    result = CliRunner().invoke(
        commands, [*arguments, "--help"], prog_name="flashsafety", terminal_width=80
    )
    assert result.exit_code == 0
    return result.output


def get(name: str) -> click.Command:
    """The command of ``verb`` or ``verb subcommand``."""
    command: click.Command = commands
    for word in name.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found is not None
        command = found
    return command


def subcommands(name: str) -> list[str]:
    command = get(name)
    if not isinstance(command, click.Group):
        return []
    return [f"{name} {under}" for under in command.list_commands(click.Context(command))]


ALL = [*NAMES, *(under for name in NAMES for under in subcommands(name))]


@pytest.mark.parametrize("name", ["flashsafety", *ALL])
def test_help_reads_as_it_did(name: str) -> None:
    text = help_text(*([] if name == "flashsafety" else name.split()))
    file = GOLDEN / f"{name.replace(' ', '-')}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_every_golden_belongs_to_a_command() -> None:
    names = {name.replace(" ", "-") for name in ALL}
    assert {file.stem for file in GOLDEN.glob("*.txt")} == {"flashsafety", *names}


@pytest.mark.parametrize("name", ALL)
def test_every_command_says_what_it_does_with_an_example(name: str) -> None:
    command = get(name)
    assert command.name == name.split()[-1]
    assert command.help
    assert f"  flashsafety {name}" in (command.epilog or "")


@pytest.mark.parametrize("name", ["flashsafety", *ALL])
def test_every_option_has_help(name: str) -> None:
    command = commands if name == "flashsafety" else get(name)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


@pytest.mark.parametrize("name", ALL)
def test_every_example_can_be_parsed(name: str) -> None:
    import shlex

    last = name.split()[-1]
    for line in (get(name).epilog or "").splitlines():
        if line.startswith("  flashsafety"):
            words = [*shlex.split(line), "|"]
            get(name).make_context(name, words[words.index(last) + 1 : words.index("|")])


def test_every_verb_has_a_file_and_a_line_in_the_list() -> None:
    text = help_text()
    for heading, verbs in VERBS.items():
        assert f"{heading}:" in text
        for name, line in verbs.items():
            assert line in text
            assert line.endswith(".")
            get(name)


def test_the_list_imports_no_verb(process) -> None:
    ran = process(
        code="""
import sys
from flashsafety.cli.app import run
try:
    run(["--help"])
except SystemExit:
    pass
heavy = ("textual", "sqlalchemy", "pydantic", "yaml", "fsrs", "sqlite3", "markdown_it")
print([name for name in heavy if name in sys.modules])
print([name for name in sys.modules if name == "flashsafety.cli.due"])
"""
    )
    assert ran.lines[-2:] == ["[]", "[]"]
