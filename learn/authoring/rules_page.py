"""The page that documents every rule of the checker, made from the catalogue. Pure."""

from collections.abc import Iterator

from learn.authoring.catalogue.rule import Rule
from learn.authoring.codes import RULES, shown_template

_FAMILIES = {
    "structure": "Front matter, headings, attributes, tables, footnotes, code and the files.",
    "links": "Every link leads somewhere, and every picture is there.",
    "questions": "Each question can be answered, and is told apart from all others.",
    "explanations": (
        "Whoever chooses wrongly learns why. `explanations: error`, `warning` (usual) or `off` in "
        "`course.md` says how strictly they are judged."
    ),
    "craft": (
        "What gives an answer away, after the guidelines of Haladyna, Downing and Rodriguez "
        "(2002). `craft: off` in `course.md` turns the advice off."
    ),
    "facts": (
        "What may be out of date, contradicts itself or comes from nowhere. `freshness: 12 months` "
        "in `course.md` says how long a checked fact counts as fresh."
    ),
    "evidence": (
        "What the answers of learners say, where there are enough of them: asked for with "
        "`content check --evidence`, on the site that has the answers."
    ),
}
_HEAD = """\
# The rules of the checker

`uv run manage.py content check` says for each fault its place, one of the codes below, and how to
mend it. An **error** holds its file back, and the last good version stays on the site; a
**warning** does not, unless the check is run with `--strict`. A folder without `course.md` was
written for another tool first: there the errors marked *mild* hold nothing back.

This page is made from the rules themselves: `uv run manage.py content explain --all >
content/RULES.md`. The sign … stands for words that depend on the fault.
"""


def rules_page(mild: frozenset[str]) -> str:
    """Return the page as Markdown. ``mild`` are the codes that a folder without course softens."""
    parts = [_HEAD]
    for family, about in _FAMILIES.items():
        parts.append(f"## {family.capitalize()}\n\n{about}\n")
        parts += ["\n".join(_rule(rule, mild)) for rule in RULES.values() if rule.family == family]
    return "\n".join(parts)


def _rule(rule: Rule, mild: frozenset[str]) -> Iterator[str]:
    softened = ", mild" if rule.code in mild else ""
    yield f"### {rule.code}\n"
    yield f"**{rule.level.capitalize()}{softened}.** {_escaped(shown_template(rule.message))}\n"
    yield f"- Why: {_escaped(rule.why)}"
    yield f"- Mend: {_escaped(shown_template(rule.mend))}\n"
    stub = shown_template(rule.stub)
    fence = "````" if "```" in stub else "```"
    yield f"{fence}text\n{stub}\n{fence}\n"


def _escaped(text: str) -> str:
    """Return text whose tags and square brackets are shown as they are, also outside of code."""
    parts = text.split("`")
    plain = [one.replace("<", "&lt;").replace("[", "\\[") for one in parts[::2]]
    parts[::2] = plain
    return "`".join(parts)
