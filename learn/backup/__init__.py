"""A site that SQLite holds, saved to one file and brought back from it."""
