"""What a person has read."""

from datetime import datetime

from django.conf import settings
from django.db import models

from learn.models.changes import Upsert
from learn.models.courses import Lesson
from learn.models.people import User
from learn.models.statements import insert_or_update


class LessonVisitQuerySet(models.QuerySet["LessonVisit"]):
    """Visits by person, and the two ways a visit is recorded."""

    def record(self, *, user: User, lesson: Lesson, at: datetime) -> None:
        """Note that ``user`` worked on ``lesson`` at ``at``. One query."""
        _, values, unique, changed = self.recording(user=user, lesson=lesson, at=at)
        insert_or_update(self.model, values, unique=unique, update=changed)

    def recording(self, *, user: User, lesson: Lesson, at: datetime) -> Upsert:
        """Return the change that ``record`` makes, to be made together with others."""
        visit = {"user_id": user.pk, "lesson_id": lesson.pk, "first_at": at, "last_at": at}
        return Upsert(self.model, visit, unique=("user", "lesson"), update=("last_at",))

    def mark_read(self, *, user: User, lesson: Lesson, at: datetime) -> None:
        """Note that ``user`` has read ``lesson``; the first time counts."""
        self.record(user=user, lesson=lesson, at=at)
        self.filter(user=user, lesson=lesson, read_at=None).update(read_at=at)

    def mark_unread(self, *, user: User, lesson: Lesson, at: datetime) -> None:
        """Take the mark back, also for pages that are kept while ``last_at`` is the same."""
        self.filter(user=user, lesson=lesson).update(read_at=None, last_at=at)


class LessonVisit(models.Model):
    """One person's work on one lesson: from the first answer or mark on, never a mere page view."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="visits", db_index=False
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="visits")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = LessonVisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "lesson"], name="one_visit_a_person_and_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.lesson_id}"
