"""What `content new` writes: names of new files, and texts to start from. Pure."""
