"""No page asks the database more often because a course or a history has grown a hundredfold."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learn.models import Note
from quizzes.models import Attempt, AttemptItem, Question, QuestionVersion, Response, ReviewCard
from tests.factories import NOW, make_course, make_draft, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")
FEW, MANY = 10, 1_000
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


def grow(lesson, learner, since, until):
    """Have the course ask and the learner answer that many questions, a day apart each."""
    days = range(since, until)
    like = Question.objects.filter(lesson=lesson).select_related("live").first().live
    questions = Question.objects.bulk_create(
        Question(course=lesson.course, lesson=lesson, key=f"grown-{n}", position=n) for n in days
    )
    versions = QuestionVersion.objects.bulk_create(
        QuestionVersion(
            question=question, number=1, digest=f"{question.pk:064}", matter=like.matter,
            kind=like.kind, spec=like.spec, wording=like.wording, parts=like.parts, created_at=NOW,
        )
        for question in questions
    )  # fmt: skip
    for question, version in zip(questions, versions, strict=True):
        question.live = version
    # A lesson asks what it asks; the rest is what a long history has left behind.
    Question.objects.bulk_update(questions[:5], ["live"])
    at = {n: NOW - timedelta(hours=n + 1) for n in days}
    attempts = Attempt.objects.bulk_create(
        Attempt(
            user=learner, lesson=lesson, pass_mark=75, total=1, right=1, percent=100,
            started_at=at[n], finished_at=at[n],
        )
        for n in days
    )  # fmt: skip
    items = AttemptItem.objects.bulk_create(
        AttemptItem(attempt=attempt, position=1, version=version, shown_order=[])
        for attempt, version in zip(attempts, versions, strict=True)
    )
    Response.objects.bulk_create(
        Response(item=item, answer={}, fraction=1, verdict="correct", answered_at=at[n])
        for n, item in zip(days, items, strict=True)
    )
    ReviewCard.objects.bulk_create(
        ReviewCard(
            user=learner, question=question, matter=like.matter, stability=3, difficulty=5,
            due_at=at[n], first_at=at[n], last_at=at[n],
        )
        for n, question in zip(days, questions, strict=True)
    )  # fmt: skip
    Note.objects.bulk_create(
        Note(user=learner, lesson=lesson, anchor=f"a{n}", text="so", created_at=NOW, changed_at=NOW)
        for n in days
    )


def queries(client, page):
    """How many queries it takes to make the page, which is not shown out of memory."""
    joint = "&" if "?" in page else "?"
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{page}{joint}new=").status_code in (200, 302)
    return len(asked)


def test_a_hundredfold_history_costs_no_page_a_query_more(client):
    lesson, learner = make_lesson(make_course(), drafts=[make_draft("one")]), make_learner()
    client.force_login(learner)
    grow(lesson, learner, 0, FEW)
    few = {page: queries(client, page) for page in PAGES}
    grow(lesson, learner, FEW, MANY)
    many = {page: queries(client, page) for page in PAGES}
    assert {page: (few[page], many[page]) for page in PAGES if many[page] > few[page]} == {}
