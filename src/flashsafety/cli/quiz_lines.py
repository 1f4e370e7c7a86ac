"""What came of a practice exam, and of those before it, in lines of text."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from flashsafety.cli import output
from flashsafety.cli.forms import instant_form
from flashsafety.content.cards import face
from flashsafety.content.notes import ChoiceNote, OrderingNote
from flashsafety.content.plain import plain_line, wrap
from flashsafety.store.ids import as_text
from flashsafety.store.quiz import Unit
from flashsafety.study import words
from flashsafety.study.exam import Exam, Past
from flashsafety.study.quiz import Asked, TopicScore
from flashsafety.study.quiz_words import begun, in_points, result
from flashsafety.study.units import words_for


def given_line(asked: Asked) -> str:
    """What the learner answered."""
    note, given = asked.showing.note, asked.given
    if given is None:
        return "You gave no answer."
    if isinstance(given, str):
        return f"You wrote: {given}"
    if isinstance(note, ChoiceNote):
        texts = [option.text for option in note.options]
    else:
        texts = list(note.items) if isinstance(note, OrderingNote) else []
    named = (plain_line(texts[index]) for index in given if index < len(texts))
    return f"{'You picked' if isinstance(note, ChoiceNote) else 'You ordered'}: {'; '.join(named)}"


def score_lines(exam: Exam, units: Sequence[Unit], width: int) -> Iterator[str]:
    """The score by topic, and what to read again and to study for what was missed.

    Args:
        exam: Handed in.
        units: The syllabus.
        width: Cells at which prose is wrapped; addresses stay whole.
    """
    found = exam.score()
    yield (
        f"Score: {in_points(found.earned)} of {words.count(found.questions, 'point')},"
        f" {words.percent(found.share)}."
    )
    if found.unjudged:
        yield f"Not judged yet: {words.count(found.unjudged, 'answer')}."
    opened = {unit.slug for unit in units if unit.started}
    for module, group in groupby(found.topics, key=lambda topic: topic.subject.module):
        topics = list(group)
        title, lecture = topics[0].subject.module_title, topics[0].subject.lecture
        asked = sum(len(topic.questions) for topic in topics)
        yield ""
        yield f"{title}: {in_points(sum(topic.earned for topic in topics))} of {asked}"
        for topic in topics:
            yield from _topic_lines(topic, exam, width)
        if any(topic.missed for topic in topics):
            if lecture:
                yield f"  Lecture: {lecture}"
            verb = "review --module" if module in opened else "start"
            yield f"  Study it: flashsafety {verb} {module}"


def _topic_lines(topic: TopicScore, exam: Exam, width: int) -> Iterator[str]:
    title = topic.subject.topic_title
    yield f"  {title}: {in_points(topic.earned)} of {len(topic.questions)}"
    for place in topic.missed:
        asked = exam.questions[place]
        prompt = plain_line(face(asked.showing.note, asked.showing.facet, ()).prompt)
        yield from wrap(f"    {place + 1}. {prompt}", width)
        yield f"       {in_points(asked.score or 0)} of 1; flashsafety show {asked.showing.key}"
    for reread in topic.reread:
        yield from wrap(f"    Read again: {reread.words}", width)
        if reread.url:
            yield f"    {reread.url}"


def history_row(past: Past, units: Sequence[Unit]) -> tuple[str, ...]:
    """An attempt as a row of a table: when, what came of it, and over what."""
    return (
        begun(past.attempt),
        result(past),
        words_for(past.attempt.modules, units),
    )


def history_form(past: Past) -> dict[str, output.Json]:
    """An attempt as ``quiz --history --json`` gives it."""
    attempt = past.attempt
    return {
        "attempt": as_text(attempt.id),
        "begun_at": instant_form(attempt.begun_at),
        "handed_in_at": instant_form(attempt.handed_in_at),
        "minutes": None if attempt.seconds is None else attempt.seconds // 60,
        "modules": list(attempt.modules),
        "questions": past.questions,
        "answered": past.answered,
        "judged": past.judged,
        "points": past.earned,
        "topics": [
            {
                "module": tally.module,
                "topic": tally.topic,
                "questions": tally.asked,
                "judged": tally.judged,
                "points": tally.score,
            }
            for tally in past.topics
        ],
    }
