"""Which folders make up the bank. On the quick path: no pathlib, no YAML, no models."""

import os
from collections.abc import Mapping, Sequence

from flashsafety.errors import UsageError

ENV = "FLASHSAFETY_QUESTIONS"
FOLDER = "questions"


def find_roots(
    chosen: Sequence[str], environ: Mapping[str, str], cwd: str, data_dir: str
) -> tuple[str, ...]:
    """The bank's folders, absolute, the main one first.

    The flag, else the environment, else the checkout one stands in, else the copy that came with
    the program; and after it the learner's own folder when there is one.

    Args:
        chosen: What ``--questions`` named, in order.
        environ: The environment; ``FLASHSAFETY_QUESTIONS`` may name several folders, separated as
            in ``PATH``.
        cwd: The folder one stands in.
        data_dir: The folder of the learner's own data.

    Raises:
        UsageError: A folder that was named is not there.
    """
    roots = [_named(cwd, path, "--questions") for path in chosen]
    if not roots:
        listed = environ.get(ENV, "").split(os.pathsep)
        roots = [_named(cwd, path, ENV) for path in listed if path]
    if not roots:
        roots = [_checkout(cwd) or bundled()]
    own = os.path.join(data_dir, FOLDER)
    if os.path.isdir(own):
        roots.append(os.path.abspath(own))
    return tuple(dict.fromkeys(roots))


def bundled() -> str:
    """The bank that came with the program; the repository's own in an editable install."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, FOLDER)
    if _is_bank(inside):
        return inside
    return os.path.join(os.path.dirname(os.path.dirname(package)), FOLDER)


def _named(cwd: str, path: str, where: str) -> str:
    folder = os.path.abspath(os.path.join(cwd, os.path.expanduser(path)))
    if not os.path.isdir(folder):
        raise UsageError(
            f'"{path}" is not a folder',
            where=where,
            mend="name the folder that holds syllabus.yaml",
        )
    return folder


def _checkout(cwd: str) -> str | None:
    """The bank of the checkout that a folder belongs to."""
    folder = os.path.abspath(cwd)
    while True:
        bank = os.path.join(folder, FOLDER)
        if _is_bank(bank):
            return bank
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _is_bank(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, "syllabus.yaml"))
