"""A command whose help says what each key of its JSON, or column of its file, means."""

from collections.abc import Mapping
from typing import ClassVar

import click


class Documented(click.Command):
    """The keys come from the very table that what it writes is tested by."""

    form: ClassVar[str] = "JSON"
    """What it writes."""

    def keys(self) -> Mapping[str, Mapping[str, str]]:
        """Heading, then key to what it means; imported when the help is asked for."""
        raise NotImplementedError

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, then the keys."""
        super().format_epilog(ctx, formatter)
        for heading, keys in self.keys().items():
            with formatter.section(f"{self.form}, {heading[0].lower()}{heading[1:]}"):
                formatter.write_dl(list(keys.items()))
