"""What is written in one step: new rows and new values, of which some lean on others."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Model

type Keys = list[list[Any]]
"""The keys of the rows that each change of a step wrote, in their order.

Those of an ``Upsert`` may be left out."""
type Values = Mapping[str, Any]
"""Values by attribute (``user_id``); one of them may be a ``KeyOf``."""


class KeyOf(NamedTuple):
    """The key of a row that an earlier insertion of the same step will have written."""

    change: int
    row: int = 0

    def among(self, keys: Sequence[Sequence[Any]]) -> Any:
        """Return the key, as soon as it is there."""
        return keys[self.change][self.row]


class Insertion(NamedTuple):
    """New rows of these values, which all name the same attributes."""

    model: type[Model]
    rows: tuple[Values, ...]


class Update(NamedTuple):
    """Values for the one row that has those of ``where``."""

    model: type[Model]
    values: Values
    where: Values


class Upsert(NamedTuple):
    """A new row of these values, or its fields ``update`` over the one that is there.

    ``unique`` are the fields that no two rows share.
    """

    model: type[Model]
    values: Values
    unique: tuple[str, ...]
    update: tuple[str, ...]


type Change = Insertion | Update | Upsert


class Kept(NamedTuple):
    """The row that has these values: nobody else may change it until all is written."""

    model: type[Model]
    where: Values


class Step(NamedTuple):
    """Changes of which all are made or none; the first one decides.

    Of two who update the same row one comes later, and finds the values of the other in it. On
    SQLite, where a transaction is alone with the database, nothing is asked of what is ``kept``.
    """

    changes: tuple[Change, ...]
    kept: Kept | None = None


def inserted(model: type[Model], values: Values) -> Insertion:
    """Return the change that writes one new row."""
    return Insertion(model, (values,))
