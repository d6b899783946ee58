"""Code within a sentence, set off as Markdown does it."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

CODE = re.compile(r"`([^`\n]+)`")


@register.filter
def with_code(text: str) -> SafeString:
    """Return a plain text as HTML: what stands between backticks as code, all else escaped."""
    # With its one group, `re.split` gives text and code by turns.
    parts = enumerate(CODE.split(text))
    shown = (
        (format_html("<code>{}</code>", part) if place % 2 else part,) for place, part in parts
    )
    return format_html_join("", "{}", shown)
