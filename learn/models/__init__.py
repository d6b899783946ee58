"""What the site keeps: people, courses, what a person has read and wrote beside it, drafts."""

from learn.models.courses import (
    Course,
    CourseRevision,
    Lesson,
    MediaFile,
    Origin,
    Revision,
)
from learn.models.notes import Note, UnclearReport
from learn.models.people import User
from learn.models.studio import CourseRole, Draft, FileConflict
from learn.models.visits import LessonVisit

__all__ = [
    "Course",
    "CourseRevision",
    "CourseRole",
    "Draft",
    "FileConflict",
    "Lesson",
    "LessonVisit",
    "MediaFile",
    "Note",
    "Origin",
    "Revision",
    "UnclearReport",
    "User",
]
