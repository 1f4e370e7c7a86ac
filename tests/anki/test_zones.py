"""A card is due on the same day here and in Anki, wherever one lives and at whatever hour."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flashsafety.anki.export import export_deck
from flashsafety.anki.importing import import_package
from flashsafety.clock import FixedClock
from flashsafety.store.due import all_states
from flashsafety.study.sync import sync
from flashsafety.study.today import EVERYTHING, start_all
from flashsafety.terms import Phase
from tests.anki.conftest import study
from tests.anki.days import on, other_days
from tests.banks import tiny_bank
from tests.libraries import open_library

WHEN = {
    "noon in London": ("Europe/London", 12),
    "before the day's start in Los Angeles": ("America/Los_Angeles", 2),
    "evening in Tokyo": ("Asia/Tokyo", 22),
    "morning in Auckland": ("Pacific/Auckland", 7),
}


@other_days
@pytest.mark.parametrize(("name", "hour"), WHEN.values(), ids=WHEN.keys())
def test_due_days_agree(tmp_path: Path, name: str, hour: int) -> None:
    zone = ZoneInfo(name)
    # Summer time begins (or ends) amid these days in three of the four.
    clock = FixedClock(datetime(2026, 3, 20, 20, tzinfo=zone), zone=zone)
    with open_library(tmp_path, tiny_bank(tmp_path / "bank"), clock) as library:
        sync(library)
        start_all(library)
        study(library, clock, days=18)
        now = datetime(2026, 4, 9, hour, tzinfo=zone)
        clock.at = int(now.timestamp() * 1000)
        path = tmp_path / "deck.apkg"
        export_deck(library, str(path), EVERYTHING, with_scheduling=True)
        numbers = dict(library.db.execute("SELECT card, id FROM anki_card").fetchall())
        today = clock.now().day
        ours = {
            str(numbers[card]): state.due_day - today
            for card, state in all_states(library.db)
            if state.memory.phase == Phase.REVIEW and state.due_day is not None
        }
        back = str(tmp_path / "back.apkg")
        tasks = [["take", str(path)], ["give", back], ["days_until_due"]]
        assert on(now, tmp_path / "x.anki2", *tasks, zone=name) == ours
        assert len(ours) >= 5
        taken = import_package(library, back)
        assert (taken.added, taken.skipped) == (0, {})
        assert taken.worst < 1e-4
