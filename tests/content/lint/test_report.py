"""Problems as text, JSON and workflow commands."""

import json

from flashsafety.content.lint.report import problem_form, render, summary
from flashsafety.content.lint.run import lint, shown_from
from flashsafety.content.problem import Problem
from tests.banks import question, tiny_bank, write_cards

PROBLEM = Problem("a,b/c.yaml", 13, 5, "unknown-key", "error", '100% "x" : y', 'did you mean "z"?')


def test_text_has_the_place_and_the_mend():
    assert render([PROBLEM], "text") == (
        'a,b/c.yaml:13:5: error: 100% "x" : y (unknown-key)\n  did you mean "z"?'
    )


def test_json_is_a_list_of_flat_objects():
    (row,) = json.loads(render([PROBLEM], "json"))
    assert list(row) == ["file", "line", "column", "rule", "level", "message", "mend"]
    assert row == problem_form(PROBLEM)
    assert json.loads(render([], "json")) == []


def test_github_reads_a_command_a_line():
    assert render([PROBLEM], "github") == (
        "::error file=a%2Cb/c.yaml,line=13,col=5,title=unknown-key::"
        '100%25 "x" : y%0Adid you mean "z"?'
    )


def test_a_file_name_cannot_steer_a_terminal_or_forge_a_line():
    name = "a\x1b[31m\n::error::b.yaml"
    problem = Problem(name, 1, 1, "file-odd", "error", "m\x07", "n")
    assert "\x1b" not in render([problem], "text")
    assert render([problem], "text").count("\n") == 1
    assert render([problem], "github").count("\n") == 0


def test_the_summary_counts():
    warning = Problem("a", 1, 1, "r", "warning", "m", "n")
    assert summary([]) == "no problems"
    assert summary([PROBLEM]) == "1 error"
    assert summary([PROBLEM, warning, warning]) == "1 error, 2 warnings"


def test_lint_lists_all_problems_by_place(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "b.yaml", question("X"), question("Y"))
    write_cards(bank, "a.yaml", question("Z"))
    assert [(p.file, p.line) for p in lint([str(bank)])] == [
        ("a.yaml", 6), ("b.yaml", 6), ("b.yaml", 13),
    ]  # fmt: skip


def test_files_are_shown_from_where_one_stands(tmp_path):
    roots = [str(tmp_path / "questions"), str(tmp_path / "data" / "questions")]
    show = shown_from(roots, str(tmp_path))
    assert show("a/b.yaml") == "questions/a/b.yaml"
    assert show("own/c.yaml") == "data/questions/c.yaml"
    assert shown_from(roots, str(tmp_path / "data"))("a.yaml") == f"{roots[0]}/a.yaml"
