"""The live preview: a text as its learners would see it, with questions that record nothing."""

import atexit
import threading
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learn.drafting import open_file
from learn.models import Course, User
from learn.preparation import PreparedLesson, PreparedText
from learn.releasing import preview_file
from learn.rendering import Renderer, RenderError
from learn.views.studio.entrance import AuthorRequest, in_course
from quizzes.asked import AskedQuestion
from quizzes.catalog import QuestionDraft
from quizzes.envelope import Envelope, form_again, read_envelope, stamp
from quizzes.kinds import KINDS
from quizzes.kinds.base import AnswerFaultError
from quizzes.models import Question, QuestionVersion, Response, Role
from quizzes.showing import shown_question
from quizzes.sittings import ask

CARD = "studio/question.html#card"
CARD_IN_LESSON = "studio/question.html#quick"

# One child process in each worker renders for all authors; its calls wait for each other.
RENDERER = Renderer()
atexit.register(RENDERER.close)

_busy: set[int] = set()
_busy_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Preview:
    """What the preview's template shows; with a ``fault`` there is nothing else to show."""

    fault: str = ""
    is_busy: bool = False
    lesson: dict[str, Any] | None = None
    course_fields: dict[str, Any] | None = None


def preview_of(course: Course, file_name: str, source: str, *, user: User) -> Preview:
    """Render a text for the preview; one at a time for each person, others come back busy."""
    if not _enter(user.pk):
        return Preview(is_busy=True)
    try:
        prepared = preview_file(course, file_name, source, renderer=RENDERER)
    except RenderError as error:
        return Preview(fault=_("This text cannot be shown: %(reason)s.") % {"reason": error})
    finally:
        _leave(user.pk)
    if isinstance(prepared, PreparedText):
        return Preview(course_fields=prepared.fields)
    return Preview(lesson=_lesson_context(course, prepared, user))


def _enter(person: int) -> bool:
    """Begin a preview for a person, unless one is being made in this process."""
    with _busy_lock:
        is_free = person not in _busy
        _busy.add(person)
        return is_free


def _leave(person: int) -> None:
    with _busy_lock:
        _busy.discard(person)


def _lesson_context(course: Course, prepared: PreparedLesson, user: User) -> dict[str, Any]:
    """Return what the lesson's own template is rendered with."""
    cards = {
        asked.version.question.key: _card(course, prepared.file_name, asked)
        for asked in _questions(prepared, course, user)
    }
    checks = [draft.key for draft in prepared.questions if draft.role == Role.CHECK]
    blocks = [
        {"kind": "question", "card": cards.get(block["key"])}
        if block["kind"] == "question"
        else block
        for block in prepared.fields["blocks"]
    ]
    return {
        "revision": prepared.fields,
        "row": {"questions": len(checks), "number": prepared.position},
        "blocks": [block for block in blocks if block.get("html") or block.get("card")],
        "checks": [cards[key] for key in checks],
    }


def _questions(prepared: PreparedLesson, course: Course, user: User) -> list[AskedQuestion]:
    """Return the lesson's questions as they would be asked; nothing of them is in the database."""
    shuffle = course.shuffle and prepared.fields["quiz"].get("shuffle", True)
    versions = [_unsaved(draft, course) for draft in prepared.questions]
    return list(ask(versions, seed=f"preview:{user.pk}", shuffle=shuffle))


def _unsaved(draft: QuestionDraft, course: Course) -> QuestionVersion:
    """Return a question's version that is never written."""
    return QuestionVersion(
        question=Question(course=course, key=draft.key, role=draft.role),
        digest=draft.digest,
        matter=draft.matter,
        kind=draft.kind,
        spec=draft.spec,
        wording=draft.wording,
        parts=draft.parts,
    )


def _card(
    course: Course,
    file_name: str,
    asked: AskedQuestion,
    *,
    envelope: Envelope | None = None,
    fault: AnswerFaultError | None = None,
) -> dict[str, Any]:
    """Return what the card of a question is rendered with."""
    fields, hints = (envelope.fields, envelope.hints) if envelope else ({}, 0)
    return {
        "template": CARD_IN_LESSON,
        "key": asked.version.question.key,
        "action": reverse("studio:answer", args=[course.slug, file_name]),
        "question": shown_question(asked, answered=asked.latest, fields=fields, hints=hints),
        "is_quick": asked.version.question.role == Role.QUICK,
        "is_settled": asked.is_settled,
        "try_number": envelope.try_number if envelope else 1,
        **form_again(fields, fault, asked.version.kind),
        "shown": stamp(timezone.now()),
    }


@in_course()
@require_safe
def preview(request: AuthorRequest, course: Course, file_name: str) -> HttpResponse:
    """Give the editor's script the preview of the person's text, or why there is none."""
    opened = open_file(course=course, file_name=file_name, user=request.user)
    if not opened.is_there:
        raise Http404
    shown = preview_of(course, file_name, opened.source, user=request.user)
    context = {"course": course, "file_name": file_name, "preview": shown}
    is_shown = not shown.fault and not shown.is_busy
    html = render_to_string("studio/preview.html", context, request) if is_shown else None
    return JsonResponse({"html": html, "fault": shown.fault, "is_busy": shown.is_busy})


@in_course()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AuthorRequest, course: Course, file_name: str) -> HttpResponse:
    """Mark an answer given in the preview and show the feedback; nothing is written.

    A GET shows the question again as a form.
    """
    fields = request.POST if request.method == "POST" else request.GET
    asked = _question(request, course, file_name, fields.get("key", ""))
    envelope = read_envelope(fields)
    card = _card(course, file_name, asked, envelope=envelope)
    if request.method == "POST" and not envelope.rearranges and _is_of(asked, envelope):
        try:
            answered = _answered(asked, envelope)
            card = _card(course, file_name, answered)
        except AnswerFaultError as fault:
            card = _card(course, file_name, asked, envelope=envelope, fault=fault)
    context = {"card": card, "course": course, "file_name": file_name, "is_fragment": True}
    template = CARD if request.htmx else "studio/question.html"
    return render(request, template, context, status=422 if card["fault"] else 200)


def _question(request: AuthorRequest, course: Course, file_name: str, key: str) -> AskedQuestion:
    """Return the question of the person's text, or raise ``Http404``."""
    source = open_file(course=course, file_name=file_name, user=request.user).source
    try:
        prepared = preview_file(course, file_name, source, renderer=RENDERER)
    except RenderError as error:
        raise Http404 from error
    if isinstance(prepared, PreparedLesson):
        for asked in _questions(prepared, course, request.user):
            if asked.version.question.key == key:
                return asked
    raise Http404


def _is_of(asked: AskedQuestion, envelope: Envelope) -> bool:
    """Say whether the form was for the question as the text has it now."""
    return envelope.version == asked.version.code


def _answered(asked: AskedQuestion, envelope: Envelope) -> AskedQuestion:
    """Return the question with the answer marked; raise ``AnswerFaultError`` if there is none."""
    kind, spec = KINDS[asked.version.kind], asked.version.spec
    given = kind.read_answer(spec, envelope.fields)
    if kind.needs_spelling(spec, given) and not envelope.circumstances(timezone.now()).insists:
        raise AnswerFaultError("spelling")
    mark = kind.mark(spec, given)
    response = Response(
        try_number=envelope.try_number,
        answer=given,
        fraction=mark.fraction,
        verdict=mark.verdict,
        hints_seen=envelope.hints,
    )
    # Earlier tries were not kept; only how many there were matters to what is shown.
    return asked.with_responses((response,) * envelope.try_number)
