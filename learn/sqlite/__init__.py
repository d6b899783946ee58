"""Django's engine for SQLite, with a wait of its own for whoever writes just now."""
