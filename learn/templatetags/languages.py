"""What of a page is in a course's language, where the page itself is in another."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from learn.authoring.tongues import in_language
from learn.models import Course

register = template.Library()


@register.filter
def spoken(course: Course) -> SafeString:
    """Return the attributes of an element that holds a course's words: language and direction.

    Nothing where the page around it is in that language anyway.
    """
    if course.language == get_language():
        return SafeString("")
    named = in_language(course.language)
    return format_html(' lang="{}" dir="{}"', named["lang"], named["dir"])
