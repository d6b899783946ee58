"""Which cells of a table make statements to practise, why others do not, and the principle."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from learn.authoring.document import Document, Table
from learn.authoring.plain_text import normal_text, plain_text
from learn.authoring.slug import slug

LONGEST_STATEMENT = 200
FEWEST_ROWS = 2
_LONGEST_ROW, _LONGEST_COLUMN = 100, 48
_STAR = re.compile(r"[ \t]*(?<![\\*])\*(?=\s*(?:\[\^[^\[\]\s]+\]\s*)*$)")
_STARS = re.compile(r"(?<!\\)\*")
_NOTE_OR_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\[\^[^\[\]\s]{1,200}\]")
_PRINCIPLE = re.compile(r">[ \t]?\*\*In short\.\*\*[ \t]*")

REASONS = {
    "off": "the table has `drill=off`",
    "starred": "its row is kept out by a `*`",
    "twice": "another row or column has the same name",
    "empty": "it is empty",
    "equal": "another cell of its row says the same",
    "long": f"it is longer than {LONGEST_STATEMENT} characters",
    "names": "it names what it is to be sorted under",
    "alone": "there is nothing to tell it from",
}
"""Why a cell makes no statement, in words."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: its row from 0, and its column from 1, since column 0 names the rows."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A cell that makes no statement; ``reason`` is one of ``REASONS``."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Drill:
    """A table as it can be practised. ``kind`` is ``compare`` or ``decide``.

    ``rows`` and ``columns`` are the ids that answers and schedules hang on, empty where a name
    stands twice; ``columns`` begins with that of column 1. ``principle`` is Markdown.
    """

    table: Table
    kind: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    statements: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]
    principle: str = ""

    @property
    def is_offered(self) -> bool:
        """Say whether there is enough to tell apart: statements of at least two rows."""
        return len({place.row for place in self.statements}) >= FEWEST_ROWS


def drills_of(document: Document) -> list[Drill]:
    """Return the tables of a document that are marked as data, with what can be practised."""
    lines = document.body.splitlines()
    return [
        _drill(table, kind, _principle(lines, table))
        for table in document.tables
        for kind in [_kind(table)]
        if kind
    ]


def is_kept_out(aspect: str) -> bool:
    """Say whether the text of a first cell ends with the ``*`` that keeps its row out."""
    return bool(_STAR.search(aspect)) and len(_STARS.findall(aspect)) % 2 == 1


def without_star(aspect: str) -> str:
    """Return the text of a first cell without the ``*`` that keeps its row out."""
    return _STAR.sub("", aspect) if is_kept_out(aspect) else aspect


def without_notes(markdown: str) -> str:
    """Return Markdown without its footnote marks; those within code stay."""
    return _NOTE_OR_CODE.sub(lambda found: found[0] if found[1] else "", markdown).strip()


def fitted(name: str, length: int) -> str:
    """Return a name, cut to ``length`` with a digest at its end where it is longer."""
    if len(name) <= length:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:10]
    return f"{name[: length - 11]}-{digest}"


def _kind(table: Table) -> str:
    """Return ``compare`` or ``decide``, or nothing for a table that is no data."""
    classes = table.attributes.classes
    if not table.anchor:
        return ""
    if "compare" in classes:
        return "compare" if len(table.columns) > FEWEST_ROWS else ""
    return "decide" if "decide" in classes and len(table.columns) > 1 else ""


def _drill(table: Table, kind: str, principle: str) -> Drill:
    rows = _ids((without_star(row[0]) for row in table.rows), _LONGEST_ROW)
    columns = _ids(table.columns[1:], _LONGEST_COLUMN)
    drill = Drill(table, kind, rows, columns, (), (), principle)
    statements: list[Place] = []
    left_out: list[LeftOut] = []
    last = len(columns) if kind == "compare" else 1
    for row in range(len(rows)):
        for column in range(1, last + 1):
            place = Place(row, column)
            if reason := _reason(drill, place):
                left_out.append(LeftOut(place, reason))
            else:
                statements.append(place)
    return Drill(table, kind, rows, columns, tuple(statements), tuple(left_out), principle)


def _ids(texts: Sequence[str] | Iterator[str], length: int) -> tuple[str, ...]:
    """Return a slug for each text, as the page's anchors have it; nothing for one given before."""
    ids: list[str] = []
    for text in texts:
        id_ = fitted(slug(plain_text(text)), length) if plain_text(text) else ""
        ids.append("" if id_ in ids else id_)
    return tuple(ids)


def _reason(drill: Drill, place: Place) -> str:
    """Return why a cell makes no statement, or nothing."""
    table, row = drill.table, drill.table.rows[place.row]
    if table.attributes.options.get("drill") == "off":
        return "off"
    if is_kept_out(row[0]):
        return "starred"
    if not drill.rows[place.row] or not drill.columns[place.column - 1]:
        return "twice"
    if not _says_something(row[place.column]):
        return "empty"
    return (
        _reason_to_compare(drill, place)
        if drill.kind == "compare"
        else _reason_to_decide(drill, place)
    )


def _reason_to_compare(drill: Drill, place: Place) -> str:
    row = drill.table.rows[place.row]
    said = row[place.column]
    others = Counter(normal_text(cell) for cell in row[1:])
    if others[normal_text(said)] > 1:
        return "equal"
    if len(plain_text(said)) > LONGEST_STATEMENT:
        return "long"
    if any(_names(said, column) for column in drill.table.columns[1:]):
        return "names"
    return ""


def _reason_to_decide(drill: Drill, place: Place) -> str:
    row = drill.table.rows[place.row]
    if len(plain_text(row[0])) > LONGEST_STATEMENT:
        return "long"
    if _names(row[0], row[1]):
        return "names"
    return "" if len(choices_of(drill)) > 1 else "alone"


def choices_of(drill: Drill) -> dict[str, list[int]]:
    """Return the distinct choices of a decision table, as compared, with the rows they are for."""
    choices: dict[str, list[int]] = {}
    for number, row in enumerate(drill.table.rows):
        if _says_something(row[1]):
            choices.setdefault(normal_text(row[1]), []).append(number)
    return choices


def _says_something(cell: str) -> bool:
    return plain_text(cell).strip(" -–—") != ""


def _names(text: str, name: str) -> bool:
    """Say whether the words of ``name`` stand in ``text``."""
    wanted = normal_text(name)
    found = rf"(?<!\w){re.escape(wanted)}(?!\w)"
    return bool(wanted) and re.search(found, normal_text(text)) is not None


def _principle(lines: Sequence[str], table: Table) -> str:
    """Return what the quote after the table says that begins with ``**In short.**``."""
    at = table.row_lines[-1] if table.row_lines else table.line + 1
    while at < len(lines) and (not lines[at].strip() or lines[at].lstrip().startswith("Table:")):
        at += 1
    if at >= len(lines) or not _PRINCIPLE.match(lines[at]):
        return ""
    said = [_PRINCIPLE.sub("", lines[at], count=1)]
    for line in lines[at + 1 :]:
        if not line.startswith(">"):
            break
        said.append(line[1:].removeprefix(" "))
    return "\n".join(said).strip()
