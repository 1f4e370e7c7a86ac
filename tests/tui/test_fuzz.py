"""A few hundred random events on each bank; ``python -m tests.tuifuzz`` sends ten thousand."""

import os

import pytest

from flashsafety.settings.load import load_settings
from tests.tuifuzz import BANKS, fuzz, fuzzed_library, harmless_editor

EVENTS = int(os.environ.get("TUIFUZZ_EVENTS", "250"))
SEED = int(os.environ.get("TUIFUZZ_SEED", "1"))


@pytest.mark.parametrize("bank", BANKS)
def test_random_keys_clicks_and_sizes_break_nothing(bank, tmp_path, monkeypatch):
    print(f"seed {SEED}, {EVENTS} events")  # shown when it fails
    monkeypatch.setenv("FLASHSAFETY_EDITOR", harmless_editor(tmp_path))
    with fuzzed_library(bank, tmp_path) as library:
        library.adopt(load_settings(library.paths, os.environ))
        report = fuzz(library, seed=SEED, events_=EVENTS)
    assert report.events == EVENTS
    assert len(report.screens) > 3
