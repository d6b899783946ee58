"""What a page is about in a sentence, for lists of results and shared links."""

import re
from html import unescape

from django.utils.translation import gettext as _

from learn.models import Course, Lesson

LONGEST = 160
SHORTEST_SENTENCE = 40
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
NOTE_MARK = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
SENTENCE_END = re.compile(r"[.?!…](?=\s)|[。？！।]")


def lesson_description(lesson: Lesson) -> str:
    """Return the summary that its author gave, else the beginning of the text after its title.

    So no two lessons of a course are described alike. ``live`` must be loaded, with its blocks.
    """
    if lesson.live is None:
        return ""
    if lesson.live.summary:
        return lesson.live.summary
    html = next((one["html"] for one in lesson.live.blocks if one["kind"] == "prose"), "")
    begins = first_sentence(html)
    title = lesson.live.title
    return _("%(title)s: %(text)s") % {"title": title, "text": begins} if begins else title


def course_description(course: Course) -> str:
    """Return the summary that its author gave, else the beginning of the introduction.

    A course without either is described by what every course here is.
    """
    if course.summary:
        return course.summary
    begins = first_sentence(course.introduction_html)
    text = begins or _("short lessons, each with a few questions that explain every answer.")
    return _("%(title)s: %(text)s") % {"title": course.title, "text": text}


def first_sentence(html: str) -> str:
    """Return the first sentence of the first paragraph as plain text, at most 160 characters.

    A very short one is followed by the next; a long one ends with an ellipsis between words.
    """
    paragraph = PARAGRAPH.search(html)
    if paragraph is None:
        return ""
    text = " ".join(unescape(TAG.sub("", NOTE_MARK.sub("", paragraph[1]))).split())
    end = next((one.end() for one in SENTENCE_END.finditer(text, SHORTEST_SENTENCE)), len(text))
    if end <= LONGEST:
        return text[:end]
    cut = text[: LONGEST - 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" ,;:") + "…"
