"""The product's own source, read and not run: modules, what they import, their functions."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("learn", "quizzes")

type Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Import:
    """One name that a module imports: ``target`` is the module that it comes from."""

    target: str
    name: str
    line: int
    is_in_function: bool


@dataclass(frozen=True)
class Module:
    """A module of the product."""

    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        """The source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.text)

    @property
    def place(self) -> str:
        """The file's name as a person gives it."""
        return str(self.path.relative_to(ROOT))

    @property
    def is_public(self) -> bool:
        """Whether other modules may use it."""
        return not any(part.startswith("_") for part in self.name.split("."))

    @cached_property
    def imports(self) -> list[Import]:
        """Everything that it imports when it runs; imports for the type checker alone are none."""
        return list(self._imports_below(self.tree, is_in_function=False))

    @cached_property
    def functions(self) -> list[Function]:
        """Every function and method."""
        return [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]

    def _imports_below(self, node: ast.AST, *, is_in_function: bool) -> Iterator[Import]:
        """Yield the imports in a part of the source."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            inside = is_in_function or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(alias.name, "", child.lineno, inside)
            elif isinstance(child, ast.ImportFrom):
                source = self._source_of(child)
                for alias in child.names:
                    yield Import(source, alias.name, child.lineno, inside)
            else:
                yield from self._imports_below(child, is_in_function=inside)

    def _source_of(self, node: ast.ImportFrom) -> str:
        """Return the full name of the module that ``from ... import`` names."""
        if not node.level:
            return node.module or ""
        package = self.name.split(".")
        if self.path.name != "__init__.py":
            package = package[:-1]
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, *([node.module] if node.module else [])])


@cache
def modules() -> dict[str, Module]:
    """Return the product's modules by name; migrations are made by a machine and left out."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
                found[name] = Module(name, path)
    return found


def targets_of(imported: Import) -> str | None:
    """Return the module of the product that an import leads to, or None for anybody else's."""
    inner = f"{imported.target}.{imported.name}"
    if imported.name and inner in modules():
        return inner
    return imported.target if imported.target in modules() else None


def is_first_party(name: str) -> bool:
    """Say whether a module is the product's own, there or not."""
    return name.partition(".")[0] in PACKAGES


def lines_of(function: Function) -> int:
    """Return how many lines a function takes, its decorators aside."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


@cache
def templates() -> list[Path]:
    """Return every template."""
    return sorted((ROOT / "templates").rglob("*.html"))
