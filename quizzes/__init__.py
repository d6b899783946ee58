"""The engine: questions, marking, attempts and responses."""
