"""No page asks the database more often because a course or a history has grown a thousandfold."""

from time import process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learn.models import Lesson, Note
from quizzes.models import Attempt, AttemptItem, Question, QuestionVersion, Response, ReviewCard
from tests.factories import (
    DAY,
    NOW,
    answer,
    begin,
    make_author,
    make_course,
    make_draft,
    make_learner,
    make_lesson,
)

pytestmark = pytest.mark.django_db(databases="__all__")
FEW, MANY = 10, 10_000
BEYOND_ALL = 1_000_000
LONG_AGO = NOW - 100 * DAY
AN_HOUR_EACH = {
    "sqlite": lambda time: f"strftime('%Y-%m-%d %H:%M:%S', one.{time}, '-' || n || ' hours')",
    "postgresql": lambda time: f"one.{time} - n * interval '1 hour'",
}
# Written out in about half a second each; a person who waits longer would have to be told how far.
SECONDS_OF_A_DOWNLOAD = 2.0
LESSON = "/courses/animals/cats/"
PAGES = [
    "/",
    "/courses/animals/",
    LESSON,
    f"{LESSON}check/",
    f"{LESSON}notes/",
    "/progress/",
    "/progress/history/",
    "/review/",
    "/notes/",
    "/my-data/",
    "/search/?q=cats",
]


def grow(since, until):
    """Repeat the one question, what was answered and the note until there are so many of each.

    The database copies its own rows, an hour older each, since that takes a tenth of the time.
    """
    at = AN_HOUR_EACH[connection.vendor]
    mine = str(BEYOND_ALL + 1) + " + n"
    copy(Question, since, until, key="'grown-' || n", position="n", live_id="NULL")
    copy(QuestionVersion, since, until, question_id=mine)
    # A lesson asks what it asks; the rest is what a long history has left behind.
    for number in range(since, since + 5):
        Question.objects.filter(position=number).update(live=BEYOND_ALL + 1 + number)
    times = {"started_at": at("started_at"), "finished_at": at("finished_at")}
    copy(Attempt, since, until, token="'grown-' || n", **times)
    copy(AttemptItem, since, until, attempt_id=mine, version_id=mine)
    copy(Response, since, until, item_id=mine, answered_at=at("answered_at"))
    times = {name: at(name) for name in ("due_at", "first_at", "last_at")}
    copy(ReviewCard, since, until, question_id=mine, **times)
    copy(Note, since, until, anchor="'a' || n")
    with connection.cursor() as cursor:
        # Or PostgreSQL looks for each row as it did while the tables had one.
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            # At the end every reference of the copies is checked at once; queries are counted here.
            cursor.execute("SET LOCAL statement_timeout = 0")


def copy(model, since, until, **changed):
    """Copy the first row of a table for each number ``n``, with some columns made from it."""
    columns = {field.column: f"one.{field.column}" for field in model._meta.concrete_fields}
    columns |= {"id": f"{BEYOND_ALL + 1} + n", **changed}
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE numbers (n) AS"
            f" (SELECT {since} UNION ALL SELECT n + 1 FROM numbers WHERE n < {until - 1})"
            f" INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())}"
            f" FROM {table} AS one, numbers WHERE one.id = (SELECT min(id) FROM {table})"
        )


def queries(client, page):
    """How many queries it takes to make the page, which is not shown out of memory."""
    joint = "&" if "?" in page else "?"
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{page}{joint}new=").status_code in (200, 302)
    return len(asked)


def test_a_thousandfold_history_costs_no_page_a_query_more(client):
    lesson, learner = make_lesson(make_course(), drafts=[make_draft("one")]), make_learner()
    # So long ago that all of it is due, whenever this runs.
    answer(begin(lesson, learner, at=LONG_AGO), 1, "yes", at=LONG_AGO)
    Note.objects.create(
        user=learner, lesson=lesson, anchor="a", text="so", created_at=NOW, changed_at=NOW
    )
    client.force_login(learner)
    grow(1, FEW)
    few = {page: queries(client, page) for page in PAGES}
    grow(FEW, MANY)
    many = {page: queries(client, page) for page in PAGES}
    assert {page: (few[page], many[page]) for page in PAGES if many[page] > few[page]} == {}
    assert Response.objects.count() == ReviewCard.objects.count() == MANY
    assert Note.objects.count() == MANY
    for kind in ("json", "csv"):
        started = process_time()
        assert client.get(f"/my-data/{kind}/").status_code == 200
        assert process_time() - started < SECONDS_OF_A_DOWNLOAD
    assert "begins only after some seconds" in client.get("/my-data/").content.decode()


def test_however_many_lessons_were_taken_off_the_studio_asks_no_more_often(client):
    course = make_course()
    client.force_login(make_author(course))

    def taken_off(*slugs):
        for slug in slugs:
            lesson = make_lesson(course, slug, drafts=[])
            Lesson.objects.filter(pk=lesson.pk).update(retired_at=NOW)
        return queries(client, "/studio/")

    assert taken_off("one") == taken_off("two", "three", "four")
    assert client.get("/studio/").content.count(b"/studio/animals/history/") == 4
