"""``next``: the card in front, for an editor, an agent or a status bar."""

import click

from flashsafety.cli import output
from flashsafety.cli.choices import choice_options, refuse_unknown
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.study.today import Choice


@click.command("next", epilog=examples("flashsafety next", "flashsafety next --json"))
@choice_options
@json_option
@click.pass_obj
def command(chosen: Chosen, *, choice: Choice, as_json: bool) -> None:
    """Show the card that a review would show next.

    With --json also its answer, the file of each picture by its path on the card, and the seconds
    until it would return after each rating; null when nothing is due. Rate it with "flashsafety
    rate".
    """
    from flashsafety.cli.plain_card import picture_folder
    from flashsafety.content.cards import face
    from flashsafety.content.pictures import note_pictures, picture_file
    from flashsafety.content.plain import plain
    from flashsafety.study import words
    from flashsafety.study.session import StudySession

    with chosen.open_current() as library:
        refuse_unknown(library, choice)
        session = StudySession(library, choice)
        showing = session.current
        if showing is None:
            if as_json:
                output.json(None)
            else:
                output.say("nothing due")
            return
        sides = face(showing.note, showing.facet, showing.order or None)
        outcomes = session.preview()
        if as_json:
            output.json(
                {
                    "card": showing.key,
                    "type": showing.note.type,
                    "module": showing.module,
                    "prompt": sides.prompt,
                    "answer": sides.answer,
                    "pictures": {
                        path: picture_file(library.roots, showing.file, path)
                        for path in note_pictures(showing.note)
                    },
                    "intervals": {str(int(r)): o.interval for r, o in outcomes.items()},
                }
            )
            return
        output.say(f"{showing.key}  ({showing.module})")
        folder = picture_folder(library.roots, showing.file)
        output.say(plain(sides.prompt, width=output.width(), folder=folder))
        intervals = (
            f"{r} {r.name.capitalize()} {words.interval(o.interval)}" for r, o in outcomes.items()
        )
        output.say(f"\n{', '.join(intervals)}")
