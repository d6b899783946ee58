"""Home, outline, lesson and progress over real requests."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learn.models import CourseRole, Lesson, LessonVisit, MediaFile, Revision, User
from quizzes.models import Question
from tests.factories import NOW, answer, begin, make_course, make_draft, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")


def soup_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def course():
    """A course of three lessons; the last has no questions."""
    course = make_course()
    make_lesson(course, "cats", position=1)
    make_lesson(course, "dogs", [make_draft("three"), make_draft("four")], position=2)
    make_lesson(course, "owls", [], position=3)
    return course


@pytest.fixture
def learner(client):
    """Somebody signed in."""
    learner = make_learner()
    client.force_login(learner)
    return learner


@pytest.fixture
def many(course):
    """Lessons without questions, until the course has 230."""
    there = course.lessons.count()
    lessons = Lesson.objects.bulk_create(
        Lesson(course=course, slug=f"more-{n}", file_name=f"more-{n}.md", position=n)
        for n in range(there + 1, 231)
    )
    template = {
        "digest": "d", "render_digest": "r", "source": "", "markdown": "", "blocks": [],
        "quiz": {}, "created_at": NOW, "summary": "What it is for.", "minutes": 4,
    }  # fmt: skip
    revisions = Revision.objects.bulk_create(
        Revision(lesson=lesson, number=1, title=lesson.slug, **template) for lesson in lessons
    )
    for lesson, revision in zip(lessons, revisions, strict=True):
        lesson.live = revision
    Lesson.objects.bulk_update(lessons, ["live"])


def test_a_stranger_is_one_click_from_the_first_lesson_and_two_from_the_first_question(
    client, course
):
    home = soup_of(client, "/")
    first = home.select_one("a.button")["href"]
    assert first == "/courses/animals/cats/"
    check = soup_of(client, first).select_one("#page-end a.button")["href"]
    assert soup_of(client, check).find("fieldset")


def test_the_only_course_shows_its_lessons_on_the_home_page(client, course):
    links = [link["href"] for link in soup_of(client, "/").select(".first-lessons a")]
    assert links == ["/courses/animals/cats/", "/courses/animals/dogs/", "/courses/animals/owls/"]
    make_lesson(make_course("plants"), "oaks", [make_draft("five")])
    assert not soup_of(client, "/").select(".first-lessons")


def test_home_says_what_it_is_where_it_starts_and_how_long_it_takes(client, course):
    pitch = soup_of(client, "/").select_one(".pitch")
    assert pitch.h1.get_text(" ", strip=True) == "Read a little. Answer a little. Remember it."
    assert "No account needed" in pitch.get_text()
    assert "Cats, 1 minute" in pitch.get_text()


def test_a_returning_learner_gets_one_card_to_the_first_unfinished_step(client, course, learner):
    cats = Lesson.objects.get(slug="cats")
    attempt = begin(cats, learner)
    answer(attempt, 1, "yes")
    card = soup_of(client, "/").select_one(".continue")
    assert "1 of 2 answered" in card.get_text()
    assert card.select_one("a.button")["href"] == "/courses/animals/cats/check/"
    answer(attempt, 2, "yes")
    card = soup_of(client, "/").select_one(".continue")
    assert card.select_one("a.button")["href"] == "/courses/animals/dogs/"


def test_with_everything_done_there_is_nothing_to_continue(client, course, learner):
    now = timezone.now()  # later there would be a review
    for lesson in Lesson.objects.all():
        if lesson.questions.exists():
            attempt = begin(lesson, learner, at=now)
            answer(attempt, 1, "yes", at=now)
            answer(attempt, 2, "yes", at=now)
        LessonVisit.objects.mark_read(user=learner, lesson=lesson, at=now)
    assert not soup_of(client, "/").select(".continue")


def test_the_outline_is_marked_with_what_was_done(client, course, learner):
    attempt = begin(Lesson.objects.get(slug="cats"), learner)
    answer(attempt, 1, "yes")
    answer(attempt, 2, "no")
    LessonVisit.objects.mark_read(user=learner, lesson=Lesson.objects.get(slug="owls"), at=NOW)
    rows = soup_of(client, "/courses/animals/").select(".outline-list > li")
    marks = [row.select_one(".mark-cell").get_text(strip=True) for row in rows]
    assert marks == ["1 of 2 right", "", "Read"]


def test_a_mark_that_was_not_meant_is_taken_back(client, course, learner):
    owls = "/courses/animals/owls/"
    for headers in ({}, {"HX-Request": "true"}):
        client.post(f"{owls}read/", headers=headers)
        assert soup_of(client, owls).select_one("#page-read .mark.done")
        client.post(f"{owls}read/", {"undo": "1"}, headers=headers)
        assert soup_of(client, owls).select_one("#page-read button").text == "Mark as read"


def numbers_on(page):
    """The numbers of the lessons that an outline shows, and the part that it says is shown."""
    outline = BeautifulSoup(page.content, "html.parser")
    shown = [int(one.text) for one in outline.select(".outline-list .number")]
    return shown, outline.select_one(".parts [aria-current]").text


def test_of_a_long_outline_that_part_is_shown_where_the_person_is(client, course, learner, many):
    address = course.get_absolute_url()
    assert numbers_on(client.get(address)) == ([*range(1, 101)], "1–100")
    assert numbers_on(client.get(f"{address}?page=3")) == ([*range(201, 231)], "201–230")
    assert numbers_on(client.get(f"{address}?page=99"))[1] == "201–230"
    assert numbers_on(client.get(f"{address}?page=x"))[1] == "1–100"
    assert len(client.get(address).content) < 60_000
    # Read up to the middle of the second part.
    for lesson in course.lessons.in_order()[:150]:
        LessonVisit.objects.create(
            user=learner, lesson=lesson, first_at=NOW, last_at=NOW, read_at=NOW
        )
    Question.objects.all().update(retired_at=NOW)
    assert numbers_on(client.get(address))[1] == "101–200"
    assert b"150 of 230 done" in client.get(f"{address}?page=1").content


def test_a_lesson_shows_its_text_its_neighbours_and_the_way_to_its_check(client, course):
    soup = soup_of(client, "/courses/animals/dogs/")
    assert soup.h1.get_text() == "Dogs"
    assert "About dogs." in soup.select_one(".prose").get_text()
    assert soup.find("a", rel="prev")["href"] == "/courses/animals/cats/"
    assert soup.find("a", rel="next")["href"] == "/courses/animals/owls/"
    assert soup.find("a", href="/courses/animals/dogs/check/")


def test_a_lesson_without_questions_offers_no_check(client, course):
    assert not soup_of(client, "/courses/animals/owls/").find("a", href=re.compile("/check/"))


def test_page_views_write_nothing(client, course):
    for address in ["/", "/courses/animals/", "/courses/animals/cats/", "/progress/"]:
        soup_of(client, address)
    assert not User.objects.exists()
    assert not LessonVisit.objects.exists()


def test_marking_as_read_keeps_the_first_day_and_makes_a_guest(client, course):
    address = "/courses/animals/owls/read/"
    assert client.post(address)["Location"] == "/courses/animals/owls/#page-end"
    first = LessonVisit.objects.get().read_at
    response = client.post(address, headers={"HX-Request": "true"})
    assert b"Read on" in response.content
    assert b"<html" not in response.content
    assert LessonVisit.objects.get().read_at == first
    assert User.objects.get().is_guest


def test_drafts_and_retired_lessons_are_not_shown(client, course):
    make_lesson(course, "draft", [], position=4, status="draft")
    Lesson.objects.filter(slug="owls").update(retired_at=NOW)
    assert client.get("/courses/animals/draft/").status_code == 404
    assert client.get("/courses/animals/owls/").status_code == 404
    titles = [a.get_text() for a in soup_of(client, "/courses/animals/").select(".outline-list a")]
    assert titles == ["Cats", "Dogs"]


def test_the_markdown_of_a_lesson_is_at_its_own_address(client, course):
    response = client.get("/courses/animals/cats.md")
    assert response["Content-Type"].startswith("text/markdown")
    assert response.content == b"# cats"


def test_a_picture_is_served_but_can_never_run(client, course):
    row = MediaFile(course=course, path="media/x.svg", digest="d" * 64)
    row.file.save("animals/d.svg", ContentFile(b"<svg/>"))
    response = client.get("/courses/animals/media/x.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content == b"<svg/>"
    assert client.get("/courses/animals/media/../settings.py").status_code == 404


def test_a_picture_that_was_drawn_anew_is_soon_seen_and_never_waited_for(client, course, settings):
    row = MediaFile(course=course, path="media/x.svg", digest="d" * 64)
    row.file.save("animals/d.svg", ContentFile(b"<svg/>"))
    kept = client.get("/courses/animals/media/x.svg")["Cache-Control"].split(", ")
    assert kept == ["public", "max-age=300", "stale-while-revalidate=3300"]
    settings.WATCHES = True
    assert client.get("/courses/animals/media/x.svg")["Cache-Control"] == "private, no-cache"


def test_pictures_of_a_course_in_the_making_are_for_those_who_write_it(client, learner):
    course = make_course(status="draft")
    row = MediaFile(course=course, path="media/x.svg", digest="d" * 64)
    row.file.save("animals/d.svg", ContentFile(b"<svg/>"))
    address = "/courses/animals/media/x.svg"
    client.force_login(learner)
    assert client.get(address).status_code == 404
    CourseRole.objects.create(user=learner, course=course, role="author")
    given = client.get(address)
    assert given.status_code == 200
    assert given["Cache-Control"] == "private, no-cache"
    assert "Open the studio" in client.get("/").content.decode()


def test_progress_shows_what_was_read_and_answered(client, course, learner):
    assert "Nothing here yet" in soup_of(client, "/progress/").get_text()
    answer(begin(Lesson.objects.get(slug="cats"), learner), 1, "yes")
    soup = soup_of(client, "/progress/")
    assert "1 of 2 answered" in soup.select_one(".lesson-table").get_text()
    assert "1 of 2 answered" not in Client().get("/progress/").content.decode()


def test_an_empty_site_says_what_to_do(client):
    assert "Put Markdown files" in soup_of(client, "/").get_text()


def test_every_page_has_a_strict_policy_and_no_inline_code(client, course):
    for address in ["/", "/courses/animals/cats/", "/courses/animals/cats/check/", "/nothing/"]:
        response = client.get(address)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        soup = BeautifulSoup(response.content, "html.parser")
        scripts = [s for s in soup.find_all("script") if not s.get("src")]
        # Data of schema.org is never run; the policy does not concern it.
        assert all(script["type"] == "application/ld+json" for script in scripts)
        assert not soup.find_all(style=True)
        assert not soup.find_all("style")


def test_a_missing_page_says_so_kindly(client):
    response = client.get("/courses/none/")
    assert response.status_code == 404
    assert "There is no page here" in response.content.decode()


def test_a_form_without_its_token_is_told_what_to_do(course):
    response = Client(enforce_csrf_checks=True).post("/courses/animals/owls/read/")
    assert response.status_code == 403
    assert "reload the page" in response.content.decode()


def test_health_is_told_in_a_word(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.parametrize(
    ("address", "most"),
    [("/", 10), ("/courses/animals/", 8), ("/courses/animals/l1/", 8), ("/progress/", 12)],
)
def test_queries_do_not_grow_with_the_course_or_the_history(client, learner, address, most):
    course = make_course()
    counts = []
    for size in (3, 30):
        for number in range(Lesson.objects.count(), size):
            drafts = [make_draft(f"{number}-{n}") for n in range(3)]
            lesson = make_lesson(course, f"l{number}", drafts, position=number)
            answer(begin(lesson, learner), 1, "yes")
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            # With a query it is made anew, not shown out of memory.
            assert client.get(address, {"new": ""}).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= most, [query["sql"][:90] for query in captured]


@pytest.mark.parametrize(
    "address",
    ["/courses/%00/", "/courses/a/%00/", "/courses/a/%00.md", "/courses/a/b/check/quick/%00/"],
)
def test_an_address_that_no_database_can_look_up_is_not_found(client, address):
    assert client.get(address).status_code == 404
