"""Questions and their versions, and the comparison tables whose cells are asked."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import F, FilteredRelation, Q

from learn.models import Course, Lesson, User


class Role(models.TextChoices):
    """Where a question is asked: in the check, between paragraphs, or in a drill of a table."""

    CHECK = "check", "check"
    QUICK = "quick", "quick"
    CELL = "cell", "cell"


class ComparisonTable(models.Model):
    """A table that can be practised. ``key`` is its anchor, ``kind`` ``compare`` or ``decide``.

    ``columns`` is a list of ``{"id", "text", "plain"}`` and ``rows`` one of ``{"id", "text",
    "plain", "cells": {column id: {"text", "plain"}}}``, texts being rendered HTML;
    ``principle_html`` is what the comparison teaches, told at the end of a drill.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="tables")
    key = models.CharField(max_length=150)
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    columns = models.JSONField()
    rows = models.JSONField()
    principle_html = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "key"], name="table_key_is_unique_in_its_lesson"
            )
        ]

    def __str__(self) -> str:
        return self.title


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions by lesson."""

    def live_in(self, lesson: Lesson, *, role: str = Role.CHECK) -> "QuestionQuerySet":
        """Return what ``lesson`` asks now in ``role``, in order, with the live versions."""
        return (
            self.filter(lesson=lesson, role=role, retired_at=None, live__isnull=False)
            .select_related("live")
            .order_by("position")
        )

    def to_be_found_in(self, lessons: Iterable[Lesson]) -> dict[int, list["Question"]]:
        """Return, by lesson, what it asks now besides the cells of tables, as a search finds it."""
        found: dict[int, list[Question]] = {lesson.pk: [] for lesson in lessons}
        shown = ("lesson", "key", "position", "live__spec", "live__parts")
        roles = [Role.CHECK, Role.QUICK]
        asked = self.filter(lesson__in=found, role__in=roles, retired_at=None, live__isnull=False)
        for question in asked.select_related("live").only(*shown):
            found[question.lesson_id].append(question)
        return found

    def in_published_lessons(self) -> "QuestionQuerySet":
        """Return what stands in lessons that learners may see; with lesson, course and table."""
        long_texts = ["source", "markdown", "blocks", "outline"]
        return (
            self.filter(lesson__in=Lesson.objects.published())
            .select_related("lesson__course", "lesson__live", "table")
            .defer(
                *(f"lesson__live__{name}" for name in long_texts), "table__columns", "table__rows"
            )
        )

    def with_memory_of(
        self, user: User
    ) -> "models.QuerySet[Question, tuple[int, float | None, datetime, float]]":
        """Return lesson, stability, last time and longest gap of each live question.

        Stability is None for what the person did not answer with the key of today. Cells of tables
        are left out until they were answered.
        """
        of_today = Q(review_cards__user=user, review_cards__matter=F("live__matter"))
        return (
            self.filter(retired_at=None, live__isnull=False)
            .annotate(memory=FilteredRelation("review_cards", condition=of_today))
            .filter(~Q(role=Role.CELL) | Q(memory__isnull=False))
            .values_list("lesson_id", "memory__stability", "memory__last_at", "memory__held_days")
        )


class Question(models.Model):
    """A question's identity: ``key`` is the author's ``{#id}`` and outlives every rewording.

    A question about a cell also has its ``table``, and in ``cell`` the ids of row and column with
    a dot between them.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="questions")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=150)
    position = models.PositiveIntegerField(default=0)
    role = models.CharField(max_length=10, choices=Role, default=Role.CHECK)
    table = models.ForeignKey(
        ComparisonTable, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    cell = models.CharField(max_length=150, blank=True)
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

    @property
    def code(self) -> str:
        """Return what forms and addresses name the version by: the digest's first 16 digits."""
        return self.digest[:16]
