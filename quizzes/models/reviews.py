"""When a person should meet a question again. Rebuilt from the responses at any time."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from learn.models import Lesson, User
from quizzes.models.questions import Question


class ReviewCardQuerySet(models.QuerySet["ReviewCard"]):
    """Cards by what may be asked now, and when."""

    def askable_of(self, user: User) -> "ReviewCardQuerySet":
        """Return the person's cards whose questions are asked today, each with ``is_outdated``.

        That says that the question has another key than the one that was answered.
        """
        own = self.filter(
            user=user,
            question__retired_at=None,
            question__live__isnull=False,
            question__lesson__in=Lesson.objects.published(),
        )
        is_outdated = ~Q(matter=F("question__live__matter"))
        return own.annotate(
            is_outdated=models.ExpressionWrapper(is_outdated, output_field=models.BooleanField())
        )

    def due(self, at: datetime) -> "ReviewCardQuerySet":
        """Return what is due ``at``; a question with another key is due at once."""
        return self.filter(Q(due_at__lte=at) | Q(is_outdated=True))

    def count_by_day(
        self, at: datetime
    ) -> "models.QuerySet[ReviewCard, tuple[date, bool, int, datetime]]":
        """Return day in UTC, whether that is due ``at``, how many come, and when the first does."""
        is_due = Q(due_at__lte=at) | Q(is_outdated=True)
        return (
            self.annotate(
                day=TruncDate("due_at", tzinfo=UTC),
                is_due=models.ExpressionWrapper(is_due, output_field=models.BooleanField()),
            )
            .values("day", "is_due")
            .annotate(count=models.Count("pk"), first=models.Min("due_at"))
            .order_by("day")
            .values_list("day", "is_due", "count", "first")
        )

    def with_place_and_memory(
        self,
    ) -> "models.QuerySet[ReviewCard, tuple[int, int, int | None, str, float, datetime, bool]]":
        """Return question, lesson, table, cell, stability, last time, certain mistake."""
        return self.values_list(
            "question_id",
            "question__lesson_id",
            "question__table_id",
            "question__cell",
            "stability",
            "last_at",
            "is_confidently_wrong",
        )


class ReviewCard(models.Model):
    """One person's memory of one question, as the first answers of each session left it.

    ``stability`` is in days, ``difficulty`` from 1 to 10 (FSRS-6). ``matter`` names the key that
    was answered: a question with another key starts anew. ``held_days`` is the longest gap after
    which the answer was right; ``is_confidently_wrong`` says that the last answer was wrong and
    given with certainty.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="review_cards",
        db_index=False,
    )
    # Cards are looked up by their person. An index by question would be written with every answer.
    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="review_cards", db_index=False
    )
    matter = models.CharField(max_length=64)
    stability = models.FloatField()
    difficulty = models.FloatField()
    due_at = models.DateTimeField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    reviews = models.PositiveIntegerField(default=1)
    lapses = models.PositiveIntegerField(default=0)
    held_days = models.FloatField(default=0)
    is_confidently_wrong = models.BooleanField(default=False)

    objects = ReviewCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "question"], name="one_review_card_a_person_and_question"
            ),
            models.CheckConstraint(
                condition=Q(stability__gt=0) & Q(difficulty__gte=1) & Q(difficulty__lte=10),
                name="review_card_memory_is_in_range",
            ),
        ]
        indexes = [models.Index(fields=["user", "due_at"], name="review_card_by_person_and_due")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.question_id}"
