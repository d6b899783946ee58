"""WRITE: the numbers that a database has given away, so that none is ever given twice.

The highest row is not enough: a guest that was merged is gone, and its number must stay so.
"""

from django.db import connections
from django.db.models import Model


def highest_given(model: type[Model], alias: str) -> int:
    """Return the highest number that a table gave to a row; 0 for a table that gives none."""
    if model._meta.auto_field is None:
        return 0
    connection, table = connections[alias], model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute(
                "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence(%s, %s)), 0)",
                [connection.ops.quote_name(table), model._meta.auto_field.column],
            )
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def go_on_from(model: type[Model], alias: str, number: int) -> None:
    """Have the next row of a table numbered after ``number``."""
    if model._meta.auto_field is None or not number:
        return
    connection, table = connections[alias], model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number]
            )
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [connection.ops.quote_name(table), model._meta.auto_field.column, number],
            )
