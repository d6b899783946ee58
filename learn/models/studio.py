"""Who may write a course, texts that are not published yet, and edits that met each other."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learn.models.courses import Course


class CourseRole(models.Model):
    """What a person may do with a course: an author writes, an instructor also sees reports."""

    class Role(models.TextChoices):
        """The roles, from the lesser right to the greater."""

        AUTHOR = "author", _("Author")
        INSTRUCTOR = "instructor", _("Instructor")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="course_roles"
    )
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "course"], name="one_role_a_person_and_course")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.course_id}"


class Draft(models.Model):
    """One person's unpublished text of one file of a course.

    ``base_digest`` is of the published text it was begun from, empty for a new file. ``edition``
    counts the savings, so that two windows notice each other.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="drafts")
    file_name = models.CharField(max_length=255)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    source = models.TextField(blank=True)
    base_digest = models.CharField(max_length=64, blank=True)
    edition = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "file_name", "author"], name="one_draft_a_person_and_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} by {self.author_id}"


class FileConflict(models.Model):
    """A file that was changed in the folder and in the studio since the two last agreed.

    ``folder_source`` is the folder's text, None where the file was removed; ``base_digest`` names
    the text that both began from. The site's text stays published until a person has merged them.

    A text of the folder that has errors is kept like this too, though nobody changed the site's, so
    that authors find it; see ``is_held_back``.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="conflicts")
    file_name = models.CharField(max_length=255)
    base_digest = models.CharField(max_length=64, blank=True)
    folder_source = models.TextField(null=True, blank=True)  # noqa: DJ001 - NULL is a file that was removed, '' one that a person emptied: two different edits
    folder_digest = models.CharField(max_length=64, blank=True)
    found_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "file_name"],
                condition=Q(resolved_at=None),
                name="one_open_conflict_a_file",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def is_held_back(self, up: str) -> bool:
        """Say whether the folder alone was changed, and errors keep its text off the site.

        ``up`` is the digest of the site's text, empty where it has none.
        """
        is_text = self.folder_source is not None and self.file_name.lower().endswith(".md")
        return is_text and self.base_digest == up
