"""WRITE and READ: notes and bookmarks on a section, and reports of what is unclear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from learn.models import Course, Lesson, Note, UnclearReport, User
from learn.passages import Passage, line_of, passages_of

LONGEST_NOTE = 10_000
LONGEST_REPORT = 2_000


@dataclass(frozen=True, slots=True)
class SectionNote:
    """A section of a lesson with what a person wrote beside it."""

    anchor: str
    title: str
    text: str = ""
    is_bookmarked: bool = False

    @property
    def is_kept(self) -> bool:
        """Say whether there is anything to show."""
        return bool(self.text) or self.is_bookmarked


def section_notes(user: User | None, lesson: Lesson) -> list[SectionNote]:
    """Return the lesson's sections in order, each with the person's note. At most one query.

    The lesson as a whole, whose anchor is empty, comes first; a note on a section that the lesson
    no longer has comes last, so that it is not lost.
    """
    own = {note.anchor: note for note in _notes_of(user).filter(lesson=lesson)}
    outline = lesson.live.outline if lesson.live else []
    titles = {"": lesson.live.title if lesson.live else lesson.slug}
    titles |= {entry["anchor"]: entry["title"] for entry in outline if entry["level"] < 4}
    titles |= {anchor: anchor for anchor in own if anchor not in titles}
    return [_with_note(anchor, title, own.get(anchor)) for anchor, title in titles.items()]


def _notes_of(user: User | None) -> QuerySet[Note]:
    """Return a person's notes; of nobody there are none, and no query either."""
    return Note.objects.filter(user=user) if user else Note.objects.none()


def _with_note(anchor: str, title: str, note: Note | None) -> SectionNote:
    if note is None:
        return SectionNote(anchor, title)
    return SectionNote(anchor, title, note.text, note.is_bookmarked)


def save_note(
    *, user: User, lesson: Lesson, anchor: str, text: str, is_bookmarked: bool, at: datetime
) -> None:
    """Keep a person's note on a section; without text and bookmark there is none."""
    if not text.strip() and not is_bookmarked:
        Note.objects.filter(user=user, lesson=lesson, anchor=anchor).delete()
        return
    kept = {"text": text, "is_bookmarked": is_bookmarked, "changed_at": at}
    Note.objects.update_or_create(
        user=user,
        lesson=lesson,
        anchor=anchor,
        defaults=kept,
        create_defaults={**kept, "created_at": at},
    )


@dataclass(frozen=True, slots=True)
class LessonNotes:
    """A lesson with the notes that a person made in it."""

    lesson: Lesson
    notes: tuple[SectionNote, ...]


def notes_in(user: User | None, courses: Sequence[Course]) -> list[LessonNotes]:
    """Return all notes and bookmarks of a person in the courses, in reading order. One query."""
    notes = _notes_of(user).filter(lesson__course__in=courses, lesson__live__isnull=False)
    notes = notes.select_related("lesson__course", "lesson__live")
    ordered = notes.order_by(
        "lesson__course__position", "lesson__position", "lesson_id", "created_at"
    )
    return [
        LessonNotes(lesson, tuple(_in_order(lesson, list(group))))
        for lesson, group in groupby(ordered, key=lambda note: note.lesson)
    ]


def _in_order(lesson: Lesson, notes: Sequence[Note]) -> list[SectionNote]:
    """Return the notes of one lesson with their sections' titles, in the order of its text."""
    outline = lesson.live.outline if lesson.live else []
    titles = {entry["anchor"]: entry["title"] for entry in outline}
    places = {anchor: place for place, anchor in enumerate(["", *titles])}
    ordered = sorted(notes, key=lambda note: places.get(note.anchor, len(places)))
    return [_with_note(note.anchor, titles.get(note.anchor, ""), note) for note in ordered]


def reports_of(user: User | None) -> list[UnclearReport]:
    """Return what a person called unclear, the newest first. At most one query."""
    if user is None:
        return []
    reports = UnclearReport.objects.filter(user=user, lesson__live__isnull=False)
    return list(reports.select_related("lesson__course", "lesson__live").order_by("-created_at"))


def report_unclear(
    *,
    user: User,
    lesson: Lesson,
    passage: Passage | None,
    question_key: str,
    text: str,
    at: datetime,
) -> None:
    """Tell the instructors that a paragraph, a question or the whole lesson is unclear.

    Of a question the passage is its stem, and ``question_key`` names it.
    Saying the same again before it is settled changes the words of the first report.
    """
    UnclearReport.objects.update_or_create(
        user=user,
        lesson=lesson,
        anchor=passage.anchor if passage else "",
        excerpt=passage.excerpt if passage else "",
        question_key=question_key,
        resolved_at=None,
        defaults={"text": text},
        create_defaults={"text": text, "created_at": at},
    )


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as an instructor reads it: where in the file, and what was said by how many.

    ``line`` is that of the source where the passage now stands, None if it is gone; ``title`` is
    the lesson's.
    """

    report: UnclearReport
    lesson: Lesson
    title: str
    line: int | None
    texts: tuple[str, ...]
    voices: int


def open_reports(course: Course) -> list[ReportRow]:
    """Return what is reported in a course and not settled, most reported first. One query."""
    reports = UnclearReport.objects.filter(lesson__course=course, resolved_at=None)
    reports = reports.select_related("lesson__live", "lesson__course").order_by("created_at")
    groups: dict[tuple[object, ...], list[UnclearReport]] = {}
    for report in reports:
        place = (report.lesson_id, report.anchor, report.excerpt, report.question_key)
        groups.setdefault(place, []).append(report)
    ordered = sorted(groups.values(), key=lambda group: -len(group))
    return [_row(group) for group in ordered]


def _row(group: Sequence[UnclearReport]) -> ReportRow:
    """Return the reports of one place as one row."""
    first = group[0]
    lesson, live = first.lesson, first.lesson.live
    source = live.source if live else ""
    line = line_of(source, first.excerpt)
    texts = tuple(report.text for report in group if report.text)
    return ReportRow(first, lesson, live.title if live else "", line, texts, len(group))


def report_in(course: Course, number: str) -> UnclearReport | None:
    """Return the report of the course that a form names, or None."""
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return UnclearReport.objects.filter(lesson__course=course, pk=int(number)).first()


def settle_report(report: UnclearReport, *, at: datetime) -> None:
    """Close a report, and all that say the same of the same place."""
    UnclearReport.objects.filter(
        lesson=report.lesson_id,
        anchor=report.anchor,
        excerpt=report.excerpt,
        question_key=report.question_key,
        resolved_at=None,
    ).update(resolved_at=at)


def passages(lesson: Lesson) -> list[Passage]:
    """Return the passages of the lesson that somebody may find unclear, in order."""
    blocks = lesson.live.blocks if lesson.live else []
    return passages_of("".join(block["html"] for block in blocks if block["kind"] == "prose"))
