"""Questions, what was asked of whom, and what was answered. Responses are only ever added."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from learn.models import Course, Lesson, User


def new_token() -> str:
    """Return an identifier of 96 random bits that can stand in an address."""
    return secrets.token_urlsafe(12)


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions by lesson."""

    def live_in(self, lesson: Lesson, *, is_quick: bool = False) -> "QuestionQuerySet":
        """Return the questions asked in ``lesson`` now, in order, with their live versions.

        Those of its check, or the quick ones between its paragraphs.
        """
        return (
            self.filter(lesson=lesson, is_quick=is_quick, retired_at=None, live__isnull=False)
            .select_related("live")
            .order_by("position")
        )


class Question(models.Model):
    """A question's identity: ``key`` is the author's ``{#id}`` and outlives every rewording.

    A quick question stands between the paragraphs of its lesson, the others in its check.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="questions")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=150)
    position = models.PositiveIntegerField(default=0)
    is_quick = models.BooleanField(default=False)
    live = models.ForeignKey(
        "QuestionVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "key"], name="question_key_is_unique_in_its_course"
            )
        ]
        indexes = [models.Index(fields=["lesson", "position"], name="question_by_lesson_and_place")]

    def __str__(self) -> str:
        return self.key


class QuestionVersion(models.Model):
    """A question's wording and key at one time; never changed afterwards.

    ``spec`` is what the kind marks by, with ``points``, ``tries`` and ``shuffle``. ``wording`` is
    the author's Markdown, part by part; ``parts`` is its HTML: ``{"stem", "body", "explanation",
    "hints": [...]}`` and what the kind adds. Versions with one ``matter`` differ in wording alone
    and share their statistics.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    matter = models.CharField(max_length=64)
    kind = models.CharField(max_length=30)
    spec = models.JSONField()
    wording = models.JSONField()
    parts = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="version_number_is_unique_in_its_question"
            ),
            models.UniqueConstraint(
                fields=["question", "digest"], name="version_text_is_unique_in_its_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.number}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts by person and lesson."""

    def latest_of(self, *, user: User, lesson: Lesson, is_quick: bool = False) -> "Attempt | None":
        """Return the attempt that the person began last in ``lesson``, or None."""
        own = self.filter(user=user, lesson=lesson, is_quick=is_quick)
        attempt = own.order_by("-started_at", "-pk").first()
        if attempt is not None:
            attempt.user, attempt.lesson = user, lesson
        return attempt


class Attempt(models.Model):
    """One going through a lesson's questions. ``retry_of`` names the attempt whose misses it asks.

    ``pass_mark`` is the percentage that was needed when it began; ``tells_at_end`` keeps every
    verdict until the last answer, ``asks_certainty`` asks how sure the person is. The quick checks
    inside a lesson are answered in one attempt of their own, which never ends. ``finished_at`` is
    when the last answer that counts was given; ``right`` (at the first try) and ``percent`` sum the
    responses up from then on.
    """

    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts"
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="attempts")
    retry_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="retries"
    )
    is_quick = models.BooleanField(default=False)
    pass_mark = models.PositiveSmallIntegerField()
    tells_at_end = models.BooleanField(default=False)
    asks_certainty = models.BooleanField(default=False)
    total = models.PositiveSmallIntegerField(default=0)
    right = models.PositiveSmallIntegerField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "lesson", "is_quick"],
                condition=Q(finished_at=None),
                name="one_open_attempt_a_person_and_lesson",
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
            )
        ]

    def __str__(self) -> str:
        return self.token

    def get_absolute_url(self) -> str:
        """Return the address of the attempt's result; ``lesson.course`` must be loaded."""
        return reverse(
            "quizzes:result", args=[self.lesson.course.slug, self.lesson.slug, self.token]
        )


class AttemptItem(models.Model):
    """A question as an attempt asks it: pinned to a version and an order of choices."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
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


class Response(models.Model):
    """What a person answered: added once, never edited. ``fraction`` of the points, 0 to 1.

    The first try is what statistics and schedules go by; tries up to the question's ``tries``
    count for the mark; later ones are for learning.
    """

    item = models.ForeignKey(AttemptItem, on_delete=models.CASCADE, related_name="responses")
    try_number = models.PositiveSmallIntegerField(default=1)
    answer = models.JSONField()
    fraction = models.FloatField()
    verdict = models.CharField(max_length=10)
    hints_seen = models.PositiveSmallIntegerField(default=0)
    certainty = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds_taken = models.FloatField(null=True, blank=True)
    answered_at = models.DateTimeField()

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
