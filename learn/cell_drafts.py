"""Each statement of a table becomes a question about a cell, explained by its row."""

import hashlib
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learn.authoring.plain_text import normal_text
from learn.authoring.statements import Place, choices_of, fitted, without_notes
from learn.question_drafts import plain
from learn.table_drafts import Grid, told
from quizzes.catalog import LONGEST_KEY, QuestionDraft
from quizzes.kinds.choice import choice_ids, choice_spec
from quizzes.models import Role

OTHER_CHOICES = 3


def cell_drafts(grid: Grid) -> list[QuestionDraft]:
    """Return a question for each statement of the table."""
    ask = _asked_to_compare if grid.drill.kind == "compare" else _asked_to_decide
    return [ask(grid, place) for place in grid.drill.statements]


def _draft(
    grid: Grid, place: Place, *, spec: dict[str, Any], parts: dict[str, Any], asked: list[str]
) -> QuestionDraft:
    """Return the question about the cell at ``place``.

    The specification names what the statement says, so that a cell that says something else is
    learnt anew, and only that one.
    """
    row = grid.drill.table.rows[place.row]
    cell = grid.cell_id(place)
    statement = [row[0], row[place.column]]
    return QuestionDraft(
        key=fitted(f"{grid.key}.{cell}", LONGEST_KEY),
        kind="choose-one",
        spec={**spec, "tries": 1, "points": 1, "says": [normal_text(text) for text in statement]},
        wording={
            "stem": without_notes(": ".join(statement)),
            "body": "",
            "asked": [[text] for text in asked],
            "told": [without_notes(text) for text in row],
            "hints": [],
            "explanation": "",
        },
        parts={"hints": [], "language": grid.language, **parts},
        role=Role.CELL,
        table=grid.key,
        cell=cell,
    )


def _asked_to_compare(grid: Grid, place: Place) -> QuestionDraft:
    """Return the question which column a cell belongs to; the choices keep the columns' order."""
    row, heads = grid.cells[place.row], grid.heads
    columns = [number for number, id_ in enumerate(grid.drill.columns, start=1) if id_]
    texts = [plain(heads[number]) for number in columns]
    ids = dict(zip(columns, choice_ids(texts), strict=True))
    # The row below tells the whole of it, once: what is true and what was taken for it.
    choices = {id_: {**told(heads[number]), "explanation": ""} for number, id_ in ids.items()}
    spec = choice_spec((plain(heads[number]), number == place.column) for number in columns)
    return _draft(
        grid,
        place,
        spec={**spec, "shuffle": False},
        parts={
            "stem": _stem(row[0], row[place.column]),
            "body": format_html("<p>{}</p>", _("Which one is it?")),
            "explanation": _row_as_told(grid, place, ids),
            "choices": choices,
        },
        asked=[grid.drill.table.columns[number] for number in columns],
    )


def _stem(aspect: SafeString, statement: SafeString) -> SafeString:
    return format_html('<span class="aspect">{}:</span> {}', aspect, statement)


def _row_as_told(grid: Grid, place: Place, ids: dict[int, str]) -> SafeString:
    """Return the row as a table with the true cell marked; what was taken for it marks itself."""
    row = grid.cells[place.row]
    head = format_html_join("", '<th scope="col">{}</th>', ((grid.heads[n],) for n in ids))
    body = format_html_join(
        "", "{}", ((_cell(row[n], id_, is_true=n == place.column),) for n, id_ in ids.items())
    )
    return format_html(
        '<div class="table-scroll row-told" role="region" tabindex="0" aria-label="{label}"><table>'
        "<caption>{aspect}</caption><thead><tr>{head}</tr></thead><tbody><tr>{body}</tr></tbody>"
        "</table></div>",
        label=_row_label(f"{plain(row[0])}, {plain(grid.heads[place.column])}"),
        aspect=row[0],
        head=head,
        body=body,
    )


def _row_label(about: str) -> str:
    """Return the name of the region with the row, which differs from statement to statement."""
    return _("From the table: %(about)s") % {"about": about}


def _cell(text: SafeString, choice: str, *, is_true: bool) -> SafeString:
    """Return a cell that says whether it is the one asked for; see ``showing.questions``."""
    return format_html(
        '<td{} data-choice="{}"><span class="cell-mark">{}</span> {}</td>',
        SafeString(' class="is-true"' if is_true else ""),
        choice,
        _("This one") if is_true else _("You took it for this"),
        text,
    )


def _asked_to_decide(grid: Grid, place: Place) -> QuestionDraft:
    """Return the question what to choose in the situation of a row."""
    table = grid.drill.table
    offered = _offered(grid, place)
    row = grid.cells[place.row]
    texts = [plain(grid.cells[number][1]) for number in offered]
    ids = dict(zip(offered, choice_ids(texts), strict=True))
    right = normal_text(table.rows[place.row][1])
    choices = {}
    for number, id_ in ids.items():
        choice = grid.cells[number][1]
        is_right = normal_text(table.rows[number][1]) == right
        why = _why(grid, place.row) if is_right else ""
        choices[id_] = {**told(choice), "explanation": why}
    spec = choice_spec(
        (text, normal_text(table.rows[number][1]) == right)
        for number, text in zip(offered, texts, strict=True)
    )
    return _draft(
        grid,
        place,
        spec={**spec, "shuffle": True},
        parts={
            "stem": _stem(grid.heads[0], row[0]) if plain(grid.heads[0]) else row[0],
            "body": format_html("<p>{}</p>", _("Which would you choose?")),
            "explanation": _rows_as_told(grid, place, ids),
            "choices": choices,
        },
        asked=[table.rows[number][1] for number in offered],
    )


def _offered(grid: Grid, place: Place) -> list[int]:
    """Return the rows whose choices are offered: the true one and a few others, in their order.

    Each other choice is ranked by a digest of situation and choice, so that a new row of the table
    changes as few questions as can be.
    """
    rows = grid.drill.table.rows
    right = normal_text(rows[place.row][1])

    def rank(choice: str) -> str:
        return hashlib.sha256(f"{rows[place.row][0]}|{choice}".encode()).hexdigest()

    choices = choices_of(grid.drill)
    others = sorted((choice for choice in choices if choice != right), key=rank)[:OTHER_CHOICES]
    return sorted([place.row, *(choices[choice][0] for choice in others)])


def _why(grid: Grid, row: int) -> SafeString:
    """Return what the row says beyond situation and choice, which the rows below tell."""
    cells = grid.cells[row]
    reasons = [
        (head, cell) for head, cell in zip(grid.heads[2:], cells[2:], strict=True) if plain(cell)
    ]
    return format_html_join("", "<p><strong>{}</strong>: {}</p>", reasons)


def _rows_as_told(grid: Grid, place: Place, ids: dict[int, str]) -> SafeString:
    """Return the rows of the choices offered, with the true one marked."""
    head = format_html_join("", '<th scope="col">{}</th>', ((text,) for text in grid.heads[:2]))
    rows = (
        (grid.cells[n][0], _cell(grid.cells[n][1], id_, is_true=n == place.row))
        for n, id_ in ids.items()
    )
    body = format_html_join("", '<tr><th scope="row">{}</th>{}</tr>', rows)
    return format_html(
        '<div class="table-scroll row-told" role="region" tabindex="0" aria-label="{label}"><table>'
        "<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>",
        label=_row_label(plain(grid.cells[place.row][0])),
        head=head,
        body=body,
    )
