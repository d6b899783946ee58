"""The words that the renderer writes into a lesson, in the language of whoever publishes it."""

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _


def labels() -> dict[str, str]:
    """Return the words by the keys of ``DEFAULT_LABELS``, which has them in English."""
    return {
        "note": _("Note"),
        "tip": _("Tip"),
        "important": _("Important"),
        "warning": _("Warning"),
        "caution": _("Caution"),
        "checked": _("Checked"),
        "source": _("Source"),
        "table": _("Table"),
        "done": _("Done"),
        "to_do": _("To do"),
        "footnotes": _("Sources and notes"),
        "back_to_text": _("Back to the text"),
        "month_and_year": _("{month} {year}"),
        "whole_date": _("{day} {month} {year}"),
        **{f"month_{number}": str(name) for number, name in MONTHS.items()},
    }
