"""Django's storage of uploads, in the database: no folder that several hosts would have to share.

Pictures are few and small (at most 2000 pixels wide). With the courses in one database they are
published, backed up and moved together with the text that shows them, or not at all.
"""

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from learn.models import StoredFile


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
        StoredFile.objects.update_or_create(name=name, defaults={"content": content.read()})
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
