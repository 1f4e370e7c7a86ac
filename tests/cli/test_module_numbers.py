"""Wherever a module is named, its number in the syllabus names it too."""

import pytest


@pytest.mark.parametrize(
    ("arguments", "slug"),
    [
        (("review", "--plain", "--module", "1"), "shapes"),
        (("next", "--module", "1"), "shapes"),
        (("coverage", "--module", "2"), "numbers"),
    ],
)
def test_a_number_names_a_module(run, arguments: tuple[str, ...], slug: str) -> None:
    by_name = run(*arguments[:-1], slug, lines="q\n")
    by_number = run(*arguments, lines="q\n")
    assert by_number.out == by_name.out != ""


def test_modules_are_started_by_number(run) -> None:
    assert 'there is no module "3"' in run("start", "2", "3", expect=2).err
    assert run("start", "2").out == "started numbers\n"
