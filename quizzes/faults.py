"""What to say of an answer that cannot be marked, in words."""

from django.utils.translation import gettext as _

from quizzes.kinds.base import AnswerFaultError


def message_of(fault: AnswerFaultError, kind: str) -> str:
    """Return what is the matter and what to do, for a question of that kind."""
    by_kind = {
        ("empty", "choose-one"): _("Choose an answer."),
        ("empty", "choose-all"): _("Choose at least one answer."),
        ("empty", "typed"): _("Type an answer."),
        ("empty", "number"): _("Type a number."),
        ("empty", "gaps"): _("Fill at least one gap."),
        ("empty", "matching"): _("Choose a match for each line."),
        ("empty", "sorting"): _("Choose a heading for each statement."),
        ("incomplete", "matching"): _("Some lines have no match yet."),
        ("incomplete", "sorting"): _("Some statements have no heading yet."),
    }
    for_all = {
        "empty": _("Give an answer."),
        "incomplete": _("Something is left open."),
        "unknown-choice": _("That answer is not one of the choices. Choose again."),
        "unreadable": _("That cannot be read as an answer. Type it again, shorter."),
        "not-a-number": _("That is not a number. Write it like 15, 1,024 or 1.5e3."),
        "unknown-unit": _("That unit is not known here. Leave it out or use another."),
        "spelling": _("Nearly: check the spelling. As it is it would count as wrong."),
        "no-certainty": _("Say how sure you are."),
    }
    return by_kind.get((fault.code, kind), for_all[fault.code])


def has_changed() -> str:
    """Return what is said where a question was edited between being shown and being answered."""
    return _(
        "This question was changed while you were answering, so that answer was not counted. "
        "Here is how it stands now."
    )
