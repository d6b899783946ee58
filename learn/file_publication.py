"""WRITE: one file of a course from the studio onto the site: check, render, publish, merge."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from learn.authoring.codes import problem_at
from learn.authoring.document import Document, Problem
from learn.authoring.merging import Labels, merge_texts
from learn.authoring.names import COURSE_FILE, lesson_slug
from learn.authoring.parse import parse_course, parse_lesson
from learn.authoring.source_text import split_lines
from learn.conflicts import folder_text, held_back, settle
from learn.course_check import FileCheck, check_change
from learn.drafting import refuse_bad_name
from learn.models import Course, Draft, FileConflict, MediaFile, Origin, User
from learn.preparation import (
    PreparedLesson,
    PreparedText,
    addresses_of,
    context_of,
    digest_of,
    prepare_course_text,
    prepare_lesson,
)
from learn.publishing import (
    OvertakenError,
    Publication,
    locked_course,
    places_of,
    studio_publication,
    write_course_text,
    write_lesson,
)
from learn.rendering import Renderer, RenderError
from learn.renewing import NO_DEPENDENTS, dependents_of, in_language_of, write_dependents
from learn.site_state import SiteState, SiteTexts, site_state, source_by_digest
from learn.text_files import LARGEST_KIB

State = Literal["published", "unchanged", "has-errors", "overtaken"]

ATTEMPTS = 20
"""How often somebody else may publish in the same course while one file is being prepared."""


@dataclass(frozen=True, slots=True)
class Released:
    """What became of a publication. In every state but the first the site is as it was.

    With errors ``problems`` says which, or ``reason`` why the text cannot be rendered. When it was
    overtaken, ``live_source`` is what is up now, ``base_source`` the text that both began from, and
    ``merged`` both edits together, with marks where they met unless ``is_clean``.
    """

    state: State
    problems: list[Problem] = field(default_factory=list)
    reason: str = ""
    live_source: str = ""
    live_digest: str = ""
    base_source: str = ""
    merged: str = ""
    is_clean: bool = False


@dataclass(frozen=True, slots=True)
class _Work:
    """One file on its way onto the site."""

    course: Course
    file_name: str
    source: str
    base_digest: str
    publication: Publication
    renderer: Renderer
    conflict: FileConflict | None = None


def check_file(course: Course, file_name: str, source: str) -> FileCheck:
    """Return the problems that a text would have as this file of the course.

    What it would break in other files is told apart; it does not keep it from publication.
    """
    size = len(source.encode("utf-8", "replace"))
    if size > LARGEST_KIB * 1024:
        values = {"size": str(-(-size // 1024)), "limit": str(LARGEST_KIB)}
        return FileCheck([problem_at(1, 1, "structure-too-large", **values)])
    media = set(MediaFile.objects.up().filter(course=course).values_list("path", flat=True))
    found = check_change(
        {file_name: source}, SiteTexts(course.pk), media=media, course_id=course.pk
    )
    return FileCheck(found.own[file_name], found.elsewhere)


def preview_file(
    course: Course, file_name: str, source: str, *, renderer: Renderer
) -> PreparedLesson | PreparedText:
    """Return a text rendered as it would be published; faulty questions are left out.

    Nothing is written. Raises ``RenderError`` for a text that cannot be rendered.
    """
    faults = [one.line for one in check_file(course, file_name, source).problems if _is_error(one)]
    return _prepare(site_state(course.slug), file_name, source, renderer, faults)


def publish_file(
    *,
    course: Course,
    file_name: str,
    source: str,
    base_digest: str,
    publication: Publication,
    renderer: Renderer,
) -> Released:
    """Publish a text as one file of the course, begun from the published text ``base_digest``.

    Or begun from a text of the folder that was held back, which then counts as seen.

    All of it or nothing: the text, its questions, and the links of other lessons to it. The
    person's draft goes when it is this very text. Raises ``DraftRefusedError`` for a name that is
    no lesson's.
    """
    refuse_bad_name(file_name)
    up = site_state(course.slug).file(file_name).up
    seen = held_back(course, file_name, base_digest, up=up)
    base = up if seen else base_digest
    return _publish(_Work(course, file_name, source, base, publication, renderer, seen))


def settle_conflict(
    *,
    conflict: FileConflict,
    source: str,
    by: User,
    at: datetime,
    renderer: Renderer,
    note: str = "",
    base_digest: str | None = None,
) -> Released:
    """Publish the text that a person made of both edits; the folder's text then counts as seen.

    ``base_digest`` is of the site's text that the person saw, else the one that is up now counts.
    A conflict that was settled already, or followed by another, is answered with 'overtaken'.
    """
    course, name = conflict.course, conflict.file_name
    live = site_state(course.slug).file(name).up if base_digest is None else base_digest
    publication = studio_publication(by, at=at, note=note, origin=Origin.MERGED)
    return _publish(_Work(course, name, source, live, publication, renderer, conflict))


def _publish(work: _Work) -> Released:
    """Publish a text, anew as often as the course changes meanwhile."""
    for _attempt in range(ATTEMPTS):
        seen = site_state(work.course.slug)
        live = seen.file(work.file_name).up
        if live != work.base_digest or not _is_open(work.conflict):
            return _overtaken(work, live)
        try:
            return _publish_onto(seen, work)
        except OvertakenError:
            continue
    raise OvertakenError


def _publish_onto(seen: SiteState, work: _Work) -> Released:
    """Publish a text onto the course as it was seen; raise ``OvertakenError`` if it has changed."""
    digest = digest_of(work.source)
    if digest == work.base_digest:
        with locked_course(seen) as course:
            _clear_up(course, work)
        return Released("unchanged", live_digest=digest)
    check = check_file(work.course, work.file_name, work.source)
    if check.has_errors:
        return Released("has-errors", check.problems)
    try:
        prepared = _prepare(seen, work.file_name, work.source, work.renderer)
    except RenderError as error:
        reason = _("This text cannot be rendered: %(reason)s") % {"reason": error}
        return Released("has-errors", check.problems, reason=reason)
    _write(seen, prepared, work)
    return Released("published", check.problems, live_digest=digest)


def _prepare(
    seen: SiteState, file_name: str, source: str, renderer: Renderer, faults: Sequence[int] = ()
) -> PreparedLesson | PreparedText:
    """Render one file among the lessons that are up, without the questions at lines of faults."""
    slug = seen.slugs.get(file_name) or lesson_slug(file_name)
    slugs = seen.slugs if file_name == COURSE_FILE else {**seen.slugs, file_name: slug}
    addresses = addresses_of(seen.slug, slugs)
    context = context_of(
        file_name, course_slug=seen.slug, addresses=addresses, language=seen.language
    )
    if file_name == COURSE_FILE:
        return prepare_course_text(
            parse_course(source),
            source=source,
            title=seen.title,
            context=context,
            renderer=renderer,
        )
    return prepare_lesson(
        _without_faulty_questions(parse_lesson(source, name=file_name), source, faults),
        source=source,
        file_name=file_name,
        slug=slug,
        position=places_of(slugs)[slug][1],
        address=addresses[file_name],
        context=context,
        renderer=renderer,
    )


def _without_faulty_questions(document: Document, source: str, faults: Sequence[int]) -> Document:
    """Return a lesson without the questions that have errors, which cannot be drawn up."""
    lines = enumerate(split_lines(source), start=1)
    headings = [number for number, line in lines if line.lstrip().startswith("#")]
    faulty = {max((line for line in headings if line <= fault), default=0) for fault in faults}
    quizzes = [
        replace(quiz, questions=tuple(one for one in quiz.questions if one.line not in faulty))
        for quiz in document.quizzes
    ]
    return replace(document, quizzes=tuple(quizzes)) if faulty else document


def _write(seen: SiteState, prepared: PreparedLesson | PreparedText, work: _Work) -> None:
    """Write the file, and the other lessons that now link to it, in one transaction."""
    slugs, is_new = dict(seen.slugs), False
    if isinstance(prepared, PreparedLesson):
        is_new = work.file_name not in slugs
        slugs[work.file_name] = prepared.slug
    others = dependents_of(work.file_name, seen, slugs, work.renderer) if is_new else NO_DEPENDENTS
    if isinstance(prepared, PreparedText):
        others = in_language_of(prepared, seen, work.renderer)
    with locked_course(seen) as course:
        if isinstance(prepared, PreparedText):
            write_course_text(course, prepared, work.publication)
        else:
            write_lesson(prepared, course=course, publication=work.publication)
        write_dependents(course, others, slugs, work.publication)
        course.save()
        _clear_up(course, work)


def _clear_up(course: Course, work: _Work) -> None:
    """Take away the draft that became this text, and settle the conflict it was made of."""
    drafts = Draft.objects.filter(course=course, file_name=work.file_name)
    drafts.filter(author=work.publication.by, source=work.source).delete()
    if work.conflict is not None:
        settle(course, work.conflict, at=work.publication.at)


def _is_error(problem: Problem) -> bool:
    return problem.stops


def _is_open(conflict: FileConflict | None) -> bool:
    """Say whether nobody has settled the conflict yet."""
    return (
        conflict is None or FileConflict.objects.filter(pk=conflict.pk, resolved_at=None).exists()
    )


def _overtaken(work: _Work, live: str) -> Released:
    """Return what is up now, and the person's text merged into it."""
    source = SiteTexts(work.course.pk).texts([work.file_name]).get(work.file_name, "")
    base = source_by_digest(work.course.pk, work.file_name, work.base_digest)
    base = base or folder_text(work.course, work.file_name, work.base_digest)
    labels = Labels(mine=_("your text"), base=_("before both"), theirs=_("published since"))
    merge = merge_texts(base, work.source, source, labels)
    return Released(
        "overtaken",
        live_source=source,
        live_digest=live,
        base_source=base,
        merged=merge.text,
        is_clean=merge.is_clean,
    )
