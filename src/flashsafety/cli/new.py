"""``new``: a card put where it belongs, opened in the editor, and checked on return."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import complete_modules, complete_topics, examples
from flashsafety.errors import UsageError

if TYPE_CHECKING:
    from flashsafety.cli.answers import Answers
    from flashsafety.cli.begun import Begun
    from flashsafety.content.bank import Bank


@click.command(
    "new",
    epilog=examples(
        "flashsafety new",
        "flashsafety new --type concept --module black-swans --topic extremistan "
        '--source aises --text "fat tail"',
    ),
)
@click.option("--type", "kind", metavar="TYPE", help="concept, question, choice, cloze, ...")
@click.option(
    "--module",
    metavar="MODULE",
    shell_complete=complete_modules,
    help="Its module in the syllabus, by name or number.",
)
@click.option(
    "--topic", metavar="TOPIC", shell_complete=complete_topics, help="A topic of that module."
)
@click.option("--source", metavar="KEY", help="What it is written from: a key of sources.yaml.")
@click.option("--at", metavar="PLACE", help='Where in the source, as "section 3.2".')
@click.option("--text", metavar="TEXT", help="The term, the prompt, or the text with its gaps.")
@click.option("--id", "id_", metavar="ID", help="Its permanent id; proposed from the text.")
@click.option("--no-edit", is_flag=True, help="Put the card in, and do not open an editor.")
@click.pass_context
def command(ctx: click.Context, /, *, no_edit: bool, **given: str | None) -> None:
    """Add a card: asks what was not given, puts it in the right file, and opens your editor there.

    When the editor is closed, the file is checked.
    """
    from flashsafety.cli.answers import Answers
    from flashsafety.content.load import load_bank
    from flashsafety.content.roots import bundled

    chosen: Chosen = ctx.obj
    root = chosen.roots()[0]
    if root == bundled() and "site-packages" in Path(root).parts:
        raise UsageError(
            "the bank that came with the program is not to be written to",
            where=root,
            mend="clone the repository and stand in it, or name a bank with --questions",
        )
    loaded = load_bank([root])
    begun = _put(Path(root), loaded.bank, Answers(loaded, given))
    output.say(f"{begun.id}: {begun.path}:{begun.line}")
    if not no_edit:
        from flashsafety.cli.begun import finish

        ctx.exit(finish(chosen, begun))


def _put(root: Path, bank: "Bank", answers: "Answers") -> "Begun":
    """Write the card into its file."""
    from flashsafety.cli.begun import Begun
    from flashsafety.content.cardfile import ReadFile, read_cards
    from flashsafety.content.faults import Faults
    from flashsafety.content.newcard import head, inserted, skeleton
    from flashsafety.content.spot import spot
    from flashsafety.files import write_whole

    where = spot(root, bank, answers.module, answers.topic, answers.source)
    path = root / where.file
    if path.parent.is_symlink():
        raise UsageError(
            "the folder of this module is a link, through which nothing is written",
            where=str(path.parent),
            mend="put the folder itself there",
        )
    before = path.read_text(encoding="utf-8") if path.exists() else None
    schema = (root / "schema.json").exists()
    text = before or head(answers.module.slug, answers.topic, answers.source, schema=schema)
    top = read_cards(before, Faults(where.file)) if before else ReadFile()
    topics, source = (answers.topic,), answers.source
    given = {"topics": topics, "source": source} if before is None else top.defaults
    card = skeleton(
        answers.kind,
        answers.id,
        answers.text,
        topic=None if given.get("topics") == topics else answers.topic,
        source=None if given.get("source") == source else source,
        at=answers.at,
    )
    text, line = inserted(text, card.lines, where.after)
    path.parent.mkdir(exist_ok=True)
    write_whole(str(path), text.encode(), mode=0o644)
    near = os.path.relpath(path)
    shown = path if near.startswith(os.pardir) else Path(near)
    sound = frozenset(draft.note.id for draft in top.drafts)
    return Begun(answers.id, shown, line, card, before, text, sound)
