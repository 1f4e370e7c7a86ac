"""Settings as they are in force: ``FLASHSAFETY_*``, then ``config.toml``, then the default.

The quick commands come through here: the table, and what reads TOML, are imported only where there
is something to read.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from flashsafety.config import ENV, Paths, Settings
from flashsafety.errors import UsageError

if TYPE_CHECKING:
    from flashsafety.settings.table import Setting

Origin = Literal["environment", "file", "default"]


class Described(NamedTuple):
    """One setting, or one entry of a table of settings, with its value."""

    setting: "Setting"
    value: str
    origin: Origin


def load_settings(paths: Paths, environ: Mapping[str, str]) -> Settings:
    """The settings in force.

    Raises:
        UsageError: The file is broken, or it or the environment holds an unknown name or a value
            that will not do; the place is named.
    """
    return _load(paths, environ)[0]


def describe(paths: Paths, environ: Mapping[str, str], only: str | None = None) -> list[Described]:
    """Every setting with its value and where that came from.

    Of a table its entries; the table itself while it has none.

    Args:
        paths: Where the file is.
        environ: The environment.
        only: Leave out all settings but this one, and what may be wrong with them.

    Raises:
        UsageError: As ``load_settings``.
    """
    return described(*_load(paths, environ, only), only)


def described(
    settings: Settings, origins: Mapping[str, Origin], only: str | None = None
) -> list[Described]:
    """The same of settings that were loaded, each with its origin unless it is the default."""
    from flashsafety.settings.table import SETTINGS, find

    found = []
    for setting in SETTINGS:
        if only not in (None, setting.name):
            continue
        value = getattr(settings, setting.name)
        if setting.entries:
            if not value:
                found.append(Described(setting, "", "default"))
            for entry, chosen in value.items():
                row = find(f"{setting.name}.{entry}")
                found.append(Described(row, row.kind.write(chosen), "file"))
        else:
            origin = origins.get(setting.name, "default")
            found.append(Described(setting, setting.kind.write(value), origin))
    return found


def _load(
    paths: Paths, environ: Mapping[str, str], only: str | None = None
) -> tuple[Settings, dict[str, Origin]]:
    chosen = _from_file(paths.config, only) if os.path.exists(paths.config) else {}
    origins: dict[str, Origin] = dict.fromkeys(chosen, "file")
    for name, default in Settings._field_defaults.items():
        if only not in (None, name):
            continue
        variable = ENV + name.upper()
        text = environ.get(variable)
        if text is not None and not isinstance(default, Mapping):
            from flashsafety.settings.table import NAMES, read

            chosen[name] = read(NAMES[name], text, where=variable)
            origins[name] = "environment"
    return Settings()._replace(**chosen) if chosen else Settings(), origins  # type: ignore[arg-type]


def _from_file(path: str, only: str | None) -> dict[str, object]:
    from flashsafety.settings.file import as_text, flat, no_table, parse, place, read_text
    from flashsafety.settings.table import NAMES, find, read

    text = read_text(path) or ""
    chosen: dict[str, object] = {}
    for name, value in parse(text, path).items():
        if only not in (None, name):
            continue
        entry = ""
        try:
            if name not in NAMES or not NAMES[name].entries:
                chosen[name] = read(find(name), as_text(value))
                continue
            if not isinstance(value, dict):
                raise no_table(name)
            entries = chosen[name] = {}
            for entry, given in flat(value):
                entries[entry] = read(find(f"{name}.{entry}"), as_text(given, ","))
        except UsageError as error:
            error.where = place(text, path, name, entry)
            raise
    return chosen
