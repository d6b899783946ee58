"""Code within a sentence, set off as Markdown does it."""

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

CODE = re.compile(r"`([^`\n]+)`")


@register.filter
def with_code(text: str) -> SafeString:
    """Return a plain text as HTML: what stands between backticks as code, all else escaped."""
    # Of what it splits at, `re.split` gives every second part.
    parts = CODE.split(text)
    html = ("{}<code>{}</code>", [*zip(parts[::2], parts[1::2], strict=False)])
    return format_html_join("", *html) + format_html_join("", "{}", [(parts[-1],)])
