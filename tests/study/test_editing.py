import pytest

from flashsafety.errors import UsageError
from flashsafety.study.editing import editor_command


@pytest.mark.parametrize(
    ("setting", "environ", "command"),
    [
        ("", {}, ["vi", "+7", "a.yaml"]),
        ("", {"EDITOR": "nano"}, ["nano", "+7", "a.yaml"]),
        ("", {"VISUAL": "  ", "EDITOR": "nano"}, ["nano", "+7", "a.yaml"]),
        ("", {"VISUAL": "", "EDITOR": "\t"}, ["vi", "+7", "a.yaml"]),
        ("'/a b/nano' -w", {}, ["/a b/nano", "-w", "+7", "a.yaml"]),
        ("vi; rm -rf /", {}, ["vi;", "rm", "-rf", "/", "+7", "a.yaml"]),
        ("", {"VISUAL": "emacs -nw", "EDITOR": "nano"}, ["emacs", "-nw", "+7", "a.yaml"]),
        ("hx", {"EDITOR": "nano"}, ["hx", "a.yaml:7"]),
        ("code", {}, ["code", "--wait", "--goto", "a.yaml:7"]),
        ("/usr/bin/code -w", {}, ["/usr/bin/code", "-w", "--goto", "a.yaml:7"]),
    ],
)
def test_the_editor_opens_the_file_at_the_line(setting, environ, command) -> None:
    assert editor_command(setting, environ, "a.yaml", 7) == command


@pytest.mark.parametrize(
    ("editor", "place"),
    [("vi", "+7"), ("nano", "+7,3"), ("hx", "a.yaml:7:3"), ("code", "a.yaml:7:3")],
)
def test_an_editor_that_can_goes_to_the_column(editor, place) -> None:
    assert place in editor_command(editor, {}, "a.yaml", 7, 3)


def test_a_file_name_is_one_word_whatever_is_in_it() -> None:
    assert editor_command("vi", {}, "a; rm -rf b.yaml", 1)[-1] == "a; rm -rf b.yaml"


def test_a_quotation_mark_that_is_never_closed_is_named() -> None:
    with pytest.raises(UsageError, match="quotation mark is never closed"):
        editor_command("", {"EDITOR": '"my editor'}, "a.yaml", 1)
