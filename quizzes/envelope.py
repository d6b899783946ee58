"""What comes with an answer, and what goes back with a form that was no answer yet."""

from datetime import datetime
from typing import NamedTuple

from django.core import signing
from django.http import QueryDict

from quizzes.answers import Circumstances
from quizzes.faults import message_of
from quizzes.kinds.base import AnswerFaultError, Fields

SHOWN_SALT = "question-shown"
LONGEST_THOUGHT = 60 * 60


class Envelope(NamedTuple):
    """The hidden fields of a question's form, read with care: anybody can write into them.

    ``fields`` are all fields. ``rearranges`` is true when a button was pressed that only changes
    the form: a hint, or moving an item.
    """

    fields: Fields
    attempt: str
    version: str
    try_number: int
    hints: int
    rearranges: bool
    shown: str
    spelled: str

    def circumstances(self, at: datetime) -> Circumstances:
        """Return how the answer came about, given that it arrived ``at``."""
        return Circumstances(
            try_number=self.try_number,
            hints_seen=self.hints,
            seconds_taken=seconds_since(self.shown, at),
            insists=bool(self.spelled) and self.spelled == typed_in(self.fields),
        )


def read_envelope(post: QueryDict) -> Envelope:
    """Read a posted form; what makes no sense counts as not sent."""
    hints = _small_number(post.get("hints", ""))
    return Envelope(
        fields={name: post.getlist(name) for name in post},
        attempt=post.get("attempt", "").replace("\x00", ""),
        version=post.get("version", "").replace("\x00", ""),
        try_number=max(1, _small_number(post.get("try", ""))),
        hints=hints + ("hint" in post),
        rearranges="hint" in post or "move" in post,
        shown=post.get("shown", ""),
        spelled=post.get("spelled", ""),
    )


def typed_in(fields: Fields) -> str:
    """Return all that was typed into a form, to tell whether it was changed."""
    names = sorted(name for name in fields if name == "answer" or name.startswith("gap-"))
    return "|".join(text.strip() for name in names for text in fields[name])


def form_again(fields: Fields, fault: AnswerFaultError | None, kind: str) -> dict[str, object]:
    """Return what a form of that kind of question comes back with, for its template.

    That is what is the matter, if anything, and whether a hint was asked for or what was moved.
    """
    return {
        "fault": message_of(fault, kind) if fault else "",
        "spelled": typed_in(fields) if fault and fault.code == "spelling" else "",
        "hinted": "hint" in fields,
        "moved": next(iter(fields.get("move", ())), ""),
    }


def stamp(at: datetime) -> str:
    """Return ``at`` signed, to be put into a form that is shown then."""
    return signing.dumps(at.timestamp(), salt=SHOWN_SALT)


def seconds_since(stamped: str, now: datetime) -> float | None:
    """Return the seconds from a ``stamp`` to ``now``; None if that tells nothing."""
    if not stamped:
        return None
    try:
        shown_at = float(signing.loads(stamped, salt=SHOWN_SALT))
    except signing.BadSignature:
        return None
    seconds = now.timestamp() - shown_at
    return round(seconds, 2) if 0 <= seconds <= LONGEST_THOUGHT else None


def _small_number(text: str) -> int:
    """Return a number of one or two digits, or 0."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0
