"""Practising a table over HTTP: find, check, do, render."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from learn.http import (
    HtmxHttpRequest,
    learner_for_writing,
    learner_of,
    never_kept,
    remember_visitor,
)
from learn.models import Lesson, User
from quizzes.addresses import drill_addresses, drill_scope
from quizzes.drilling import (
    DRILL_LENGTH,
    CellMemory,
    Held,
    begin_drill,
    cells_of,
    drill_terms,
    tables_in,
)
from quizzes.envelope import Envelope
from quizzes.finding import lesson_to_ask
from quizzes.flow import one_question
from quizzes.models import Attempt, ComparisonTable, new_token
from quizzes.showing.results import shown_result
from quizzes.showing.tables import legend, shown_held, shown_table
from quizzes.sittings import Sitting, sitting_of, sitting_with_live
from quizzes.stages import Stage

DATA_TABLE = '<figure class="table '


@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def drill(request: HtmxHttpRequest, course: str, lesson: str, table: str) -> HttpResponse:
    """Show the ways to practise a table, or one of its columns covered; a POST begins."""
    found = _table_to_practise(course, lesson, table)
    if request.method == "POST":
        attempt = begin_drill(
            table=found, user=learner_for_writing(request), seed=new_token(), at=timezone.now()
        )
        if attempt is None:
            raise Http404
        response: HttpResponse = redirect(_place_in(sitting_of(attempt), found))
        remember_visitor(request, response)
        return response
    covered = request.GET.get("cover", "")
    if covered in {column["id"] for column in found.columns}:
        context = {"table": found, "shown": shown_table(found, covered=covered)}
        return render(request, "quizzes/drill_recall.html", _with_places(context, found))
    return render(request, "quizzes/drill.html", _start_context(request, found))


@never_kept
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def question(
    request: HtmxHttpRequest, course: str, lesson: str, table: str, position: int
) -> HttpResponse:
    """Show one statement of the drill, or answer it; see ``one_question``."""
    return one_question(request, drill_stage(_table_to_practise(course, lesson, table)), position)


@never_kept
@require_GET
def result(
    request: HtmxHttpRequest, course: str, lesson: str, table: str, token: str
) -> HttpResponse:
    """Show how the practice went: the sentence, the table as it is held now, the principle."""
    found = _table_to_practise(course, lesson, table)
    attempt = get_object_or_404(_own_attempts(request, found), token=token)
    sitting = sitting_with_live(attempt)
    if sitting.first_open() is not None:
        return redirect(drill_addresses(found).start)
    at = timezone.now()
    context = {
        "table": found,
        "result": shown_result(sitting),
        "shown": shown_table(found, _cells(request, found), at=at),
        "legend": legend(),
        "relearn": sitting.to_relearn and _place_in(sitting, found),
    }
    return render(request, "quizzes/drill_result.html", _with_places(context, found))


def drill_stage(table: ComparisonTable) -> Stage:
    """Return the stage of practising ``table``; ``lesson`` and its course must be loaded."""
    addresses = drill_addresses(table)
    return Stage(
        title=table.title,
        url=addresses.start,
        addresses=addresses,
        present=lambda request: _present(request, table),
        attempt_for=lambda request, envelope: _attempt_for(request, table, envelope),
        language=table.lesson.course.language,
    )


def with_drills(
    lesson: Lesson,
    blocks: list[dict[str, Any]],
    *,
    user: User | None,
    borrowed: Sequence[tuple[Lesson, str]] = (),
) -> list[dict[str, Any]]:
    """Return the lesson's blocks with what leads to practice below each table that has it.

    ``borrowed`` are tables of other lessons on the page, by lesson and key. One query, and none for
    a page without such tables.
    """
    if not any(DATA_TABLE in block.get("html", "") for block in blocks):
        return blocks
    at = timezone.now()
    homes = {lesson.pk: lesson, **{home.pk: home for home, _key in borrowed}}
    lent = {(home.pk, key) for home, key in borrowed}
    tables = tables_in(cells_of(homes.values(), user))
    shown = [
        (homes[home], key, cells)
        for (home, key), cells in tables.items()
        if home == lesson.pk or (home, key) in lent
    ]
    return [_with_tools(block, shown, at) for block in blocks]


def _with_tools(
    block: dict[str, Any], tables: Sequence[tuple[Lesson, str, list[CellMemory]]], at: datetime
) -> dict[str, Any]:
    """Return a block with the tools put behind the caption of each table."""
    html = block.get("html", "")
    for home, key, cells in tables:
        opening, found, rest = html.partition(f'<figcaption id="{key}-caption">')
        if found:
            caption, end, after = rest.partition("</figcaption>")
            tools = render_to_string("quizzes/drill_tools.html", _tools(home, key, cells, at))
            html = f"{opening}{found}{caption}{end}{tools}{after}"
    return {**block, "html": html} if html else block


def _tools(lesson: Lesson, key: str, cells: list[CellMemory], at: datetime) -> dict[str, Any]:
    held = [(f"{key}.{cell.cell}", cell.held_at(at)) for cell in cells]
    is_begun = any(step is not Held.UNASKED for _, step in held)
    return {
        "lesson": lesson,
        "key": key,
        "marks": [(id_, shown_held(step)) for id_, step in held] if is_begun else [],
    }


def _table_to_practise(course: str, lesson: str, key: str) -> ComparisonTable:
    """Return the table with its lesson and course, or raise ``Http404``."""
    found = lesson_to_ask(course, lesson)
    table = get_object_or_404(ComparisonTable, lesson=found, key=key, retired_at=None)
    table.lesson = found
    return table


def _own_attempts(request: HtmxHttpRequest, table: ComparisonTable) -> QuerySet[Attempt]:
    """Return the person's attempts at ``table``, the newest first."""
    learner = learner_of(request)
    if learner is None:
        return Attempt.objects.none()
    own = Attempt.objects.filter(user=learner, lesson=table.lesson, scope=drill_scope(table))
    return own.select_related("user").order_by("-started_at", "-pk")


def _cells(request: HtmxHttpRequest, table: ComparisonTable) -> list[CellMemory]:
    """Return the cells of ``table`` with what the person remembers of them."""
    cells = cells_of([table.lesson], learner_of(request))
    return [cell for cell in cells if cell.table == table.key]


def _present(request: HtmxHttpRequest, table: ComparisonTable) -> Sitting:
    """Return the person's latest attempt; else an empty sitting, which leads to the start."""
    attempt = _own_attempts(request, table).first()
    if attempt is None:
        return Sitting(table.lesson, None, (), drill_terms(table))
    attempt.lesson = table.lesson
    return sitting_of(attempt)


def _attempt_for(request: HtmxHttpRequest, table: ComparisonTable, envelope: Envelope) -> Attempt:
    """Return the attempt that the form names, else the latest, or raise ``Http404``."""
    own = _own_attempts(request, table)
    attempt = own.filter(token=envelope.attempt).first() or own.first()
    if attempt is None:
        raise Http404
    attempt.lesson = table.lesson
    return attempt


def _place_in(sitting: Sitting, table: ComparisonTable) -> str:
    """Return the address of what is open, or comes back, in an attempt at ``table``."""
    addresses = drill_addresses(table)
    asked = sitting.first_open()
    if asked is not None:
        return addresses.question(asked.position)
    again = sitting.to_relearn
    return f"{addresses.question(again[0].position)}?again" if again else addresses.start


def _start_context(request: HtmxHttpRequest, table: ComparisonTable) -> dict[str, Any]:
    """Return what the page of the ways to practise shows."""
    at = timezone.now()
    cells = _cells(request, table)
    sitting = _present(request, table)
    context = {
        "table": table,
        "statements": len(cells),
        "session": min(DRILL_LENGTH, len(cells)),
        "waiting": sum(cell.waits_at(at) for cell in cells),
        "is_begun": any(cell.last_at for cell in cells),
        "shown": shown_table(table, cells, at=at),
        "legend": legend(),
        "sitting": sitting,
        "open": _place_in(sitting, table) if sitting.first_open() else "",
        "coverable": table.columns if table.kind == "compare" else table.columns[:1],
    }
    return _with_places(context, table)


def _with_places(context: dict[str, Any], table: ComparisonTable) -> dict[str, Any]:
    """Add where the pages of a drill lead back to."""
    lesson = table.lesson
    return {
        **context,
        "lesson": lesson,
        "course": lesson.course,
        "table_url": f"{lesson.get_absolute_url()}#{table.key}",
        "drill_url": drill_addresses(table).start,
    }
