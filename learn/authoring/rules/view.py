"""A whole course as the rules see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from learn.authoring.document import Problem
from learn.authoring.evidence import Evidence
from learn.authoring.names import COURSE_FILE
from learn.authoring.reading import CourseReading, LessonReading, Reading

type Found = Iterator[tuple[str, Problem]]
"""Problems, each with the name of its file."""


@dataclass(frozen=True, slots=True)
class CourseView:
    """The files of a course, read. ``lessons`` are in the order of the course.

    ``today`` is the day of the check, or None if nothing is to be judged by its age.
    ``evidence`` is what is known of questions from answers, by key.
    """

    course: CourseReading | None
    lessons: Mapping[str, LessonReading]
    media: frozenset[str]
    today: date | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)

    @property
    def readings(self) -> dict[str, Reading]:
        """What was read of each file, ``course.md`` included."""
        course = {COURSE_FILE: self.course.reading} if self.course else {}
        return course | {name: lesson.reading for name, lesson in self.lessons.items()}
