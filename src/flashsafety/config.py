"""Settings and paths: flag, then ``FLASHSAFETY_*``, then ``config.toml``, then the default.

Asking for a path never creates it. The quick commands come through here, so pathlib, tomllib,
tomlkit and platformdirs are imported only where they are needed, and paths are plain strings.

Records that the quick commands import are named tuples: making a frozen dataclass costs 1.3 ms at
import, a named tuple 0.2.
"""

import os
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from flashsafety.errors import UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

APP = "flashsafety"
ENV = "FLASHSAFETY_"
LeechAction = Literal["mark", "suspend"]
Origin = Literal["environment", "file", "default"]


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
    """Everything a learner may choose. Times are seconds unless the name says otherwise."""

    day_start: int = 4 * 3600
    zone: str = ""
    new_limit: int = 10
    review_limit: int = 200
    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = 36500
    learn_ahead: int = 1200
    leech_threshold: int = 8
    leech_action: LeechAction = "mark"
    theme: str = "textual-dark"
    editor: str = ""
    keys: Mapping[str, str] = MappingProxyType({})


class Described(NamedTuple):
    """One setting as ``flashsafety config`` shows it."""

    key: str
    value: str
    origin: Origin
    help: str
    """One sentence."""


class _Kind(NamedTuple):
    """How one setting is read from text, written as text, and explained."""

    read: Callable[[str], object]
    """Raises ValueError with a sentence that says what would be right."""
    help: str
    write: Callable[[object], str] = str


def _seconds(text: str) -> int:
    units = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
    number, unit = text[:-1], text[-1:]
    if unit not in units or not number.isdigit():
        raise ValueError(f'"{text}" is no length of time; write it as 30s, 10m, 2h or 1d')
    return int(number) * units[unit]


def _steps(text: str) -> tuple[int, ...]:
    steps = tuple(_seconds(part) for part in text.split())
    if 0 in steps:
        raise ValueError("a step must be longer than 0")
    return steps


def _write_seconds(value: object) -> str:
    assert isinstance(value, int)
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if value and value % size == 0:
            return f"{value // size}{unit}"
    return f"{value}s"


def _write_steps(value: object) -> str:
    assert isinstance(value, tuple)
    return " ".join(_write_seconds(step) for step in value)


def _day_start(text: str) -> int:
    hour, colon, minute = text.partition(":")
    if not (colon and hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
        raise ValueError(f'"{text}" is no time of day; write it as 04:00')
    return int(hour) * 3600 + int(minute) * 60


def _write_day_start(value: object) -> str:
    assert isinstance(value, int)
    return f"{value // 3600:02}:{value % 3600 // 60:02}"


def _number(low: float, high: float, kind: type[int] | type[float]) -> Callable[[str], object]:
    def read(text: str) -> object:
        try:
            value = kind(text)
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            whole = "whole number" if kind is int else "number"
            raise ValueError(f'"{text}" will not do; write a {whole} from {low:g} to {high:g}')
        return value

    return read


def _zone(text: str) -> str:
    if text:
        zone_info(text)
    return text


def _choice(*options: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        if text not in options:
            raise ValueError(f'"{text}" will not do; write {" or ".join(options)}')
        return text

    return read


KINDS: Mapping[str, _Kind] = {
    "day_start": _Kind(
        _day_start, "The time of day at which a study day begins.", _write_day_start
    ),
    "zone": _Kind(_zone, "Your time zone, as Europe/Berlin; empty means the computer's own."),
    "new_limit": _Kind(_number(0, 9999, int), "The most new cards that a study day brings."),
    "review_limit": _Kind(_number(0, 99999, int), "The most reviews that a study day brings."),
    "desired_retention": _Kind(
        _number(0.7, 0.99, float), "The chance of recall at which a review falls due."
    ),
    "learning_steps": _Kind(
        _steps, "The waits between the first showings of a new card, as 1m 10m.", _write_steps
    ),
    "relearning_steps": _Kind(
        _steps, "The waits before a forgotten card is a review again, as 10m.", _write_steps
    ),
    "maximum_interval": _Kind(
        _number(1, 36500, int), "The longest interval that a review is given, in days."
    ),
    "learn_ahead": _Kind(
        _seconds,
        "How early a learning card may come when nothing else is left.",
        _write_seconds,
    ),
    "leech_threshold": _Kind(
        _number(2, 99, int), "The lapses after which a card counts as a leech."
    ),
    "leech_action": _Kind(
        _choice("mark", "suspend"), "What happens to a leech: mark only says so, suspend hides it."
    ),
    "theme": _Kind(str, "The colours of the terminal app; any theme of its palette."),
    "editor": _Kind(str, "The editor that e opens; empty means $VISUAL, then $EDITOR."),
}
"""Every setting but the table ``[keys]``, in the order in which they are shown."""


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


def load_settings(paths: Paths, environ: Mapping[str, str]) -> Settings:
    """The settings in force.

    Raises:
        UsageError: An unknown key or a value that will not do, with its place.
    """
    settings, _ = _load(paths, environ)
    return settings


def describe(paths: Paths, environ: Mapping[str, str]) -> list[Described]:
    """Every setting with its value, where the value came from, and one sentence of help."""
    settings, origins = _load(paths, environ)
    return [
        Described(key, kind.write(getattr(settings, key)), origins.get(key, "default"), kind.help)
        for key, kind in KINDS.items()
    ]


def save_setting(paths: Paths, key: str, value: str) -> None:
    """Write one setting into ``config.toml``, keeping the file's comments and order.

    Raises:
        UsageError: The key is unknown or the value will not do; the file is left as it was.
    """
    _read(key, value, "config")
    import tomlkit

    from flashsafety.files import write_whole

    try:
        with open(paths.config, encoding="utf-8") as file:
            document = tomlkit.load(file)
    except FileNotFoundError:
        document = tomlkit.document()
    except ValueError as error:
        raise UsageError(str(error), where=paths.config, mend="mend the file first") from error
    number = isinstance(getattr(Settings(), key), int | float) and value.replace(".", "").isdigit()
    document[key] = (float(value) if "." in value else int(value)) if number else value
    write_whole(paths.config, tomlkit.dumps(document).encode())


def _load(paths: Paths, environ: Mapping[str, str]) -> tuple[Settings, dict[str, Origin]]:
    chosen: dict[str, object] = {}
    origins: dict[str, Origin] = {}
    for key, value in _read_file(paths.config).items():
        if key == "keys" and isinstance(value, dict):
            chosen["keys"] = {str(name): str(keys) for name, keys in value.items()}
            continue
        chosen[key] = _read(key, _as_text(value), paths.config)
        origins[key] = "file"
    for key in KINDS:
        text = environ.get(ENV + key.upper())
        if text is not None:
            chosen[key] = _read(key, text, ENV + key.upper())
            origins[key] = "environment"
    return Settings()._replace(**chosen) if chosen else Settings(), origins  # type: ignore[arg-type]


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return str(value)


def _read_file(path: str) -> dict[str, object]:
    if not os.path.exists(path):
        return {}
    import tomllib

    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(str(error), where=path, mend="mend the line that is named") from error


def _read(key: str, text: str, where: str) -> object:
    kind = KINDS.get(key)
    if kind is None:
        import difflib

        near = difflib.get_close_matches(key, list(KINDS), 1)
        raise UsageError(
            f'unknown setting "{key}"',
            where=where,
            mend=f'did you mean "{near[0]}"?' if near else f"settings: {', '.join(KINDS)}",
        )
    try:
        return kind.read(text)
    except ValueError as error:
        raise UsageError(f"{key}: {error}", where=where, mend=kind.help) from error


assert set(Settings._fields) == {*KINDS, "keys"}
