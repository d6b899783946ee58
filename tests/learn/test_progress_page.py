"""The progress page: what was read, passed and held; when one practised; attempts as they were."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from learn.calendar import WEEKS, calendar_of, first_day
from learn.models import Lesson, LessonVisit, Revision
from quizzes.activity import answers_by_day, attempt_history, days_practised
from quizzes.models import ReviewCard
from tests.factories import (
    DAY,
    NOW,
    answer,
    ask,
    begin,
    make_course,
    make_draft,
    make_learner,
    make_lesson,
)

database = pytest.mark.django_db(databases="__all__")


def finish(lesson, user, at, *, right=True):
    """One whole attempt at a lesson with two questions."""
    attempt = begin(lesson, user, at=at)
    answer(attempt, 1, "yes" if right else "no", at=at)
    answer(attempt, 2, "yes", at=at)
    return attempt


def page(client, user, address="/progress/"):
    client.force_login(user)
    return BeautifulSoup(client.get(address).content, "html.parser")


@database
def test_a_lesson_tells_what_is_known_today_and_for_how_long_it_was_held(client):
    user, lesson = make_learner(), make_lesson()
    now = timezone.now()
    finish(lesson, user, now - 4 * DAY)
    ReviewCard.objects.filter(user=user).update(held_days=12.7, stability=4.0)
    cells = [cell.get_text(" ", strip=True) for cell in page(client, user).select("tbody td")]
    assert "90%" in cells[-2] or "9" in cells[-2]
    assert cells[-1] == "12 days"


@database
def test_the_calendar_counts_days_and_never_speaks_of_a_streak(client):
    user, lesson = make_learner(), make_lesson()
    now = timezone.now()
    for days in (1, 3, 40):
        finish(lesson, user, now - days * DAY)
    shown = page(client, user)
    assert "You practised on 2 of the last 28 days." in shown.figcaption.get_text()
    rows = shown.select(".calendar tbody tr")
    assert [row.td.get_text() for row in rows] == ["2", "2", "2"]
    figures = [figure.get_text() for figure in shown.select(".figures dd")]
    assert figures == ["1", "6", "3"]  # lessons done, answers, days
    assert "streak" not in shown.get_text().lower()


@database
def test_thirty_days_off_lower_no_achievement(client):
    user, lesson = make_learner(), make_lesson()
    finish(lesson, user, timezone.now() - 31 * DAY)
    shown = page(client, user).get_text(" ", strip=True)
    assert "2 of 2 right" in shown
    assert "1 of 1 lesson done" in shown


@database
def test_every_finished_attempt_opens_as_it_was(client):
    user, lesson = make_learner(), make_lesson()
    finish(lesson, user, NOW, right=False)
    ask(lesson, [make_draft("one", stem="Quite another?"), make_draft("two")])
    shown = page(client, user, "/progress/history/")
    result = client.get(shown.select_one(".history a")["href"]).content.decode()
    assert "Which?" in result
    assert "because no" in result


@database
def test_a_history_without_attempts_leads_on(client):
    [way] = page(client, make_learner(), "/progress/history/").select("main .button")
    assert way["href"] == "/"


@database
def test_a_cell_without_a_value_is_empty_so_that_a_phone_can_leave_it_out(client):
    user, lesson = make_learner(), make_lesson()
    make_lesson(lesson.course, slug="not-begun", position=2, drafts=[make_draft("other")])
    finish(lesson, user, timezone.now())
    cells = page(client, user).select("tbody tr:nth-of-type(2) td")
    assert [cell.decode_contents() for cell in cells] == [""] * 4


@database
def test_the_history_goes_on_page_by_page_and_bears_any_address(client):
    user, lesson = make_learner(), make_lesson()
    for number in range(32):
        finish(lesson, user, NOW + timedelta(minutes=number))
    first = page(client, user, "/progress/history/")
    assert len(first.select(".history li")) == 30
    older = page(
        client, user, "/progress/history/" + first.find("a", string="Older attempts")["href"]
    )
    assert len(older.select(".history li")) == 2
    for nonsense in ("x", "2026-13-45T00:00:00Z", "2026-01-01T00:00", "%00"):
        assert client.get(f"/progress/history/?before={nonsense}").status_code == 200


@database
def test_a_longer_history_costs_no_more_queries(client, django_assert_max_num_queries):
    user, lesson = make_learner(), make_lesson()
    client.force_login(user)
    finish(lesson, user, NOW)
    with django_assert_max_num_queries(100) as few:
        client.get("/progress/")
    for number in range(1, 25):
        finish(lesson, user, NOW + number * DAY)
    with django_assert_max_num_queries(len(few)):
        client.get("/progress/")


@database
def test_home_tells_what_is_due_and_how_long_it_takes(client):
    user, lesson = make_learner(), make_lesson()
    finish(lesson, user, timezone.now() - 9 * DAY, right=False)
    make_lesson(course=lesson.course, slug="dogs", drafts=[make_draft("three")], position=2)
    home = page(client, user, "/")
    assert "2 questions are due for review, about 1 minute" in home.get_text(" ", strip=True)
    assert len(home.select("main .button")) == 1


@database
def test_others_attempts_are_not_shown(client):
    finish(make_lesson(), make_learner("other"), NOW)
    assert not page(client, make_learner(), "/progress/history/").select(".history li")
    assert attempt_history(make_learner("third"), before=None, limit=5) == []


@database
def test_days_are_counted_in_utc():
    user, lesson = make_learner(), make_lesson()
    finish(lesson, user, datetime(2026, 11, 20, 23, 59, tzinfo=UTC))
    finish(lesson, user, datetime(2026, 11, 21, 0, 1, tzinfo=UTC))
    counts = answers_by_day(user, since=date(2026, 11, 1))
    assert counts == {date(2026, 11, 20): 2, date(2026, 11, 21): 2}
    assert days_practised(counts, today=date(2026, 11, 21)) == 2


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_calendar_has_a_square_for_each_day_from_a_monday_to_today(today):
    calendar = calendar_of({today: 3}, today=today)
    assert calendar.days[0].day == first_day(today)
    assert calendar.days[0].day.weekday() == 0
    assert calendar.days[-1].day == today
    assert calendar.days[-1].strength == 1
    assert len({(square.x, square.y) for square in calendar.days}) == len(calendar.days)
    assert all(square.x + 12 <= calendar.width for square in calendar.days)
    assert (WEEKS - 1) * 7 < len(calendar.days) <= WEEKS * 7


def make_long_course(lessons, slug="long"):
    """A course of so many lessons, stored at once."""
    course = make_course(slug)
    rows = Lesson.objects.bulk_create(
        Lesson(course=course, slug=f"l{n}", file_name=f"{n}.md", position=n)
        for n in range(1, lessons + 1)
    )
    texts = Revision.objects.bulk_create(
        Revision(lesson=row, number=1, title=f"Lesson {row.position}", created_at=NOW)
        for row in rows
    )
    for row, text in zip(rows, texts, strict=True):
        row.live = text
    Lesson.objects.bulk_update(rows, ["live"])
    return rows


def read(lessons, user, at=NOW):
    visits = [
        LessonVisit(user=user, lesson=one, first_at=at, last_at=at, read_at=at) for one in lessons
    ]
    LessonVisit.objects.bulk_create(visits)


@database
def test_of_a_thousand_lessons_those_are_listed_where_one_is(client):
    user, lessons = make_learner(), make_long_course(1000)
    read(lessons[:45], user)
    client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        shown = client.get("/progress/")
    assert len(shown.content) < 40_000
    few, some = make_learner("few"), make_long_course(3, "few")
    read(some[:1], few)
    client.force_login(few)
    with CaptureQueriesContext(connection) as asked_of_few:
        client.get("/progress/")
    assert len(asked) == len(asked_of_few)
    here = page(client, user)
    assert "45 of 1000 lessons done." in here.get_text()
    assert [row.th.get_text() for row in here.select("tbody tr")][::29] == [
        "Lesson 31",
        "Lesson 60",
    ]
    turn = here.select_one('nav[aria-label="Pages of Long"]')
    assert "31–60 of 1000" in turn.get_text()
    back = page(client, user, "/progress/" + turn.select_one("[rel=prev]")["href"])
    assert back.select_one("tbody th").get_text() == "Lesson 1"
    last = page(client, user, "/progress/?course=long&page=34")
    assert last.select("tbody th")[-1].get_text() == "Lesson 1000"
    assert last.select_one("nav [rel=prev]")["href"].endswith("#page-course-long")


@database
def test_a_course_of_ordinary_length_is_listed_whole_and_never_in_pages(client):
    user, lessons = make_learner(), make_long_course(11)
    read(lessons[:2], user)
    shown = page(client, user)
    assert len(shown.select("tbody tr")) == 11
    assert not shown.select('nav[aria-label^="Pages"]')


@database
def test_of_many_courses_the_latest_are_listed_and_each_other_one_on_demand(client):
    user = make_learner()
    for number in range(7):
        read(make_long_course(2, f"c{number}"), user, at=NOW - number * DAY)
    shown = page(client, user)
    assert len(shown.select("main section table")) == 5
    more = [link["href"] for link in shown.select('a[href^="?course="]')]
    assert more == ["?course=c5#page-course-c5", "?course=c6#page-course-c6"]
    assert len(page(client, user, f"/progress/{more[1]}").select("main section table")) == 6
