"""READ: a course's folder beside what the site holds of it: what each file stands for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from learn.agreement import Standing, standing_of
from learn.authoring.document import Problem
from learn.authoring.names import COURSE_FILE, lesson_slugs, natural_key
from learn.course_folder import LESSON_SUFFIX, CourseFolder
from learn.preparation import RENDERER_LENGTH, digest_of, renderer_mark
from learn.site_state import NO_FILE, FileState, LessonState, SiteState

INCOMPLETE = "incomplete"
"""The digest of a course of which something was held back: it is looked at again next time."""

_STILL = (Standing.SAME, Standing.SITE_AHEAD)


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the course, of the folder or the site or both.

    ``folder`` is the digest of the folder's text, ``slug`` the address, empty for all but lessons.
    ``is_unread`` says that the folder has it, and it cannot be read, or is no picture.
    """

    name: str
    slug: str
    folder: str
    site: FileState
    is_unread: bool = False

    @property
    def standing(self) -> Standing:
        """How the folder's text stands to the site's."""
        if self.is_unread:
            return Standing.UNKNOWN
        return standing_of(folder=self.folder, site=self.site.up, agreed=self.site.agreed)

    @property
    def is_to_publish(self) -> bool:
        """Whether the folder has a text that the site has not seen."""
        return self.standing is Standing.FOLDER_AHEAD and bool(self.folder)

    @property
    def is_gone(self) -> bool:
        """Whether the folder no longer has what the site still shows."""
        return self.standing is Standing.FOLDER_AHEAD and not self.folder

    @property
    def name_before(self) -> str:
        """The name under which the site knows the lesson that is up, if it has another one."""
        known = self.site.file_name if isinstance(self.site, LessonState) and self.site.up else ""
        return known if known != self.name else ""


@dataclass(frozen=True)
class CoursePlan:
    """A course's folder, what the site holds of it, and both file by file."""

    folder: CourseFolder
    seen: SiteState
    media_digests: dict[str, str] = field(default_factory=dict)

    @cached_property
    def digests(self) -> dict[str, str]:
        """The digests of the folder's texts; an empty ``course.md`` is like none."""
        return {
            name: digest_of(text) if text or name != COURSE_FILE else ""
            for name, text in self.folder.files.items()
        }

    @cached_property
    def digest(self) -> str:
        """A digest of all that the course's pages are made of."""
        texts = [part for pair in self.digests.items() for part in pair]
        media = [part for pair in sorted(self.media_digests.items()) for part in pair]
        unread = sorted(self.folder.problems)
        content = digest_of(self.folder.title, *texts, "", *media, "", *unread)
        return renderer_mark() + content[RENDERER_LENGTH:]

    @cached_property
    def lessons(self) -> dict[str, PlannedFile]:
        """The lessons of folder and site by address, in the order of the course."""
        known = self.seen.lessons
        slugs = lesson_slugs(lesson_files(self.folder))
        planned = [
            PlannedFile(
                name=name,
                slug=slug,
                folder=self.digests.get(name, ""),
                site=known.get(slug, NO_FILE),
                is_unread=name not in self.folder.files,
            )
            for name, slug in slugs.items()
        ]
        others = known.keys() - set(slugs.values())
        planned += [PlannedFile(known[slug].file_name, slug, "", known[slug]) for slug in others]
        return {one.slug: one for one in sorted(planned, key=lambda one: natural_key(one.name))}

    @cached_property
    def course_file(self) -> PlannedFile:
        """The file ``course.md``."""
        return PlannedFile(
            name=COURSE_FILE,
            slug="",
            folder=self.digests.get(COURSE_FILE, ""),
            site=self.seen.course_file,
            is_unread=COURSE_FILE in self.folder.unusable,
        )

    @cached_property
    def media(self) -> dict[str, PlannedFile]:
        """The pictures of folder and site by path."""
        paths = sorted(self.media_digests.keys() | self.seen.media.keys())
        unusable = self.folder.unusable
        return {
            path: PlannedFile(
                name=path,
                slug="",
                folder=self.media_digests.get(path, ""),
                site=self.seen.media.get(path, NO_FILE),
                is_unread=path in unusable,
            )
            for path in paths
        }

    @cached_property
    def pictures_gone(self) -> frozenset[str]:
        """The pictures that the site shows and the folder no longer has."""
        return frozenset(path for path, one in self.media.items() if one.is_gone)

    @cached_property
    def pictures_shown(self) -> frozenset[str]:
        """The pictures that texts may link to once the folder is published, unusable ones too."""
        here = (
            path
            for path, one in self.media.items()
            if one.is_to_publish or one.is_unread or one.site.up
        )
        return frozenset(here) - self.pictures_gone

    @cached_property
    def problems_of_files(self) -> dict[str, list[Problem]]:
        """What is wrong with files as such; a picture that is only large is told once."""
        told = {path for path, one in self.media.items() if one.standing in _STILL}
        problems = self.folder.problems
        return {name: found for name, found in problems.items() if name not in told}

    @property
    def unchanged(self) -> int:
        """How many lessons are up that the folder has nothing new for."""
        return sum(one.standing in _STILL and bool(one.site.up) for one in self.lessons.values())

    @property
    def texts(self) -> Iterator[PlannedFile]:
        """All files that are texts."""
        yield self.course_file
        yield from self.lessons.values()

    @property
    def is_unchanged(self) -> bool:
        """Whether the folder is as it was when it was last published as a whole."""
        return self.seen.digest == self.digest and not self.seen.is_retired


def plan_course(folder: CourseFolder, seen: SiteState) -> CoursePlan:
    """Compare a folder with the site. Raises ``OSError`` for a picture that cannot be read."""
    unusable = folder.unusable
    media = {
        path: "" if path in unusable else sha256((folder.path / path).read_bytes()).hexdigest()
        for path in folder.media
    }
    return CoursePlan(folder, seen, media)


def lesson_files(folder: CourseFolder) -> list[str]:
    """Return the names of all lessons in order; one that cannot be read keeps its place."""
    unread = (name for name in folder.problems if name.lower().endswith(LESSON_SUFFIX))
    return sorted({*folder.files, *unread} - {COURSE_FILE}, key=natural_key)
