"""The README names what there is, and the code says what it does."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.source import ROOT, Module, modules

pytestmark = pytest.mark.server  # reads files alone: no second run on another database

MAP_HEADING = "## Map of the code"
COMMANDS = ROOT / "learn" / "management" / "commands"

PATH = re.compile(r"`((?:\.ci|content|learn|quizzes|static|templates|tests)/[^\s`]*)`")
EXAMPLES = {"content/coffee/01-beans.md"}
"""Files that a reader of the README makes."""

# Told to Django by manage.py, not to us by the operator.
NOT_SETTINGS = {"DJANGO_SETTINGS_MODULE"}


def readme() -> str:
    """Return the text of the README."""
    return (ROOT / "README.md").read_text(encoding="utf-8")


def paths_in_map(text: str) -> set[str]:
    """Return the files and folders of a tree listing, as in ``learn/views/reading.py``.

    A folder's name ends with a slash and stands first in its line; what it holds follows in that
    line or is indented below. ``*.py`` stands for all modules of a folder.
    """
    found: set[str] = set()
    above: list[tuple[int, PurePosixPath]] = []
    for line in re.sub(r"[│├└─]", " ", text).splitlines():
        words = [word.strip(",;:()`") for word in line.split()]
        if not words:
            continue
        indent = len(line) - len(line.lstrip())
        above = [entry for entry in above if entry[0] < indent]
        folder = above[-1][1] if above else PurePosixPath()
        if words[0].endswith("/"):
            folder /= words.pop(0)
            above.append((indent, folder))
            found.add(str(folder))
        found |= {str(folder / word) for word in words if word.endswith((".py", "/"))}
    return found


def map_of_the_code() -> set[str]:
    """Return what the README's map names."""
    _before, heading, rest = readme().partition(f"\n{MAP_HEADING}\n")
    assert heading, f"README.md has no section {MAP_HEADING!r}"
    return paths_in_map(rest.partition("\n## ")[0])


def is_in_map(module: Module, named: set[str]) -> bool:
    """Say whether the map names a module, itself or as one of all in its folder."""
    path = module.path.relative_to(ROOT)
    if path.name == "__init__.py":
        return str(path.parent) in named
    return str(path) in named or str(path.parent / "*.py") in named


def report(faults: list[str]) -> None:
    """Fail with one line for each fault."""
    assert not faults, "\n" + "\n".join(faults)


def test_a_map_is_read() -> None:
    tree = """
    learn/            the site
      urls.py  http.py
      views/          reading.py, faults.py
        deep/         one more
          a.py
      rules/          *.py, one a family
    quizzes/
      kinds/
        base.py
    """
    assert paths_in_map(tree) == {
        *("learn", "learn/urls.py", "learn/http.py"),
        *("learn/views", "learn/views/reading.py", "learn/views/faults.py"),
        *("learn/views/deep", "learn/views/deep/a.py", "learn/rules", "learn/rules/*.py"),
        *("quizzes", "quizzes/kinds", "quizzes/kinds/base.py"),
    }


def test_every_module_is_in_the_map() -> None:
    named = map_of_the_code()
    report(
        [
            f"{module.place}: not in README.md under {MAP_HEADING!r}"
            for module in modules().values()
            # A command is named with the commands, see below.
            if module.path.parent != COMMANDS and not is_in_map(module, named)
        ]
    )


def test_the_map_names_only_what_is_there() -> None:
    gone = {path for path in map_of_the_code() if not any(ROOT.glob(path))}
    report([f"README.md, {MAP_HEADING!r}: there is no {path}" for path in sorted(gone)])


def test_paths_that_are_told_of_lead_somewhere() -> None:
    pages = {"README.md": readme(), "learn/scaling.md": (ROOT / "learn/scaling.md").read_text()}
    report(
        [
            f"{page} names {path}, which is not there"
            for page, text in pages.items()
            for path in PATH.findall(text)
            if path not in EXAMPLES and not (ROOT / path).exists()
        ]
    )


def test_every_command_is_described() -> None:
    commands = [path.stem for path in COMMANDS.glob("*.py") if not path.stem.startswith("_")]
    report(
        [
            f"README.md: `manage.py {command}` is not described"
            for command in commands
            if f"manage.py {command}" not in readme()
        ]
    )


def test_every_setting_is_described() -> None:
    report(
        [
            f"{place}: {name} is not in the README's table of settings"
            for place, name in settings_read()
            if not re.search(rf"^\| `{name}` \|", readme(), re.MULTILINE)
        ]
    )


def settings_read() -> Iterator[tuple[str, str]]:
    """Yield place and name of every variable of the environment that the product reads."""
    for module in modules().values():
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=function, args=[ast.Constant(value=str(name)), *_]):
                    called = ast.unparse(function)
                    reads = re.fullmatch(r"read_\w+|os\.(getenv|environ\.get)", called)
                    if reads and name.isupper() and name not in NOT_SETTINGS:
                        yield f"{module.place}:{node.lineno}", name


def test_settings_are_found() -> None:
    """The search above sees what it is for."""
    found = {name for _place, name in settings_read()}
    assert {"SECRET_KEY", "DATABASE_URL", "CHECKMARK_VAR", "ALLOWED_HOSTS"} <= found


def test_everything_public_has_a_docstring() -> None:
    report(
        [
            f"{module.place}:{line}: {name} has no docstring"
            for module in modules().values()
            for line, name in without_docstring(module)
        ]
    )


def without_docstring(module: Module) -> Iterator[tuple[int, str]]:
    """Yield line and name of what others may use and nobody described."""
    if not ast.get_docstring(module.tree):
        yield 1, module.name
    yield from _members_without_docstring(module.tree, module.name)


def _members_without_docstring(
    parent: ast.Module | ast.ClassDef, prefix: str
) -> Iterator[tuple[int, str]]:
    """Yield the public functions and classes of a module or class that have none."""
    for node in parent.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        # Django's inner class is options, not something to use.
        if node.name.startswith("_") or node.name == "Meta":
            continue
        if not ast.get_docstring(node):
            yield node.lineno, f"{prefix}.{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _members_without_docstring(node, f"{prefix}.{node.name}")
