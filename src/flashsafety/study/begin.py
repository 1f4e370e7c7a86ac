"""One way into every kind of session."""

from flashsafety.study.kinds import Cram
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.sitting import Sitting
from flashsafety.study.today import EVERYTHING, Choice


def begin(library: Library, choice: Choice = EVERYTHING) -> Sitting:
    """The session that a choice asks for, with its first card in front.

    Raises:
        QueryError: The search of the choice cannot be understood.
    """
    if not isinstance(choice.kind, Cram):
        return StudySession(library, choice)
    from flashsafety.study.cram import CramSession

    return CramSession(library, choice)
