"""The pictures that stand beside shared links."""

from django.db import models

from learn.models.courses import Course


class SharingCard(models.Model):
    """The picture of one course or lesson, found by a digest of all that is drawn on it.

    In the database, so that every host that serves the site has it: a card weighs some 15 kB.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="cards")
    digest = models.CharField(max_length=32, unique=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.digest
