"""What was uploaded, kept in the database so that every application host has it."""

from datetime import datetime
from typing import Self

from django.db import models

from learn.models.courses import MediaFile


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Files by whether a course shows them."""

    def unused(self) -> Self:
        """Return the files that no course shows."""
        return self.exclude(name__in=MediaFile.objects.values("file"))

    def not_yet_noted(self) -> Self:
        """Return those of which nobody has noted that they are unused."""
        return self.filter(unused_since=None)

    def unused_before(self, at: datetime) -> Self:
        """Return those of which that was noted before a time."""
        return self.filter(unused_since__lt=at)


class StoredFile(models.Model):
    """A file under the name that Django's storage gave it; see ``learn.storage``.

    A name of a picture holds the digest of its content, so the content under a name never changes.
    ``unused_since`` is when it was found that no course shows it any more.
    """

    name = models.CharField(max_length=255, unique=True)
    content = models.BinaryField()
    unused_since = models.DateTimeField(null=True, blank=True)

    objects = StoredFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
