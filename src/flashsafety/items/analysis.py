"""Item analysis as expressions: written once, run by DuckDB or by Spark.

A card is an item of a test, and each learner takes it once: at the card's first review, which is
the first rating in the review phase. Later reviews come after as many lessons as that learner
needed, so they say less of the card and more of the learner.

*Difficulty* is one minus the share that recalled, corrected for when they were asked: to the share
over all cards is added how far this card's learners lay above or below what all learners recall
after as many days (indirect standardisation, over classes of days that double).

*Discrimination* is the corrected point-biserial correlation, from -1 to 1: of recall, 0 or 1, with
the rest of what the same learner did. The rest is the mean over the learner's other cards of recall
less the share that recalled that card, so it does not matter which cards those were.
Source: Lord and Novick, Statistical Theories of Mental Test Scores (1968), chapter 15.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from flashsafety.study.anonymous import VERSION
from flashsafety.study.anonymous_files import MOST, SHAPES

LEAST = 10
"""Learners from whom on a figure is given; of fewer it says more of them than of the card."""
LEECH = 8
"""Lapses of one learner on a card that make it a leech: the default of the program's setting."""
REST = 5
"""Other cards that a learner must have met for the rest of what they did to count."""
_DAYS = 2**17
"""More than ``elapsed`` can be: place, days and recall are packed into one number."""
_SPANS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
"""First days of the classes by which recall is expected."""
_NOTHING = 1e-9
"""Below it a spread is the rounding of sums."""
_KEYS = ("file", "bank", "learner", "card", "wording", "wrong")


def tallies(ratings: ir.Table) -> ir.Table:
    """What each file says of a learner's ratings of a card, and of each answer picked there.

    The only pass over all ratings. ``sound`` is false of what comes from lines that are no ratings.
    ``first`` is the first review, packed: its place in the log, the days before it and recall. The
    lowest number is found several times faster than the row that has it.
    """
    t = ratings.mutate(
        sound=_sound(ratings),
        counts=ratings.origin != "cram",
        recalled=ratings.rating != "1",
        place=(ratings.number * _DAYS + ratings.elapsed.fill_null(0)) * 2,
    )
    met, review = t.counts & (t.phase == "0"), t.counts & (t.phase == "2")
    tallied = t.group_by(*_KEYS, "sound").agg(
        ratings=t.count(where=t.counts),
        met=t.count(where=met),
        met_again=t.count(where=met & ~t.recalled),
        lapses=t.count(where=review & ~t.recalled),
        answered=t.count(where=t.counts & t.picked.notnull()),
        first=(t.place + t.recalled.cast("int64")).min(where=review),
    )
    return tallied.mutate(
        sound=ibis.and_(tallied.sound, *(_shaped(tallied, key) for key in _KEYS[1:]))
    )


def _sound(t: ir.Table) -> ir.BooleanValue:
    """Whether the cells of a line that are no keys are as they should be."""
    elapsed = t.elapsed.isnull() | t.elapsed.between(0, MOST["elapsed"] - 1)
    return ibis.and_(
        t.readable,
        t.version == VERSION,
        t.rating.isin(("1", "2", "3", "4")),
        t.phase.isin(("0", "1", "2", "3")),
        t.origin.isin(SHAPES["origin"].split("|")),
        t.number.between(1, MOST["number"] - 1),
        t.day.between(0, MOST["day"] - 1),
        t.interval.between(0, MOST["interval"] - 1),
        t.seconds.between(0, MOST["seconds"] - 1),
        elapsed,
        _shaped(t, "picked"),
    ).fill_null(False)


def _shaped(t: ir.Table, name: str) -> ir.BooleanValue:
    """Whether a cell of text has its shape; an empty one is null."""
    right = t[name].re_search(f"^({SHAPES[name]})$")
    return right.fill_null(SHAPES[name].endswith("?"))


def sound(tallied: ir.Table) -> ir.Table:
    """What comes from lines that are ratings and count."""
    return tallied.filter(tallied.sound, tallied.ratings > 0)


def files_of(counted: ir.Table) -> ir.Table:
    """Bank, learner and file, with ``place`` among the learner's files: 0 has the most ratings.

    That is the one that was written last, for a log only grows.
    """
    files = counted.group_by("bank", "learner", "file").agg(ratings=_.ratings.sum())
    by_size = ibis.window(group_by=("bank", "learner"), order_by=(_.ratings.desc(), _.file))
    return files.mutate(place=ibis.row_number().over(by_size))


def each_learner_once(counted: ir.Table, files: ir.Table) -> ir.Table:
    """Of what counts, what the learners' first files say; ``files`` as ``files_of`` makes it."""
    first = files.filter(files.place == 0).select("bank", "learner", "file")
    return counted.semi_join(first, ["bank", "learner", "file"])


def pairs(kept: ir.Table) -> ir.Table:
    """What there is of each learner and card."""
    return kept.group_by("bank", "card", "learner").agg(
        ratings=_.ratings.sum(),
        met=_.met.sum() > 0,
        met_again=_.met_again.sum() > 0,
        lapses=_.lapses.sum(),
        first=_.first.min(),
    )


def learners(pairs: ir.Table) -> ir.Table:
    """How many there are of each bank."""
    return pairs.group_by("bank").agg(learners=_.learner.nunique())


def cards(pairs: ir.Table, tested: ir.Table) -> ir.Table:
    """One row for each card, its figures null where too few learners stand behind them.

    Args:
        pairs: As ``pairs`` makes it, computed already; ``tested`` too.
        tested: As ``tested`` makes it of them.
    """
    all_of_it = pairs.group_by("bank", "card").agg(
        learners=_.count(),
        ratings=_.ratings.sum(),
        met=_.count(where=_.met),
        met_again=_.count(where=_.met_again),
        tested=_.first.count(),
        leeches=_.count(where=_.lapses >= LEECH),
    )
    tested = _rest(tested)
    figures = tested.group_by("bank", "card").agg(
        recall=_.recalled.mean(),
        edge=(_.recalled - _.expected).mean(),
        usual=_.usual.max(),
        **_moments(tested),
    )
    joined = all_of_it.left_join(figures, ["bank", "card"])
    return joined.select(
        "bank",
        "card",
        "learners",
        "ratings",
        first_again=_enough(_.met, _.met_again / _.met.nullif(0)),
        recall=_enough(_.tested, _.recall),
        difficulty=_enough(_.tested, 1 - (_.usual + _.edge).clip(0, 1)),
        discrimination=_enough(_.n, _correlation()),
        leech_rate=_enough(_.tested, _.leeches / _.tested.nullif(0)),
    )


def tested(pairs: ir.Table) -> ir.Table:
    """Learners and cards with a first review: what came of it, and what was to be expected."""
    firsts = pairs.filter(pairs.first.notnull())
    days = (firsts.first // 2) % _DAYS
    firsts = firsts.select(
        "bank",
        "card",
        "learner",
        recalled=(firsts.first % 2).cast("float64"),
        span=sum((days >= first).cast("int64") for first in _SPANS),
    )
    by_span = firsts.group_by("bank", "span").agg(expected=_.recalled.mean())
    by_bank = firsts.group_by("bank").agg(usual=_.recalled.mean())
    by_card = firsts.group_by("bank", "card").agg(share=_.recalled.mean())
    return (
        firsts.join(by_span, ["bank", "span"]).join(by_bank, "bank").join(by_card, ["bank", "card"])
    )


def _rest(tested: ir.Table) -> ir.Table:
    """The same with how the learner did on their other cards, beside what others did on those."""
    tested = tested.mutate(above=tested.recalled - tested.share)
    whole = tested.group_by("bank", "learner").agg(all_above=_.above.sum(), others=_.count() - 1)
    joined = tested.join(whole, ["bank", "learner"])
    return joined.mutate(rest=(_.all_above - _.above) / _.others.nullif(0))


def picks(kept: ir.Table) -> ir.Table:
    """How often each set of wrong options was picked, under each wording of a card."""
    answers = kept.filter(kept.answered > 0)
    wordings = answers.group_by("bank", "card", "wording").agg(
        answers=_.answered.sum(), learners=_.learner.nunique()
    )
    by_wrong = answers.filter(answers.wrong.notnull()).group_by("bank", "card", "wording", "wrong")
    counted = by_wrong.agg(times=_.answered.sum())
    return wordings.filter(wordings.learners >= LEAST).join(counted, ["bank", "card", "wording"])


def _enough(learners: ir.IntegerValue, figure: ir.NumericValue) -> ir.NumericValue:
    return ibis.ifelse(learners >= LEAST, figure, None)


def _moments(tested: ir.Table) -> dict[str, ir.NumericValue]:
    """Sums over the learners whose rest counts: ``x`` is recall, ``y`` the rest."""
    x, y, counts = tested.recalled, tested.rest, tested.others >= REST
    products = {"x": x, "y": y, "xx": x * x, "xy": x * y, "yy": y * y}
    sums = {name: product.sum(where=counts) for name, product in products.items()}
    return {"n": tested.count(where=counts), **sums}


def _correlation() -> ir.NumericValue:
    """Of ``x`` with ``y``; null where one of them never varies.

    From the sums: the engines' own functions differ in what they make of that.
    """
    spread_x, spread_y = _.n * _.xx - _.x * _.x, _.n * _.yy - _.y * _.y
    varies = (spread_x > _NOTHING) & (spread_y > _NOTHING)
    spread = ibis.ifelse(varies, spread_x * spread_y, None)
    return (_.n * _.xy - _.x * _.y) / spread.sqrt()
