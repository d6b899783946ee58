"""READ: a content folder as texts in reading order. Nothing outside the folder is followed."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem
from learn.authoring.names import (
    COURSE_FILE,
    course_slug,
    course_slugs,
    lesson_slug,
    lesson_slugs,
    natural_key,
    title_from_name,
)
from learn.authoring.rules.links import MEDIA_SUFFIXES
from learn.picture_files import picture_problem
from learn.text_files import UnreadableError, link_problem, no_lesson_problem, read_text

__all__ = [
    "LESSON_SUFFIX",
    "CourseFolder",
    "course_slug",
    "lesson_slug",
    "lesson_slugs",
    "read_content",
    "read_picture",
]

LESSON_SUFFIX = ".md"
"""What a file's name ends in that is read as a lesson, in small letters."""

_KEY_SUFFIX = ".key.md"
_README = "readme.md"
# The page of the checker's rules, beside the courses of this repository.
_RULES_PAGE = "RULES.md"
_SKIPPED_FILES = ("license.md", "licence.md")
_LIKE_LESSON = (".markdown", ".mdown", ".mkdn", ".mkd", ".mdx")
_OTHER_TEXTS = (
    "license.txt", "licence.txt", "readme.txt", "notice.txt", "requirements.txt", "robots.txt",
)  # fmt: skip
_SKIPPED_FOLDERS = ("node_modules", "__pycache__", "lost+found")


@dataclass(frozen=True, slots=True)
class CourseFolder:
    """The folder of one course.

    ``relative`` is its path below the content folder, empty for that folder itself. ``files`` are
    texts by path within the course, in reading order; ``media`` the paths of pictures. ``problems``
    are those of files that could not be read, which ``files`` lacks, of pictures, and of files that
    were meant as lessons and are none.
    """

    slug: str
    title: str
    path: Path
    relative: str
    files: dict[str, str]
    media: frozenset[str]
    problems: dict[str, list[Problem]]

    @property
    def unusable(self) -> frozenset[str]:
        """The files that cannot be taken as they are: what the site has of them stays."""
        faulty = self.problems.items()
        return frozenset(name for name, found in faulty if any(one.stops for one in found))

    def place_of(self, name: str) -> str:
        """Return where a file of the course is, as a person finds it in the content folder."""
        return f"{self.relative}/{name}" if self.relative else name


@dataclass(slots=True)
class _Tree:
    """All paths below the content folder that may matter, relative to it, with ``/``."""

    lessons: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    problems: dict[str, Problem] = field(default_factory=dict)


def read_content(root: Path) -> list[CourseFolder]:
    """Return the courses in a content folder, in the order of their names.

    A folder with lessons of its own is one course; otherwise each of its sub-folders with lessons
    is one, and so is every folder with a ``course.md``. Raises ``OSError`` when ``root`` or a
    folder in it cannot be read; a file that cannot be read is among its course's problems.
    """
    root = root.resolve(strict=True)
    tree = _walk(root)
    homes = _homes(tree.lessons)
    names = sorted({*homes.values()}, key=natural_key)
    own = [PurePosixPath(name).name or root.name for name in names]
    slugs = course_slugs(own)
    return [
        _read_course(root, tree, homes, name, slug=slug, title=title_from_name(title))
        for name, slug, title in zip(names, slugs, own, strict=True)
    ]


def read_picture(root: Path, slug: str, name: str) -> bytes | None:
    """Return a picture of the course with this address as the content folder has it, or None.

    Raises ``OSError`` when the folder or the picture cannot be read.
    """
    root = root.resolve(strict=True)
    tree = _walk(root)
    homes = _homes(tree.lessons)
    names = sorted({*homes.values()}, key=natural_key)
    slugs = course_slugs([PurePosixPath(home).name or root.name for home in names])
    for home, found in zip(names, slugs, strict=True):
        path = f"{home}/{name}" if home else name
        if found == slug and path in tree.media:
            return (root / path).read_bytes()
    return None


def _walk(root: Path) -> _Tree:
    """Return what is in the folder; hidden folders and links to folders are not entered."""
    tree = _Tree()
    for folder, subfolders, files in os.walk(root, onerror=_raise_for(root)):
        at = Path(folder)
        entered = []
        for name in subfolders:
            if _is_skipped_folder(name):
                continue
            if (at / name).is_symlink():
                path = (at / name).relative_to(root).as_posix()
                tree.problems[path] = link_problem(at / name)
            else:
                entered.append(name)
        subfolders[:] = entered
        for name in files:
            _sort_in(root, at / name, tree)
    return tree


def _raise_for(root: Path) -> Callable[[OSError], None]:
    """Return what to do about a folder that cannot be listed.

    Taken for an empty one it would take its lessons off the site; only below the root one may have
    gone meanwhile.
    """

    def on_error(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError) or Path(error.filename) == root:
            raise error

    return on_error


def _is_skipped_folder(name: str) -> bool:
    return name.startswith(".") or name.lower() in _SKIPPED_FOLDERS


def _sort_in(root: Path, path: Path, tree: _Tree) -> None:
    """Put a file where it belongs; one that leads out of the root is reported."""
    name = path.name.lower()
    is_lesson = name.endswith(LESSON_SUFFIX) and not name.endswith(_KEY_SUFFIX)
    if name.startswith(".") or name in _SKIPPED_FILES:
        return
    relative = path.relative_to(root).as_posix()
    if not is_lesson and not name.endswith(MEDIA_SUFFIXES):
        if relative.isprintable() and _was_meant_as_lesson(path):
            tree.problems[relative] = no_lesson_problem(path)
        return
    if not relative.isprintable():
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in relative)
        reason = "its name has signs that cannot be shown"
        tree.problems[shown] = problem_at(1, 1, "structure-unreadable", reason=reason)
    elif path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
        tree.problems[relative] = link_problem(path)
    elif is_lesson:
        tree.lessons.append(relative)
    elif path.is_file():
        tree.media.append(relative)
        if problem := picture_problem(path):
            tree.problems[relative] = problem


def _was_meant_as_lesson(path: Path) -> bool:
    """Say whether another tool, or an author who is new to this one, has a file for a lesson."""
    name = path.name.lower()
    if name.endswith(_LIKE_LESSON):
        return True
    is_text = name.endswith(".txt") and name not in _OTHER_TEXTS
    return is_text and (name[0].isdecimal() or (path.parent / COURSE_FILE).exists())


def _homes(lessons: Sequence[str]) -> dict[str, str]:
    """Return for each lesson the folder of its course, empty for the content folder itself."""
    marked = {_parent(path) for path in lessons if _is_course_file(path)}
    root_is_course = _root_is_course(lessons, marked)
    homes = {}
    for path in lessons:
        inner = next((up for up in _parents(path) if up and up in marked), None)
        if inner is not None:
            homes[path] = inner
        elif root_is_course:
            homes[path] = ""
        elif "/" in path:
            homes[path] = path.split("/", 1)[0]
    return homes


def _root_is_course(lessons: Sequence[str], marked: set[str]) -> bool:
    """Return whether the content folder is a course: by its own lessons or by its `course.md`."""
    top = {path for path in lessons if "/" not in path}
    about = (COURSE_FILE, _RULES_PAGE)
    has_lessons = any(path not in about and path.lower() != _README for path in top)
    has_folders = len(top) < len(lessons)
    return has_lessons or not has_folders or marked == {""}


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _parents(path: str) -> Iterator[str]:
    """Yield the folders that a file is in, the nearest first."""
    while path:
        path = _parent(path)
        yield path


def _read_course(
    root: Path, tree: _Tree, homes: dict[str, str], home: str, *, slug: str, title: str
) -> CourseFolder:
    names = _without_readmes(path for path, at in homes.items() if at == home)
    others = {other for other in homes.values() if other != home}
    files: dict[str, str] = {}
    problems: dict[str, list[Problem]] = {}
    for path in names:
        name = _within(path, home)
        try:
            files[name] = read_text(root / path)
        except UnreadableError as fault:
            problems[name] = [fault.problem]
    for path, problem in tree.problems.items():
        if _is_of(path, home, others):
            problems[_within(path, home)] = [problem]
    media = frozenset(_within(path, home) for path in tree.media if _is_of(path, home, others))
    return CourseFolder(slug, title, root / home, home, files, media, problems)


def _without_readmes(paths: Iterable[str]) -> list[str]:
    """Return the lessons in reading order; a README is one only where there is nothing else."""
    ordered = sorted(paths, key=lambda path: (not _is_course_file(path), natural_key(path)))
    lessons = [path for path in ordered if PurePosixPath(path).name.lower() != _README]
    return ordered if all(_is_course_file(path) for path in lessons) else lessons


def _is_course_file(path: str) -> bool:
    return PurePosixPath(path).name == COURSE_FILE


def _is_of(path: str, home: str, others: set[str]) -> bool:
    """Return whether a file belongs to the course in ``home`` and not to one inside it."""
    nearest = next((up for up in _parents(path) if up == home or up in others), None)
    return nearest == home


def _within(path: str, home: str) -> str:
    return path.removeprefix(f"{home}/") if home else path
