"""A whole course as the rules see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from learn.authoring.document import Problem
from learn.authoring.names import COURSE_FILE
from learn.authoring.reading import CourseReading, LessonReading, Reading

type Found = Iterator[tuple[str, Problem]]
"""Problems, each with the name of its file."""


@dataclass(frozen=True, slots=True)
class CourseView:
    """The files of a course, read. ``lessons`` are in the order of the course.

    ``today`` is the day of the check, or None if nothing is to be judged by its age.
    """

    course: CourseReading | None
    lessons: Mapping[str, LessonReading]
    media: frozenset[str]
    today: date | None = None

    @property
    def readings(self) -> dict[str, Reading]:
        """What was read of each file, ``course.md`` included."""
        course = {COURSE_FILE: self.course.reading} if self.course else {}
        return course | {name: lesson.reading for name, lesson in self.lessons.items()}
