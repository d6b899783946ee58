"""What of a page is in a course's language, where the page itself is in another."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from learn.authoring.tongues import in_language
from learn.models import Course


def spoken(words_of: Course | str) -> SafeString:
    """Return the attributes of an element that holds a course's words: language and direction.

    Takes the course or the code of its language. Nothing where the page around it is in that
    language anyway.
    """
    language = _language_of(words_of)
    return SafeString("") if language == get_language() else _attributes(language)


def own_words(around: Course | str) -> SafeString:
    """Return the attributes of an element with words of the page, in the midst of a course's.

    Takes the course or the code of its language. Nothing where both are in one language.
    """
    page = get_language() or ""
    return SafeString("") if _language_of(around) == page else _attributes(page)


def _language_of(words_of: Course | str) -> str:
    return words_of.language if isinstance(words_of, Course) else words_of


def _attributes(language: str) -> SafeString:
    """Return the attributes of an element in a language; none for no language."""
    if not language:
        return SafeString("")
    named = in_language(language)
    return format_html(' lang="{}" dir="{}"', named["lang"], named["dir"])
