"""Whether a file is still read as it was, apart from what a repair is for."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from learn.authoring.document import Attributes, Link, Question
from learn.authoring.fixing.report import Candidate
from learn.authoring.reading import Reading

# Where something stands in its line, and whether its key is written there: a repair may change it.
_MAY_DIFFER = {"column", "key_is_explicit", "raw"}


def keeps_all(before: Reading, after: Reading, made: Sequence[Candidate]) -> bool:
    """Return whether everything is read as before, except that ids are written now."""
    return (
        keeps_questions(before, after, made)
        and _told(before.quizzes) == _told(after.quizzes)
        and before.anchors.ids == after.anchors.ids
        and _told(before.anchors.headings) == _told(after.anchors.headings)
        and _told(before.anchors.tables) == _told(after.anchors.tables)
        and _told(before.links) == _told(after.links)
        and _told(before.front) == _told(after.front)
        and before.definitions.references == after.definitions.references
    )


def keeps_all_but_links(before: Reading, after: Reading, made: Sequence[Candidate]) -> bool:
    """Return whether only links lead elsewhere, those that were meant to."""
    wanted = {old: new for one in made for old, new in one.links.items()}
    pairs = list(zip(before.links.links, after.links.links, strict=False))
    return (
        keeps_questions(before, after, made)
        and len(before.links.links) == len(after.links.links)
        and all(_leads(old) == _leads(new) or wanted.get(_leads(old)) == _leads(new)
                for old, new in pairs)
        and all(old.line == new.line for old, new in pairs)
        and _leads_elsewhere(pairs, wanted)
        and before.anchors.ids == after.anchors.ids
        and _kinds(before) == _kinds(after)
    )  # fmt: skip


def gains_link(before: Reading, after: Reading, made: Sequence[Candidate]) -> bool:
    """Return whether what was meant as a link is one now, and nothing else has changed."""
    spaced = {mark.line for mark in after.links.marks if mark.kind == "spaced"}
    return (
        keeps_questions(before, after, made)
        and not spaced & {one.finding.line for one in made}
        and len(after.links.links) == len(before.links.links) + len(made)
        and before.anchors.ids == after.anchors.ids
        and _kinds(before) == _kinds(after)
    )


def gains_choices(before: Reading, after: Reading, made: Sequence[Candidate]) -> bool:
    """Return whether the lines are choices now, beside all the choices there were."""
    wanted = {one.choice for one in made}
    old, new = _choices(before), _choices(after)
    return (
        keeps_questions(before, after, made)
        and wanted <= set(new)
        and all(new.get(line) == mark for line, mark in old.items())
        and set(new) - set(old) == wanted
    )


def keeps_questions(before: Reading, after: Reading, made: Sequence[Candidate]) -> bool:
    """Return whether each question has its key still and nothing new is wrong with the file."""
    del made
    keys = {question.line: question.key for question in _questions(after)}
    kept = all(keys.get(one.line) == one.key for one in _questions(before))
    return kept and not _problems(after) - _problems(before) and _lines(before) == _lines(after)


def keeps_keys(before: Reading, after: Reading, made: Sequence[Candidate]) -> bool:
    """Return whether each question has its key still; a class may bring new faults to light."""
    del made
    keys = {question.line: question.key for question in _questions(after)}
    kept = all(keys.get(one.line) == one.key for one in _questions(before))
    return kept and _lines(before) == _lines(after)


def _questions(reading: Reading) -> list[Question]:
    return [question for quiz in reading.quizzes for question in quiz.questions]


def _problems(reading: Reading) -> Counter[tuple[int, str]]:
    return Counter((problem.line, problem.code) for problem in reading.problems)


def _lines(reading: Reading) -> int:
    return len(reading.source.lines)


def _choices(reading: Reading) -> dict[int, bool]:
    return {one.line: one.is_right for asked in _questions(reading) for one in asked.choices}


def _kinds(reading: Reading) -> list[Hashable]:
    return [(one.line, one.kind, len(one.choices)) for one in _questions(reading)]


def _leads(link: Link) -> tuple[str, str]:
    return link.path, link.fragment


def _leads_elsewhere(
    pairs: Sequence[tuple[Link, Link]], wanted: dict[tuple[str, str], tuple[str, str]]
) -> bool:
    """Return whether each link that was to change has changed somewhere."""
    changed = {_leads(old) for old, new in pairs if _leads(old) != _leads(new)}
    return changed == set(wanted)


def _told(value: Any) -> Hashable:
    """Return a value as it is compared: without columns and without the ids that were written."""
    if is_dataclass(value) and not isinstance(value, type):
        left_out = _MAY_DIFFER | ({"anchor"} if isinstance(value, Attributes) else set())
        named = [one.name for one in fields(value) if one.name not in left_out]
        return tuple(_told(getattr(value, name)) for name in named)
    if isinstance(value, dict):
        return tuple((key, _told(each)) for key, each in value.items())
    if isinstance(value, tuple | list):
        return tuple(_told(each) for each in value)
    return frozenset(value) if isinstance(value, set | frozenset) else value
