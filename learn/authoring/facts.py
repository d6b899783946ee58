"""The declared keys of front matter: what each has to be, and what it becomes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from learn.authoring.codes import nearest, problem_at
from learn.authoring.document import CourseFacts, LessonFacts, Problem, Source
from learn.authoring.front_matter import Entry, FrontMatter, Value
from learn.authoring.names import COURSE_FILE

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_FRESHNESS = re.compile(r"([0-9]{1,3}) *(month|year)s?")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_SWITCH = {"on": True, "yes": True, "off": False, "no": False}


class _WrongTypeError(Exception):
    """A value that is not what its key needs; ``value`` is the very one."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


@dataclass(frozen=True, slots=True)
class _Key:
    """A declared key: how its value is read, the field it fills, and words for the author."""

    read: Callable[[Value], Any]
    expected: str
    example: str
    field: str = ""


def _text(value: Value) -> str:
    if isinstance(value.data, list | dict):
        raise _WrongTypeError(value)
    return "" if value.data is None else value.raw.strip()


def _texts(value: Value) -> tuple[str, ...]:
    if value.data is None:
        return ()
    if not isinstance(value.data, list):
        raise _WrongTypeError(value)
    return tuple(text for item in value.data if (text := _text(item)))


def _whole_number(least: int, most: int) -> Callable[[Value], int]:
    def read(value: Value) -> int:
        number = value.data
        if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
            raise _WrongTypeError(value)
        return number

    return read


def _switch(value: Value) -> bool:
    if isinstance(value.data, bool):
        return value.data
    if value.raw.lower() not in _SWITCH:
        raise _WrongTypeError(value)
    return _SWITCH[value.raw.lower()]


def _one_of(*words: str) -> Callable[[Value], str]:
    def read(value: Value) -> str:
        if value.raw not in words:
            raise _WrongTypeError(value)
        return value.raw

    return read


def _language(value: Value) -> str:
    if not _LANGUAGE.fullmatch(_text(value)):
        raise _WrongTypeError(value)
    return value.raw


def _months(value: Value) -> int:
    found = _FRESHNESS.fullmatch(_text(value))
    if not found or not int(found[1]):
        raise _WrongTypeError(value)
    return int(found[1]) * (12 if found[2] == "year" else 1)


def _sources(value: Value) -> tuple[Source, ...]:
    if value.data is None:
        return ()
    if not isinstance(value.data, list):
        raise _WrongTypeError(value)
    return tuple(_source(item) for item in value.data)


def _source(value: Value) -> Source:
    """Return a source; without a title its address is its title."""
    if isinstance(value.data, str):
        value = Value({"url": Entry("url", value.line, value.column, value)}, "", 0, 0)
    if not isinstance(value.data, dict) or "url" not in value.data:
        raise _WrongTypeError(value)
    if unknown := [entry for key, entry in value.data.items() if key not in ("title", "url")]:
        raise _WrongTypeError(unknown[0].value)
    url = value.data["url"].value
    if not _ADDRESS.fullmatch(_text(url)):
        raise _WrongTypeError(url)
    title = _text(value.data["title"].value) if "title" in value.data else ""
    return Source(title or url.raw, url.raw)


_TEXT = "a text"
_SHARED = {
    "title": _Key(_text, _TEXT, "title: Job queues"),
    "summary": _Key(_text, _TEXT, "summary: How jobs wait for their turn."),
    "tags": _Key(_texts, "a list", "tags: [cost, spot]"),
    "sources": _Key(
        _sources,
        "a list of sources, each with a `title` and a `url` that begins with http",
        'sources: [{title: "User guide", url: "https://example.org/guide"}]',
    ),
    "status": _Key(_one_of("draft", "published"), "`draft` or `published`", "status: draft"),
}
LESSON_KEYS: Mapping[str, _Key] = {
    **_SHARED,
    "minutes": _Key(_whole_number(1, 600), "a whole number from 1 to 600", "minutes: 12"),
    "objectives": _Key(_texts, "a list", "objectives: [Name the parts of a queue]"),
    "requires": _Key(_texts, "a list of lesson files", "requires: [01-basics.md]"),
}
COURSE_KEYS: Mapping[str, _Key] = {
    **_SHARED,
    "audience": _Key(_text, _TEXT, "audience: Developers who know what a container is."),
    "pass": _Key(_whole_number(0, 100), "a percentage from 0 to 100", "pass: 75", "pass_mark"),
    "shuffle": _Key(_switch, "`true` or `false`", "shuffle: false"),
    "language": _Key(_language, "a language code", "language: en"),
    "licence": _Key(_text, _TEXT, "licence: MIT"),
    "freshness": _Key(
        _months, "a time in months or years", "freshness: 12 months", "freshness_months"
    ),
    "keys": _Key(_one_of("public", "private"), "`public` or `private`", "keys: public"),
    "explanations": _Key(
        _one_of("error", "warning", "off"), "`error`, `warning` or `off`", "explanations: error"
    ),
    "craft": _Key(_one_of("warning", "off"), "`warning` or `off`", "craft: off"),
}
_ONLY_THEIRS = (
    "aliases author authors collection comments created cover css cssclass cssclasses "
    "date date_created edit_uri excerpt grand_parent has_children head hero hide "
    "hide_table_of_contents icon id image images index_title is_child lastmod "
    "last_modified_at layout linktitle linkTitle menu modified nav nav_exclude nav_order "
    "next order outline pagination_next pagination_prev parent permalink position prev "
    "publish published_at redirect_from search_exclude series sidebar sidebar_label "
    "sidebar_position slug subtitle template toc toc_max_heading_level type uid updated "
    "url uuid version weight "
)
FOREIGN_KEYS = {
    "description": "summary",
    "keywords": "tags",
    "category": "tags",
    "categories": "tags",
    "lang": "language",
    **dict.fromkeys(_ONLY_THEIRS.split(), ""),
}
"""Keys that other tools read, each with ours that means the same, or an empty text."""


def lesson_facts(front: FrontMatter) -> tuple[LessonFacts, list[Problem]]:
    """Return what a lesson's front matter says; wrong values are left at their defaults."""
    values, problems = _read(front, LESSON_KEYS)
    return LessonFacts(**values), problems


def course_facts(front: FrontMatter) -> tuple[CourseFacts, list[Problem]]:
    """Return what the front matter of ``course.md`` says."""
    values, problems = _read(front, COURSE_KEYS)
    return CourseFacts(**values), problems


def _read(front: FrontMatter, keys: Mapping[str, _Key]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems = list(front.problems)
    for name, entry in front.entries.items():
        key = keys.get(name)
        if key is None:
            problems.append(_unknown(entry, keys))
            continue
        if entry.value.data is None:
            continue
        try:
            values[key.field or name] = key.read(entry.value)
        except _WrongTypeError as wrong:
            problems.append(_wrong_type(entry, key, wrong.value))
    return values, problems


def _wrong_type(entry: Entry, key: _Key, value: Value) -> Problem:
    return problem_at(
        value.line or entry.value.line,
        value.column or entry.value.column,
        "structure-wrong-type",
        key=entry.key,
        expected=key.expected,
        example=key.example,
    )


def _unknown(entry: Entry, keys: Mapping[str, _Key]) -> Problem:
    """Return an error, or a warning for a key that another tool is known to read."""
    if entry.key in FOREIGN_KEYS:
        ours = FOREIGN_KEYS[entry.key]
        hint = f" Did you mean `{ours}`?" if ours in keys else ""
        return problem_at(
            entry.line, entry.column, "structure-foreign-key", key=entry.key, suggestion=hint
        )
    return problem_at(
        entry.line,
        entry.column,
        "structure-unknown-key",
        key=entry.key,
        suggestion=_suggested(entry.key.lower(), keys),
        known=", ".join(f"`{name}`" for name in keys),
    )


def _suggested(word: str, keys: Mapping[str, _Key]) -> str:
    """Return the key that was likely meant, and where it belongs if that is elsewhere."""
    near = "status" if word == "draft" else nearest(word, keys, cutoff=0.6)
    if near:
        return f" Did you mean `{near}`?"
    elsewhere = nearest(word, COURSE_KEYS if keys is LESSON_KEYS else LESSON_KEYS)
    place = COURSE_FILE if keys is LESSON_KEYS else "a lesson"
    return f" Did you mean `{elsewhere}`? It belongs into {place}." if elsewhere else ""
