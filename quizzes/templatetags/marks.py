"""How marks are written."""

from django.template import Library
from django.template.defaultfilters import floatformat

register = Library()
MINUS = "\N{MINUS SIGN}"


@register.filter
def marks(value: float) -> str:
    """Return marks, in the spelling of the language, below zero with the sign and not a hyphen."""
    return str(floatformat(value)).replace("-", MINUS)
