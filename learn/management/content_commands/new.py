"""``content new``: begin a course, a lesson or a question from a text that can be filled in."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from learn.authoring.catalogue.rule import gettext_noop
from learn.authoring.codes import suggestion
from learn.authoring.drafting.files import FIRST_LESSON, FIRST_TEXT, course_text, lesson_text
from learn.authoring.drafting.naming import UnusableNameError, new_course_name, new_lesson_name
from learn.authoring.drafting.questions import SKELETONS, NoPlaceError, add_question
from learn.authoring.names import COURSE_FILE, title_from_name
from learn.authoring.reading import read_lesson
from learn.course_folder import CourseFolder, read_content
from learn.management.content_commands.folder import told_if_unusable
from learn.management.content_commands.subcommand import (
    FINE,
    Options,
    Subcommand,
    Write,
    WrongUseError,
)
from learn.management.content_commands.writing import (
    ChangedMeanwhileError,
    create_file,
    replace_file,
)

_NO_LESSONS = (COURSE_FILE, "readme.md", "license.md", "licence.md")
_NOTHING_THERE = gettext_noop("There is no file %(path)s.")
_NO_LESSON = gettext_noop(
    "%(path)s is no lesson that can be read; `manage.py content check` may say why."
)
_NO_PLACE = gettext_noop(
    "No question can be added to %(path)s without changing what stands there: a code block, comment"
    " or tag may be open at its end. `manage.py content check` names it."
)


def _add_arguments(parser: ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="new", required=True)
    course = kinds.add_parser("course", help=_("a folder with a course and a first lesson"))
    course.add_argument("slug", help=_("the folder and the address, such as job-queues"))
    course.add_argument("--title", default="", help=_("default: made from the name"))
    lesson = kinds.add_parser("lesson", help=_("the next lesson of a course"))
    lesson.add_argument("course", help=_("the name of a course, or its folder"))
    lesson.add_argument("title")
    lesson.add_argument("--after", default="", metavar="FILE", help=_("default: the last lesson"))
    question = kinds.add_parser("question", help=_("a question at the end of a lesson's quiz"))
    question.add_argument(
        "file", type=Path, help=_("the lesson's file, from here or from the content folder")
    )
    question.add_argument("--kind", choices=tuple(SKELETONS), default="choose-one")
    for one in (course, lesson):
        one.add_argument(
            "--content", type=Path, metavar="FOLDER", help=_("default: CHECKMARK_CONTENT")
        )


def _run(options: Options, write: Write) -> int:
    """Make what is asked for; a name that cannot be used is wrong use."""
    try:
        _MAKERS[options["new"]](options, write)
    except UnusableNameError as error:
        raise WrongUseError(_(error.template) % error.values) from error
    return FINE


def _make_course(options: Options, write: Write) -> None:
    root = _root(options)
    folders = _read(root) if root.is_dir() else []
    if any(not folder.relative for folder in folders):
        raise WrongUseError(
            _("%(folder)s is a course itself. Name the folder around it with `--content`.")
            % {"folder": root}
        )
    name = new_course_name(options["slug"], {folder.slug for folder in folders})
    if (root / name).exists():
        raise WrongUseError(
            _("%(path)s is there already; nothing was changed.") % {"path": root / name}
        )
    title = options["title"].strip() or title_from_name(name)
    create_file(root / name / COURSE_FILE, course_text(title))
    create_file(root / name / FIRST_LESSON, FIRST_TEXT)
    write(_("%(path)s written.") % {"path": root / name / COURSE_FILE})
    write(
        _("%(path)s written: a lesson to read and to copy.") % {"path": root / name / FIRST_LESSON}
    )


def _make_lesson(options: Options, write: Write) -> None:
    home, after = _course_home(options), Path(options["after"])
    place = home if options["after"] == after.name else _inside(home, after)
    names = [one.name for one in place.glob("*.[mM][dD]") if one.name.lower() not in _NO_LESSONS]
    name = new_lesson_name(options["title"], names, after.name)
    create_file(place / name, lesson_text(options["title"], name))
    write(
        _("%(path)s written, as a draft: it is published without the line `status: draft`.")
        % {"path": place / name}
    )


def _inside(home: Path, after: Path) -> Path:
    """Return the folder of the lesson after which another is wanted."""
    for path in (home / after, after):
        if path.is_file() and path.resolve().is_relative_to(home.resolve()):
            return path.parent
    raise WrongUseError(_(_NOTHING_THERE) % {"path": home / after})


def _make_question(options: Options, write: Write) -> None:
    path = _lesson_file(options["file"])
    folder, name = _course_of(path)
    text = folder.files[name]
    taken = {
        question.key
        for other, source in folder.files.items()
        if other != name
        for quiz in read_lesson(source, name=other).reading.quizzes
        for question in quiz.questions
    }
    try:
        added = add_question(text, name=name, kind=options["kind"], taken=taken)
        replace_file(path, text.encode(), added.text.encode())
    except NoPlaceError as error:
        raise WrongUseError(_(_NO_PLACE) % {"path": path}) from error
    except ChangedMeanwhileError as error:
        raise WrongUseError(
            _("%(path)s was changed just now. Run this again.") % {"path": path}
        ) from error
    values = {"path": path, "line": added.line, "id": added.key}
    write(_("%(path)s:%(line)s: a question to fill in; its id is `%(id)s`.") % values)


def _lesson_file(path: Path) -> Path:
    """Return a lesson's file, named from here or from the content folder."""
    for place in (path, settings.CHECKMARK_CONTENT / path):
        if place.is_file():
            return place
    near = settings.CHECKMARK_CONTENT / path.parent
    names = [one.name for folder in (path.parent, near) for one in folder.glob("*.md")]
    raise WrongUseError(_(_NOTHING_THERE) % {"path": path} + suggestion(path.name, names))


_MAKERS: dict[str, Callable[[Options, Write], None]] = {
    "course": _make_course,
    "lesson": _make_lesson,
    "question": _make_question,
}


def _root(options: Options) -> Path:
    root: Path = options["content"] or settings.CHECKMARK_CONTENT
    return root


def _read(root: Path) -> list[CourseFolder]:
    with told_if_unusable(root):
        return read_content(root)


def _course_home(options: Options) -> Path:
    """Return the folder of the course that is named by its address, its name or its path."""
    wanted, root = options["course"], _root(options)
    folders = _read(root) if root.is_dir() else []
    for folder in folders:
        if wanted in (folder.slug, folder.relative, folder.path.name):
            return folder.path
    if Path(wanted).is_dir():
        return Path(wanted)
    hint = suggestion(wanted, [folder.slug for folder in folders])
    raise WrongUseError(
        _("There is no course '%(name)s' in %(folder)s.%(suggestion)s")
        % {"name": wanted, "folder": root, "suggestion": hint}
    )


def _course_of(path: Path) -> tuple[CourseFolder, str]:
    """Return the course that a file belongs to, and the file's path in it."""
    full = path.resolve()
    root = settings.CHECKMARK_CONTENT.resolve()
    if not full.is_relative_to(root):
        marked = [one for one in full.parents if (one / COURSE_FILE).is_file()]
        root = marked[0] if marked else full.parent
    for folder in _read(root):
        for name in folder.files:
            if (folder.path / name) == full and name != COURSE_FILE:
                return folder, name
    raise WrongUseError(_(_NO_LESSON) % {"path": path})


COMMAND = Subcommand("new", "begin a course, a lesson or a question", _add_arguments, _run)
