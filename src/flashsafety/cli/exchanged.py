"""What an exchange with other devices brought, on standard error."""

from typing import TYPE_CHECKING

from flashsafety.cli import output
from flashsafety.errors import FlashsafetyError

if TYPE_CHECKING:
    from flashsafety.study.devices import Exchange
    from flashsafety.study.library import Library


def tell(done: "Exchange") -> None:
    """Say what was copied before, left out, what waits, and what changed of the settings."""
    if done.copy:
        output.note(f"one log with that of the folder from now on; a copy of yours: {done.copy}")
    for fault in done.faults:
        output.note(fault)
    if done.more_faults:
        output.note(f"and {done.more_faults:,} lines more that were left out")
    if done.faults:
        output.note("all else was taken; what was left out is looked at again each time")
    for name in done.waiting:
        output.note(f"{name}: waits for a file that is still to come")
    if done.settings:
        output.note(f"settings from another device: {', '.join(done.settings)}")


def keep_in_step(library: "Library") -> None:
    """Exchange with the folder that is shared, if one is; a fault is told and holds nothing up."""
    if not library.shares:
        return
    from flashsafety.study.devices import exchange

    try:
        done = exchange(library)
    except FlashsafetyError as error:
        output.note(f"not in step with other devices: {error}")
        return
    if done.received:
        output.note(f"new from other devices: {done.received:,}")
    tell(done)
