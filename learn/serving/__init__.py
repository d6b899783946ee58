"""Everything that ``manage.py serve`` does besides answering requests."""
