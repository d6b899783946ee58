"""What keeps a site from being saved or brought back. Each message is one line."""


class BackupError(Exception):
    """Nothing was changed; the message says why and what to do."""
