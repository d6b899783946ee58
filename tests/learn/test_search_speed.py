"""How long a search takes among 10,000 lessons; the figures are printed."""

import random
import time
from contextlib import contextmanager
from itertools import accumulate, batched
from pathlib import Path
from statistics import median, quantiles

import pytest
from django.db import connection

from learn.models import Lesson, SearchEntry, SearchWord
from learn.searching.finding import find
from tests.factories import answer, begin, make_course, make_draft, make_learner, make_lesson

pytestmark = pytest.mark.django_db

LESSONS, SECTIONS, WORDS_A_SECTION = 10_000, 3, 50
P95_MILLISECONDS = 50
TEXTS = ("title", "heading", "text", "title_words", "heading_words", "text_words")
COLUMNS = ("kind", "lesson_id", "position", "anchor", "stamp", *TEXTS)
INSERT = f"INSERT INTO learn_searchentry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * 11)})"
TEXT_INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes"
    " WHERE tablename = 'learn_searchentry' AND indexdef LIKE '%USING gin%'"
)
ONSETS, VOWELS = ("b", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "br", "cl", "dr"), "aeiou"
SYLLABLES = [onset + vowel for onset in ONSETS for vowel in VOWELS]
COMMON = ["the", "of", "and", "a", "job", "queue", "starts", "when", "it", "is", "to", "in", "that"]


def vocabulary(chance):
    """Invented words, the earlier the more frequent, as in any language (Zipf)."""
    words = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(20_000)}
    return [*COMMON, *sorted(words, key=lambda _word: chance.random())]


@pytest.fixture
def words():
    """Fills the index with the sections of 10,000 lessons; gives their words, frequent first."""
    chance = random.Random(7)
    words = vocabulary(chance)
    cumulative = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))

    pool = chance.choices(words, cum_weights=cumulative, k=200_000)

    def text(length):
        start = chance.randrange(len(pool) - length)
        return " ".join(pool[start : start + length])

    course = make_course("large")
    first = make_lesson(course, "lesson-0", drafts=[make_draft("asked", stem="queue and job")])
    Lesson.objects.bulk_create(
        Lesson(course=course, slug=f"lesson-{n}", file_name=f"{n}.md", position=n, live=first.live)
        for n in range(1, LESSONS)
    )
    lessons = Lesson.objects.values_list("pk", flat=True)
    with indexed_at_the_end(), connection.cursor() as cursor:
        for some in batched(lessons, 1_000, strict=False):
            cursor.executemany(INSERT, [row for pk in some for row in entries_of(pk, text)])
    SearchWord.objects.bulk_create(
        SearchWord(word=word, initial=word[0], length=len(word)) for word in words
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return words


@contextmanager
def indexed_at_the_end():
    """Have PostgreSQL make its indexes of texts after the block: so they cost half the time."""
    found = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(TEXT_INDEXES)
            found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP INDEX {name}")
        yield
        if found:
            # No table is given an index while keys of its rows are still to be checked.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for _, definition in found:
            cursor.execute(definition)


def entries_of(lesson, text):
    """The rows of a lesson's sections and of a term of its glossary."""
    title = text(4)
    for position in range(SECTIONS):
        heading = text(3) if position else ""
        yield row("lesson", lesson, position, title, heading, text(WORDS_A_SECTION))
    yield row("term", lesson, 0, text(1), "", text(5))


def row(kind, lesson, position, *texts):
    return (kind, lesson, position, f"s{position}", "made", *texts, *texts)


def fifty_queries(words, chance):
    """What people type: words, phrases, beginnings, slips of the finger, exclusions."""
    middle, rare = words[50:2_000], words[5_000:]
    return [
        *words[:6],
        *chance.sample(middle, 6),
        *chance.sample(rare, 6),
        *(" ".join(chance.sample(words[:200], 2)) for _ in range(6)),
        *(" ".join(chance.sample(middle, 3)) for _ in range(4)),
        *chance.sample(sorted({word[:2] for word in middle}), 4),
        *(word[:4] for word in chance.sample(rare, 4)),
        *(f'"{first} {second}"' for first, second in zip(words[:4], words[4:8], strict=True)),
        *(f"{word[:2]}x{word[3:]}" for word in chance.sample([w for w in middle if len(w) > 5], 5)),
        *(f"{word} -{words[0]}" for word in chance.sample(middle, 3)),
        "how does the job queue start",
        "job que",
    ]


def test_a_search_among_10_000_lessons_takes_less_than_50_ms(words, show):
    learner = make_learner()
    answer(begin(Lesson.objects.get(slug="lesson-0"), learner), 1, "no")
    queries = fifty_queries(words, random.Random(3))
    assert len(set(queries)) == 50
    find("warm up", learner=learner)
    taken, worked = {}, {}
    for query in queries:
        taken[query], worked[query] = best_of_few(lambda query=query: find(query, learner=learner))
    slowest = sorted(taken, key=lambda query: -taken[query])[:3]
    show(
        f"search among {LESSONS:,} lessons ({SearchEntry.objects.count():,} entries, "
        f"{connection.vendor}): median {median(taken.values()):.0f} ms, p95 {p95(taken):.0f} ms, "
        f"p95 of processor time {p95(worked):.0f} ms ({P95_MILLISECONDS}); slowest "
        + ", ".join(f"{query!r} {taken[query]:.0f} ms" for query in slowest),
    )
    assert p95(worked) < P95_MILLISECONDS


def best_of_few(run):
    """Milliseconds on the clock and of the processor, at best: the machine has other work too.

    Run at most seven times, or until it took half of what it may take.
    """
    clock, processor = [], []
    while len(clock) < 7 and min(processor, default=1) * 1_000 > P95_MILLISECONDS / 2:
        start, start_of_work = time.perf_counter(), work_so_far()
        run()
        clock.append(time.perf_counter() - start)
        processor.append(work_so_far() - start_of_work)
    return min(clock) * 1_000, min(processor) * 1_000


def work_so_far():
    """Seconds of processor time that this process and its database server's have spent."""
    own = time.process_time()
    if connection.vendor == "sqlite":
        return own
    # Linux tells what a process has worked, in nanoseconds: proc(5), schedstat.
    process = connection.connection.info.backend_pid
    worked, _waited, _slices = Path(f"/proc/{process}/schedstat").read_text().split()
    return own + int(worked) / 1e9


def p95(figures):
    return quantiles(figures.values(), n=20)[-1]
