"""What the site keeps: people, courses, what a person has read and wrote beside it, drafts."""

from learn.models.addresses import FormerAddress, FormerCourseAddress
from learn.models.courses import (
    Course,
    CourseRevision,
    Lesson,
    MediaFile,
    Origin,
    Revision,
)
from learn.models.files import StoredFile
from learn.models.notes import Note, UnclearReport
from learn.models.people import MergeRecord, User
from learn.models.search import EntryKind, SearchEntry, SearchWord
from learn.models.sharing import SharingCard
from learn.models.studio import CourseRole, Draft, FileConflict
from learn.models.visits import LessonVisit

__all__ = [
    "Course",
    "CourseRevision",
    "CourseRole",
    "Draft",
    "EntryKind",
    "FileConflict",
    "FormerAddress",
    "FormerCourseAddress",
    "Lesson",
    "LessonVisit",
    "MediaFile",
    "MergeRecord",
    "Note",
    "Origin",
    "Revision",
    "SearchEntry",
    "SearchWord",
    "SharingCard",
    "StoredFile",
    "UnclearReport",
    "User",
]
