"""READ: which texts show a picture: published ones, drafts, and what waits from the folder."""

from collections.abc import Iterator
from dataclasses import dataclass

from learn.authoring.names import COURSE_FILE
from learn.authoring.parse import parse_course, parse_lesson
from learn.authoring.rules.links import pictures_meant
from learn.conflicts import open_conflicts
from learn.course_check import words_of
from learn.models import Course, Draft
from learn.site_state import SiteTexts


@dataclass(frozen=True, slots=True)
class PictureUse:
    """A text that shows a picture: whose draft, or where else it is."""

    file_name: str
    is_published: bool = False
    drafted_by: str = ""


def picture_uses(course: Course, path: str) -> list[PictureUse]:
    """Return the texts of a course that show or link to the picture at ``path``, each once."""
    texts = _texts(course, path)
    return [use for use, text in texts if shows_picture(use.file_name, text, path)]


def shows_picture(file_name: str, text: str, path: str) -> bool:
    """Say whether a text, as this file of its course, shows or links to a picture."""
    is_course = file_name == COURSE_FILE
    links = parse_course(text).links if is_course else parse_lesson(text, name=file_name).links
    return any(path in pictures_meant(file_name, link) for link in links)


def _texts(course: Course, path: str) -> Iterator[tuple[PictureUse, str]]:
    """Yield the texts that may show the picture; of published ones those that have its words."""
    site = SiteTexts(course.pk)
    names = {COURSE_FILE, *site.mentioning(words_of([path]))}
    for name, text in sorted(site.texts(names).items()):
        yield PictureUse(name, is_published=True), text
    drafts = Draft.objects.filter(course=course).select_related("author")
    for draft in drafts.order_by("file_name", "saved_at"):
        yield PictureUse(draft.file_name, drafted_by=draft.author.known_as), draft.source
    for conflict in open_conflicts(course):
        if conflict.folder_source:
            yield PictureUse(conflict.file_name), conflict.folder_source
