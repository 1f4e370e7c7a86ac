"""A bank as it stood at another commit, taken from git."""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from flashsafety.content.git import GIT
from flashsafety.errors import UsageError


@contextmanager
def bank_at(root: str, revision: str) -> Iterator[str]:
    """A folder with the bank's files as they were, for as long as it is needed.

    Args:
        root: The bank's folder in a git checkout.
        revision: Anything that git takes for a commit: ``origin/main``, ``HEAD~1``.

    Raises:
        UsageError: There is no git, no repository, no such commit, or no bank in it.
    """
    _git(root, "rev-parse", "--git-dir", mend="the bank must be in a git checkout")
    named = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = _git(root, "rev-parse", *named, mend=f'there is no commit "{revision}" here')
    tree = commit.decode().strip()
    archive = _git(root, "archive", "--format=zip", tree, ".", mend="it must hold the bank too")
    with TemporaryDirectory(prefix="flashsafety-") as folder:
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            files.extractall(folder)
        yield folder


def _git(root: str, *arguments: str, mend: str) -> bytes:
    try:
        done = subprocess.run([*GIT, "-C", root, *arguments], capture_output=True, check=True)
    except FileNotFoundError:
        raise UsageError("--since needs git, and there is none", mend="install git") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().split("\n")[-1]
        what = "git cannot give the bank of that commit"
        raise UsageError(f"{what}: {said}" if said else what, where=root, mend=mend) from None
    return done.stdout
