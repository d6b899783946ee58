"""Mail for a site without a mail server: each message a text file that its operator can read."""

import os
import secrets
from pathlib import Path
from typing import IO, Any

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.utils import timezone


class FolderBackend(EmailBackend):
    """Writes messages as plain text, links in one piece, for the site's own user alone."""

    stream: Any

    def open(self) -> bool:
        """Open the file of this message; return whether it was new."""
        if self.stream is not None:
            return False
        name = f"{timezone.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.txt"
        path = Path(self.file_path) / name
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self.stream = os.fdopen(handle, "wb")
        return True

    def write_message(self, message: EmailMessage) -> None:
        """Write what matters of the message: to whom, about what, the text."""
        lines = [f"To: {', '.join(message.to)}", f"Subject: {message.subject}", "", message.body]
        stream: IO[bytes] = self.stream
        stream.write("\n".join([*map(str, lines), ""]).encode())
