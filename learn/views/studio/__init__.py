"""The studio: where authors write, check, preview and publish. Find, check, do, render."""
