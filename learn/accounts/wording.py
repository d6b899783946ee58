"""What a person is told about an account."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learn.accounts.merging import Merged


def merged_sentence(merged: Merged) -> str:
    """Return what was brought along at sign-in; empty when there was nothing."""
    answers = ngettext("%(n)d answer", "%(n)d answers", merged.answers) % {"n": merged.answers}
    lessons = ngettext("%(n)d lesson", "%(n)d lessons", merged.lessons) % {"n": merged.lessons}
    counted = {"answers": answers, "lessons": lessons}
    if merged.answers and merged.lessons:
        return (
            _("%(answers)s and %(lessons)s from this browser were added to your account.") % counted
        )
    if merged.answers:
        return _("Added to your account from this browser: %(answers)s.") % counted
    if merged.lessons:
        return _("Added to your account from this browser: %(lessons)s.") % counted
    return ""
