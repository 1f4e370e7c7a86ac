"""The one table of settings: the command, the settings screen, the help and the README show it."""

from typing import NamedTuple

from flashsafety.config import ENV, Settings
from flashsafety.errors import UsageError
from flashsafety.settings import values
from flashsafety.settings.values import Kind

THEMES = (
    "textual-dark", "textual-light", "nord", "gruvbox", "catppuccin-mocha", "dracula",
    "tokyo-night", "monokai", "flexoki", "catppuccin-latte", "catppuccin-frappe",
    "catppuccin-macchiato", "solarized-light", "solarized-dark", "rose-pine", "rose-pine-moon",
    "rose-pine-dawn", "atom-one-dark", "atom-one-light", "ansi-dark", "ansi-light",
)  # fmt: skip
"""The themes of the terminal library, which is not imported to check a name; a test compares."""


class Setting(NamedTuple):
    """One thing that a learner may choose."""

    name: str
    """As in the file and the command; of one entry of a table ``table.entry``."""
    group: str
    kind: Kind
    help: str
    """One sentence."""
    bears: str
    """On what it bears and from when on, as words that follow a colon."""
    entries: str = ""
    """What the entries of a table are named by; empty of a setting with one value."""

    @property
    def title(self) -> str:
        """The name, with a word for what stands behind its dot: ``keys.COMMAND``."""
        return f"{self.name}.{self.entries.upper()}" if self.entries else self.name

    @property
    def default(self) -> str:
        """The value where nothing was chosen, as text; empty of a table and of its entries."""
        return (
            ""
            if self.entries or "." in self.name
            else self.kind.write(Settings._field_defaults[self.name])
        )

    @property
    def variable(self) -> str:
        """The environment variable that wins over the file; empty of a table, which has none."""
        return "" if self.entries or "." in self.name else ENV + self.name.upper()


_DAY = "The study day"
_ORDER = "Order"
_MEMORY = "Memory and intervals"
_LOAD = "Load"
_LEECH = "Leeches"
APP = "The app"
"""The group of what bears on the terminal alone."""
_FROM_NOW = "intervals given from now on; no due date moves"

SETTINGS = (
    Setting(
        "day_start",
        _DAY,
        Kind(values.read_day_start, "a time of day, as 04:00", values.write_day_start),
        "The time of day at which a study day begins.",
        "what is due, at once; ratings in the log keep their day",
    ),
    Setting(
        "zone",
        _DAY,
        values.words("a time zone, as Europe/Berlin, or nothing", values.check_zone),
        "Your time zone; empty means the computer's own.",
        "what is due, at once; ratings in the log keep their day",
    ),
    Setting(
        "new_limit",
        _DAY,
        values.number(0, 9999),
        "The most new cards that a study day brings.",
        "today's cards, at once; what was done today counts",
    ),
    Setting(
        "review_limit",
        _DAY,
        values.number(0, 99999),
        "The most reviews that a study day brings; new cards wait while more are due.",
        "today's cards, at once; what was done today counts",
    ),
    Setting(
        "review_order",
        _ORDER,
        values.choice(
            overdueness="days overdue over days of interval; in a backlog best remembered first",
            least_remembered="the lowest chance of recall first",
            best_remembered="the highest chance of recall first",
            most_at_risk="what loses most by waiting until tomorrow first",
            due_day="the longest due first",
            random="shuffled anew each day",
        ),
        "Which of the reviews that are due come first, and so which the limit leaves.",
        "the rest of today's reviews",
    ),
    Setting(
        "new_order",
        _ORDER,
        values.choice(
            syllabus="one open module after the other",
            mixed="a card of each open module in turn",
        ),
        "How the new cards of several open modules follow each other.",
        "the rest of today's new cards",
    ),
    Setting(
        "siblings",
        _ORDER,
        values.choice(
            never="one card of a note a day; the others wait",
            allowed="as many as are due",
        ),
        "Whether two cards of one note may come on the same day.",
        "the rest of today's cards",
    ),
    Setting(
        "desired_retention",
        _MEMORY,
        values.number(0.7, 0.99, float),
        "The chance of recall at which a review falls due: more means shorter intervals.",
        _FROM_NOW,
    ),
    Setting(
        "module_retention",
        _MEMORY,
        values.number(0.7, 0.99, float),
        "The desired retention of one module's cards, where it is to differ.",
        _FROM_NOW,
        entries="module",
    ),
    Setting(
        "learning_steps",
        _MEMORY,
        Kind(values.read_steps, "up to 10 waits, as 1m 10m, or nothing", values.write_steps),
        "The waits between the first showings of a new card.",
        "the next rating of a card in learning",
    ),
    Setting(
        "relearning_steps",
        _MEMORY,
        Kind(values.read_steps, "up to 10 waits, as 10m, or nothing", values.write_steps),
        "The waits before a forgotten card is a review again.",
        "the next rating of a card in relearning, and the next lapse",
    ),
    Setting(
        "maximum_interval",
        _MEMORY,
        values.number(1, 36500),
        "The longest interval that a review is given, in days.",
        _FROM_NOW,
    ),
    Setting(
        "learn_ahead",
        _MEMORY,
        Kind(values.read_wait, "a length of time, as 20m", values.write_wait),
        "How early a card in its steps may come when nothing else is left.",
        "the review under way",
    ),
    Setting(
        "load_balance",
        _LOAD,
        values.switch(
            "of the days that the fuzz allows, one with less to do is likelier",
            "each of them is as likely as the other",
        ),
        "Whether reviews are given days that even out the minutes of the coming days.",
        _FROM_NOW,
    ),
    Setting(
        "easy_days",
        _LOAD,
        Kind(
            values.read_easy_days,
            "days with reduced or minimum after them, as sat reduced, sun minimum, or nothing",
            values.write_easy_days,
        ),
        "The days of the week that are to bring half as much, or as little as can be.",
        "new cards, at once (half of them, or none); of reviews the intervals given from now on",
    ),
    Setting(
        "day_minutes",
        _LOAD,
        values.number(0, 1440),
        "The most minutes that a study day is to take, at your own pace; 0 sets no bound.",
        "today's cards, at once: reviews go before new cards; and the intervals given from now on",
    ),
    Setting(
        "leech_threshold",
        _LEECH,
        values.number(2, 99),
        "The lapses after which a card counts as a leech, and again after each half as many.",
        "the next lapse of a card",
    ),
    Setting(
        "leech_action",
        _LEECH,
        values.choice(mark="only says so", suspend="says so and hides the card"),
        "What happens to a card that becomes a leech.",
        "the next lapse of a card",
    ),
    Setting(
        "two_buttons",
        APP,
        values.switch("1 Again and 3 Good", "Again, Hard, Good and Easy"),
        "Whether a review offers only Again and Good.",
        "Study and the plain review; 'rate' takes all four",
    ),
    Setting(
        "timer",
        APP,
        values.switch("seconds since the card was shown", "no timer"),
        "Whether Study shows how long you have been at a card.",
        "Study; the time is logged either way, at most a minute",
    ),
    Setting(
        "theme",
        APP,
        values.one_of(THEMES, "the name of a theme, as nord"),
        "The colours of the terminal app.",
        "the app, at once",
    ),
    Setting(
        "editor",
        APP,
        values.words("a command, as nano or code --wait, or nothing", values.check_command),
        "The editor that opens a card's file; empty means $VISUAL, then $EDITOR.",
        "the next file that is opened",
    ),
    Setting(
        "keys",
        APP,
        Kind(values.read_keys, "keys, as x or ctrl+b, separated by commas"),
        "The keys of a command of the app, in place of its own.",
        "the app, at once",
        entries="command",
    ),
)
"""Every setting, in the order in which they are shown."""

NAMES = {setting.name: setting for setting in SETTINGS}


def find(name: str, *, where: str = "") -> Setting:
    """A setting by its name, or one entry of a table by ``table.entry``.

    Raises:
        UsageError: There is none; the nearest is named.
    """
    table, dot, entry = name.partition(".")
    setting = NAMES.get(table)
    if setting is not None and bool(setting.entries) == bool(dot and entry):
        return setting._replace(name=name, entries="") if entry else setting
    if setting is not None and setting.entries:
        what = f'"{name}" has a value for each {setting.entries}'
        raise UsageError(what, where=where, mend=f"write it as {setting.title}")
    from difflib import get_close_matches

    near = get_close_matches(table, NAMES, 1)
    mend = f'did you mean "{near[0]}"?' if near else f"settings: {', '.join(NAMES)}"
    raise UsageError(f'unknown setting "{name}"', where=where, mend=mend)


def read(setting: Setting, text: str, where: str = "") -> object:
    """The value that a text stands for.

    Raises:
        UsageError: It will not do, with what would.
    """
    try:
        return setting.kind.read(text)
    except ValueError as error:
        raise UsageError(f"{setting.name}: {error}", where=where, mend=setting.help) from error


assert set(Settings._fields) == set(NAMES)
