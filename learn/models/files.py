"""What was uploaded, kept in the database so that every application host has it."""

from django.db import models


class StoredFile(models.Model):
    """A file under the name that Django's storage gave it; see ``learn.storage``.

    A name of a picture holds the digest of its content, so the content under a name never changes.
    """

    name = models.CharField(max_length=255, unique=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
