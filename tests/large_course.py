"""A large course to measure with: realistic lessons, written to a folder, always the same."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

COURSE = "atlas"
QUESTIONS = 10
LESSON_BYTES = 9_000
"""About what a generated lesson has."""

_VOCABULARY = 12_000
_ORDINALS = ("first", "second", "third", "fourth")
_CONSONANTS, _VOWELS = "bcdfgklmnprstv", "aeo"
_FRAMES = (
    "The {0} of a {1} decides how much {2} reaches the {3}.",
    "A {0} keeps its {1} only while the *{2}* is open, so plan the **{3}** first.",
    "Where {0} meets {1}, look for `{2}` before you trust the {3}.",
    "Nobody needs {0} and {1} at once: the {2} wins whenever the {3} is short.",
    "It takes a {0} about as long as a {1} to fill the {2} of one {3}.",
)


def make_large_course(
    folder: Path, *, lessons: int, questions: int = QUESTIONS, course: str = COURSE
) -> Path:
    """Write a course of so many lessons below ``folder`` and return the folder of the course.

    Each lesson has headings, a code sample, a callout, links to its neighbours, a comparison table
    that can be practised, and a knowledge check.
    """
    home = folder / course
    home.mkdir(parents=True)
    (home / "course.md").write_text(
        "---\ntitle: Atlas of places\nstatus: published\n---\n\nHello.\n"
    )
    for number in range(1, lessons + 1):
        text = large_lesson(number, lessons=lessons, questions=questions)
        (home / file_name(number)).write_text(text, encoding="utf-8")
    return home


def file_name(number: int) -> str:
    """Return the name of a lesson's file."""
    return f"{number:04d}-place-{number}.md"


def large_lesson(number: int, *, lessons: int, questions: int = QUESTIONS) -> str:
    """Return the text of a lesson; the same number gives the same text."""
    chance = Random(number)
    words = _words(chance)
    neighbours = sorted({max(1, number - 1), min(lessons, number + 1)} - {number})
    links = " ".join(f"See [place {other}]({file_name(other)})." for other in neighbours)
    parts = "\n\n".join(
        f"## {next(words).title()} and {next(words)} {{#part-{part}}}\n\n"
        f"{_paragraph(chance, words)}\n\n{_paragraph(chance, words)}\n\n{_aside(part, words)}"
        for part in range(6)
    )
    asked = "\n".join(
        _question(chance, words, f"p{number}-q{place}") for place in range(1, questions + 1)
    )
    return (
        f"---\ntitle: Place {number}, {next(words)}\nsummary: What a {next(words)} is for.\n"
        f"objectives:\n  - Tell a {next(words)} from a {next(words)}\n---\n\n"
        f"{_paragraph(chance, words)} {links}\n\n{parts}\n\n{_table(chance, words)}\n\n"
        f"## Knowledge check {{.quiz}}\n\n{asked}"
    )


def _words(chance: Random) -> Iterator[str]:
    """Yield words of a vocabulary as large as a course's, the common ones often."""
    while True:
        spelled = Random(int(_VOCABULARY * chance.random() ** 3))
        yield "".join(
            spelled.choice(_CONSONANTS) + spelled.choice(_VOWELS)
            for _syllable in range(spelled.randint(2, 4))
        )


def _paragraph(chance: Random, words: Iterator[str]) -> str:
    frames = chance.sample(_FRAMES, k=4)
    return " ".join(frame.format(*(next(words) for _ in range(4))) for frame in frames)


def _aside(part: int, words: Iterator[str]) -> str:
    if part == 0:
        return f"```python\n{next(words)} = open('{next(words)}')\nprint({next(words)}.read())\n```"
    if part == 1:
        return f"> [!NOTE]\n> A {next(words)} is no {next(words)}."
    return "\n".join(f"- **{next(words)}** goes before {next(words)}" for _ in range(4))


def _table(chance: Random, words: Iterator[str]) -> str:
    first, second = next(words).title(), next(words).title()
    rows = "\n".join(
        f"| Most {next(words)} | {chance.randint(1, 500)} {next(words)} "
        f"| {next(words)} {next(words)} |"
        for _row in range(5)
    )
    head = f"| What | {first} | {second} |\n|---|---|---|"
    return f"{head}\n{rows}\n\nTable: {first} and {second} {{#at-a-glance .compare}}"


def _question(chance: Random, words: Iterator[str], key: str) -> str:
    stem = " ".join(next(words) for _ in range(4))
    right = chance.randrange(4)
    choices = "\n".join(
        f"- [{'x' if choice == right else ' '}]"
        f" The {_ORDINALS[choice]} {next(words)} of the {next(words)}\n"
        f"  > {'Right' if choice == right else 'No'}: {next(words)} needs {next(words)} here."
        for choice in range(4)
    )
    return f"### Which part of {stem} comes first? {{#{key}}}\n\n{choices}\n"
