"""What was changed in files of the bank since the last commit, as git tells it."""

import subprocess
from pathlib import Path

from flashsafety.content.git import GIT
from flashsafety.errors import FlashsafetyError

_PLAIN = (
    *("--no-color", "--no-ext-diff", "--no-textconv"),
    *("--src-prefix=a/", "--dst-prefix=b/", "--no-relative"),
)
"""What a patch is whatever the learner's settings say of how diffs are to look."""


def changes(file: Path) -> str:
    """A diff that ``git apply`` takes; empty when nothing was changed since the last commit.

    Raises:
        FlashsafetyError: The file is in no repository, or git is not there.
    """
    try:
        return _git(file, "diff", *_PLAIN, "HEAD", "--", file.name)
    except (OSError, subprocess.CalledProcessError):
        raise FlashsafetyError(
            "git knows nothing of this file, so that there is no patch",
            where=str(file),
            mend="clone the repository and review from within it, or send the issue text",
        ) from None


def why_unchanged(file: Path) -> str:
    """What may be the matter with a file that was changed and shows no change, and how to go on."""
    commit, _, subject = _git(file, "log", "-1", "--format=%h %s", "--", file.name).partition(" ")
    if not commit:
        return f"git was not told of this file yet\n  'git add -N {file}' tells it; then ask again"
    return (
        f'nothing was changed since the commit {commit}, "{subject.strip()}"\n'
        f"  if that commit is your change, 'git format-patch -1 {commit}' makes a patch of it"
    )


def _git(file: Path, *arguments: str) -> str:
    command = [*GIT, "-C", str(file.parent), *arguments]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode(errors="replace")
