"""The settings that a learner's devices have in common: of two choices the later one counts."""

from collections.abc import Mapping
from pathlib import Path

from flashsafety.config import Paths
from flashsafety.errors import UsageError
from flashsafety.settings.change import set_setting, unset_setting
from flashsafety.settings.load import describe
from flashsafety.settings.table import APP, find, read
from flashsafety.store.folder import Agreed
from flashsafety.store.plausible import FARTHEST

OWN = ("zone",)
"""Settings of a device beside those of the app: they follow from where it is."""


def shared(name: str) -> bool:
    """Whether a setting is the learner's and not one device's."""
    return find(name).group != APP and name not in OWN


def changed_here(paths: Paths, agreed: Mapping[str, Agreed], now: int) -> dict[str, Agreed]:
    """What was chosen on this device since the devices last agreed.

    A change is as old as the file that holds it, but later than what it was made in the sight of,
    whatever the clocks say. On a device that joins, what its file leaves open is no choice.

    Args:
        paths: Where the file is.
        agreed: What was agreed on last; empty on a device that joins.
        now: The time of a change where there is no file, milliseconds.
    """
    try:
        at = Path(paths.config).stat().st_mtime_ns // 1_000_000
    except FileNotFoundError:
        at = now
    chosen = {
        one.setting.name: one.value
        for one in describe(paths, {})
        if one.origin == "file" and shared(one.setting.name)
    }
    wanted = {**dict.fromkeys(agreed, ""), **chosen}
    return {
        name: Agreed(max(at, agreed[name].at + 1) if name in agreed else at, value)
        for name, value in wanted.items()
        if name not in agreed or agreed[name].value != value
    }


def checked(record: Mapping[str, object]) -> tuple[str, Agreed]:
    """A setting from another device.

    Raises:
        ValueError: There is no such setting here, or its value will not do.
    """
    name, at, value = record.get("name"), record.get("at"), record.get("value")
    if not (isinstance(name, str) and type(at) is int and isinstance(value, str)):
        raise ValueError("this is no setting")
    if not 0 <= at <= FARTHEST:
        raise ValueError(f'"at" cannot be {at}')
    try:
        setting = find(name)
        if value:
            read(setting, value)
    except UsageError as error:
        raise ValueError(error.what) from error
    if not shared(name):
        raise ValueError(f"{name} is a device's own")
    return name, Agreed(at, value)


def put_in_force(paths: Paths, agreed: Mapping[str, Agreed]) -> tuple[list[str], list[str]]:
    """Write what was agreed on into this device's file.

    What cannot be written there stays as it is, and goes to the others as a choice of this device.

    Returns:
        Names of what changed, and in words what could not be.
    """
    held = {one.setting.name: one.value for one in describe(paths, {}) if one.origin == "file"}
    changed, faults = [], []
    for name, one in agreed.items():
        if one.value == held.get(name, ""):
            continue
        try:
            if one.value:
                set_setting(paths, name, one.value)
            else:
                unset_setting(paths, name)
            changed.append(name)
        except (OSError, UsageError) as error:
            faults.append(f"{name} = {one.value} of another device is not in force here: {error}")
    return changed, faults
