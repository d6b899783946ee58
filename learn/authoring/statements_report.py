"""The statements that the drills of a course would show, as text for an author."""

from collections.abc import Iterator, Mapping

from learn.authoring.document import Document
from learn.authoring.names import COURSE_FILE
from learn.authoring.parse import parse_lesson
from learn.authoring.plain_text import plain_text
from learn.authoring.statements import REASONS, Drill, Place, drills_of, without_star


def statements_text(files: Mapping[str, str]) -> str:
    """Return each table that is marked as data, its statements, and the cells left out and why.

    ``files`` are the texts of a course by name; a table names its file and line.
    """
    lines: list[str] = []
    for name, source in files.items():
        if name != COURSE_FILE:
            document = parse_lesson(source, name=name)
            lines += _lines_of(name, document)
    return "\n".join(lines)


def _lines_of(name: str, document: Document) -> Iterator[str]:
    for drill in drills_of(document):
        table = drill.table
        count = len(drill.statements)
        offered = "" if drill.is_offered else " (not offered: fewer than two rows)"
        told = "" if drill.principle else ", no principle (`> **In short.** ...` after the caption)"
        title = plain_text(table.caption)
        yield f"{name}:{table.line} {title}: {count} statements{offered}{told}"
        for place in drill.statements:
            yield f"  - {_statement(drill, place)}"
        for left in drill.left_out:
            yield f"  x {_statement(drill, left.place)} (left out: {REASONS[left.reason]})"
        yield ""


def _statement(drill: Drill, place: Place) -> str:
    """Return ``aspect: cell -> column`` or ``situation -> choice``."""
    row = drill.table.rows[place.row]
    first, cell = plain_text(without_star(row[0])), plain_text(row[place.column])
    if drill.kind == "decide":
        return f"{first} -> {cell}"
    return f"{first}: {cell or '(empty)'} -> {plain_text(drill.table.columns[place.column])}"
