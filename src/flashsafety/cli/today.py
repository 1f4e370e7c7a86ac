"""No verb: the terminal app. The only file of the command line that imports it."""

import gc
import os
import sys
from typing import TYPE_CHECKING

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.lines import is_person

if TYPE_CHECKING:
    from flashsafety.study.exam import Ask
    from flashsafety.study.library import Library
    from flashsafety.study.today import Choice

PAGE_DRIVER = "flashsafety.tui.page_driver:PageDriver"
"""Textual's name of what draws on a page; ``serve`` has it in the environment of its apps."""


def open_app(chosen: Chosen, choice: "Choice | None" = None) -> None:
    """Open the terminal app: on Today, or at once in a review of a choice of cards.

    Without a terminal it says what is due, or reviews in plain lines.
    """
    on_page = os.environ.get("TEXTUAL_DRIVER") == PAGE_DRIVER
    if not (on_page or is_person()):
        _without_terminal(chosen, choice)
        return
    _import_lightly()
    from flashsafety.tui.app import run_app

    def library() -> "Library":
        return chosen.open() if choice is None else _open_for(chosen, choice)

    summary = run_app(library, start_review=choice)
    from flashsafety.cli.exchanged import keep_in_step

    with chosen.open(check=False) as after:
        keep_in_step(after)
    if summary is not None and not on_page:  # whose standard output is the page
        from flashsafety.cli.summary import summary_lines  # brings pydantic: not before the app

        for line in summary_lines(summary):
            output.say(line)


def take_quiz(chosen: Chosen, ask: "Ask") -> bytes | None:
    """Open the terminal app on practice exams; returns the attempt last handed in, if any."""
    _import_lightly()
    from flashsafety.tui.app import run_quiz

    return run_quiz(chosen.open, ask)


def _import_lightly() -> None:
    """Have what the app imports come in at less cost.

    All of it stays for good, so the collector looks at none of it until the app turns it on again.
    And asyncio comes in as where Python was built without TLS, which takes half a bare start: the
    app opens no connection by it. Whoever asks for TLS later has it.
    """
    gc.disable()
    if "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        try:
            import asyncio  # noqa: F401
        finally:
            del sys.modules["ssl"]


def _open_for(chosen: Chosen, choice: "Choice") -> "Library":
    """The library, once it is sure that the choice names what there is."""
    from flashsafety.cli.choices import refuse_unknown

    library = chosen.open_current()
    try:
        refuse_unknown(library, choice)
    except BaseException:
        library.close()
        raise
    return library


def _without_terminal(chosen: Chosen, choice: "Choice | None") -> None:
    if choice is None:
        from flashsafety.cli.counts import print_due

        print_due(chosen, as_json=False)
        output.note("no terminal here for the app; 'flashsafety review --plain' needs none")
    else:
        from flashsafety.cli.review import review_plain

        review_plain(chosen, choice)
