"""Front matter: a small, safe part of YAML, read with the place of every key and value.

Nothing is ever constructed by the YAML library: its events are read one by one, so that anchors,
tags and deep nesting are refused before they cost anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn, Protocol

import yaml

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem

MARK = "---"
LARGEST_KIB = 16
DEEPEST = 20

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_WORDS: dict[str, bool | None] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}
_KEY_LINE = re.compile(r"[\w-]+\s*:(?:\s|$)")
# YAML counts these as line ends, an editor does not.
_OTHER_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")
# libyaml is five times faster; PyYAML built without it reads the same.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it stands. ``raw`` is a scalar as written, without its quotes."""

    data: "bool | int | float | str | list[Value] | dict[str, Entry] | None"
    raw: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A key, where it stands, and its value."""

    key: str
    line: int
    column: int
    value: Value


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The entries by key, and the number of lines that the block takes, its marks included."""

    entries: dict[str, Entry]
    line_count: int
    problems: tuple[Problem, ...]


class _FaultError(Exception):
    """A fault after which the front matter is not read further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Return the front matter at the top of a file's lines; empty if there is none."""
    if not lines or lines[0].rstrip() != MARK:
        return FrontMatter({}, 0, ())
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in (MARK, "...")), None)
    if end is None:
        # A lone rule at the top of a text is no front matter.
        opened = len(lines) > 1 and _KEY_LINE.match(lines[1])
        problems = (problem_at(1, 1, "structure-front-matter-open"),) if opened else ()
        return FrontMatter({}, 0, problems)
    block = lines[1:end]
    if not any(line.strip() for line in block):
        return FrontMatter({}, end + 1, ())
    reader = _Reader(first_line=2)
    try:
        entries = reader.read("\n".join(block))
    except _FaultError as fault:
        return FrontMatter({}, end + 1, (*reader.problems, fault.problem))
    return FrontMatter(entries, end + 1, tuple(reader.problems))


class _Mark(Protocol):
    """A place as the YAML library tells it."""

    line: int
    column: int


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; ``key`` is the one that waits for its value."""

    value: Value
    items: list[Value] | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    key: Value | None = None


class _Reader:
    """Builds values from YAML events, without recursion."""

    def __init__(self, first_line: int) -> None:
        self.problems: list[Problem] = []
        self._first_line = first_line
        self._open: list[_Open] = []
        self._root: Value | None = None

    def read(self, text: str) -> dict[str, Entry]:
        """Return the entries of the outermost mapping; raise ``_FaultError`` otherwise."""
        size = len(text.encode())
        if size > LARGEST_KIB * 1024:
            kib = str(-(-size // 1024))
            self._refuse(2, 1, "structure-front-matter-too-large", size=kib, limit=str(LARGEST_KIB))
        try:
            for event in yaml.parse(text.translate(_OTHER_LINE_ENDS), Loader=_LOADER):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            reason = error.problem or error.context or "no YAML"
            self._refuse(*self._place(mark), "structure-front-matter-invalid", reason=reason)
        except yaml.YAMLError:
            reason = "a character that cannot stand in YAML"
            self._refuse(2, 1, "structure-front-matter-invalid", reason=reason)
        if self._root is None or not isinstance(self._root.data, dict):
            self._refuse(2, 1, "structure-front-matter-shape")
        return self._root.data

    def _refuse(self, line: int, column: int, code: str, **values: str) -> NoReturn:
        raise _FaultError(problem_at(line, column, code, **values))

    def _place(self, mark: _Mark | None) -> tuple[int, int]:
        if mark is None:
            return self._first_line, 1
        return self._first_line + mark.line, mark.column + 1

    def _take(self, event: yaml.Event) -> None:
        line, column = self._place(event.start_mark)
        self._refuse_features(event, line, column)
        if isinstance(event, yaml.ScalarEvent):
            self._add(Value(_resolved(event), event.value, line, column))
        elif isinstance(event, yaml.MappingStartEvent):
            entries: dict[str, Entry] = {}
            self._begin(_Open(Value(entries, "", line, column), entries=entries))
        elif isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            self._begin(_Open(Value(items, "", line, column), items=items))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._add(self._open.pop().value)

    def _refuse_features(self, event: yaml.Event, line: int, column: int) -> None:
        """Refuse what makes YAML dangerous or surprising."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        feature = ""
        if isinstance(event, yaml.AliasEvent):
            feature = f"an alias (`*{anchor}`)"
        elif anchor:
            feature = f"an anchor (`&{anchor}`)"
        elif tag:
            feature = f"a tag (`{tag}`)"
        elif isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style:
            feature = "a merge key (`<<`)"
        if feature:
            self._refuse(line, column, "structure-front-matter-feature", feature=feature)

    def _begin(self, opened: _Open) -> None:
        if len(self._open) >= DEEPEST:
            code = "structure-front-matter-too-deep"
            self._refuse(opened.value.line, opened.value.column, code, limit=str(DEEPEST))
        self._open.append(opened)

    def _add(self, value: Value) -> None:
        """Put a finished value where it belongs."""
        if not self._open:
            self._root = value
            return
        holder = self._open[-1]
        if holder.items is not None:
            holder.items.append(value)
        elif holder.key is None:
            if isinstance(value.data, list | dict):
                code = "structure-front-matter-invalid"
                self._refuse(value.line, value.column, code, reason="a key has to be a word")
            holder.key = value
        else:
            self._add_entry(holder, holder.key, value)
            holder.key = None

    def _add_entry(self, holder: _Open, key: Value, value: Value) -> None:
        """Add to a mapping. Of two equal keys the first counts."""
        if known := holder.entries.get(key.raw):
            problem = problem_at(
                key.line, key.column, "structure-duplicate-key", key=key.raw, first=str(known.line)
            )
            self.problems.append(problem)
        else:
            holder.entries[key.raw] = Entry(key.raw, key.line, key.column, value)


def _resolved(event: yaml.ScalarEvent) -> bool | int | float | str | None:
    """Return a scalar's value: decimal numbers, true, false and null; all else is text."""
    text: str = event.value
    if event.style:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
