"""The search index: texts copied from lessons and questions, made anew at any time."""

import json
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from django.db import models
from django.db.models.expressions import RawSQL

from learn.models.courses import Lesson
from learn.models.statements import connection_of, rows_of


class EntryKind(models.TextChoices):
    """What an entry of the index is about."""

    LESSON = "lesson", "section of a lesson"
    QUESTION = "question", "question"
    TERM = "term", "term of the glossary"


class FoundEntry(NamedTuple):
    """An entry as a page of results needs it."""

    pk: int
    kind: str
    question: int | None
    anchor: str
    title: str
    heading: str
    text: str
    title_words: str
    text_words: str
    course_id: int
    lesson_slug: str
    lesson_title: str
    course_slug: str
    course_title: str
    language: str


FOUND_COLUMNS = (
    *("pk", "kind", "question", "anchor", "title", "heading", "text", "title_words", "text_words"),
    *("lesson__course_id", "lesson__slug", "lesson__live__title", "lesson__course__slug"),
    *("lesson__course__title", "lesson__course__language"),
)


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Entries by who may find them."""

    def published(self) -> "SearchEntryQuerySet":
        """Return the entries of lessons that learners may see."""
        return self.filter(lesson__in=Lesson.objects.published())

    def stamps(self) -> dict[int, str]:
        """Return, by lesson, what the index was made from."""
        return dict(
            self.filter(kind=EntryKind.LESSON, position=0).values_list("lesson_id", "stamp")
        )


class SearchEntry(models.Model):
    """What can be found: a section of a lesson, a question, or a term that a lesson explains.

    ``anchor`` is where in the lesson it stands; of a question it is its key, and ``question`` its
    number. The ``words`` are what the engines compare (see ``learn.searching.words``). On SQLite
    triggers copy each row to the table ``learn_searchindex``; on PostgreSQL the columns
    ``vector`` and ``headings`` follow by themselves. ``stamp`` names what of the lesson the row was
    made from.
    """

    kind = models.CharField(max_length=10, choices=EntryKind)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="search_entries")
    question = models.BigIntegerField(null=True, blank=True, db_index=True)
    position = models.PositiveIntegerField(default=0)
    anchor = models.CharField(max_length=300, blank=True)
    title = models.TextField()
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    title_words = models.TextField()
    heading_words = models.TextField(blank=True)
    text_words = models.TextField(blank=True)
    stamp = models.CharField(max_length=100)

    objects = SearchEntryQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.lesson_id}#{self.anchor}"


def found_entries(pks: Sequence[int]) -> list[FoundEntry]:
    """Return the entries of these numbers that there are, in their order. One query."""
    if not pks:
        return []
    statement = _found_statement(connection_of(SearchEntry).vendor)
    found = {row[0]: row for row in rows_of(SearchEntry, statement, [json.dumps(list(pks))])}
    return [FoundEntry(*found[pk]) for pk in pks if pk in found]


@cache
def _found_statement(vendor: str) -> str:
    """Return what reads the columns of entries whose numbers come as JSON, drawn up once."""
    numbers = RawSQL("SELECT json_array_elements_text(%s::json)::bigint", ("[]",))
    if vendor == "sqlite":
        numbers = RawSQL("SELECT value FROM json_each(%s)", ("[]",))
    entries = SearchEntry.objects.filter(pk__in=numbers).values_list(*FOUND_COLUMNS)
    return str(entries.query.sql_with_params()[0])


class SearchWordQuerySet(models.QuerySet["SearchWord"]):
    """Known words by their spelling."""

    def are_known(self, words: list[str]) -> set[str]:
        """Return those of ``words`` that stand in the index."""
        return set(self.filter(word__in=words).values_list("word", flat=True))

    def begins(self, beginning: str) -> bool:
        """Say whether a known word begins like this."""
        # The first letter has an index on both engines, which LIKE has not.
        known = self.filter(initial=beginning[0], word__startswith=beginning)
        return known.exists()

    def of_length(self, shortest: int, longest: int, *, initials: set[str]) -> list[str]:
        """Return the known words of these lengths that begin with one of ``initials``, if any."""
        words = self.filter(length__gte=shortest, length__lte=longest)
        if initials:
            words = words.filter(initial__in=initials)
        return list(words.values_list("word", flat=True))


class SearchWord(models.Model):
    """A word that stands in some lesson: what a mistyped one may have been meant to be.

    Words of lessons that are gone stay until the index is rebuilt, and do no harm: what is
    suggested is looked for first.
    """

    word = models.CharField(max_length=60, unique=True)
    initial = models.CharField(max_length=1)
    length = models.PositiveSmallIntegerField()

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["initial", "length"], name="search_word_by_look")]

    def __str__(self) -> str:
        return self.word
