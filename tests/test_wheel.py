"""The built wheel carries the bank, and one can study from it."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.images import png, put

ROOT = Path(__file__).parent.parent


def test_a_wheel_holds_the_bank_and_a_card_of_it_can_be_rated(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("src", "questions"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, project)
    put(project, "questions/05-black-swans/images/tail.png")
    code = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    built = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=project,
        check=True,
        capture_output=True,
        text=True,
    )
    wheel = tmp_path / built.stdout.split()[-1]
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")
        assert archive.read("flashsafety/questions/05-black-swans/images/tail.png") == png()
    assert "flashsafety/questions/syllabus.yaml" in names
    assert "flashsafety/store/migrations/0001_initial.sql" in names
    assert "flashsafety/tui/app.tcss" in names
    assert "flashsafety/web/page/page.html" in names
    assert not [name for name in names if name.startswith("tests/")]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    run = subprocess.run(
        [sys.executable, "-m", "flashsafety", "review", "--plain", "--limit", "1"],
        cwd=tmp_path,
        env=environment,
        input="\n3\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "saved 3 Good" in run.stdout
    where = subprocess.run(
        [sys.executable, "-m", "flashsafety", "where"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(tmp_path / "site" / "flashsafety" / "questions") in where.stdout
    # Real Anki is AGPL: whoever installs this may have it, and it must never be imported.
    (tmp_path / "site" / "anki.py").write_text("raise AssertionError('anki was imported')")
    for words in (("export", "anki", "a.apkg"), ("import", "anki", "a.apkg")):
        ran = subprocess.run(
            [sys.executable, "-m", "flashsafety", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, ran.stderr
    assert "in the log already: 1" in ran.stdout
