"""What was asked of whom, and what was answered. Responses are only ever added."""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from learn.models import Lesson, User
from quizzes.models.questions import QuestionVersion

LATEST_ATTEMPTS = 20


def new_token() -> str:
    """Return an identifier of 96 random bits that can stand in an address."""
    return secrets.token_urlsafe(12)


class Scope(models.TextChoices):
    """What an attempt goes through. That of a drill is followed by ``:`` and its table's key."""

    CHECK = "check", "check"
    QUICK = "quick", "quick"
    REVIEW = "review", "review"
    DRILL = "drill", "drill"


class Attempt(models.Model):
    """One going through questions. ``retry_of`` names the attempt whose misses it asks.

    A review asks questions of many lessons and has no ``lesson``. ``pass_mark`` is the percentage
    that was needed when it began; ``tells_at_end`` keeps every verdict until the last answer,
    ``asks_certainty`` asks how sure the person is. The quick checks inside a lesson are answered in
    one attempt of their own, which never ends. ``finished_at`` is when the last answer that counts
    was given; ``right`` (at the first try) and ``percent`` sum the responses up from then on.
    ``visited_at`` is when the person last answered in the lesson, where that was read with the
    attempt: as long as it stays, nothing else was answered or moved there.
    """

    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts", db_index=False
    )
    lesson = models.ForeignKey(
        Lesson,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
        db_index=False,
    )
    retry_of = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="retries",
        db_index=False,
    )
    scope = models.CharField(max_length=160, default=Scope.CHECK)
    pass_mark = models.PositiveSmallIntegerField()
    tells_at_end = models.BooleanField(default=False)
    asks_certainty = models.BooleanField(default=False)
    total = models.PositiveSmallIntegerField(default=0)
    right = models.PositiveSmallIntegerField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    visited_at: datetime | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "lesson", "scope"],
                condition=Q(finished_at=None),
                name="one_open_attempt_a_person_and_scope",
            ),
            models.UniqueConstraint(
                fields=["user", "scope"],
                condition=Q(finished_at=None, lesson=None),
                name="one_open_review_a_person",
            ),
            models.CheckConstraint(
                condition=Q(scope="review", lesson=None)
                | (~Q(scope="review") & Q(lesson__isnull=False)),
                name="attempt_has_a_lesson_unless_a_review",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, right=None, percent=None)
                | Q(finished_at__isnull=False, right__lte=F("total"), percent__lte=100),
                name="attempt_is_summed_up_when_finished",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "lesson", "started_at"], name="attempt_by_person_and_lesson"
            ),
            models.Index(
                fields=["retry_of"],
                condition=Q(retry_of__isnull=False),
                name="attempt_by_what_it_repeats",
            ),
        ]

    def __str__(self) -> str:
        return self.token

    def get_absolute_url(self) -> str:
        """Return the address of the attempt's result; ``lesson.course`` must be loaded."""
        if self.lesson is None:
            return reverse("review:result", args=[self.token])
        place = [self.lesson.course.slug, self.lesson.slug]
        scope, _, table = self.scope.partition(":")
        if scope == Scope.DRILL:
            return reverse("quizzes:drill-result", args=[*place, table, self.token])
        return reverse("quizzes:result", args=[*place, self.token])


def _same_person() -> "models.ForeignKey[User, User]":
    """Return the field that repeats whose attempt a row belongs to, to spread rows by person.

    The row comes and goes with its attempt, so neither an index nor a constraint guards the copy.
    """
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )


class AttemptItem(models.Model):
    """A question as an attempt asks it: pinned to a version and an order of choices."""

    user = _same_person()
    attempt = models.ForeignKey(
        Attempt, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="items")
    shown_order = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="item_place_is_unique_in_its_attempt"
            ),
            models.UniqueConstraint(
                fields=["attempt", "version"], name="item_version_is_unique_in_its_attempt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.position}"


class ResponseQuerySet(models.QuerySet["Response"]):
    """Answers by person and by what they count for."""

    def counted_in_schedules(self, user: User) -> "ResponseQuerySet":
        """Return the person's first answers, those of retries aside, in the order they came in."""
        firsts = self.filter(item__attempt__user=user, item__attempt__retry_of=None, try_number=1)
        return firsts.order_by("pk")

    def as_reviews(
        self,
    ) -> "models.QuerySet[Response, tuple[int, str, str, int, int | None, datetime]]":
        """Return question, matter, verdict, hints, certainty and time of each answer."""
        return self.values_list(
            "item__version__question_id",
            "item__version__matter",
            "verdict",
            "hints_seen",
            "certainty",
            "answered_at",
        )

    def given_in_reviews(
        self, user: User, *, since: datetime
    ) -> "models.QuerySet[Response, tuple[str, int, str, dict[str, Any]]]":
        """Return verdict, hints, kind and specification of first answers in reviews."""
        given = self.filter(
            item__attempt__user=user,
            item__attempt__scope=Scope.REVIEW,
            try_number=1,
            answered_at__gte=since,
        )
        return given.values_list(
            "verdict", "hints_seen", "item__version__kind", "item__version__spec"
        )

    def latest_seconds(self, user: User) -> "models.QuerySet[Response, float | None]":
        """Return how long the first answers of the person's latest attempts took."""
        latest = Attempt.objects.filter(user=user).order_by("-started_at", "-pk")[:LATEST_ATTEMPTS]
        timed = self.filter(
            item__attempt__in=latest.values("pk"), try_number=1, seconds_taken__isnull=False
        )
        return timed.values_list("seconds_taken", flat=True)


class Response(models.Model):
    """What a person answered: added once, never edited. ``fraction`` of the points, 0 to 1.

    The first try is what statistics and schedules go by; tries up to the question's ``tries``
    count for the mark; later ones are for learning.
    """

    user = _same_person()
    item = models.ForeignKey(
        AttemptItem, on_delete=models.CASCADE, related_name="responses", db_index=False
    )
    try_number = models.PositiveSmallIntegerField(default=1)
    answer = models.JSONField()
    fraction = models.FloatField()
    verdict = models.CharField(max_length=10)
    hints_seen = models.PositiveSmallIntegerField(default=0)
    certainty = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds_taken = models.FloatField(null=True, blank=True)
    answered_at = models.DateTimeField()

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "try_number"], name="one_response_an_item_and_try"
            ),
            models.CheckConstraint(
                condition=Q(fraction__gte=0) & Q(fraction__lte=1),
                name="response_fraction_is_between_0_and_1",
            ),
            models.CheckConstraint(
                condition=Q(certainty=None) | Q(certainty__in=[1, 2, 3]),
                name="response_certainty_is_1_2_or_3",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.verdict}"
