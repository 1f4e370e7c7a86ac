"""What became of a card since the learner last rated it, in words that are shown once."""

from flashsafety.content.cards import face, facets, fingerprint
from flashsafety.study.showing import Showing


def with_the_question(showing: Showing, key: str) -> str | None:
    """Markdown to show before the question; none when the card is as it was.

    The old answer is told here only when it is no longer right: of a reworded card it would give
    the answer away.

    Args:
        showing: The card in front.
        key: The key by which a card is learnt anew.
    """
    if showing.change is None:
        return None
    was, now = _sides(showing)
    if fingerprint(showing.change.was) == fingerprint(showing.note):  # not a word of it changed
        return "**Another picture** since you last rated it."
    if showing.change.kind == "reworded":
        said = "**Reworded** since you last rated it."
        return f"{said} It asked:\n\n{was[0]}" if was[0] != now[0] else said
    said = f"**Its answer has changed** since you last rated it; {key} learns it anew."
    return f"{said} It was:\n\n{was[1]}" if was[1] else said


def with_the_answer(showing: Showing) -> str | None:
    """Markdown to show after the answer of a reworded card; none when that reads the same."""
    if showing.change is None or showing.change.kind != "reworded":
        return None
    was, now = _sides(showing)
    return f"Before it was reworded:\n\n{was[1]}" if was[1] != now[1] else None


def _sides(showing: Showing) -> tuple[tuple[str, str], tuple[str, str]]:
    """Question and answer as they were and as they are; empty where the card did not exist."""
    assert showing.change is not None
    now = face(showing.note, showing.facet)
    if showing.facet not in facets(showing.change.was):
        return ("", ""), ("", "")
    was = face(showing.change.was, showing.facet)
    return (was.prompt, was.answer), (now.prompt, now.answer)
