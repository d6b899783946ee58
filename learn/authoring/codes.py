"""The rules by their codes, and the words for a problem that breaks one."""

import re
from collections.abc import Callable, Iterable

from rapidfuzz import fuzz, process

from learn.authoring.catalogue import (
    craft,
    evidence,
    explanations,
    facts,
    files,
    front_matter,
    kinds,
    links,
    questions,
    structure,
)
from learn.authoring.catalogue.rule import Rule, gettext_noop
from learn.authoring.document import Problem

type Translate = Callable[[str], str]

_FAMILIES = (
    files,
    front_matter,
    structure,
    links,
    questions,
    kinds,
    explanations,
    craft,
    facts,
    evidence,
)
RULES: dict[str, Rule] = {rule.code: rule for family in _FAMILIES for rule in family.RULES}

_LONGEST_VALUE = 300
_MOST_SUGGESTIONS = 200
_MEANT = re.compile(r"Did you mean `\[?!?([^`\]]+)\]?`")


def problem_at(line: int, column: int, code: str, /, **values: str) -> Problem:
    """Return a problem at its place, with the level of its rule."""
    shown = {name: _shortened(value) for name, value in values.items()}
    return Problem(line, max(1, column), RULES[code].level, code, shown)


def _shortened(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[: _LONGEST_VALUE - 1]}…"


def message_of(problem: Problem, translate: Translate = str) -> str:
    """Return what is wrong, in a sentence. ``translate`` turns the template into a language."""
    return _filled(RULES[problem.code].message, problem, translate)


def mend_of(problem: Problem, translate: Translate = str) -> str:
    """Return how to mend it."""
    return _filled(RULES[problem.code].mend, problem, translate)


def stub_of(problem: Problem, translate: Translate = str) -> str:
    """Return text to paste at the place. In it ``%(meant)s`` is the word that is suggested."""
    return _filled(RULES[problem.code].stub, problem, translate)


def _filled(template: str, problem: Problem, translate: Translate) -> str:
    suggested = _MEANT.search(problem.values.get("suggestion", ""))
    meant = {"meant": suggested[1] if suggested else "…"}
    return translate(template) % ({"suggestion": ""} | problem.values | meant)


def explain(code: str, translate: Translate = str) -> str:
    """Return all that is known of a rule, for a terminal. Raises ``KeyError`` for no rule."""
    rule = RULES[code]
    parts = [
        f"{rule.code} ({rule.family}, {rule.level})",
        shown_template(translate(rule.message)),
        translate(rule.why),
        f"{translate(gettext_noop('mend:'))} {shown_template(translate(rule.mend))}",
    ]
    if rule.stub:
        parts.append(shown_template(translate(rule.stub)))
    return "\n\n".join(parts)


def shown_template(template: str) -> str:
    """Return a template of a rule with its blanks shown as ``…``."""
    return template % _Blanks()


class _Blanks(dict[str, str]):
    """Stands for the values of a problem that is not there."""

    def __missing__(self, key: str) -> str:
        return "" if key == "suggestion" else "…"


class Suggester:
    """Suggests known words, for the first few that are asked about: comparing words is slow."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(known)
        self._left = _MOST_SUGGESTIONS

    def suggestion(self, word: str) -> str:
        """Return `` Did you mean `x`?`` for the nearest known word, or an empty text."""
        self._left -= 1
        return suggestion(word, self._known) if self._left >= 0 else ""


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `` Did you mean `x`?`` for the nearest of the known words, or an empty text."""
    near = nearest(word, known)
    return f" Did you mean `{near}`?" if near else ""


def nearest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str:
    """Return the known word that ``word`` was likely meant to be, or an empty text."""
    found = process.extractOne(
        word[:100], list(known), scorer=fuzz.ratio, score_cutoff=100 * cutoff
    )
    return found[0] if found else ""
