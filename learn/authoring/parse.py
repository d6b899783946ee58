"""Text to document. Reading never fails: what cannot be read is in the document's problems."""

from learn.authoring.document import CourseDocument, Document
from learn.authoring.reading import read_course, read_lesson

WORDS_PER_MINUTE = 230


def parse_lesson(text: str, *, name: str) -> Document:
    """Return the lesson in ``text``. ``name`` is its path in the course's folder.

    The title is the front matter's, else the first heading of level 1, which then leaves the body,
    else one made from the file's name. Never raises.
    """
    return read_lesson(text, name=name).document


def parse_course(text: str) -> CourseDocument:
    """Return what ``course.md`` says; an empty text is a course without facts. Never raises."""
    return read_course(text).document


def minutes_for(words: int) -> int:
    """Return how many minutes reading takes, at least 1."""
    return max(1, round(words / WORDS_PER_MINUTE))
