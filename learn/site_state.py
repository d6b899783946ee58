"""READ: what the site holds of a course: digests and names, and texts only when they are asked for.

A thousand lessons are two queries here, and no text is read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from learn.authoring.names import COURSE_FILE
from learn.models import Course, CourseRevision, Lesson, MediaFile, Revision


@dataclass(frozen=True, slots=True)
class FileState:
    """A text or picture of the site: the digest of what is up, and of what was last agreed on.

    Both are empty where there is none: ``up`` of a lesson or picture that is retired, ``agreed`` of
    one that the folder never had.
    """

    up: str = ""
    agreed: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the site has or had such a file."""
        return self != NO_FILE


NO_FILE = FileState()
MOST_NAMES = 50


@dataclass(frozen=True, slots=True)
class LessonState(FileState):
    """A lesson: where it stands, and how its text was rendered."""

    file_name: str = ""
    position: int = 0
    render_digest: str = ""


@dataclass(frozen=True, slots=True)
class SiteState:
    """A course as the site has it at one moment. ``lessons`` by address, ``media`` by path."""

    slug: str
    pk: int | None = None
    title: str = ""
    language: str = ""
    digest: str = ""
    position: int = 0
    is_retired: bool = False
    broken: tuple[str, ...] = ()
    course_file: FileState = NO_FILE
    lessons: Mapping[str, LessonState] = field(default_factory=dict)
    media: Mapping[str, FileState] = field(default_factory=dict)

    @property
    def is_from_folder(self) -> bool:
        """Whether a folder ever had this course; one that was made in the studio it never had."""
        files = [self.course_file, *self.lessons.values(), *self.media.values()]
        return bool(self.digest) or any(one.agreed for one in files)

    @property
    def slugs(self) -> dict[str, str]:
        """The addresses of the lessons that are up, by the names of their files."""
        return {one.file_name: slug for slug, one in self.lessons.items() if one.up}

    def file(self, name: str) -> FileState:
        """Return the state of a text by its name."""
        if name == COURSE_FILE:
            return self.course_file
        return self.lessons.get(self.slugs.get(name, ""), NO_FILE)


def site_state(slug: str) -> SiteState:
    """Return what the site holds of the course at the address ``slug``."""
    course = Course.objects.filter(slug=slug).select_related("live").defer("live__source").first()
    if course is None:
        return SiteState(slug)
    return SiteState(
        slug=slug,
        pk=course.pk,
        title=course.title,
        language=course.language,
        digest=course.digest,
        position=course.position,
        is_retired=course.retired_at is not None,
        broken=tuple(course.broken),
        course_file=FileState(course.live.digest if course.live else "", course.folder_digest),
        lessons=_lessons(course),
        media={
            path: FileState("" if retired_at else digest, agreed)
            for path, digest, agreed, retired_at in MediaFile.objects.filter(
                course=course
            ).values_list("path", "digest", "folder_digest", "retired_at")
        },
    )


def _lessons(course: Course) -> dict[str, LessonState]:
    """Return the lessons by address, the retired ones too."""
    rows = Lesson.objects.filter(course=course).values_list(
        "slug",
        "file_name",
        "position",
        "folder_digest",
        "retired_at",
        "live__digest",
        "live__render_digest",
    )
    return {
        slug: LessonState(
            up=digest if digest and retired_at is None else "",
            agreed=agreed,
            file_name=file_name,
            position=position,
            render_digest=render_digest or "",
        )
        for slug, file_name, position, agreed, retired_at, digest, render_digest in rows
    }


class SiteTexts:
    """The texts of a course that are up, fetched as they are asked for."""

    def __init__(self, course_id: int | None) -> None:
        # A course that is not there yet has no files.
        self._course_id = course_id or 0
        self._up = Lesson.objects.filter(
            course=self._course_id, retired_at=None, live__isnull=False
        )

    def names(self) -> list[str]:
        """Return the names of all files, in no order."""
        names = list(self._up.values_list("file_name", flat=True))
        has_course = Course.objects.filter(pk=self._course_id, live__isnull=False).exists()
        return [COURSE_FILE, *names] if has_course else names

    def texts(self, names: Collection[str]) -> dict[str, str]:
        """Return the texts of these files, as far as they are there."""
        found = dict(
            self._up.filter(file_name__in=names).values_list("file_name", "live__source")
            if names
            else ()
        )
        course = self._course_source() if COURSE_FILE in names else None
        return found if course is None else {COURSE_FILE: course} | found

    def all_texts(self) -> list[str]:
        """Return all texts of the course, in no order."""
        return [*self.texts(self.names()).values()]

    def mentioning(self, names: Collection[tuple[str, ...]]) -> set[str]:
        """Return the names of the lessons whose text has all words of one of the ``names`` in it.

        Of very many, all lessons: to read them then costs less than to ask.
        """
        if not names:
            return set()
        touched = self._up
        if len(names) <= MOST_NAMES:
            alike = [
                reduce(and_, (Q(live__source__contains=word) for word in words), Q())
                for words in names
            ]
            touched = self._up.filter(reduce(or_, alike)) if all(alike) else self._up
        return set(touched.values_list("file_name", flat=True))

    def _course_source(self) -> str | None:
        course = Course.objects.filter(pk=self._course_id, live__isnull=False)
        return course.values_list("live__source", flat=True).first()


def source_by_digest(course_id: int, file_name: str, digest: str) -> str:
    """Return the text that a file of the course once had, or nothing if it never had it."""
    if not digest:
        return ""
    if file_name == COURSE_FILE:
        texts = CourseRevision.objects.filter(course=course_id)
        return texts.filter(digest=digest).values_list("source", flat=True).first() or ""
    revisions = Revision.objects.filter(lesson__course=course_id, digest=digest)
    # A file that was renamed since has its texts under its new name.
    own = revisions.filter(lesson__file_name=file_name)
    sources = [texts.values_list("source", flat=True).first() for texts in (own, revisions)]
    return next((source for source in sources if source is not None), "")
