"""PostgreSQL, as Django speaks with it, with statements that the server plans once."""
