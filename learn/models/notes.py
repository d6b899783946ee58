"""What a person writes beside a lesson: notes and bookmarks, and reports of what is unclear."""

from django.conf import settings
from django.db import models

from learn.models.courses import Lesson


class Note(models.Model):
    """A person's note on one section of a lesson; with an empty text it is only a bookmark.

    ``anchor`` is the section's, empty for the lesson as a whole.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes"
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="notes")
    anchor = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    is_bookmarked = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "lesson", "anchor"], name="one_note_a_person_and_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.lesson_id}#{self.anchor}"


class UnclearReport(models.Model):
    """Somebody says that a paragraph or a question is unclear.

    ``excerpt`` is the start of the paragraph, ``question_key`` names the question instead.
    ``resolved_at`` is when an instructor closed it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unclear_reports"
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="unclear_reports")
    anchor = models.CharField(max_length=200, blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    question_key = models.CharField(max_length=150, blank=True)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["lesson", "resolved_at"], name="report_by_lesson_state")]

    def __str__(self) -> str:
        return f"{self.lesson_id}: {self.excerpt or self.question_key}"
