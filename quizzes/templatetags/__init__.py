"""What templates of questions can do besides Django's own tags."""
