"""READ: which questions a person has answered, and where the answer can be read again."""

from collections.abc import Iterable

from django.db.models import F, IntegerField, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.query import QuerySet

from learn.models import User
from quizzes.addresses import check_addresses
from quizzes.kinds.base import Verdict
from quizzes.models import AttemptItem, Scope
from quizzes.stored import latest_attempt


def answered_items(learner: User) -> QuerySet[AttemptItem]:
    """Return what the learner was asked and has settled, the key having been shown.

    Only questions with the key that was answered; nothing of an exam before its end.
    """
    tries = Coalesce(Cast(KeyTextTransform("tries", "version__spec"), IntegerField()), 1)
    return (
        AttemptItem.objects.filter(
            attempt__user=learner, version__matter=F("version__question__live__matter")
        )
        .exclude(attempt__tells_at_end=True, attempt__finished_at=None)
        .alias(tries=tries)
        .filter(Q(responses__verdict=Verdict.CORRECT) | Q(responses__try_number__gte=F("tries")))
    )


def answered_questions(learner: User) -> QuerySet[AttemptItem, int]:
    """Return the numbers of the questions that the learner has answered."""
    return answered_items(learner).values_list("version__question_id", flat=True)


def addresses_of_answers(learner: User, questions: Iterable[int]) -> dict[int, str]:
    """Return, by question, the page that shows the question with the learner's latest answer."""
    items = (
        answered_items(learner)
        .filter(version__question__in=list(questions))
        .select_related("attempt__lesson__course", "version__question")
        .order_by("attempt__started_at", "pk")
        .distinct()
    )
    return {item.version.question_id: _address(item) for item in items}


def _address(item: AttemptItem) -> str:
    """Return the page that shows an answered question."""
    attempt, lesson = item.attempt, item.attempt.lesson
    if lesson is None or attempt.scope not in {Scope.CHECK, Scope.QUICK}:
        return attempt.get_absolute_url()
    if attempt.scope == Scope.QUICK:
        return f"{lesson.get_absolute_url()}#page-quick-{item.version.question.key}"
    latest = latest_attempt(user=attempt.user, lesson=lesson, scope=Scope.CHECK)
    if latest is None or latest.pk != attempt.pk:
        return attempt.get_absolute_url()
    return check_addresses(lesson).question(item.position)
