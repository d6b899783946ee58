"""What `content fix` does to a course: repairs that are safe, found and tried out. Pure."""
