"""Reviews over real requests: what is due, the session, its result, how often."""

from datetime import timedelta
from itertools import pairwise
from statistics import fmean

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learn.models import User
from quizzes.kinds.choice import choice_ids
from quizzes.models import Attempt, Question, QuestionVersion, Response, ReviewCard, Scope
from quizzes.remembering import (
    coming_days,
    due_summary,
    forecast,
    lesson_strengths,
    review_accuracy,
    reviews_a_day,
)
from quizzes.reviewing import rebuild_cards
from quizzes.scheduling import recall
from quizzes.showing.reviews import shown_review
from tests.factories import (
    DAY,
    answer,
    ask,
    begin,
    make_course,
    make_draft,
    make_learner,
    make_lesson,
)

pytestmark = pytest.mark.django_db(databases="__all__")
REVIEW = "/review/"


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def text_of(response):
    return " ".join(page(response).main.get_text().split())


def form_of(response):
    """The fields of the question's form as a browser would send them, without a choice."""
    form = page(response).find("form", class_="question")
    fields = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    return form["action"], fields


def submit(client, response, *texts, **headers):
    action, fields = form_of(response)
    return client.post(action, {**fields, "choice": choice_ids(texts)}, headers=headers or None)


def answered_days_ago(user, days, *, lessons=2, right="yes"):
    """Lessons of two questions each, all answered so many days ago."""
    at = timezone.now() - days * DAY
    course = make_course()
    made = []
    for number in range(1, lessons + 1):
        drafts = [
            make_draft(f"l{number}-{name}", stem=f"What of {chr(96 + number)}{name}?")
            for name in "ab"
        ]
        lesson = make_lesson(course, slug=f"lesson-{number}", drafts=drafts, position=number)
        attempt = begin(lesson, user, at=at)
        answer(attempt, 1, right, at=at)
        answer(attempt, 2, right, at=at)
        made.append(lesson)
    return made


@pytest.fixture
def learner(client):
    user = make_learner()
    client.force_login(user)
    return user


def test_a_newcomer_is_told_what_a_review_is_and_nothing_is_written(client):
    assert "Nothing to review yet" in text_of(client.get(REVIEW))
    assert client.post(REVIEW).status_code == 302
    assert client.get("/review/1/").status_code == 302
    assert not User.objects.exists()


def test_what_is_not_due_is_announced(client, learner):
    answered_days_ago(learner, 0)
    shown = text_of(client.get(REVIEW))
    assert "Nothing is due" in shown
    assert "Next: in 2 days, 4 questions." in shown
    assert client.post(REVIEW).url == REVIEW
    assert not Attempt.objects.filter(scope=Scope.REVIEW).exists()


def test_a_review_from_the_start_to_the_result(client, learner):
    answered_days_ago(learner, 10)
    first = client.get(REVIEW)
    assert "4 questions are due" in text_of(first)
    assert len(page(first).select("main .button")) == 2  # to begin, and to save the setting
    response = client.post(REVIEW, follow=True)
    assert "Question 1 of 4" in text_of(response)
    lessons = []
    for number, choice in enumerate(["no", "yes", "yes", "yes"], start=1):
        response = client.get(f"/review/{number}/")
        assert "Lesson-" not in text_of(response)
        told = client.get(submit(client, response, choice).url)
        origin = page(told).select_one(".origin")
        lessons.append(origin.a["href"])
        assert origin.a.text in {"Lesson-1", "Lesson-2"}
    assert all(one != two for one, two in pairwise(lessons))
    attempt = Attempt.objects.get(scope=Scope.REVIEW)
    assert attempt.finished_at is not None
    again = client.get("/review/1/?again")
    client.get(submit(client, again, "yes").url)
    result = client.get(f"/review/results/{attempt.token}/")
    shown = text_of(result)
    assert "You still knew 3 of 4." in shown
    assert "still knew it: 10 days." in shown
    assert "Got right later in the session" in shown
    slipped = page(result).find(attrs={"aria-labelledby": "page-slipped"})
    assert "because no" in slipped.text
    assert "Comes again tomorrow" in " ".join(slipped.text.split())
    assert "Nothing more is due." in shown


def test_a_session_with_two_misses_of_six_shows_eight_questions(client, learner):
    answered_days_ago(learner, 10, lessons=3)
    response = client.post(REVIEW, follow=True)
    shown, missed = 0, 0
    while page(response).find("form", class_="question"):
        shown += 1
        is_first_miss = missed < 2 and "Once more" not in response.content.decode()
        missed += is_first_miss
        told = client.get(submit(client, response, "no" if is_first_miss else "yes").url)
        button = page(told).select_one(".action-bar a.button")
        response = client.get(button["href"])
    assert shown == 8
    assert "You still knew 4 of 6." in text_of(response)


def test_what_was_left_off_today_goes_on_and_an_older_one_ends(client, learner):
    answered_days_ago(learner, 10)
    response = client.post(REVIEW, follow=True)
    submit(client, response, "yes")
    shown = client.get(REVIEW)
    assert "with 3 questions to go" in text_of(shown)
    assert client.post(REVIEW).url == "/review/2/"
    attempt = Attempt.objects.get(scope=Scope.REVIEW)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=timezone.now() - 2 * DAY)
    assert "3 questions are due" in text_of(client.get(REVIEW))
    client.post(REVIEW)
    attempt.refresh_from_db()
    assert (attempt.total, attempt.right, attempt.percent) == (1, 1, 100)
    newer = Attempt.objects.get(scope=Scope.REVIEW, finished_at=None)
    assert newer.total == 3


def test_reviews_of_others_are_not_found(client, learner):
    answered_days_ago(learner, 10)
    client.post(REVIEW)
    token = Attempt.objects.get(scope=Scope.REVIEW).token
    client.force_login(make_learner("other"))
    assert client.get(f"/review/results/{token}/").status_code == 404
    client.logout()
    assert client.get(f"/review/results/{token}/").status_code == 404
    assert client.get("/review/results/none/").status_code == 404


def test_an_unfinished_review_has_no_result_yet(client, learner):
    answered_days_ago(learner, 10)
    client.post(REVIEW)
    token = Attempt.objects.get(scope=Scope.REVIEW).token
    assert client.get(f"/review/results/{token}/").url == "/review/1/"


def test_a_changed_key_is_due_at_once_and_a_better_wording_or_a_retired_question_is_not(learner):
    [lesson] = answered_days_ago(learner, 0, lessons=1)
    now = timezone.now()
    a, b = make_draft("l1-a", stem="Reworded?"), make_draft("l1-b", stem="What of ab?")
    ask(lesson, [a, b])
    assert due_summary(learner, now).due == 0
    changed = make_draft("l1-a", right=("no",), wrong=("yes", "maybe"))
    ask(lesson, [changed, b])
    assert due_summary(learner, now).due == 1
    ask(lesson, [b])
    assert due_summary(learner, now).due == 0
    assert due_summary(learner, now + 30 * DAY).due == 1
    lesson.retired_at = now
    lesson.save()
    assert due_summary(learner, now + 30 * DAY).due == 0


def test_the_summary_and_the_forecast(learner):
    answered_days_ago(learner, 0, lessons=1)
    now = timezone.now()
    with CaptureQueriesContext(connection) as queries:
        summary = due_summary(learner, now)
    assert len(queries) == 2
    assert (summary.due, summary.minutes, summary.next_count) == (0, 0, 2)
    assert (summary.next_due_at.date() - now.date()).days == 2
    days = forecast(coming_days(learner, now), now)
    assert [day.count for day in days] == [0, 0, 2, *[0] * 11]
    later = forecast(coming_days(learner, now + 20 * DAY), now + 20 * DAY)
    assert [day.count for day in later] == [2, *[0] * 13]
    assert due_summary(learner, now + 20 * DAY).minutes == 1


def test_the_forecast_can_be_read_without_seeing_it(client, learner):
    answered_days_ago(learner, 0)
    soup = page(client.get(REVIEW))
    chart = soup.find("svg", role="img")
    assert chart["aria-labelledby"].split() == [chart.title["id"], chart.desc["id"]]
    assert "4 questions in all, 0 of them today." in chart.desc.text
    figures = [int(cell.text) for cell in soup.select(".forecast td")]
    assert (len(figures), sum(figures)) == (14, 4)


def test_the_strength_of_a_lesson(learner):
    now = timezone.now()
    [one, two] = answered_days_ago(learner, 10, lessons=2)
    third = make_lesson(one.course, slug="third", position=3)
    with CaptureQueriesContext(connection) as queries:
        strengths = lesson_strengths(learner, [one, two, third], now)
    assert len(queries) == 1
    assert set(strengths) == {one.pk, two.pk}
    assert strengths[one.pk].recall == pytest.approx(0.78, abs=0.02)
    assert (strengths[one.pk].answered, strengths[one.pk].questions) == (2, 2)
    assert strengths[one.pk].longest_held_days == 0
    attempt = begin(one, learner, at=now)
    answer(attempt, 1, "yes", at=now)
    stronger = lesson_strengths(learner, [one], now)[one.pk]
    assert stronger.recall > strengths[one.pk].recall
    assert stronger.longest_held_days == pytest.approx(10)
    assert stronger.held_days == pytest.approx(5)
    ask(one, [make_draft("l1-a", right=("no",), wrong=("yes",)), make_draft("l1-b")])
    assert lesson_strengths(learner, [one], now)[one.pk].answered == 1


def test_the_first_day_after_an_answer_shows_what_tomorrow_will(learner):
    now = timezone.now()
    [lesson] = answered_days_ago(learner, 0, lessons=1)
    at_once = lesson_strengths(learner, [lesson], now)[lesson.pk].recall
    assert (
        at_once == lesson_strengths(learner, [lesson], now + timedelta(hours=9))[lesson.pk].recall
    )
    assert 0.9 < at_once < 1
    assert lesson_strengths(learner, [lesson], now + 2 * DAY)[lesson.pk].recall < at_once


def test_the_strength_of_a_lesson_is_the_mean_chance_of_recall(learner):
    now = timezone.now()
    lessons = answered_days_ago(learner, 3, lessons=2)
    cards = ReviewCard.objects.filter(user=learner, question__lesson=lessons[0])
    chances = [recall(card.stability, (now - card.last_at) / DAY) for card in cards]
    strength = lesson_strengths(learner, lessons, now)[lessons[0].pk]
    assert strength.recall == pytest.approx(fmean(chances))
    assert strength.percent == round(100 * fmean(chances))


def test_misses_after_the_third_are_folded_and_their_questions_stay_in_sight(client, learner):
    answered_days_ago(learner, 10)
    client.post(REVIEW)
    for number in range(1, 5):
        response = submit(client, client.get(f"/review/{number}/"), "no")
    [link] = page(client.get(response.url)).find_all("a", string="See the result")
    soup = page(client.get(link["href"]))
    misses = soup.select("[aria-labelledby=page-slipped] li.card")
    assert [bool(miss.select("details.fold")) for miss in misses] == [False, False, False, True]
    assert len(misses[3].find_all("h3")) == 1
    assert misses[3].summary.h3.get_text().startswith("What of")
    assert "Comes again" in misses[3].find(class_="again").get_text()
    first, second = soup.select(".button-row .button")
    assert first.get_text(strip=True) == "Retry the 4 you missed"
    assert "quiet" in second["class"]


def test_the_start_page_counts_the_days_once(learner):
    answered_days_ago(learner, 10)
    with CaptureQueriesContext(connection) as queries:
        shown_review(learner, timezone.now())
    assert sum("COUNT(" in query["sql"] for query in queries) == 1


def test_accuracy_is_shown_for_enough_reviews_and_without_guesses(client, learner):
    answered_days_ago(learner, 30, lessons=12)
    now = timezone.now()
    for _ in range(2):
        response = client.post(REVIEW, follow=True)
        while page(response).find("form", class_="question"):
            client.get(submit(client, response, "yes").url)
            response = client.get(REVIEW, follow=True)
            response = (
                client.post(REVIEW, follow=True) if b"to go" in response.content else response
            )
    given = Response.objects.filter(item__attempt__scope=Scope.REVIEW)
    assert given.count() == 24
    assert review_accuracy(learner, now).known == 1
    for response in given[:6]:
        Response.objects.filter(pk=response.pk).update(verdict="incorrect", fraction=0)
    # 18 of 24 with three choices: (0.75 - 1/3) / (2/3)
    assert review_accuracy(learner, now).known == pytest.approx(0.625)
    assert "you still knew 62%, guesses taken out" in text_of(client.get(REVIEW))
    assert review_accuracy(learner, now + 60 * DAY) is None


def test_how_often_is_saved_and_refused(client, learner):
    answered_days_ago(learner, 0)
    before = ReviewCard.objects.order_by("pk").first().due_at
    response = client.post("/review/retention/", {"percent": "95"}, follow=True)
    assert "know them is 95%" in text_of(response)
    assert page(response).find("input", value="95").has_attr("checked")
    assert ReviewCard.objects.order_by("pk").first().due_at < before
    for wrong in ["", "20", "100", "ninety"]:
        response = client.post("/review/retention/", {"percent": wrong})
        assert response.status_code == 422
        assert "from 80 to 95 percent" in text_of(response)
    learner.refresh_from_db()
    assert learner.desired_retention == 0.95


def test_a_guest_may_say_how_often(client):
    assert client.post("/review/retention/", {"percent": "200"}).status_code == 422
    assert not User.objects.exists()
    client.post("/review/retention/", {"percent": "80"})
    assert User.objects.get().desired_retention == 0.8


def test_more_to_remember_means_more_reviews_a_day(learner):
    answered_days_ago(learner, 0, lessons=5)
    paces = reviews_a_day(learner, [0.8, 0.9, 0.95])
    # Ten questions, each after 8 days; after 2 and 13; after 1, 4 and 12 days.
    assert paces == {0.8: 10 / 30, 0.9: 20 / 30, 0.95: 30 / 30}


def many_cards(user, number, lesson):
    """So many questions that were answered, written straight into the database."""
    at = timezone.now() - 10 * DAY
    draft = make_draft("template")
    names = [f"many-{n}" for n in range(number)]
    Question.objects.bulk_create(
        Question(course=lesson.course, lesson=lesson, key=name, position=9) for name in names
    )
    questions = list(Question.objects.filter(key__startswith="many-"))
    QuestionVersion.objects.bulk_create(
        QuestionVersion(
            question=question, number=1, digest=question.key, matter=draft.matter, kind=draft.kind,
            spec=draft.spec, wording=draft.wording, parts=draft.parts, created_at=at,
        )
        for question in questions
    )  # fmt: skip
    versions = {version.question_id: version for version in QuestionVersion.objects.all()}
    for question in questions:
        question.live = versions[question.pk]
    Question.objects.bulk_update(questions, ["live"], batch_size=400)
    ReviewCard.objects.bulk_create(
        ReviewCard(
            user=user, question=question, matter=draft.matter, stability=3 + n % 50, difficulty=5,
            due_at=at + (n % 30) * DAY, first_at=at, last_at=at,
        )
        for n, question in enumerate(questions)
    )  # fmt: skip
    with connection.cursor() as cursor:
        # As PostgreSQL does by itself after a while; till then it looks for each row by itself.
        cursor.execute("ANALYZE")


def test_two_thousand_cards_take_no_more_queries_than_four(client, learner):
    [lesson, _] = answered_days_ago(learner, 10)
    client.get(REVIEW)
    with CaptureQueriesContext(connection) as few:
        client.get(REVIEW)
    many_cards(learner, 2000, lesson)
    with CaptureQueriesContext(connection) as many:
        assert "questions are due" in text_of(client.get(REVIEW))
    assert len(many) == len(few) <= 12
    with CaptureQueriesContext(connection) as started:
        client.post(REVIEW)
    assert len(started) <= 16
    with CaptureQueriesContext(connection) as rebuilt:
        rebuild_cards(learner)
    assert len(rebuilt) < 20
