"""READ: the tables of a site, where they are, and their rows in batches."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import BinaryField, Model

from learn.moving.tally import Tally, tally_of
from learn.routers import SESSION_APPS

type Row = tuple[Any, ...]

# Lessons have long texts, pictures megabytes: no batch holds more than a few dozen of them.
BATCH = 200
BATCH_OF_FILES = 4

# Django makes these in each new database, with numbers of its own; the moved site's replace them.
MADE_ANEW = ("auth.Permission", "contenttypes.ContentType")

# Made from other tables, or known to the database alone.
DERIVED = ("django_migrations", "sqlite_sequence", "learn_searchindex")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site's tables are: the aliases of its databases, and the tables' names there."""

    main: str
    sessions: str

    @property
    def aliases(self) -> tuple[str, ...]:
        """Each database once."""
        return (self.main,) if self.main == self.sessions else (self.main, self.sessions)

    def alias_of(self, model: type[Model]) -> str:
        """Return the database that holds the model's table."""
        return self.sessions if model._meta.app_label in SESSION_APPS else self.main


def moved_models() -> list[type[Model]]:
    """Return the models of all tables that a site is made of."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and not model._meta.proxy]


def batches(model: type[Model], alias: str) -> Iterator[tuple[Row, ...]]:
    """Yield a table's rows, a few at a time, in the order of their keys."""
    names = [field.attname for field in model._meta.concrete_fields]
    size = BATCH_OF_FILES if has_files(model) else BATCH
    rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
    yield from batched(rows.iterator(chunk_size=size), size, strict=False)


def has_files(model: type[Model]) -> bool:
    """Say whether a row may be as large as a file."""
    return any(isinstance(field, BinaryField) for field in model._meta.concrete_fields)


def table_tally(model: type[Model], alias: str) -> Tally:
    """Return how many rows the table has there, and their checksum."""
    return sum((tally_of(batch) for batch in batches(model, alias)), Tally())


def first_filled(place: Place) -> str | None:
    """Return the name of a table that has rows already, or None when the place is empty."""
    for model in moved_models():
        alias = place.alias_of(model)
        is_there = model._meta.db_table in names_in(alias)
        if (
            is_there
            and model._meta.label not in MADE_ANEW
            and (model._base_manager.using(alias).exists())
        ):
            return model._meta.db_table
    return None


def unknown_tables(place: Place) -> list[str]:
    """Return the tables that hold rows and belong to no model of these settings."""
    caches = [str(cache.get("LOCATION", "")) for cache in settings.CACHES.values()]
    known = {model._meta.db_table for model in moved_models()} | {*caches}
    return [
        name
        for alias in place.aliases
        for name in names_in(alias)
        if name not in known and not name.startswith(DERIVED) and _has_rows(name, alias)
    ]


def names_in(alias: str) -> list[str]:
    """Return the names of the tables in a database."""
    return connections[alias].introspection.table_names()


def _has_rows(table: str, alias: str) -> bool:
    connection = connections[alias]
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT 1 FROM {name} LIMIT 1")  # noqa: S608 - a table's name cannot be a parameter; this one the database told us, and it is quoted
        return cursor.fetchone() is not None
