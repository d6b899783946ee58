"""FACTS: two places of a course that say different things of the same thing and aspect."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from learn.authoring.codes import problem_at
from learn.authoring.document import Problem, Question, Table
from learn.authoring.figures import Figure, disagree, find_figures
from learn.authoring.plain_text import plain_text
from learn.authoring.reading import LessonReading
from learn.authoring.rules.view import CourseView, Found
from learn.authoring.wording import spoken, subject_words, word_stem

_ASPECTS = "aspect attribute characteristic criterion criteria dimension feature property topic"
ASPECT_HEADINGS = frozenset(_ASPECTS.split())
"""What the first heading of a comparison may say, besides nothing; `.compare` may say anything."""

# Columns that are no things compared: what stands below them differs from table to table.
_COLUMNS_OF_ALL = """
    a after b before comment comments cons default description details example examples explanation
    meaning new note notes old option pros reason remark source unit value what why
    """
_NO_THINGS = frozenset(_COLUMNS_OF_ALL.split())
_SAME_WORDS = {"max": "maximum", "min": "minimum", "mem": "memory"}
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_LONGEST_NAME = 60
_MOST_OTHER_WORDS = 3
_LONGEST_ANSWER = 8
_MOST_COMPARED = 50
_FEWEST_COLUMNS = 3
_UNLIMITED = re.compile(
    r"\b(?:no|without(?: an?)?) (?:[a-z]+ )?limits?\b|\bunlimited\b|\blimitless\b", re.I
)
_NEGATED = r"(?<!\bnot )(?<!\bnever )(?<!\bno )(?<!\bwithout )"
_OPPOSITES = tuple(
    (re.compile(rf"{_NEGATED}{left}", re.I), re.compile(rf"{_NEGATED}{right}", re.I))
    for left, right in (
        (r"^yes\b", r"^no\b(?! \w)"),
        (r"\bautomatic(?:ally)?\b", r"\b(?:manual(?:ly)?|by hand)\b"),
        (r"\bstateless\b", r"\bstateful\b"),
        (r"\bsynchronous(?:ly)?\b", r"\basynchronous(?:ly)?\b"),
        (r"\b(?:required|mandatory)\b", r"\boptional\b"),
        (r"\bsupported\b", r"\b(?:not supported|unsupported)\b"),
        (r"\ballowed\b", r"\b(?:not allowed|forbidden)\b"),
        (r"\benabled\b", r"\bdisabled\b"),
        (r"\bmutable\b", r"\bimmutable\b"),
        (r"\bpersistent\b", r"\bephemeral\b"),
    )
)
# A quick look whether any of them can be there.
_MAY_OPPOSE = re.compile(
    r"yes|no\b|automatic|manual|by hand|state|synchron|required|mandatory|optional|support|allowed|"
    r"forbidden|abled|mutable|persistent|ephemeral",
    re.I,
)

type _Name = tuple[str, ...]
type _Key = tuple[_Name, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Statement:
    """A cell: where it stands, what it is about, and what it says. ``table`` tells tables apart."""

    file: str
    line: int
    column: int
    table: tuple[str, int]
    thing: str
    aspect: str
    value: str

    @property
    def place(self) -> str:
        """Where it stands, as the checker names places."""
        return f"{self.file}:{self.line}"


def check(view: CourseView) -> Found:
    """Yield each place that contradicts an earlier one, with both places and both values."""
    said = _by_key([one for name, lesson in view.lessons.items() for one in _cells(name, lesson)])
    for statements in said.values():
        yield from _among_tables(statements)
    yield from _in_questions(view, said)


def _by_key(cells: Sequence[tuple[_Key, _Statement]]) -> dict[_Key, list[_Statement]]:
    families = _family_words({name for (name, _), _ in cells})
    said: dict[_Key, list[_Statement]] = defaultdict(list)
    for (name, aspect), statement in cells:
        own = name[1:] if len(name) > 1 and name[0] in families else name
        said[own, aspect].append(statement)
    return said


def _among_tables(statements: Sequence[_Statement]) -> Found:
    """Compare each cell with those before it that say something else."""
    known: dict[_Claims, _Statement] = {}
    for statement in statements:
        claims = _claims(statement.value)
        if claims in known or claims == _NO_CLAIMS:
            continue
        for other_claims, other in known.items():
            clash = _clash(other_claims, claims) if other.table != statement.table else None
            if clash:
                yield statement.file, _problem(statement, other, *clash)
                break
        if len(known) < _MOST_COMPARED:
            known[claims] = statement


def _problem(here: _Statement, there: _Statement, other: str, value: str) -> Problem:
    return problem_at(
        here.line,
        here.column,
        "fact-contradiction",
        thing=here.thing,
        aspect=here.aspect,
        value=value,
        place=there.place,
        other=other,
    )


@dataclass(frozen=True, slots=True)
class _Claims:
    """What a text claims that another could deny.

    ``endless`` are the words by which it knows no limit; ``sides`` the pairs of opposites of which
    it names one side and not the other: number and side of the pair, and the word.
    """

    figures: tuple[Figure, ...] = ()
    endless: str = ""
    sides: tuple[tuple[int, int, str], ...] = ()


_NO_CLAIMS = _Claims()


@lru_cache(maxsize=8192)
def _claims(text: str) -> _Claims:
    endless = _UNLIMITED.search(text)
    sides = []
    for number, (left, right) in enumerate(_OPPOSITES if _MAY_OPPOSE.search(text) else ()):
        one, other = left.search(text), right.search(text)
        if one and not other:
            sides.append((number, 0, one[0]))
        elif other and not one:
            sides.append((number, 1, other[0]))
    return _Claims(find_figures(text), endless[0] if endless else "", tuple(sides))


def contradiction(left: str, right: str) -> tuple[str, str] | None:
    """Return the words in which two texts about one thing contradict each other, or None.

    They do if each has figures of one sort and none of them is equal, if one knows no limit where
    the other names one, or if they say opposites such as 'automatic' and 'manual'. Texts that only
    say more or less than each other do not.
    """
    return _clash(_claims(left), _claims(right))


def _clash(left: _Claims, right: _Claims) -> tuple[str, str] | None:
    if clash := disagree(left.figures, right.figures):
        return clash[0].written, clash[1].written
    if left.endless and not right.endless and right.figures and not left.figures:
        return left.endless, right.figures[0].written
    if right.endless and not left.endless and left.figures and not right.figures:
        return left.figures[0].written, right.endless
    for number, side, word in left.sides:
        for other_number, other_side, other in right.sides:
            if number == other_number and side != other_side:
                return word, other
    return None


def _cells(name: str, lesson: LessonReading) -> Iterator[tuple[_Key, _Statement]]:
    """Yield the cells of a lesson's comparison tables."""
    for reading in lesson.reading.tables:
        table = reading.table
        if not _compares(table):
            continue
        things = [plain_text(heading) for heading in table.columns[1:]]
        names = [_name(thing) for thing in things]
        for row, line in zip(table.rows, table.row_lines, strict=True):
            aspect = plain_text(row[0]).rstrip(" *")
            words = _aspect_words(aspect)
            for thing, named, cell in zip(things, names, row[1:], strict=True):
                value = spoken(cell)
                if words and named and value:
                    column = lesson.reading.source.lines[line - 1].find(cell) + 1
                    where = (name, table.line)
                    statement = _Statement(name, line, column, where, thing, aspect, value)
                    yield (named, words), statement


def _compares(table: Table) -> bool:
    """Say whether the first column is the aspect and the others are things."""
    classes = table.attributes.classes
    if len(table.columns) < _FEWEST_COLUMNS or "decide" in classes:
        return False
    first = plain_text(table.columns[0]).casefold().strip(" :")
    return "compare" in classes or "sort" in classes or not first or first in ASPECT_HEADINGS


def _name(thing: str) -> _Name:
    """Return the words of a heading; nothing for one that names no thing."""
    words = tuple(_WORD.findall(thing.casefold()[:_LONGEST_NAME]))
    return () if len(words) == 1 and words[0] in _NO_THINGS else words


def _family_words(names: Collection[_Name]) -> frozenset[str]:
    """Return the words that some names begin with and others leave out, such as a maker's.

    `AWS Batch` is the `Batch` of another table if several things begin with `AWS` and no other
    word stands before `Batch`; so `Fargate Spot` and `EC2 Spot` stay two things.
    """
    rests: dict[str, set[_Name]] = defaultdict(set)
    before: dict[_Name, set[str]] = defaultdict(set)
    for name in names:
        if len(name) > 1:
            rests[name[0]].add(name[1:])
            before[name[1:]].add(name[0])
    return frozenset(
        word
        for word, found in rests.items()
        if len(found) > 1 and all(before[rest] == {word} for rest in found)
    )


def _aspect_words(aspect: str) -> frozenset[str]:
    """Return what an aspect is about, however it is put: order and endings do not count."""
    words = (word.casefold() for word in _WORD.findall(aspect[:_LONGEST_NAME]))
    small = {"a", "an", "and", "at", "for", "in", "is", "it", "its", "of", "on", "the", "to"}
    return frozenset(word_stem(_SAME_WORDS.get(one, one)) for one in words if one not in small)


def _in_questions(view: CourseView, said: dict[_Key, list[_Statement]]) -> Found:
    """Compare right answers with the cells about the very thing and aspect that is asked for."""
    by_aspect: dict[frozenset[str], list[_Key]] = defaultdict(list)
    for key in said:
        by_aspect[key[1]].append(key)
    aspects: dict[str, list[frozenset[str]]] = defaultdict(list)
    for aspect in by_aspect:
        aspects[min(aspect)].append(aspect)
    if not by_aspect:
        return
    for name, lesson in view.lessons.items():
        for quiz in lesson.document.quizzes:
            for question in quiz.questions:
                for key in _asked_for(question, aspects, by_aspect):
                    yield from _against(question, name, said[key])


def _asked_for(
    question: Question,
    aspects: Mapping[str, list[frozenset[str]]],
    by_aspect: Mapping[frozenset[str], list[_Key]],
) -> list[_Key]:
    """Return the thing and aspect that the stem names, unless it names two or much else besides.

    ``aspects`` holds each aspect under the first of its words.
    """
    words = [word.casefold() for word in _WORD.findall(plain_text(question.stem))]
    stems = {word_stem(_SAME_WORDS.get(word, word)) for word in words}
    found = []
    for aspect in [one for stem in stems for one in aspects.get(stem, ()) if one <= stems]:
        named = [key for key in by_aspect[aspect] if _stands_in(key[0], words)]
        if len(named) != 1:
            continue
        own = aspect | {word_stem(word) for word in named[0][0]}
        if len(subject_words(question.stem) - own) <= _MOST_OTHER_WORDS:
            found.append(named[0])
    return found


def _stands_in(name: _Name, words: Sequence[str]) -> bool:
    width = len(name)
    return any(tuple(words[at : at + width]) == name for at in range(len(words) - width + 1))


def _against(question: Question, name: str, statements: Sequence[_Statement]) -> Found:
    if question.kind == "choose-all":
        return  # Its right choices are several answers, of which none has to be the only one.
    right = [(one.text, one.line, one.column) for one in question.choices if one.is_right]
    right += [(gap.accepted[0], gap.line, gap.column) for gap in question.gaps if gap.accepted]
    for text, line, column in right:
        value = spoken(text)
        for other in statements if len(value.split()) <= _LONGEST_ANSWER else ():
            clash = contradiction(other.value, value)
            if clash:
                here = _Statement(name, line, column, (name, 0), other.thing, other.aspect, value)
                yield name, _problem(here, other, *clash)
                return
