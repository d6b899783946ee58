"""WRITE and READ: notes and bookmarks on a section, and reports of what is unclear."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.db.models import Case, QuerySet, Value, When

from learn.models import Course, Lesson, Note, UnclearReport, User
from learn.paging import Pages, pages_of
from learn.passages import Passage, line_of, passages_of

LONGEST_NOTE = 10_000
LONGEST_REPORT = 2_000
NOTES_A_PAGE = 50
MOST_BESIDE = 300
"""Of the notes beside a lesson; it can have 200 sections."""


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

    @property
    def edition(self) -> str:
        """Name the text, so that a form can tell which it was begun on; empty if there is none."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12] if self.text else ""

    def is_lost_to(self, text: str, *, seen: str | None) -> bool:
        """Say whether another text would replace this one unseen: ``seen`` is the edition it knew.

        A form that does not tell it, such as one from before there were editions, is trusted.
        """
        return bool(self.text) and text != self.text and seen not in {None, self.edition}


def kept_notes(user: User | None, lesson: Lesson) -> list[SectionNote]:
    """Return what a person keeps beside a lesson, in the order of its text. At most one query.

    Of notes on sections that the lesson no longer has, only the first are among them.
    """
    titles = _sections_of(lesson)
    is_lost = Case(When(anchor__in=titles, then=Value(0)), default=Value(1))
    own = _notes_of(user).filter(lesson=lesson).order_by(is_lost, "created_at", "pk")
    notes = {note.anchor: note for note in own[:MOST_BESIDE]}
    names = titles | {anchor: anchor for anchor in notes if anchor not in titles}
    kept = (_with_note(anchor, names[anchor], notes.get(anchor)) for anchor in names)
    return [section for section in kept if section.is_kept]


def sections_to_note(user: User | None, lesson: Lesson) -> dict[str, str]:
    """Return the titles of the sections that a note can stand at, in order. At most one query.

    The lesson as a whole, whose anchor is empty, comes first; a section that the lesson no longer
    has and that the person noted something at comes last, so that the note is not lost.
    """
    titles = _sections_of(lesson)
    own = _notes_of(user).filter(lesson=lesson).order_by("created_at", "pk")
    noted = own.values_list("anchor", flat=True)
    return titles | {anchor: anchor for anchor in noted if anchor not in titles}


def section_notes(
    user: User | None, lesson: Lesson, titles: Mapping[str, str]
) -> list[SectionNote]:
    """Return these sections of the lesson, each with the person's note. At most one query."""
    notes = _notes_of(user).filter(lesson=lesson, anchor__in=list(titles))
    own = {note.anchor: note for note in notes}
    return [_with_note(anchor, title, own.get(anchor)) for anchor, title in titles.items()]


def _sections_of(lesson: Lesson) -> dict[str, str]:
    """Return the titles of the lesson's sections by anchor."""
    outline = lesson.live.outline if lesson.live else []
    whole = {"": lesson.live.title if lesson.live else lesson.slug}
    return whole | {entry["anchor"]: entry["title"] for entry in outline if entry["level"] < 4}


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


@dataclass(frozen=True, slots=True)
class NotesPage:
    """Some of all notes of a person, by lesson, and which of them they are."""

    pages: Pages
    lessons: tuple[LessonNotes, ...]


def notes_page(user: User | None, courses: Sequence[Course], *, asked: str) -> NotesPage:
    """Return a page of the person's notes and bookmarks in the courses, in reading order.

    Three queries, however many notes there are.
    """
    own = _notes_of(user).filter(lesson__course__in=courses, lesson__live__isnull=False)
    rows = own.order_by(
        "lesson__course__position", "lesson__position", "lesson_id", "created_at", "pk"
    ).values_list("pk", "lesson_id", "anchor")
    places = list(rows)
    pages = pages_of(len(places), size=NOTES_A_PAGE, asked=asked)
    # Only the order of notes within a lesson is still to be found.
    shown = {lesson for _, lesson, _ in places[pages.part]}
    lessons = Lesson.objects.select_related("course", "live").in_bulk(shown)
    ordered: list[tuple[int, int]] = []
    for lesson_id, group in groupby(places, key=itemgetter(1)):
        lesson = lessons.get(lesson_id)
        pairs = [(pk, anchor) for pk, _, anchor in group]
        in_order = _in_order(lesson, pairs) if lesson else [pk for pk, _ in pairs]
        ordered += [(lesson_id, pk) for pk in in_order]
    notes = Note.objects.in_bulk([pk for _, pk in ordered[pages.part]])
    found = groupby(ordered[pages.part], key=itemgetter(0))
    return NotesPage(
        pages,
        tuple(
            _notes_of_lesson(lessons[pk], [notes[note] for _, note in group if note in notes])
            for pk, group in found
        ),
    )


def _in_order(lesson: Lesson, notes: Sequence[tuple[int, str]]) -> list[int]:
    """Return the ids of one lesson's notes, given with their anchors, in the order of its text."""
    outline = lesson.live.outline if lesson.live else []
    places = {entry["anchor"]: place for place, entry in enumerate([{"anchor": ""}, *outline])}
    return [pk for pk, anchor in sorted(notes, key=lambda one: places.get(one[1], len(places)))]


def _notes_of_lesson(lesson: Lesson, notes: Sequence[Note]) -> LessonNotes:
    """Return a lesson with these notes and their sections' titles."""
    outline = lesson.live.outline if lesson.live else []
    titles = {entry["anchor"]: entry["title"] for entry in outline}
    told = (_with_note(note.anchor, titles.get(note.anchor, ""), note) for note in notes)
    return LessonNotes(lesson, tuple(told))


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
