"""WRITE: texts that are not published yet. Nothing that was saved is ever overwritten unseen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from learn.authoring.names import COURSE_FILE, ascii_slug, lesson_slug
from learn.authoring.rules.links import MEDIA_SUFFIXES
from learn.authoring.rules.names import RESERVED_SLUGS
from learn.authoring.slug import slug as slug_of
from learn.models import Course, Draft, FileConflict, Lesson, User
from learn.site_state import SiteTexts, site_state
from learn.text_files import LARGEST_KIB

_NUMBERED = re.compile(r"(\d{1,3})[-_ .]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LONGEST_STEM = 60
_LONGEST_PATH = 200
# What the reader of a folder would not take for a lesson.
_NO_LESSONS = (COURSE_FILE, "readme.md", "license.md", "licence.md")
_NO_FOLDERS = ("node_modules", "__pycache__")


class DraftRefusedError(ValueError):
    """A text or a name cannot be kept; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file as an author finds it: the published text, their own draft, and what else there is.

    ``is_new`` says that nothing is published under this name. ``others`` are drafts of other
    people, without their texts. ``held_back`` is what the folder has of a file that is new, and has
    errors; an edit with errors of one that is up is its ``conflict``.
    """

    file_name: str
    live_source: str
    live_digest: str
    is_new: bool
    draft: Draft | None
    others: tuple[Draft, ...]
    conflict: FileConflict | None
    held_back: FileConflict | None = None

    @property
    def has_history(self) -> bool:
        """Say whether the site has a text of the file."""
        return not self.is_new or self.draft is not None or bool(self.others)

    @property
    def has_faulty_edit(self) -> bool:
        """Say whether only the folder's text was changed, and its errors keep it off the site."""
        return self.conflict is not None and self.conflict.is_held_back(self.live_digest)

    @property
    def is_there(self) -> bool:
        """Say whether there is any text of the file; every course has a ``course.md`` to write."""
        waits = self.conflict is not None or self.held_back is not None
        return self.file_name == COURSE_FILE or self.has_history or waits

    @property
    def first_source(self) -> str:
        """The text to begin from: what is published, else what the folder has with errors."""
        return (self.held_back and self.held_back.folder_source) or self.live_source

    @property
    def first_digest(self) -> str:
        """The digest of the text to begin from."""
        return self.held_back.folder_digest if self.held_back else self.live_digest

    @property
    def source(self) -> str:
        """The text to go on with: the draft if there is one, else that to begin from."""
        return self.draft.source if self.draft else self.first_source

    @property
    def base_digest(self) -> str:
        """The text from which that was begun."""
        return self.draft.base_digest if self.draft else self.first_digest

    @property
    def is_behind(self) -> bool:
        """Say whether the text to begin from is another one since the draft was begun."""
        if self.draft is None or self.base_digest == self.first_digest:
            return False
        edit = self.conflict if self.has_faulty_edit else None
        return edit is None or self.base_digest != edit.folder_digest

    @property
    def edition(self) -> int | None:
        """The number of the draft's last saving, to be sent with the next one."""
        return self.draft.edition if self.draft else None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a saving.

    ``is_kept`` is false when another window of the same person saved a later edition:
    ``other_source`` is that text, and nothing was overwritten.
    """

    draft: Draft
    is_kept: bool
    other_source: str | None = None


def open_file(*, course: Course, file_name: str, user: User) -> OpenFile:
    """Return a file of the course, published or not."""
    source = SiteTexts(course.pk).texts([file_name]).get(file_name)
    drafts = Draft.objects.filter(course=course, file_name=file_name).select_related("author")
    own = drafts.filter(author=user).first()
    others = drafts.exclude(author=user).defer("source").order_by("-saved_at")
    conflicts = FileConflict.objects.filter(course=course, file_name=file_name, resolved_at=None)
    conflict = conflicts.first()
    is_held_back = source is None and conflict is not None and conflict.is_held_back(up="")
    return OpenFile(
        file_name=file_name,
        live_source=source or "",
        live_digest=site_state(course.slug).file(file_name).up,
        is_new=source is None,
        draft=own,
        others=tuple(others),
        conflict=None if is_held_back else conflict,
        held_back=conflict if is_held_back else None,
    )


def save_draft(
    *,
    course: Course,
    file_name: str,
    author: User,
    source: str,
    base_digest: str,
    edition: int | None,
    at: datetime,
) -> Saved:
    """Keep a person's text of a file, faulty or not.

    ``base_digest`` is of the published text that it was begun from, ``edition`` the number of the
    last saving that this window knows, None before its first. Raises ``DraftRefusedError`` for what
    no database can keep and for names that are no lesson's.
    """
    refuse_bad_name(file_name)
    refuse_bad_text(source)
    values = {"source": source, "base_digest": base_digest, "saved_at": at}
    key = {"course": course, "file_name": file_name, "author": author}
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(**key).first()
        if draft is None:
            return _first_saving(key, {**values, "created_at": at, "edition": (edition or 0) + 1})
        if draft.source == source:
            if draft.edition == edition:
                # Somebody has seen what came in between, and keeps their text as it is.
                draft.base_digest = base_digest
                draft.save(update_fields=["base_digest"])
            return Saved(draft, is_kept=True)
        if draft.edition != edition:
            return Saved(draft, is_kept=False, other_source=draft.source)
        for name, value in values.items():
            setattr(draft, name, value)
        draft.edition += 1
        draft.save()
    return Saved(draft, is_kept=True)


def _first_saving(key: dict[str, object], values: dict[str, object]) -> Saved:
    """Make the draft; another window may do the same at this moment."""
    try:
        with transaction.atomic():
            return Saved(Draft.objects.create(**key, **values), is_kept=True)
    except IntegrityError:
        other = Draft.objects.get(**key)
        is_same = other.source == values["source"]
        return Saved(other, is_same, None if is_same else other.source)


def discard_draft(*, course: Course, file_name: str, author: User) -> None:
    """Throw away a person's draft of a file; what is published stays."""
    Draft.objects.filter(course=course, file_name=file_name, author=author).delete()


def like_published(typed: str, published: str) -> str:
    """Return a text from a browser with the line ends and byte order mark of the published one.

    A browser sends every line end as carriage return and line feed; without this each saving would
    change every line of the file.
    """
    text = typed.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    mark = "\ufeff" if published.startswith("\ufeff") else ""
    windows = published.count("\r\n")
    is_windows = windows * 2 > published.count("\n")
    return mark + (text.replace("\n", "\r\n") if is_windows else text)


def refuse_bad_text(source: str) -> None:
    """Raise ``DraftRefusedError`` for a text that is too large or cannot be stored."""
    if found := _UNSTORABLE.search(source):
        line = source.count("\n", 0, found.start()) + 1
        values = {"line": line, "character": f"U+{ord(found[0]):04X}"}
        raise DraftRefusedError(
            _("Line %(line)d has the character %(character)s, which cannot be stored. Delete it.")
            % values
        )
    size = len(source.encode())
    if size > LARGEST_KIB * 1024:
        values = {"size": -(-size // 1024), "limit": LARGEST_KIB}
        raise DraftRefusedError(
            _("This text has %(size)d KiB; a file may have %(limit)d KiB. Split it into several.")
            % values
        )


def refuse_bad_name(file_name: str) -> None:
    """Raise ``DraftRefusedError`` for a name that cannot be a lesson's within its course."""
    is_lesson = file_name.endswith(".md") and not file_name.endswith(".key.md")
    own = file_name.rpartition("/")[2].lower()
    is_fine = is_lesson and (file_name == COURSE_FILE or own not in _NO_LESSONS)
    if not is_fine or not _is_inside(file_name):
        raise DraftRefusedError(
            _("%(name)s cannot be a lesson's file. A name like 03-job-queues.md can.")
            % {"name": file_name.encode("utf-8", "replace").decode()}
        )


def refuse_bad_picture_name(path: str) -> None:
    """Raise ``DraftRefusedError`` for a path that cannot be a picture's within its course."""
    if not path.lower().endswith(MEDIA_SUFFIXES) or not _is_inside(path):
        raise DraftRefusedError(
            _("%(name)s cannot be a picture's file. A name like media/queue.svg can.")
            % {"name": path.encode("utf-8", "replace").decode()}
        )


def _is_inside(path: str) -> bool:
    """Say whether a path stays in its course's folder and the reader of folders would see it."""
    *folders, _name = parts = path.split("/")
    return (
        len(path.encode("utf-8", "replace")) <= _LONGEST_PATH
        and path.isprintable()
        and "\\" not in path
        and all(part and not part.startswith(".") and part == part.strip() for part in parts)
        and not any(folder.lower() in _NO_FOLDERS for folder in folders)
    )


def file_name_for(course: Course, title: str) -> str:
    """Return the next free name ``NN-slug.md`` for a lesson with this title."""
    lessons = list(Lesson.objects.filter(course=course).values_list("file_name", "slug"))
    drafts = list(Draft.objects.filter(course=course).values_list("file_name", flat=True))
    waiting = FileConflict.objects.filter(course=course, resolved_at=None)
    others = [*drafts, *waiting.values_list("file_name", flat=True)]
    names = [*(name for name, _slug in lessons), *others]
    taken = (
        {slug for _name, slug in lessons} | {lesson_slug(name) for name in others} | RESERVED_SLUGS
    )
    number = 1 + max(map(_number_of, names), default=0)
    return _free_name(
        number, (ascii_slug(title) or slug_of(title))[:_LONGEST_STEM].strip("-_") or "lesson", taken
    )


def _number_of(name: str) -> int:
    """Return the number that a file's name begins with, or 0."""
    found = _NUMBERED.match(name)
    return int(found[1]) if found else 0


def _free_name(number: int, stem: str, taken: Iterable[str]) -> str:
    """Return a name whose address nobody has yet."""
    name, count = f"{number:02}-{stem}.md", 1
    while lesson_slug(name) in taken:
        count += 1
        name = f"{number:02}-{stem}-{count}.md"
    return name
