"""A dozen pictures: the screens at 80x24 and 120x40, in a dark theme and a light one.

After a change that is meant: ``pytest tests/tui/test_snapshots.py --snapshot-update``, and look at
each picture that changed.
"""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from flashsafety.tui.app import FlashsafetyApp
from tests.banks import ALL_TYPES, CHOICE, ORDERING, QUESTION, TYPED
from tests.learner import study_for
from tests.tui.conftest import settled

SMALL, LARGE = (80, 24), (120, 40)
DARK, LIGHT = "textual-dark", "textual-light"

MATHS = r"""
id: gradient-step
type: question
at: "section 2"
prompt: |
  What does this do to $\theta^* = \arg\min_\theta \frac{1}{n}\sum_{i=1}^{n} \ell_i$?

  ```python
  def step(w, grad, lr=0.1):
      return w - lr * grad
  ```
answer: |
  One step of **gradient descent** of size `lr`:

  $$w_{t+1} = w_t - \eta \nabla L(w_t)$$

  - down the slope
  - by $\|\eta \nabla L\|_2$, a length that grows with the gradient and needs a word more
why: |
  The gradient points uphill.
rubric: [says gradient, "says which way, and that `lr` is the size"]
""".strip()

Case = tuple[tuple[str, ...], tuple[str, ...], tuple[int, int], str]
CASES: dict[str, Case] = {
    "today-on-the-first-run": (ALL_TYPES, (), SMALL, DARK),
    "today-light": (ALL_TYPES, (), LARGE, LIGHT),
    "a-prompt": ((MATHS,), ("enter",), SMALL, DARK),
    "an-answer": ((MATHS,), ("enter", "space", "a"), SMALL, DARK),
    "an-answer-light": ((MATHS,), ("enter", "space"), LARGE, LIGHT),
    "a-choice-answered": ((CHOICE,), ("enter", "2", "enter"), SMALL, DARK),
    "a-slip": ((TYPED,), ("enter", *"semicirlce", "enter"), SMALL, LIGHT),
    "lines-to-order": ((ORDERING,), ("enter", "down"), SMALL, DARK),
    "the-end": ((QUESTION,), ("enter", "space", "4"), SMALL, DARK),
    "help": ((QUESTION,), ("enter", "question_mark"), SMALL, DARK),
    "info-light": ((QUESTION,), ("enter", "i"), LARGE, LIGHT),
    "a-flag": ((QUESTION,), ("enter", "f", "2"), SMALL, LIGHT),
}


STUDIED = {"today-light": 300}
"""Cases in which the learner has studied so many days already."""


@pytest.mark.parametrize("name", CASES)
def test_it_looks_as_it_did(name: str, library_of, clock, snap_compare: Callable[..., bool]):
    cards, keys, size, theme = CASES[name]

    async def drive(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    library = library_of(*cards, theme=theme)
    if name in STUDIED:
        library.take_in_changes()
        study_for(library, clock, STUDIED[name])
    app = FlashsafetyApp(library)
    assert snap_compare(app, terminal_size=size, run_before=drive)
