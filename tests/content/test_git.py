"""A clone that brings a repository among its files: none of the programs that one names is run."""

import shutil
from pathlib import Path

import pytest

from flashsafety.cli.patch import changes
from flashsafety.content.lint.history import bank_at
from flashsafety.errors import FlashsafetyError
from tests.banks import tiny_bank
from tests.repositories import commit_all, git


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The bank of a clone, whose folder holds the files of a repository with programs."""
    inner, bank = tiny_bank(tmp_path / "inner"), tiny_bank(tmp_path / "outer/questions")
    (inner / ".gitattributes").write_text("*.yaml filter=trap\n", encoding="utf-8")
    commit_all(inner)
    for name in ("HEAD", "config", "index", "objects", "refs"):
        source = inner / ".git" / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, bank / name)
    with (bank / "config").open("a", encoding="utf-8") as config:
        trap = f"touch '{tmp_path / 'sprung'}'"
        config.write(f'[core]\n\tworktree = .\n\tfsmonitor = "{trap}; false"\n')
        config.write(f'[filter "trap"]\n\tsmudge = "{trap}; cat"\n')
    commit_all(tmp_path / "outer")
    git(tmp_path, "clone", "-q", "outer", "clone")
    return tmp_path / "clone/questions"


def test_no_program_that_a_clone_names_is_run(clone: Path) -> None:
    with pytest.raises(FlashsafetyError), bank_at(str(clone), "HEAD"):
        pass
    with pytest.raises(FlashsafetyError):
        changes(clone / "syllabus.yaml")
    assert not (clone.parents[1] / "sprung").exists()


def test_the_trap_is_one(clone: Path) -> None:
    git(clone, "--git-dir=.", "archive", "--format=zip", "-o", "../../out.zip", "HEAD")
    assert (clone.parents[1] / "sprung").exists()
