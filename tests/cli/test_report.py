"""From a flag to a contribution."""

from pathlib import Path

import pytest

from flashsafety.content.git import GIT
from tests.repositories import commit_all, git

FILE = "01-shapes/shapes.yaml"


@pytest.fixture
def flagged(run, bank: Path) -> str:
    """The key of a card that was flagged with words."""
    shown = run("review", "--plain", "--limit", "1", lines="f typo a letter is missing\n").out
    key: str = shown.split("flagged typo  [")[1].split("]")[0]
    return key


def test_a_flag_becomes_an_issue(run, bank: Path, flagged: str) -> None:
    out = run("report").out
    note = flagged.split("/")[0]
    assert out.startswith(f"## {note}: typo\n")
    assert f"- card: `{flagged}`" in out
    assert f"{FILE}:6`" in out
    assert "- source: `euclid-elements`, book 1, definition 15" in out
    assert "flagged typo on 2026-" in out
    assert ": `a letter is missing`\n" in out
    assert "**Change proposed.** How is it spelt right?" in out
    assert run("report", flagged).out == out


def test_what_was_said_neither_links_nor_vanishes(run) -> None:
    run("review", "--plain", "--limit", "1", lines="f wrong #1 is <wide> `b`\n")
    assert ": `` #1 is <wide> `b` ``\n" in run("report").out


def test_json_says_the_same(run, flagged: str) -> None:
    (row,) = run("report", "--json").data
    assert row["card"] == flagged
    assert (row["reason"], row["words"]) == ("typo", "a letter is missing")


def test_without_a_flag_there_is_nothing_to_report(run) -> None:
    ran = run("report")
    assert ran.out == ""
    assert "no card is flagged" in ran.err


def test_a_change_becomes_a_patch_that_git_applies(run, bank: Path, flagged: str) -> None:
    commit_all(bank)
    text = (bank / FILE).read_text(encoding="utf-8")
    mended = text.replace("All points of a plane", "All the points of a plane")
    (bank / FILE).write_text(mended, encoding="utf-8")
    patch = run("report", "--patch").out
    git(bank, "checkout", "-q", ".")
    (bank / "change.patch").write_text(patch, encoding="utf-8")
    git(bank, "apply", "change.patch")
    assert (bank / FILE).read_text(encoding="utf-8") == mended


def test_no_setting_of_gits_runs_anything_or_changes_a_patch(
    run, bank: Path, tmp_path: Path
) -> None:
    (bank / ".gitattributes").write_text("*.yaml diff=trap\n")
    commit_all(bank)
    signed = git(bank, "cat-file", "commit", "HEAD").replace("\n\n", "\ngpgsig signed\n\n", 1)
    (tmp_path / "commit").write_text(signed)
    named = git(bank, "hash-object", "-t", "commit", "-w", str(tmp_path / "commit"))
    git(bank, "update-ref", "HEAD", named.strip())
    patch = changed_patch(run, bank)
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f'#!/bin/sh\ntouch "{sprung}"\necho nothing\n')
    trap.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "post-index-change").symlink_to(trap)
    for name, value in {
        "core.fsmonitor": trap, "core.hooksPath": hooks, "diff.external": trap,
        "diff.trap.textconv": trap, "diff.trap.command": trap, "gpg.program": trap,
        "log.showSignature": "true", "diff.noprefix": "true", "diff.mnemonicPrefix": "true",
        "color.ui": "always", "core.pager": trap, "pager.diff": "true", "diff.relative": "true",
    }.items():  # fmt: skip
        git(bank, "config", name, str(value))
    assert changed_patch(run, bank) == patch
    run("lint", "--since", "HEAD")
    git(bank, *GIT[1:], "checkout", "-q", ".")
    assert "nothing was changed since" in run("report", "--patch", "circle/forward").err
    assert not sprung.exists()


def changed_patch(run, bank: Path) -> str:
    """Put a card in other words, or only touch its file the second time; the patch."""
    if "`of` a plane" not in (bank / FILE).read_text(encoding="utf-8"):
        changed(bank)
    (bank / FILE).touch()
    patch: str = run("report", "--patch", "circle/forward").out
    assert patch.startswith(f"diff --git a/{FILE} b/{FILE}\n")
    return patch


def changed(bank: Path) -> str:
    """Put a card in other words; the file's new text."""
    text = (bank / FILE).read_text(encoding="utf-8")
    mended = text.replace("All points of a plane", "All the points `of` a plane")
    (bank / FILE).write_text(mended, encoding="utf-8")
    return mended


def test_the_issue_says_what_was_changed(run, bank: Path, flagged: str) -> None:
    commit_all(bank)
    changed(bank)
    issue = run("report").out
    assert "**Change proposed.**\n\n```diff\ndiff --git a/" in issue
    assert "\n+      All the points `of` a plane at one distance from a point.\n" in issue
    assert issue.rstrip().endswith("\n```")
    assert "How is it spelt right?" not in issue


def test_a_patch_of_a_card_that_is_not_flagged(run, bank: Path) -> None:
    commit_all(bank)
    changed(bank)
    assert run("report", "--patch").out == ""
    assert "no card is flagged: name the CARD" in run("report", "--patch").err
    assert "+      All the points" in run("report", "--patch", "square-area").out


def test_an_issue_wants_a_flag(run) -> None:
    ran = run("report", "circle/forward", expect=2)
    assert '"circle/forward" is not flagged\n  f in a review flags it' in ran.err


def test_why_there_is_no_patch_is_said_and_how_to_go_on(run, bank: Path, flagged: str) -> None:
    commit_all(bank)
    changed(bank)
    git(bank, "commit", "-qam", "better words")
    ran = run("report", "--patch")
    commit = git(bank, "log", "-1", "--format=%h").strip()
    assert ran.out == ""
    assert f'nothing was changed since the commit {commit}, "better words"' in ran.err
    assert f"'git format-patch -1 {commit}'" in ran.err
    (bank / FILE).rename(bank / "01-shapes" / "new.yaml")
    assert "git was not told of this file yet" in run("report", "--patch").err


def test_a_bank_outside_git_has_no_patch(run, flagged: str) -> None:
    assert "clone the repository" in run("report", "--patch", expect=1).err
