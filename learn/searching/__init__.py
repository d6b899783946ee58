"""Search over lessons, answered questions and the glossary: one index, an engine a database."""
