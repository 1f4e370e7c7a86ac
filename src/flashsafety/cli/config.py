"""``config``: settings, shown and changed."""

import os
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import UsageError

if TYPE_CHECKING:
    from flashsafety.settings.load import Described


EMPTY = '""'
"""How a value is shown that is no text at all."""


def _complete_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from flashsafety.settings.table import SETTINGS

    names = {f"{s.name}." if s.entries else s.name: s.help for s in SETTINGS}
    if incomplete.startswith("keys."):
        from flashsafety.tui.commands import COMMANDS

        names = {f"keys.{command.id}": command.tooltip for command in COMMANDS}
    return [
        CompletionItem(name, help=word)
        for name, word in names.items()
        if name.startswith(incomplete)
    ]


def _complete_values(
    ctx: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from flashsafety.settings.table import NAMES

    setting = NAMES.get(ctx.params.get("name") or "")
    options = setting.kind.options if setting is not None else {}
    return [
        CompletionItem(value, help=meaning or None)
        for value, meaning in options.items()
        if value.startswith(incomplete)
    ]


class _Documented(click.Command):
    """A command whose help lists the settings, from the very table they are read by."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The text, then the settings by group."""
        from flashsafety.settings.table import SETTINGS

        super().format_help_text(ctx, formatter)
        wide = max(len(setting.title) for setting in SETTINGS)
        for group, settings in groupby(SETTINGS, key=lambda setting: setting.group):
            with formatter.section(group):
                formatter.write_dl([(s.title.ljust(wide), s.help) for s in settings])


@click.command(
    "config",
    cls=_Documented,
    epilog=examples(
        "flashsafety config",
        "flashsafety config new_limit 15",
        "flashsafety config learning_steps '1m 10m'",
        "flashsafety config module_retention.accident-models 0.95",
        "flashsafety config --unset new_limit",
    ),
)
@click.argument("name", required=False, shell_complete=_complete_names)
@click.argument("value", required=False, shell_complete=_complete_values)
@click.option("--unset", is_flag=True, help="Take NAME out of the file: it has its default again.")
@json_option
@click.pass_obj
def command(
    chosen: Chosen, *, name: str | None, value: str | None, unset: bool, as_json: bool
) -> None:
    """Show every setting, or the one called NAME; with VALUE, change it.

    A setting comes from FLASHSAFETY_NAME in the environment, else from the settings file, else it
    has its default. A change is written to the file, which is yours to edit; its comments stay. The
    app has a screen of the same settings.
    """
    if unset and (name is None or value is not None):
        raise UsageError("--unset takes the name of a setting and no value")
    if name is not None and value is not None:
        _change(chosen, name, value)
    elif name is not None and unset:
        from flashsafety.settings.change import unset_setting

        if not unset_setting(chosen.paths(), name):
            output.note(f"{name} was not in {chosen.paths().config}")
    rows = _rows(chosen, name)
    if as_json:
        output.json([_as_json(row) for row in rows])
    elif name is None:
        _list(rows)
    else:
        _explain(rows)
    if value is not None and rows[0].origin == "environment":
        path = chosen.paths().config
        output.note(f"written to {path}, but {rows[0].setting.variable} says otherwise and wins")


def _change(chosen: Chosen, name: str, value: str) -> None:
    from flashsafety.settings.change import set_setting
    from flashsafety.settings.table import find, read

    read(find(name), value)
    table, _, entry = name.partition(".")
    if table == "module_retention":
        _refuse_module(chosen, entry)
    elif table == "keys":
        _refuse_keys(chosen, entry, value)
    set_setting(chosen.paths(), name, value)


def _refuse_module(chosen: Chosen, slug: str) -> None:
    from flashsafety.content.load import load_bank
    from flashsafety.content.nearest import suggest

    known = [module.slug for module in load_bank(chosen.roots(), only=()).bank.syllabus.modules]
    if slug not in known:
        mend = suggest(slug, known, f"modules: {', '.join(known)}")
        raise UsageError(f'there is no module "{slug}"', mend=mend)


def _refuse_keys(chosen: Chosen, command: str, keys: str) -> None:
    """Refuse what the app would complain of when it starts."""
    from flashsafety.tui.keymap import check_keys

    before = chosen.settings().keys
    old = check_keys(before)
    new = [said for said in check_keys({**before, command: keys}) if said not in old]
    if new:
        raise UsageError("; ".join(new), mend="choose another key; ? in the app lists those in use")


def _rows(chosen: Chosen, name: str | None) -> "Sequence[Described]":
    """All settings, or those of a name: the setting itself, or the entries of a table."""
    from flashsafety.settings.load import Described, describe
    from flashsafety.settings.table import NAMES, find

    if name is None:
        return describe(chosen.paths(), os.environ)
    setting = NAMES[name] if name in NAMES else find(name)
    rows = describe(chosen.paths(), os.environ, only=name.partition(".")[0])
    return [row for row in rows if row.setting.name == name or name in NAMES] or [
        Described(setting, "", "default")
    ]


def _as_json(row: "Described") -> dict[str, str | dict[str, str]]:
    setting = row.setting
    return {
        "key": setting.name,
        "value": row.value,
        "origin": row.origin,
        "help": setting.help,
        "group": setting.group,
        "default": setting.default,
        "range": setting.kind.range,
        "options": dict(setting.kind.options),
        "bears": setting.bears,
    }


def _list(rows: "Sequence[Described]") -> None:
    """Every setting by group, its help beside it."""
    formatter = click.HelpFormatter(width=output.width())
    firsts = [f"{row.setting.title} = {row.value or EMPTY}{_origin(row)}" for row in rows]
    wide = min(30, max(map(len, firsts)))
    pairs = zip(firsts, rows, strict=True)
    for group, of_group in groupby(pairs, key=lambda pair: pair[1].setting.group):
        formatter.write_heading(group)
        with formatter.indentation():
            formatter.write_dl([(first.ljust(wide), row.setting.help) for first, row in of_group])
        formatter.write_paragraph()
    output.say(formatter.getvalue().rstrip())


def _origin(row: "Described") -> str:
    return "" if row.origin == "default" else f"  ({row.origin})"


def _explain(rows: "Sequence[Described]") -> None:
    """A few settings with all that is known of each of them."""
    for row in rows:
        setting = row.setting
        output.say(f"{setting.title}  {row.value or EMPTY}  {row.origin}")
        output.say(f"  {setting.help}")
        usual = "" if "." in setting.title else f" Default: {setting.default or EMPTY}."
        output.say(f"  Value: {setting.kind.range}.{usual}")
        for option, meaning in setting.kind.options.items():
            if meaning:
                output.say(f"    {option}: {meaning}")
        output.say(f"  Bears on: {setting.bears}.")
