"""When a person should meet a question again. Rebuilt from the responses at any time."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from quizzes.models.questions import Question


class ReviewCard(models.Model):
    """One person's memory of one question, as the first answers of each session left it.

    ``stability`` is in days, ``difficulty`` from 1 to 10 (FSRS-6). ``matter`` names the key that
    was answered: a question with another key starts anew. ``held_days`` is the longest gap after
    which the answer was right; ``is_confidently_wrong`` says that the last answer was wrong and
    given with certainty.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_cards"
    )
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="review_cards")
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
