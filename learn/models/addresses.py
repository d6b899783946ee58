"""Addresses that courses and lessons had before: links and bookmarks of learners stay good."""

from django.db import models
from django.db.models import Exists, OuterRef

from learn.models.courses import Course, Lesson


class FormerCourseAddressQuerySet(models.QuerySet["FormerCourseAddress"]):
    """Former addresses of courses by whether they still lead anywhere."""

    def address_now(self, course: str) -> str | None:
        """Return the address of the published course that was once at this one. One query.

        It is None where there is none, or where another course has taken the address since.
        """
        taken = Course.objects.filter(slug=OuterRef("slug"))
        found = self.filter(~Exists(taken), slug=course, course__in=Course.objects.published())
        return found.values_list("course__slug", flat=True).first()


class FormerCourseAddress(models.Model):
    """An address that was a course's before its folder was renamed."""

    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="addresses_before")

    objects = FormerCourseAddressQuerySet.as_manager()

    def __str__(self) -> str:
        return self.slug


class FormerAddressQuerySet(models.QuerySet["FormerAddress"]):
    """Former addresses by whether they still lead anywhere."""

    def lesson_now(self, course: str, lesson: str) -> Lesson | None:
        """Return the published lesson that once was at this address, or None. One query.

        An address that another lesson has taken since is that lesson's, whether it is up or not.
        """
        taken = Lesson.objects.filter(course=OuterRef("course"), slug=OuterRef("slug"))
        found = self.filter(
            ~Exists(taken),
            course__slug=course,
            slug=lesson,
            lesson__in=Lesson.objects.published(),
        )
        former = found.select_related("lesson").first()
        return former.lesson if former else None


class FormerAddress(models.Model):
    """An address within a course that was a lesson's before its file was renamed."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(max_length=150, allow_unicode=True, db_index=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="former_addresses")

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "slug"], name="former_address_is_unique_in_its_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id}/{self.slug}"
