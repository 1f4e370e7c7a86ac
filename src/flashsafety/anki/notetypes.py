"""The seven note types as Anki has them: fields, templates, style.

Anki finds a note type by its id and takes a changed field list for another note type, so ids and
field lists never change: what is to be said besides goes into the spare fields. Templates and style
may change; whoever changes them sets ``CHANGED``.

A card is a page of its own in each client: ``body`` has the classes ``card`` and, in the dark,
``nightMode``, and what a template makes lies one or two elements below. No script, no file: a card
is the same on a desktop, on a phone and in a browser.
"""

from dataclasses import dataclass

CHANGED = 1795478400
"""Unix seconds of the last change to a template or to the style (2026-11-24)."""

_TAIL = ("Why", "Source", "Module", "Spare1", "Spare2", "QID")


@dataclass(frozen=True, slots=True)
class Template:
    """A card of a note type."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A kind of note in Anki."""

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    cloze: bool = False


def _card(name: str, prompt: str, answer: str, *, choices: str = "", when: str = "") -> Template:
    """A card whose back begins with the prompt as it was.

    Args:
        name: The template's.
        prompt: What both sides show.
        answer: What the back shows below the line.
        choices: What only the front shows, below the prompt: the back has it again with its marks.
        when: The field that has to be filled for the card to be there.
    """
    front = f"{prompt}\n{choices}".strip()
    if when:
        front = f"{{{{#{when}}}}}\n{front}\n{{{{/{when}}}}}"
    # In quotes: the desktop moves a rule without them to before what was typed.
    return Template(name, front, f'{prompt}\n<hr id="answer">\n{answer}\n{_AFTER}')


_AFTER = """\
{{#Why}}<div class="why">{{Why}}</div>{{/Why}}
<div class="source">{{Source}}{{#Module}}<br>{{Module}}{{/Module}}</div>"""
_PROMPT = '<div class="prompt">{{Prompt}}</div>'
_TYPED = '<div class="typed">{{type:Answer}}</div>'
_ALSO = '{{#Also}}<div class="also">Also called: {{Also}}</div>{{/Also}}'

NOTE_TYPES: dict[str, NoteType] = {
    "concept": NoteType(
        1795392000001,
        "flashsafety concept",
        ("Term", "Definition", "Also", "Forward", "Reverse", *_TAIL),
        (
            _card(
                "forward",
                '<div class="prompt">What does <b>{{Term}}</b> mean?</div>',
                f'<div class="answer">{{{{Definition}}}}</div>\n{_ALSO}',
                when="Forward",
            ),
            _card(
                "reverse",
                '<div class="ask">Which term means this?</div>\n'
                '<div class="prompt">{{Definition}}</div>',
                f'<div class="answer"><b>{{{{Term}}}}</b></div>\n{_ALSO}',
                when="Reverse",
            ),
        ),
    ),
    "question": NoteType(
        1795392000002,
        "flashsafety question",
        ("Prompt", "Answer", "Rubric", *_TAIL),
        (
            _card(
                "recall",
                _PROMPT,
                '<div class="answer">{{Answer}}</div>\n'
                '{{#Rubric}}<div class="rubric">Points of a full answer:{{Rubric}}</div>'
                "{{/Rubric}}",
            ),
        ),
    ),
    "choice": NoteType(
        1795392000003,
        "flashsafety choice",
        ("Prompt", "Options", "Marked", "Right", *_TAIL),
        (
            _card(
                "choose",
                _PROMPT,
                '<div class="ask">Right: <b>{{Right}}</b></div>\n'
                '<div class="answer">{{Marked}}</div>',
                choices='<div class="answer">{{Options}}</div>',
            ),
        ),
    ),
    "cloze": NoteType(
        1795392000004,
        "flashsafety cloze",
        ("Text", *_TAIL),
        (_card("cloze", '<div class="prompt">{{cloze:Text}}</div>', ""),),
        cloze=True,
    ),
    "numeric": NoteType(
        1795392000005,
        "flashsafety numeric",
        ("Prompt", "Answer", "Unit", "Tolerance", *_TAIL),
        (
            _card(
                "number",
                f"{_PROMPT}\n"
                '<div class="ask">{{#Unit}}Unit: {{Unit}}{{/Unit}}{{^Unit}}No unit{{/Unit}}, '
                "{{#Tolerance}}within {{Tolerance}}{{/Tolerance}}"
                "{{^Tolerance}}exact{{/Tolerance}}</div>",
                f"{_TYPED}\n"
                '<div class="answer"><b>{{Answer}}</b>{{#Unit}} {{Unit}}{{/Unit}}'
                "{{#Spare1}} ({{Spare1}} is right){{/Spare1}}</div>",
                choices=_TYPED,
            ),
        ),
    ),
    "typed": NoteType(
        1795392000006,
        "flashsafety typed",
        ("Prompt", "Answer", "Accept", *_TAIL),
        (
            _card(
                "type",
                _PROMPT,
                f'{_TYPED}\n<div class="answer"><b>{{{{Answer}}}}</b></div>\n'
                '{{#Accept}}<div class="also">Also right: {{Accept}}</div>{{/Accept}}',
                choices=_TYPED,
            ),
        ),
    ),
    "ordering": NoteType(
        1795392000007,
        "flashsafety ordering",
        ("Prompt", "Shuffled", "Ordered", *_TAIL),
        (
            _card(
                "order",
                _PROMPT,
                '{{#Spare1}}<div class="ask">Right: <b>{{Spare1}}</b></div>{{/Spare1}}\n'
                '<div class="answer">{{Ordered}}</div>',
                choices='<div class="answer">{{Shuffled}}</div>',
            ),
        ),
    ),
}
"""Our type to Anki's note type."""

STYLE = """\
.card {
  --ink: #222222; --soft: #444444; --faint: #666666; --rule: #bbbbbb; --link: #0a58ca;
  --paper: #ffffff; --tint: #f4f4f4; --good: #c8f0d0; --bad: #fbd3d3; --missed: #dddddd;
  --keyword: #7a3fcb; --string: #0a3069; --comment: #57606a; --number: #8a3a00;
  color: var(--ink); background: var(--paper);
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  font-size: 19px; line-height: 1.5; text-align: left; overflow-wrap: break-word;
  max-width: 38em; margin: 0 auto; padding: 1em 1em 2em;
}
.nightMode.card, .nightMode .card {
  --ink: #e0e0e0; --soft: #c4c4c4; --faint: #ababab; --rule: #5c5c5c; --link: #8abfff;
  --paper: var(--canvas, #2c2c2c); --tint: #363636;
  --good: #1f5130; --bad: #6b2a2a; --missed: #505050;
  --keyword: #d2a8ff; --string: #a5d6ff; --comment: #a3abb3; --number: #ffb06b;
  color: var(--ink); background: var(--paper); color-scheme: dark;
}
.prompt, .ask, .typed, .answer, .also, .rubric, .why, .source {
  margin: 0.8em 0; overflow-x: auto; overflow-y: hidden;
}
.ask, .also, .rubric, .source, .because { font-size: 0.85em; color: var(--faint); }
.ask b { color: var(--ink); font-size: 1.18em; }
.prompt + .ask { margin-top: -0.4em; }
.why { color: var(--soft); }
.source { border-top: 1px solid var(--rule); margin-top: 1.2em; padding-top: 0.5em; }
hr + .source { border-top: 0; margin-top: 0; padding-top: 0; }
.typed:empty { display: none; }
.card hr { height: 1px; border: 0; margin: 1em 0; background: var(--rule); }
.card p, .card ul, .card ol { margin: 0.5em 0; }
.card div > :first-child { margin-top: 0; } .card div > :last-child { margin-bottom: 0; }
.card ul, .card ol { padding-left: 1.9em; }
.card li { margin: 0.25em 0; }
.card ol.options { list-style: upper-alpha; }
.right { font-weight: 600; } .because { font-weight: 400; margin-bottom: 0.5em; }
.letter { color: var(--faint); }
.card a { color: var(--link); text-decoration: underline; }
.card .cloze { color: var(--link); font-weight: 600; }
.card h1, .card h2, .card h3, .card h4, .card h5, .card h6 { font-size: 1em; margin: 0.8em 0; }
.card blockquote { margin: 0.5em 0; padding-left: 0.8em; border-left: 3px solid var(--rule); }
.card table { display: block; overflow-x: auto; border-collapse: collapse; margin: 0.5em 0; }
.card td, .card th { border: 1px solid var(--rule); padding: 0.15em 0.6em; }
.card code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.9em; }
.card pre {
  margin: 0.5em 0; padding: 0.6em 0.8em; overflow-x: auto; white-space: pre; tab-size: 4;
  background: var(--tint); font-size: 0.9em; text-align: left;
}
pre [class^="k"], pre .ow { color: var(--keyword); }
pre [class^="s"] { color: var(--string); }
pre .c, pre .c1, pre .ch, pre .cm, pre .cs { color: var(--comment); }
pre [class^="m"], pre .nb { color: var(--number); }
mjx-container[display="true"] { overflow-x: auto; overflow-y: hidden; }
.card mjx-assistive-mml { max-width: 100%; max-height: 100%; }
.card input#typeans {
  box-sizing: border-box; width: 100%; padding: 0.1em 0.4em; border: 1px solid var(--faint);
  color: var(--ink); background: var(--tint);
}
.card .typePrompt { color: var(--faint); }
.card .typeGood { color: var(--ink); background: var(--good); }
.card .typeBad { color: var(--ink); background: var(--bad); }
.card .typeMissed { color: var(--ink); background: var(--missed); }
"""
