"""What a synchronisation did, in sentences for who ran it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from learn.authoring.catalogue.rule import gettext_noop
from learn.authoring.document import Problem
from learn.conflicts import page_of
from learn.course_folder import CourseFolder
from learn.course_renaming import CourseRenaming
from learn.renaming import Renaming

HELD_BACK = gettext_noop(
    "%(file)s has errors and was left as it was; `manage.py content check` says which."
)
BROKEN = gettext_noop(
    "%(file)s has errors since another file changed; its last good version stays up."
)
CONFLICT = gettext_noop(
    "%(file)s was changed in the folder and in the studio. Both are kept, and the site shows the"
    " studio's. Decide on the site at %(page)s"
)
AHEAD = gettext_noop(
    "%(file)s was changed in the studio; `manage.py content export` brings it here."
)
MANY_AHEAD = gettext_noop(
    "%(count)d files were changed in the studio; `manage.py content export` brings them here."
)
GONE = gettext_noop(
    "%(file)s is no longer in the folder and was taken off the site; people who had answered it:"
    " %(n)d. What they did is kept, and is there again with the file under its old name."
)
MANY_GONE = gettext_noop(
    "%(count)d lessons are no longer in the folder and were taken off the site; people who had"
    " answered one of them: up to %(n)d. What they did is kept, and is there again with the files"
    " under their old names."
)
RENAMED = gettext_noop(
    "%(before)s is %(file)s now, and %(slug)s its address. What learners did there stays with it,"
    " and the address before leads to it."
)
MANY_RENAMED = gettext_noop(
    "%(count)d lessons have files of other names now. What learners did there stays with them, and"
    " their addresses before lead to them."
)
RENAMED_COURSE = gettext_noop(
    "The course %(before)s is %(course)s now, and its address is another one. What learners did"
    " there stays with it, and its addresses before lead to it."
)
MOST_NAMED = 5


@dataclass(slots=True)
class SyncReport:
    """What a synchronisation did. Files are named by their place in the content folder.

    ``held_back`` have errors, ``broken`` got them by a change elsewhere. ``problems`` are those of
    changed files and of files that they broke, ``sources`` their texts. ``ahead`` are files that
    were changed in the studio, ``conflicts`` those changed on both sides, named by their course's
    address. ``taken_off`` are lessons that the folder lacks, each with how many people answered it,
    ``renamed`` those whose files have other names now, each with its course's folder;
    ``renamed_courses`` are those whose folders have.
    """

    courses: list[str] = field(default_factory=list)
    rendered: list[str] = field(default_factory=list)
    unchanged: int = 0
    held_back: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    taken_off: dict[str, int] = field(default_factory=dict)
    renamed: list[tuple[CourseFolder, Renaming]] = field(default_factory=list)
    renamed_courses: list[CourseRenaming] = field(default_factory=list)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    @property
    def is_fine(self) -> bool:
        """Whether the site now shows all that the folder holds, or something newer."""
        return not (self.held_back or self.broken or self.conflicts)

    @property
    def lines(self) -> list[str]:
        """Return the report in sentences for a person."""
        counted = _(
            "Courses: %(courses)d. Lessons published: %(rendered)d, unchanged: %(same)d."
        ) % {
            "courses": len(self.courses),
            "rendered": len(self.rendered),
            "same": self.unchanged,
        }
        told = [
            (self.held_back, HELD_BACK),
            (self.broken, BROKEN),
            (self.conflicts, CONFLICT),
            (self.ahead if len(self.ahead) <= MOST_NAMED else [], AHEAD),
        ]
        named = (
            _(text) % {"file": name, "page": page_of(name)}
            for names, text in told
            for name in names
        )
        many = len(self.ahead) > MOST_NAMED
        return [
            counted,
            *named,
            *self._renamed_courses,
            *self._renamed,
            *self._gone,
            *([_(MANY_AHEAD) % {"count": len(self.ahead)}] if many else []),
        ]

    @property
    def _renamed_courses(self) -> list[str]:
        """Which courses have other names now, in sentences."""
        return [
            _(RENAMED_COURSE) % {"before": one.slug, "course": one.folder.slug}
            for one in self.renamed_courses
        ]

    @property
    def _renamed(self) -> list[str]:
        """What has another name now, in sentences."""
        if len(self.renamed) > MOST_NAMED:
            return [_(MANY_RENAMED) % {"count": len(self.renamed)}]
        return [
            _(RENAMED)
            % {
                "before": folder.place_of(one.file_name),
                "file": folder.place_of(one.new_file_name),
                "slug": one.new_slug,
            }
            for folder, one in self.renamed
        ]

    @property
    def _gone(self) -> list[str]:
        """What was taken off, in sentences: who renamed a file may not have meant it."""
        gone = self.taken_off
        if len(gone) > MOST_NAMED:
            return [_(MANY_GONE) % {"count": len(gone), "n": max(gone.values())}]
        return [_(GONE) % {"file": name, "n": n} for name, n in gone.items()]
