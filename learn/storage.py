"""Django's storage of uploads, in the database: no folder that several hosts would have to share.

Pictures are few and small (at most 2000 pixels wide). With the courses in one database they are
published, backed up and moved together with the text that shows them, or not at all.
"""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from learn.models import StoredFile

# Who has asked for a picture, or copies a site, still finds what was replaced meanwhile.
REST = timedelta(days=1)


@deconstructible
class DatabaseStorage(Storage):
    """Keeps files as rows of ``StoredFile``."""

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        """Return the file's content; raise ``FileNotFoundError`` where there is none."""
        content = StoredFile.objects.filter(name=name).values_list("content", flat=True).first()
        if content is None:
            raise FileNotFoundError(name)
        return ContentFile(bytes(content), name=name)

    def _save(self, name: str, content: "File[bytes]") -> str:
        """Write the file, in place of one of that name; return the name."""
        content.seek(0)
        StoredFile.objects.update_or_create(
            name=name, defaults={"content": content.read(), "unused_since": None}
        )
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name as it is: the same name means the same content."""
        return name

    def delete(self, name: str) -> None:
        """Remove the file; nothing happens where there is none."""
        StoredFile.objects.filter(name=name).delete()

    def exists(self, name: str) -> bool:
        """Say whether there is a file of that name."""
        return StoredFile.objects.filter(name=name).exists()

    def size(self, name: str) -> int:
        """Return the number of bytes; raise ``FileNotFoundError`` where there is no such file."""
        with self.open(name) as file:
            return file.size


def sweep_files(*, at: datetime) -> None:
    """Remove the files that no course has shown for a day; note those that none shows any more.

    Writes nothing where there is nothing to do. A picture that comes back is saved anew, by which
    it is in use again.
    """
    unused = StoredFile.objects.unused()
    if unused.not_yet_noted().exists():
        unused.not_yet_noted().update(unused_since=at)
    if unused.unused_before(at - REST).exists():
        unused.unused_before(at - REST).delete()
