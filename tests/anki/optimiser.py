"""Anki's own optimiser, on cards that are made to have a log of ours."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from anki.collection import Collection

from flashsafety.scheduling.histories import Row


@contextmanager
def collection_of(folder: Path, log: Sequence[Row]) -> Iterator[Collection]:
    """A collection whose revlog says the same; no two ratings may be of one instant."""
    with closing(Collection(str(folder / "real.anki2"))) as collection:
        db = collection.db
        assert db is not None

        def write() -> None:
            db.executemany(
                "INSERT INTO cards VALUES (?,1,1,0,0,0,2,2,0,10,2500,5,0,0,0,0,0,'')",
                [(card,) for card in sorted({row[0] for row in log})],
            )
            db.executemany(
                "INSERT INTO revlog VALUES (?,?,-1,?,10,1,2500,7000,?)",
                [(at, card, rating, (0, 0, 1, 2)[phase]) for card, rating, _, phase, at in log],
            )

        db.transact(write)
        yield collection


def fit(collection: Collection) -> Sequence[float]:
    """The 21 numbers for the whole collection; none where it finds no better than the defaults."""
    done = collection._backend.compute_fsrs_params(
        search="",
        ignore_revlogs_before_ms=0,
        current_params=[],
        num_of_relearning_steps=1,
        health_check=False,
    )
    return list(done.params)
