"""The studio's first page: courses and lessons with how each stands; new lessons and courses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learn.access import may_give_roles, may_make_courses, may_publish, studio_courses
from learn.authoring.names import COURSE_FILE, course_slug, natural_key
from learn.authoring.parse import parse_lesson
from learn.conflicts import is_picture, open_conflicts
from learn.drafting import DraftRefusedError, file_name_for, open_file, save_draft
from learn.models import Course, Draft, Lesson, User
from learn.releasing import new_course, retire_file
from learn.site_state import site_state
from learn.views.studio.entrance import AuthorRequest, in_course, in_studio
from learn.views.studio.findings import problem_counts
from learn.views.studio.previewing import RENDERER

LONGEST_TITLE = 150


@dataclass(slots=True)
class FileRow:
    """A file of a course and all that is going on with it.

    ``language`` is that of the title, empty where it is not the author's. ``is_held_back`` says
    that the folder has a text of it with errors, which the site does not show.
    """

    file_name: str
    title: str
    url: str = ""
    is_live: bool = False
    has_own_draft: bool = False
    others: list[str] = field(default_factory=list)
    has_conflict: bool = False
    is_held_back: bool = False
    is_picture: bool = False
    problems: int = 0
    language: str = ""

    @property
    def has_history(self) -> bool:
        """Say whether there is a text of it."""
        return self.is_live or self.has_own_draft or bool(self.others)

    @property
    def may_be_retired(self) -> bool:
        """Say whether it can be taken off the site; a course always keeps its ``course.md``."""
        return self.is_live and self.file_name != COURSE_FILE


@dataclass(frozen=True, slots=True)
class CourseOutline:
    """A course with its files; ``may_give_roles`` shows the way to people and roles.

    ``taken_off`` are lessons that are no longer on the site, and come back from their history.
    """

    course: Course
    files: tuple[FileRow, ...]
    taken_off: tuple[FileRow, ...]
    may_give_roles: bool


@in_studio
@require_safe
def home(request: AuthorRequest) -> HttpResponse:
    """Show the courses the person may edit."""
    courses = list(studio_courses(request.user))
    context = {
        "outlines": [outline_of(course, request.user) for course in courses],
        "may_make_courses": may_make_courses(request.user),
    }
    return render(request, "studio/home.html", context)


def outline_of(course: Course, user: User) -> CourseOutline:
    """Return a course's files with how they stand. A fixed number of queries."""
    rows = {COURSE_FILE: FileRow(COURSE_FILE, _("About the course"), is_live=bool(course.live_id))}
    taken_off = _add_lessons(rows, course)
    _add_drafts(rows, course, user)
    held_back = _add_conflicts(rows, course)
    for name, count in problem_counts(course, held_back).items():
        if name in rows:
            rows[name].problems = count
    first = rows.pop(COURSE_FILE)
    return CourseOutline(
        course,
        files=(first, *_in_order(rows.values())),
        taken_off=_in_order(taken_off),
        may_give_roles=may_give_roles(user, course),
    )


def _in_order(rows: Iterable[FileRow]) -> tuple[FileRow, ...]:
    """Return rows as a folder lists their files."""
    return tuple(sorted(rows, key=lambda row: natural_key(row.file_name)))


def _add_lessons(rows: dict[str, FileRow], course: Course) -> list[FileRow]:
    """Note the lessons that are up; return those that were taken off."""
    taken_off: dict[str, FileRow] = {}
    lessons = Lesson.objects.filter(course=course, live__isnull=False).order_by("retired_at")
    for lesson in lessons.with_titles():
        name = lesson.file_name
        row = FileRow(name, (lesson.live and lesson.live.title) or name, language=course.language)
        if lesson.retired_at is None:
            rows[name] = row
            row.is_live = True
            row.url = lesson.get_absolute_url() if course.status == "published" else ""
        else:
            taken_off[name] = row
    # Where another lesson has the file's name by now, its history is that one's.
    return [row for name, row in taken_off.items() if name not in rows]


def _add_drafts(rows: dict[str, FileRow], course: Course, user: User) -> None:
    """Note who has a draft of which file; a file may have nothing else."""
    drafts = Draft.objects.filter(course=course)
    listed = list(drafts.select_related("author").defer("source"))
    new = {draft.file_name for draft in listed} - rows.keys()
    rows |= _drafted(drafts.filter(file_name__in=new), course, user)
    for draft in listed:
        row = rows.setdefault(draft.file_name, FileRow(draft.file_name, draft.file_name))
        if draft.author_id == user.pk:
            row.has_own_draft = True
        else:
            row.others.append(draft.author.known_as)


def _drafted(drafts: QuerySet[Draft], course: Course, user: User) -> dict[str, FileRow]:
    """Return files that are only drafted, with the title of the person's draft or the latest."""
    texts: dict[str, str] = {}
    for draft in drafts.order_by("-saved_at"):
        if draft.author_id == user.pk or draft.file_name not in texts:
            texts[draft.file_name] = draft.source
    return {name: _row_of(name, text, course) for name, text in texts.items()}


def _row_of(file_name: str, source: str, course: Course) -> FileRow:
    """Return a file with the title that a text gives it which is not published."""
    title = parse_lesson(source, name=file_name).title
    return FileRow(file_name, title, language=course.language)


def _add_conflicts(rows: dict[str, FileRow], course: Course) -> dict[str, str]:
    """Note what waits for a decision; return the texts of the folder that were held back."""
    texts: dict[str, str] = {}
    conflicts = open_conflicts(course)
    site = site_state(course.slug) if conflicts else None
    for conflict in conflicts:
        name = conflict.file_name
        is_held_back = site is not None and conflict.is_held_back(site.file(name).up)
        if is_held_back and not (name in rows and rows[name].is_live):
            texts[name] = conflict.folder_source or ""
            row = rows.setdefault(name, _row_of(name, texts[name], course))
        else:
            row = rows.setdefault(name, FileRow(name, name, is_picture=is_picture(name)))
            row.has_conflict = True
        row.is_held_back = is_held_back
    return texts


@in_course()
@require_http_methods(["GET", "HEAD", "POST"])
def new_lesson(request: AuthorRequest, course: Course) -> HttpResponse:
    """Ask for a title; a POST begins a draft of a lesson with it."""
    title = _title(request)
    if request.method != "POST":
        return _title_page(request, course=course)
    if not title:
        return _title_page(request, course=course, fault=_("A lesson needs a title."))
    name = file_name_for(course, title)
    source = _("# %(title)s\n\nWhat this lesson is about, in a sentence or two.\n")
    save_draft(
        course=course,
        file_name=name,
        author=request.user,
        source=source % {"title": title},
        base_digest="",
        edition=None,
        at=timezone.now(),
    )
    return redirect("studio:edit", course.slug, name)


@in_studio
@require_http_methods(["GET", "HEAD", "POST"])
def begin_course(request: AuthorRequest) -> HttpResponse:
    """Ask for a title; a POST begins a course with it."""
    if not may_make_courses(request.user):
        return render(request, "studio/for-administrators.html", status=403)
    title = _title(request)
    if request.method != "POST":
        return _title_page(request)
    try:
        new_course(
            slug=course_slug(title),
            title=title,
            by=request.user,
            at=timezone.now(),
            renderer=RENDERER,
        )
    except DraftRefusedError as error:
        return _title_page(request, fault=str(error))
    messages.success(request, _("The course is there. Begin with a lesson."))
    return redirect("studio:home")


@in_course(may_publish)
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: AuthorRequest, course: Course, file_name: str) -> HttpResponse:
    """Ask whether a lesson may be taken off the site; a POST does it."""
    opened = open_file(course=course, file_name=file_name, user=request.user)
    # A conflict about a lesson that is off the site already is settled by taking it off again.
    if (opened.is_new and opened.conflict is None) or file_name == COURSE_FILE:
        raise Http404
    if request.method != "POST":
        return render(request, "studio/retire.html", {"course": course, "file_name": file_name})
    retire_file(
        course=course,
        file_name=file_name,
        by=request.user,
        at=timezone.now(),
        renderer=RENDERER,
    )
    messages.success(request, _("The lesson is off the site. Its texts and answers are kept."))
    return redirect("studio:home")


def _title(request: AuthorRequest) -> str:
    """Return the title that was typed, on one line."""
    words: Sequence[str] = request.POST.get("title", "").replace("\x00", "").split()
    return " ".join(words)[:LONGEST_TITLE]


def _title_page(
    request: AuthorRequest, *, course: Course | None = None, fault: str = ""
) -> HttpResponse:
    """Render the form for a title, of a lesson or of a course."""
    context = {"course": course, "fault": fault, "title": _title(request)}
    return render(request, "studio/new.html", context, status=422 if fault else 200)
