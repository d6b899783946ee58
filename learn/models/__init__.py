"""What the site keeps: people, courses and what a person has read."""

from learn.models.courses import Course, Lesson, MediaFile, Revision
from learn.models.people import User
from learn.models.visits import LessonVisit

__all__ = ["Course", "Lesson", "LessonVisit", "MediaFile", "Revision", "User"]
