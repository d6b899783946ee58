"""Pictures of every page in every way that people look at it, and what is compared in the tests."""
