"""WRITE: lessons into the index. What is indexed already, and did not change, is left alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import Any

from django.db import transaction

from learn.models import Course, EntryKind, Lesson, Revision, SearchEntry, SearchWord
from learn.models.courses import LessonQuerySet
from learn.searching.sections import Definition, Section, read_lesson, text_of, tidy
from learn.searching.words import folded_text
from learn.telling import LESSONS_INDEXED, told
from quizzes.models import Question, QuestionVersion

# To be raised when entries are made in another way: every site then makes them anew.
EDITION = 4
SHORTEST_KNOWN_WORD = 3
LONGEST_TITLE = 1_000
BATCH = 500
LESSONS_AT_ONCE = 50
_NUMBER = re.compile(r"\d+")


def index_course(course: Course) -> None:
    """Bring the index of one course up to date: its lessons that changed, came or went."""
    _bring_up_to_date(Lesson.objects.filter(course=course))


def refresh_index() -> None:
    """Bring the whole index up to date; cheap when nothing changed.

    A site that is upgraded or restored is made whole by this at its next start.
    """
    _bring_up_to_date(Lesson.objects.all())


def rebuild_index() -> None:
    """Make the whole index anew."""
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        SearchWord.objects.all().delete()
        refresh_index()


def _bring_up_to_date(lessons: LessonQuerySet) -> None:
    """Write the entries of what changed in ``lessons`` and take out those that are off the site."""
    wanted = {
        pk: f"{EDITION}:{live}:{digest[:40]}"
        for pk, live, digest in lessons.published().values_list(
            "pk", "live_id", "live__render_digest"
        )
    }
    indexed = SearchEntry.objects.filter(lesson__in=lessons).stamps()
    stale = [pk for pk in {*wanted, *indexed} if wanted.get(pk) != indexed.get(pk)]
    if not stale:
        return
    learned: set[str] = set()
    with transaction.atomic():
        for some in batched(told(LESSONS_INDEXED, stale), LESSONS_AT_ONCE, strict=False):
            SearchEntry.objects.filter(lesson__in=some).delete()
            shown = Lesson.objects.published().filter(pk__in=some).with_what_is_found()
            entries = _index_lessons(shown, stamps=wanted)
            # Not those of questions: a suggestion must not tell what only an answer earns.
            _learn_words((one for one in entries if one.kind != EntryKind.QUESTION), learned)


def _index_lessons(lessons: LessonQuerySet, *, stamps: Mapping[int, str]) -> list[SearchEntry]:
    """Write and return the entries of lessons that have none."""
    entries: list[SearchEntry] = []
    questions = Question.objects.to_be_found_in(lessons)
    for lesson in lessons:
        for entry in _entries(lesson, questions[lesson.pk]):
            entry.lesson, entry.stamp = lesson, stamps[lesson.pk]
            entry.title_words = folded_text(entry.title)
            entry.heading_words = folded_text(entry.heading)
            entry.text_words = folded_text(entry.text)
            entries.append(entry)
    SearchEntry.objects.bulk_create(entries, batch_size=BATCH)
    return entries


def _entries(lesson: Lesson, questions: Iterable[Question]) -> Iterator[SearchEntry]:
    """Yield what can be found of a lesson: its sections, its terms, and its questions."""
    live = lesson.live
    if live is None:
        return
    sections, definitions = read_lesson(live.blocks)
    yield from _section_entries(live, sections)
    yield from _term_entries(live, definitions)
    for question in questions:
        yield _question_entry(live, question)


def _section_entries(live: Revision, sections: Iterable[Section]) -> Iterator[SearchEntry]:
    """Yield the sections as entries; the first one is the lesson itself, with its summary."""
    for position, section in enumerate(sections):
        lead = [live.summary, *live.objectives] if position == 0 else []
        yield SearchEntry(
            kind=EntryKind.LESSON,
            position=position,
            anchor=section.anchor[:300],
            title=tidy(live.title),
            heading=section.heading,
            text=tidy(" ".join([*lead, section.text])),
        )


def _term_entries(live: Revision, definitions: Iterable[Definition]) -> Iterator[SearchEntry]:
    """Yield the terms of the lesson's glossary as entries."""
    for position, definition in enumerate(definitions):
        yield SearchEntry(
            kind=EntryKind.TERM,
            position=position,
            anchor=definition.anchor[:300],
            title=definition.term[:LONGEST_TITLE],
            text=definition.meaning,
        )


def _question_entry(live: Revision, question: Question) -> SearchEntry:
    """Return a question as an entry, with what is told after it was answered."""
    version = question.live
    parts = version.parts if version else {}
    return SearchEntry(
        kind=EntryKind.QUESTION,
        question=question.pk,
        position=question.position,
        anchor=question.key,
        title=text_of(parts.get("stem", ""))[:LONGEST_TITLE] or tidy(live.title),
        text=tidy(" ".join(text_of(html) for html in _told(version, parts))),
    )


def _told(version: QuestionVersion | None, parts: Mapping[str, Any]) -> Iterator[str]:
    """Yield the HTML that a question shows once it is answered: text, right answers, reasons."""
    yield parts.get("body", "")
    yield parts.get("explanation", "")
    spec = version.spec if version else {}
    for rows, shown in (("choices", "choices"), ("lines", "lines")):
        right = {row["id"] for row in spec.get(rows, ()) if row.get("right")}
        for id_, part in parts.get(shown, {}).items():
            if id_ in right:
                yield part.get("text", "")
                yield part.get("explanation", "")


def _learn_words(entries: Iterable[SearchEntry], learned: set[str]) -> None:
    """Add the words of entries to the known ones; ``learned`` are those that surely are there."""
    words: set[str] = set()
    for entry in entries:
        words.update(entry.title_words.split())
        words.update(entry.heading_words.split())
        words.update(entry.text_words.split())
    # In one order, so that two publications at once do not wait for each other in a circle.
    some = sorted(word for word in words - learned if is_worth_knowing(word))
    learned |= words
    for batch in batched(some, BATCH, strict=False):
        known = SearchWord.objects.are_known(list(batch))
        SearchWord.objects.bulk_create(
            (
                SearchWord(word=word, initial=word[0], length=len(word))
                for word in batch
                if word not in known
            ),
            ignore_conflicts=True,
        )


def is_worth_knowing(word: str) -> bool:
    """Say whether a word may be what a mistyped one was meant to be."""
    return len(word) >= SHORTEST_KNOWN_WORD and not _NUMBER.fullmatch(word)
