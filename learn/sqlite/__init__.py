"""Django's engine for SQLite, where those who write take turns."""
