"""What the app does on a thread once its first frame is painted: it gets everything else ready."""

import gc
from contextlib import suppress
from importlib import import_module
from threading import Event
from typing import TYPE_CHECKING

from flashsafety.errors import FlashsafetyError
from flashsafety.study.library import Library

if TYPE_CHECKING:
    from flashsafety.tui.app import FlashsafetyApp

_PAINT_SECONDS = 0.5
"""The longest that the index and the day's copy wait for the screen in front."""


def get_ready(app: "FlashsafetyApp") -> None:
    """Import what studying needs and take in what changed; then what nobody waits for."""
    from flashsafety.tui.screens import study

    _begin_log(app)
    # All that was imported stays for good. Not looking at it while it comes in saves a tenth of
    # the start, and never again looking at it keeps the collector's pauses out of the review.
    if not gc.isenabled():  # an app that is run in a process of others must not keep theirs
        gc.freeze()
        gc.enable()
    with app.library.reopen() as library:
        _keep_in_step(app, library)
        try:
            report = library.take_in_changes()
        except FlashsafetyError as error:
            app.call_from_thread(app.bank_failed, error)
            return
    app.call_from_thread(app.bank_was_read, report)
    _wait_for_paint(app)
    study.warm_up()
    _index(app)
    _copy(app)


def _wait_for_paint(app: "FlashsafetyApp") -> None:
    """Let the first card come first, if one was asked for."""
    painted = Event()
    app.call_from_thread(lambda: app.screen.call_after_refresh(painted.set))
    painted.wait(_PAINT_SECONDS)


def _begin_log(app: "FlashsafetyApp") -> None:
    from flashsafety.tui import logfile

    logfile.open_log(app.library.paths.log)
    logfile.note(f"begins, {app.size.width} by {app.size.height}, {app.console.color_system}")


def _keep_in_step(app: "FlashsafetyApp", library: Library) -> None:
    """Take in what was done on other devices, where there are any."""
    if not library.shares:
        return
    from flashsafety.study.devices import exchange

    try:
        done = exchange(library)
    except FlashsafetyError as error:
        app.call_from_thread(app.show_error, "Not in step with other devices", error)
        return
    if done.faults:
        words = "\n".join(done.faults[:3])
        app.call_from_thread(app.complain, "Left out of what other devices wrote", words)
    if done.settings:
        app.call_from_thread(app.take_settings)


def _index(app: "FlashsafetyApp") -> None:
    """Take in, and import, what a search would otherwise wait for."""
    from flashsafety.study.find import refresh_index

    import_module("flashsafety.tui.screens.browse")

    # What fails here fails again, and is said, where somebody searches.
    with suppress(FlashsafetyError), app.library.reopen() as library:
        refresh_index(library)


def _copy(app: "FlashsafetyApp") -> None:
    """Make the day's copy of the database; one that may be missed is named."""
    from flashsafety.study.backup import daily_copy, missed_copy, restoring

    try:
        with app.library.reopen() as library:
            if (missed := missed_copy(library)) is not None:
                words = f"It holds {missed.reviews:,}: {restoring(missed.path)}"
                app.call_from_thread(app.complain, "No rating here, but in a copy", words)
            daily_copy(library)
    except FlashsafetyError as error:
        app.call_from_thread(app.show_error, "Today's copy was not made", error)
