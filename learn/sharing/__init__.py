"""What a page says of itself to those who share, list or follow it."""
