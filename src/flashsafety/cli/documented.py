"""A command whose help says what each key of its JSON means."""

from collections.abc import Mapping

import click


class Documented(click.Command):
    """The keys come from the very table that its JSON is tested by."""

    def keys(self) -> Mapping[str, Mapping[str, str]]:
        """Heading, then key to what it means; imported when the help is asked for."""
        raise NotImplementedError

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, then the keys."""
        super().format_epilog(ctx, formatter)
        for heading, keys in self.keys().items():
            with formatter.section(f"JSON, {heading[0].lower()}{heading[1:]}"):
                formatter.write_dl(list(keys.items()))
