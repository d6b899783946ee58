"""Addresses that lessons had before, so that links and bookmarks of learners stay good."""

from django.db import models
from django.db.models import Exists, OuterRef

from learn.models.courses import Course, Lesson


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
