"""Text to document and problems. Pure: no Django, no clock, no files."""
