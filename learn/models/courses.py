"""Courses, their lessons and every text a lesson ever had."""

import secrets
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Max, Min, Q
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _


def new_edition() -> str:
    """Return a name that no other state of any course ever had."""
    return secrets.token_urlsafe(12)


class CourseQuerySet(models.QuerySet["Course"]):
    """Courses by who may see them."""

    def published(self) -> "CourseQuerySet":
        """Return the courses that learners may see, in the order of their folders."""
        return self.filter(retired_at=None, status="published").order_by("position", "slug")

    def newest_changes(self) -> dict[int, datetime | None]:
        """Return for each course when the newest text of its lessons was published."""
        is_up = Q(lessons__retired_at=None, lessons__live__status="published")
        newest = Max("lessons__live__created_at", filter=is_up)
        return dict(self.annotate(newest=newest).values_list("pk", "newest"))


class Course(models.Model):
    """A folder of lessons. ``live`` holds the text of ``course.md`` as it was last published.

    ``digest`` is of all that the folder held, ``folder_digest`` of the ``course.md`` on which
    folder and site last agreed; empty where the folder never had one. ``edition`` changes with
    every publication in the course, so that a page made before can be told from one made after.
    ``broken`` names files that are up and got errors when others changed.
    """

    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    introduction_html = models.TextField(blank=True)
    pass_mark = models.PositiveSmallIntegerField(default=75)
    shuffle = models.BooleanField(default=True)
    language = models.CharField(max_length=35, default="en")
    licence = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=20, default="published")
    digest = models.CharField(max_length=64, blank=True)
    live = models.ForeignKey(
        "CourseRevision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    folder_digest = models.CharField(max_length=64, blank=True)
    edition = models.CharField(max_length=24, default=new_edition, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)
    broken = models.JSONField(default=list, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_mark__lte=100), name="course_pass_mark_is_a_percentage"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the course's outline."""
        return reverse("learn:course", args=[self.slug])


class OutlineEntry(NamedTuple):
    """A lesson as an outline names it; ``pick`` is how many questions are drawn, None for all."""

    pk: int
    course_id: int
    course: str
    slug: str
    title: str
    summary: str
    minutes: int
    pick: int | None


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Lessons by who may see them and by place."""

    def published(self) -> "LessonQuerySet":
        """Return the lessons that learners may see."""
        return self.filter(
            retired_at=None,
            live__status="published",
            course__retired_at=None,
            course__status="published",
        )

    def in_order(self) -> "LessonQuerySet":
        """Return lessons as the course's files order them."""
        return self.order_by("course__position", "course__slug", "position", "slug")

    def following(self, lesson: "Lesson") -> "Lesson | None":
        """Return the published lesson after ``lesson`` in its course, or None."""
        later = self.published().filter(course=lesson.course, position__gt=lesson.position)
        return later.with_titles().in_order().first()

    def with_titles(self) -> "LessonQuerySet":
        """Load the course and the live revision without its long texts."""
        long_texts = ["source", "markdown", "blocks", "outline"]
        return self.select_related("course", "live").defer(
            *(f"live__{name}" for name in long_texts)
        )

    def outline(self) -> list[OutlineEntry]:
        """Return lessons that are up as an outline names them, in order."""
        live = ("live__title", "live__summary", "live__minutes", "live__quiz__pick")
        rows = self.in_order().values_list("pk", "course_id", "course__slug", "slug", *live)
        return [OutlineEntry(*row) for row in rows]

    def with_what_is_found(self) -> "LessonQuerySet":
        """Load of each live revision what a search finds it by."""
        return self.select_related("live").only(
            *(f"live__{name}" for name in ("title", "summary", "objectives", "blocks"))
        )

    def newest(self, most: int) -> "list[tuple[Lesson, datetime]]":
        """Return the lessons that came last, each with the time of its first publication."""
        first_at = Min("revisions__created_at", filter=Q(revisions__status="published"))
        order = ("-first_at", "course__position", "position")
        newest = self.annotate(first_at=first_at).order_by(*order).values_list("pk", "first_at")
        times = dict(newest[:most])
        lessons = Lesson.objects.select_related("course", "live").in_bulk(list(times))
        return [(lessons[pk], at) for pk, at in times.items()]


def lesson_address(course: str, lesson: str) -> str:
    """Return the address of a lesson's page, by the slugs of its course and itself."""
    return _lesson_address(get_script_prefix(), course, lesson)


@lru_cache(maxsize=5000)
def _lesson_address(_prefix: str, course: str, lesson: str) -> str:
    """Return the address of a lesson's page below the prefix of the site."""
    return reverse("learn:lesson", args=[course, lesson])


class Lesson(models.Model):
    """One file of a course: an address that outlives every edit of its text.

    ``live`` is empty while the lesson was never published. ``folder_digest`` is of the text on
    which folder and site last agreed; empty for a lesson that the folder never had.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="lessons")
    slug = models.SlugField(max_length=150, allow_unicode=True)
    file_name = models.CharField(max_length=255)
    position = models.PositiveIntegerField(default=0)
    live = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    folder_digest = models.CharField(max_length=64, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "slug"], name="lesson_address_is_unique_in_its_course"
            )
        ]
        indexes = [models.Index(fields=["course", "position"], name="lesson_by_course_and_place")]

    def __str__(self) -> str:
        return f"{self.course_id}/{self.slug}"

    def get_absolute_url(self) -> str:
        """Return the address of the lesson; ``course`` must be loaded."""
        return lesson_address(self.course.slug, self.slug)


class Origin(models.TextChoices):
    """Where a published text came from."""

    FOLDER = "folder", _("folder")
    STUDIO = "studio", _("studio")
    RESTORED = "restored", _("restored")
    MERGED = "merged", _("merged")


class PublishedText(models.Model):
    """One publication of a file: its text, and who published it when and from where."""

    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    source = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.FOLDER)
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class Revision(PublishedText):
    """A lesson's text at one publication, source and rendering; never changed afterwards.

    ``blocks`` is a list of ``{"kind": "prose" or "notes", "html"}`` and ``{"kind": "question",
    "key"}``, ``outline`` one of ``{"level", "anchor", "title"}``; ``quiz`` holds title and terms of
    the check or nothing; ``markdown`` is the source without the questions, which anybody may read;
    ``sources`` are those that no footnote names.
    Of the same source (``digest``) only the rendering (``render_digest``) is ever renewed.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="revisions")
    render_digest = models.CharField(max_length=64)
    markdown = models.TextField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=1)
    objectives = models.JSONField(default=list)
    requires = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    outline = models.JSONField(default=list)
    blocks = models.JSONField(default=list)
    quiz = models.JSONField(default=dict)
    status = models.CharField(max_length=20, default="published")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "number"], name="revision_number_is_unique_in_its_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class CourseRevision(PublishedText):
    """A course's ``course.md`` at one publication; never changed afterwards."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="revisions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"], name="revision_number_is_unique_in_its_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} ({self.number})"


class MediaFileQuerySet(models.QuerySet["MediaFile"]):
    """Pictures by whether texts can show them."""

    def up(self) -> "MediaFileQuerySet":
        """Return the pictures that were not taken off."""
        return self.filter(retired_at=None)


class MediaFile(models.Model):
    """A picture of a course, found by its path in the folder and kept by its content.

    ``folder_digest`` is of the content on which folder and site last agreed; empty for a picture
    that was uploaded and never exported. One that was taken off is kept, so that a text of the past
    that shows it can come back.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="media")
    path = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    folder_digest = models.CharField(max_length=64, blank=True)
    file = models.FileField(max_length=255)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = MediaFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "path"], name="media_path_is_unique_in_its_course"
            )
        ]

    def __str__(self) -> str:
        return self.path
