"""Names of files and folders: their order, their addresses, the titles they give."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

COURSE_FILE = "course.md"

_LONGEST_LESSON = 150
_LONGEST_COURSE = 100
# A number of up to three digits orders; four are a year, which belongs to the name.
_NUMBER = re.compile(r"\d{1,3}(?:[.)]?[\s_-]+|[.)](?=\D))", re.ASCII)
_EXTENSION = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_HYPHENS = re.compile("-+")
_NOT_ASCII = re.compile(r"[^a-z0-9-]+", re.ASCII)
_DIGITS = re.compile(r"(\d+)", re.ASCII)
_COMBINING_LATIN = range(0x0300, 0x0370)
_LATIN_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ð": "d",
    "þ": "th",
}
_INDEX_NAMES = ("index", "readme")


def natural_key(path: str) -> list[list[tuple[int, int, str]]]:
    """Return a key that sorts paths as people do: folder by folder, 2 before 10."""
    return [
        [
            (0, int(piece[:18]), "") if piece[:1].isdigit() and piece.isascii() else (1, 0, piece)
            for piece in _DIGITS.split(part.casefold())
            if piece
        ]
        for part in path.split("/")
    ]


@lru_cache(maxsize=10_000)
def lesson_slug(name: str) -> str:
    """Return the address of a lesson file: ``guide/02-Job queues.md`` gives ``guide-job-queues``.

    Numbers that only order are left out, accents of Latin letters too; other letters stay.
    """
    parts = [_slug_of(_without_number(part)) for part in _EXTENSION.sub("", name).split("/")]
    if len(parts) > 1 and parts[-1] in _INDEX_NAMES:
        parts.pop()
    joined = "-".join(part for part in parts if part)
    return joined[:_LONGEST_LESSON].strip("-") or "lesson"


def lesson_slugs(names: Iterable[str]) -> dict[str, str]:
    """Return each lesson's address by file name; of equal ones the second gets ``-2``."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        slugs[name] = _unused(lesson_slug(name), taken)
        taken.add(slugs[name])
    return slugs


def course_slug(folder_name: str) -> str:
    """Return the address of a course: ``01-AWS compute`` gives ``aws-compute``."""
    return _slug_of(_without_number(folder_name))[:_LONGEST_COURSE].strip("-") or "course"


def course_slugs(folder_names: Iterable[str]) -> list[str]:
    """Return the address of each course, in order; of equal ones the second gets ``-2``."""
    slugs: list[str] = []
    for name in folder_names:
        slugs.append(_unused(course_slug(name), set(slugs)))
    return slugs


def ascii_slug(text: str) -> str:
    """Return what an author may write as an id in place of a text; empty if nothing is left."""
    return _HYPHENS.sub("-", _NOT_ASCII.sub("-", _slug_of(text))).strip("-")


def title_from_name(name: str) -> str:
    """Return a title made from a file's or folder's name: ``03-job-queues.md`` is 'Job queues'."""
    stem = _EXTENSION.sub("", name.rsplit("/", 1)[-1])
    words = re.sub(r"[-_\s]+", " ", _without_number(stem)).strip() or stem or name
    return words[:1].upper() + words[1:]


def first_character(name: str) -> str:
    """Return the first character of a file's own name after its number."""
    return _without_number(name.rsplit("/", 1)[-1])[:1]


def _without_number(name: str) -> str:
    """Return a name without the number that orders it, unless nothing else is left."""
    return _NUMBER.sub("", name, count=1) if _NUMBER.match(name) else name


def _slug_of(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(_LATIN_LETTERS.get(letter, letter) for letter in _without_accents(decomposed))
    composed = unicodedata.normalize("NFC", plain)
    # Marks are kept: in many scripts the vowels are marks.
    kept = (letter if unicodedata.category(letter)[0] in "LMN" else "-" for letter in composed)
    return _HYPHENS.sub("-", "".join(kept)).strip("-")


def _without_accents(text: str) -> Iterable[str]:
    """Yield the characters without the accents on Latin letters, which other scripts keep."""
    before = ""
    for character in text:
        if ord(character) in _COMBINING_LATIN and before.isascii():
            continue
        before = character
        yield character


def _unused(wanted: str, taken: set[str]) -> str:
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
