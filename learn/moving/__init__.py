"""A whole site from one database to another, row by row, and both compared."""
