"""What a learner may choose, and where files are: plain records, and paths as pure functions.

Asking for a path never creates it. The quick commands come through here, so pathlib and
platformdirs are imported only where they are needed, and paths are plain strings.

Records that the quick commands import are named tuples: making a frozen dataclass costs 1.3 ms at
import, a named tuple 0.2.
"""

import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from flashsafety.terms import Ease, LeechAction, NewOrder, ReviewOrder, SiblingRule

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

APP = "flashsafety"
ENV = "FLASHSAFETY_"


class Paths(NamedTuple):
    """Where things are on this machine."""

    config: str
    """The settings file, ``config.toml``."""
    data: str
    """The folder of the learner's own data."""
    database: str
    """The one SQLite file."""
    log: str
    """The terminal app's log file."""


class Settings(NamedTuple):
    """Everything a learner may choose, with its default; ``settings.table`` explains each.

    Times are seconds unless the name says otherwise.
    """

    day_start: int = 4 * 3600
    zone: str = ""
    new_limit: int = 10
    review_limit: int = 200
    review_order: ReviewOrder = "overdueness"
    new_order: NewOrder = "syllabus"
    siblings: SiblingRule = "never"
    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = 36500
    learn_ahead: int = 1200
    load_balance: bool = True
    easy_days: tuple[Ease, ...] = ("normal",) * 7
    """By day of the week, Monday first."""
    day_minutes: int = 0
    """Minutes; 0 is no bound."""
    leech_threshold: int = 8
    leech_action: LeechAction = "mark"
    two_buttons: bool = False
    timer: bool = False
    theme: str = "textual-dark"
    editor: str = ""
    module_retention: Mapping[str, float] = MappingProxyType({})
    """Module slug to the desired retention of its cards."""
    keys: Mapping[str, str] = MappingProxyType({})
    """Command id to its keys, separated by commas."""


def zone_info(name: str) -> "ZoneInfo":
    """The named zone. Raises ValueError with a mend when there is no such zone."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f'"{name}" is no time zone; write it as Europe/Berlin') from error


def find_paths(environ: Mapping[str, str], *, database: str | None = None) -> Paths:
    """Where this learner's files are; creates nothing.

    Args:
        environ: The environment: ``FLASHSAFETY_DB``, ``FLASHSAFETY_CONFIG``, XDG folders.
        database: The ``--db`` flag.
    """
    config, data, state = _folders(environ)
    path = database or environ.get(ENV + "DB") or os.path.join(data, "flashsafety.db")
    return Paths(
        config=environ.get(ENV + "CONFIG") or os.path.join(config, "config.toml"),
        data=data,
        database=os.path.abspath(path),
        log=os.path.join(state, "flashsafety.log"),
    )


def _folders(environ: Mapping[str, str]) -> tuple[str, str, str]:
    """Config, data and state folders.

    On Linux these lines say what platformdirs says (a test compares them): importing it costs
    more than ``flashsafety due`` has to spare.
    """
    if sys.platform == "linux":
        home = environ.get("HOME") or os.path.expanduser("~")
        names = (("CONFIG", ".config"), ("DATA", ".local/share"), ("STATE", ".local/state"))
        config, data, state = (
            os.path.join(environ.get(f"XDG_{name}_HOME", "").strip() or f"{home}/{default}", APP)
            for name, default in names
        )
        return config, data, state
    import platformdirs

    return (
        platformdirs.user_config_dir(APP, appauthor=False),
        platformdirs.user_data_dir(APP, appauthor=False),
        platformdirs.user_state_dir(APP, appauthor=False),
    )
