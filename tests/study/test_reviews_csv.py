"""The review log as CSV: what it carries comes back, and nothing that a file may hold does harm."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.errors import UnusableDataError, UsageError
from flashsafety.store import incoming
from flashsafety.study.backup import restore
from flashsafety.study.import_reviews import ImportReport, import_reviews
from flashsafety.study.insertion import rating_id
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.reviews_csv import HEADER, Rated, Refused, read, write
from flashsafety.study.session import StudySession
from flashsafety.terms import CardState, Phase, Rating
from tests.libraries import open_library
from tests.study.lives import Step, fresh_library, live, lives, states, stray_lives

NOW = 1_772_452_800_000
"""Noon of 2 March 2026, UTC: where the clock of the tests stands."""
DAY = 86_400_000
CIRCLE, AREA = "circle/forward", "circle-area/recall"

Take = Callable[..., ImportReport]


@pytest.fixture
def take(library: Library, tmp_path: Path) -> Take:
    """Import lines, under the usual header unless they bring their own."""

    def imported(*lines: str, header: str = ",".join(HEADER), dry_run: bool = False):
        file = tmp_path / "log.csv"
        file.write_bytes("\n".join([header, *lines, ""]).encode("utf-8", "surrogateescape"))
        return import_reviews(library, str(file), dry_run=dry_run)

    return imported


def exported(library: Library) -> str:
    out = io.StringIO()
    write(incoming.exported(library.db), out)
    return out.getvalue()


def log(library: Library) -> list[tuple[object, ...]]:
    """Every rating that counts, as fully as it is stored, but for ids and where it was made."""
    return library.db.execute(
        "SELECT key, rating, reviewed_at, utc_offset, study_day, duration_ms, review.phase,"
        " review.interval, fuzz FROM review JOIN card ON card.id = card"
        " WHERE undone_at IS NULL ORDER BY key, review.id"
    ).fetchall()


def bare(found: dict[str, CardState]) -> dict[str, CardState]:
    """States without what no rating says."""
    return {
        key: state._replace(suspended=False, buried_until=None, flag=None)
        for key, state in found.items()
    }


# ---- the round trip --------------------------------------------------------------------------


@given(lives)
@settings(max_examples=25, deadline=None)
@example([("rate", Rating.GOOD), ("wait", 1.0), ("rate", Rating.GOOD), ("wait", 90.0)])
def test_what_was_exported_comes_back_as_it_was(steps: list[Step]) -> None:
    """Into a database that knows nothing: the very log, study days and intervals included.

    Where the load of other days had a say in them, the file cannot know.
    """
    steps = [step for step in steps if step[0] != "relearn"]
    with (
        fresh_library(load_balance=False) as (library, clock),
        fresh_library() as (other, other_clock),
    ):
        live(library, clock, steps)
        other_clock.at = clock.at
        file = Path(other.paths.data) / "log.csv"
        file.write_text(exported(library), encoding="utf-8")
        report = import_reviews(other, str(file))
        assert report.added == len(log(library))
        assert (report.known, report.repeated, report.unknown, report.refused) == (0, 0, 0, 0)
        assert log(other) == log(library)
        assert exported(other) == exported(library)
        assert bare(states(other)) == bare(states(library))
        assert rebuild(other, verify=True).differing == ()


@given(stray_lives, st.lists(st.integers(0, 400), max_size=12), stray_lives)
@settings(max_examples=25, deadline=None)
def test_any_part_of_any_log_goes_into_any_other(
    theirs: list[Step], left_out: list[int], ours: list[Step]
) -> None:
    """In pieces and in any order, twice, on top of what was done here: log and states agree."""
    with fresh_library() as (library, clock), fresh_library() as (other, other_clock):
        live(library, clock, theirs)
        live(other, other_clock, ours)
        other_clock.at = max(clock.at, other_clock.at) + 90 * DAY
        header, *rows = exported(library).splitlines()
        before = other.db.execute("SELECT * FROM review ORDER BY id").fetchall()
        there = {row[:3] for row in other.db.execute(
            "SELECT key, reviewed_at, rating FROM review JOIN card ON card.id = card")}  # fmt: skip
        part = [row for n, row in enumerate(rows) if n not in left_out][::-1]
        for lines in (part, rows, rows[::-1]):
            file = Path(other.paths.data) / "log.csv"
            file.write_text("\n".join([header, *lines]), encoding="utf-8")
            import_reviews(other, str(file))
            assert rebuild(other, verify=True).differing == ()
            other_clock.advance(minutes=1)
        assert import_reviews(other, str(file)).added == 0
        kept = other.db.execute("SELECT * FROM review WHERE origin <> 'import' ORDER BY id")
        assert kept.fetchall() == before
        said = {(key, int(at), int(rating)) for key, at, rating, *_ in (r.split(",") for r in rows)}
        came = other.db.execute(
            "SELECT key, reviewed_at, rating FROM review JOIN card ON card.id = card"
            " WHERE origin = 'import'"
        )
        assert sorted(came) == sorted(said - there)


def test_a_reset_shows_in_the_phases_and_comes_back(library: Library, clock: FixedClock) -> None:
    StudySession(library).answer(Rating.EASY, 0)
    clock.advance(days=40)
    session = StudySession(library)
    assert session.current is not None
    key = session.current.key
    session.answer(Rating.AGAIN, 0)
    clock.advance(days=1)
    StudySession(library).relearn()
    StudySession(library).answer(Rating.GOOD, 0)
    before = states(library)
    assert (before[key].reps, before[key].memory.phase) == (1, Phase.LEARNING)
    with fresh_library() as (other, other_clock):
        other_clock.at = clock.at
        file = Path(other.paths.data) / "log.csv"
        file.write_text(exported(library), encoding="utf-8")
        import_reviews(other, str(file))
        assert states(other)[key] == before[key]
        assert rebuild(other, verify=True).differing == ()
        assert import_reviews(other, str(file)).added == 0


def test_what_was_undone_or_crammed_is_left_out(library: Library) -> None:
    session = StudySession(library)
    session.answer(Rating.GOOD, 0)
    session.answer(Rating.AGAIN, 0)
    session.undo()
    library.db.execute("UPDATE review SET origin = 'cram' WHERE undone_at IS NULL")
    assert exported(library) == ",".join(HEADER) + "\n"


def test_what_was_undone_here_stays_undone(library: Library, take: Take) -> None:
    session = StudySession(library)
    session.answer(Rating.GOOD, 0)
    line = exported(library).splitlines()[1]
    session.undo()
    report = take(line)
    assert (report.added, report.known) == (0, 1)
    assert all(state.memory.phase == Phase.NEW for state in states(library).values())


def test_undo_takes_back_nothing_that_was_imported(library: Library, take: Take) -> None:
    take(f"{CIRCLE},{NOW - 1000},3,0,0")
    assert StudySession(library).undo() is None
    StudySession(library).answer(Rating.GOOD, 0)
    assert StudySession(library).undo() is not None
    assert StudySession(library).undo() is None


# ---- what other programs write ---------------------------------------------------------------


def test_columns_may_stand_in_any_order_and_some_may_be_missing(
    library: Library, take: Take
) -> None:
    header = "review_rating,deck,card_id,review_time"
    report = take(f"3,x,{CIRCLE},{NOW - DAY}", f'3,"a, b",{AREA},{NOW}', header=header)
    assert (report.added, report.cards, report.refused) == (2, 2, 0)
    assert states(library)[CIRCLE].memory.phase == Phase.LEARNING


def test_a_byte_order_mark_gaps_and_carriage_returns_are_fine(take: Take) -> None:
    report = take(
        f"{CIRCLE},{NOW - DAY}.0,3.0,,\r",
        "",
        f"{AREA},{NOW - DAY},3,0.0,1500.0\r",
        header="\ufeff" + ",".join(HEADER) + "\r",
    )
    assert (report.added, report.refused) == (2, 0)


def test_the_state_that_the_file_gives_is_kept(library: Library, take: Take) -> None:
    """A program without learning steps: a review the next day, and days until the next one."""
    take(f"{CIRCLE},{NOW - 20 * DAY},3,0,0", f"{CIRCLE},{NOW - 15 * DAY},3,2,0")
    state = states(library)[CIRCLE]
    assert state.memory.phase == Phase.REVIEW
    assert state.due_day is not None
    assert library.db.execute("SELECT phase FROM review ORDER BY id").fetchall() == [(0,), (2,)]


def test_a_program_that_calls_every_rating_new_resets_nothing(library: Library, take: Take) -> None:
    take(*(f"{CIRCLE},{NOW - days * DAY},3,0,0" for days in (30, 20, 10)))
    assert states(library)[CIRCLE].reps == 3
    assert library.db.execute("SELECT count(*) FROM action").fetchone() == (0,)


def test_ratings_go_where_they_belong_in_time(
    library: Library, clock: FixedClock, take: Take
) -> None:
    session = StudySession(library)
    session.answer(Rating.EASY, 0)
    (line,) = exported(library).splitlines()[1:]
    card = line.partition(",")[0]
    take(f"{card},{NOW - 5 * DAY},1,0,0")
    assert [row[1] for row in log(library)] == [Rating.AGAIN, Rating.EASY]
    assert states(library)[card].reps == 2
    assert states(library)[card].last_at == NOW
    assert rebuild(library, verify=True).differing == ()


def test_study_days_follow_the_zone_and_the_start_of_the_day(take: Take, library: Library) -> None:
    from zoneinfo import ZoneInfo

    assert isinstance(library.clock, FixedClock)
    library.clock.travel(ZoneInfo("Asia/Tokyo"))
    take(f"{CIRCLE},{NOW - DAY + 6 * 3_600_000},3,0,0", f"{AREA},{NOW - DAY + 7 * 3_600_000},3,0,0")
    days = library.db.execute("SELECT study_day, utc_offset FROM review ORDER BY reviewed_at")
    # 03:00 and 04:00 in Tokyo.
    assert days.fetchall() == [(20_513, 32_400), (20_514, 32_400)]


def test_an_id_is_the_same_wherever_the_row_is_imported() -> None:
    assert rating_id(CIRCLE, NOW, 3) == rating_id(CIRCLE, NOW, 3)
    ids = {rating_id(card, at, rating) for card in (CIRCLE, AREA) for at in (NOW, NOW + 1)
           for rating in (1, 2, 3, 4)}  # fmt: skip
    assert len(ids) == 16
    assert all(id_[6] >> 4 == 7 and id_[8] >> 6 == 2 for id_ in ids)


# ---- what a file may hold ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"{CIRCLE},{NOW + 1},3,0,0", "in the future"),
        (f"{CIRCLE},-5,3,0,0", "no time"),
        (f"{CIRCLE},{NOW // 1000},3,0,0", "in seconds?"),
        (f"{CIRCLE},2026-03-01,3,0,0", "no time"),
        (f"{CIRCLE},{'9' * 400},3,0,0", "no time"),
        (f"{CIRCLE},1e12,3,0,0", "no time"),
        (f"{CIRCLE},{NOW}.5,3,0,0", "no time"),
        (f"{CIRCLE},\u0661\u0662\u0663,3,0,0", "no time"),
        (f"{CIRCLE},,3,0,0", "no time"),
        (f"{CIRCLE},{NOW},0,0,0", "no rating"),
        (f"{CIRCLE},{NOW},5,0,0", "no rating"),
        (f"{CIRCLE},{NOW},=1+2,0,0", "no rating"),
        (f"{CIRCLE},{NOW},3,4,0", "no state"),
        (f"{CIRCLE},{NOW},3,new,0", "no state"),
        (f"{CIRCLE},{NOW},3,0,-1", "no duration"),
        (f"{CIRCLE},{NOW},3,0,{2**40}", "no duration"),
        (f"{CIRCLE},{NOW}", "columns"),
        (f'"{CIRCLE},{NOW},3,0,0', "columns"),
        ("x" * 5000, "longer"),
        ("\0" * 20, "columns"),
    ],
    ids=lambda text: repr(text[:60]),
)
def test_a_line_that_is_no_rating_is_named_and_hides_no_other(
    library: Library, take: Take, line: str, why: str
) -> None:
    report = take(f"{CIRCLE},{NOW - DAY},3,0,0", line, f"{AREA},{NOW - DAY},3,0,0")
    assert (report.added, report.refused) == (2, 1)
    (refused,) = report.refusals
    assert refused.line == 3
    assert why in refused.why
    assert len(refused.why) < 80


@pytest.mark.parametrize(
    "card",
    ["unheard-of/recall", "=cmd()|x", "\0", "", "\udcff\udcfe", "a" * 3000],
    ids=lambda card: repr(card[:20]),
)
def test_a_card_that_is_not_here_is_counted_and_named(take: Take, card: str) -> None:
    report = take(f"{card},{NOW},3,0,0", f"{CIRCLE},{NOW},3,0,0", f"{card},{NOW - 1},3,0,0")
    assert (report.added, report.unknown, len(report.unknown_cards)) == (1, 2, 1)


def test_a_line_that_comes_twice_counts_once(take: Take) -> None:
    line = f"{CIRCLE},{NOW},3,0,0"
    report = take(line, line, f"{CIRCLE},{NOW},3,1,99")
    assert (report.added, report.repeated) == (1, 2)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"hello\n",
        b"card_id;review_time;review_rating\n",
        b"card_id,review_time\n",
        b"\0" * 100_000,
        b"a" * 10_000_000,
        b"SQLite format 3\0",
        "card_id,review_time,review_rating\n".encode("utf-16"),
    ],
    ids=lambda data: f"{data[:8]!r} and {len(data)} bytes in all",
)
def test_a_file_that_is_no_review_log_is_refused(
    library: Library, tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(data)
    with pytest.raises(UsageError) as refused:
        import_reviews(library, str(file))
    assert "card_id,review_time" in refused.value.mend
    assert rebuild(library).reviews == 0  # and the database goes on


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_file_that_cannot_be_read_is_named(library: Library, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnusableDataError):
        import_reviews(library, str(tmp_path / name))


def test_a_file_without_end_is_refused_at_its_first_line(library: Library) -> None:
    with pytest.raises(UsageError):
        import_reviews(library, "/dev/zero")


@given(st.lists(st.binary(max_size=60), max_size=20))
@settings(max_examples=150, deadline=None)
@example([b'"', b'""', b'"a"b', b"\xef\xbb\xbf", b"a,b,c,d,e,f,g"])
def test_any_bytes_are_read_to_the_end(lines: list[bytes]) -> None:
    data = b"\n".join([",".join(HEADER).encode(), *lines])
    for row in read(io.BytesIO(data), "log.csv", NOW):
        assert isinstance(row, Rated | Refused)
        if isinstance(row, Rated):
            assert 0 < row.at <= NOW
            assert 1 <= row.rating <= 4


# ---- nothing is written unasked, and what was there is kept ------------------------------------


def test_a_dry_run_says_the_same_and_writes_nothing(library: Library, take: Take) -> None:
    lines = [f"{CIRCLE},{NOW - DAY},3,0,0", "x", f"nobody/recall,{NOW},3,0,0"]
    dry = take(*lines, dry_run=True)
    assert log(library) == []
    assert not (Path(library.paths.data) / "backups").exists()
    wet = take(*lines)
    assert (dry.added, dry.cards, dry.unknown, dry.refused) == (1, 1, 1, 1)
    assert replace(wet, copy=None) == dry


def test_a_copy_is_kept_of_what_was_before(library: Library, take: Take) -> None:
    StudySession(library).answer(Rating.GOOD, 0)
    before = log(library)
    report = take(f"{CIRCLE},{NOW - DAY},3,0,0", f"{AREA},{NOW - DAY},3,0,0")
    assert report.copy is not None
    assert len(log(library)) == 3
    restore(library.paths, library.clock, report.copy.path)
    assert log(library) == before


def test_nothing_new_means_no_copy(library: Library, take: Take) -> None:
    take(f"{CIRCLE},{NOW - DAY},3,0,0")
    assert take(f"{CIRCLE},{NOW - DAY},3,0,0").copy is None


def test_when_no_copy_can_be_made_nothing_is_written(library: Library, take: Take) -> None:
    (Path(library.paths.data) / "backups").write_text("in the way")
    with pytest.raises(UnusableDataError, match="copy"):
        take(f"{CIRCLE},{NOW - DAY},3,0,0")
    assert log(library) == []


def test_another_window_that_imported_the_same_file_leaves_nothing_to_add(
    library: Library, take: Take, tmp_path: Path
) -> None:
    take(f"{CIRCLE},{NOW - DAY},3,0,0")
    second = library.reopen()
    report = import_reviews(second, str(tmp_path / "log.csv"))
    second.close()
    assert (report.added, report.known) == (0, 1)
    assert len(log(library)) == 1


def test_intervals_are_given_by_the_retention_of_the_cards_module(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    days = []
    for name, own in (("a", {}), ("b", {"shapes": 0.97})):
        with open_library(tmp_path / name, bank, clock, module_retention=own) as library:
            library.take_in_changes()
            file = tmp_path / "log.csv"
            file.write_text(f"{','.join(HEADER)}\n{CIRCLE},{NOW - DAY},4,0,0\n")
            import_reviews(library, str(file))
            days.append(states(library)[CIRCLE].interval // 86_400)
            assert rebuild(library, verify=True).differing == ()
    assert days[0] > 2 * days[1]
