"""'This is unclear' reaches the instructors with its place, and the reporter hears of the end."""

import pytest
from bs4 import BeautifulSoup

from learn.annotations import LONGEST_REPORT
from learn.models import CourseRole, Revision, UnclearReport, User
from quizzes.models import QuestionVersion
from tests.factories import make_course, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")

LESSON = "/courses/animals/cats/"
UNCLEAR = f"{LESSON}unclear/"
REPORTS = "/studio/animals/reports/"
HTML = '<p>Cats purr often.</p><h2 id="fur">Fur</h2><p>It is soft.</p>'
SOURCE = "# Cats\n\nCats *purr* often.\n\n## Fur\n\nIt is soft.\n"


@pytest.fixture
def lesson():
    lesson = make_lesson(make_course())
    blocks = [{"kind": "prose", "html": HTML}]
    Revision.objects.filter(lesson=lesson).update(blocks=blocks, source=SOURCE)
    return lesson


@pytest.fixture
def instructor(lesson):
    person = make_learner("instructor")
    CourseRole.objects.create(user=person, course=lesson.course, role="instructor")
    return person


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def test_a_passage_is_chosen_from_the_text(client, lesson):
    page = soup(client.get(UNCLEAR))
    choices = [label.get_text(strip=True) for label in page.select(".excerpts label")]
    assert choices == ["All of it", "Cats purr often.", "It is soft."]
    response = client.post(UNCLEAR, {"passage": "1", "text": "How soft?"}, follow=True)
    assert "Thank you" in soup(response).h1.get_text()
    report = UnclearReport.objects.get()
    assert (report.anchor, report.excerpt, report.text) == ("fur", "It is soft.", "How soft?")


def test_a_section_narrows_the_passages(client, lesson):
    page = soup(client.get(f"{UNCLEAR}?section=fur"))
    assert len(page.select(".excerpts label")) == 2
    client.post(f"{UNCLEAR}?section=fur", {"passage": "0"})
    assert UnclearReport.objects.get().excerpt == "It is soft."


@pytest.mark.parametrize("passage", ["", "99", "-1", "x", "²", "9" * 5000, "\x00"])
def test_whatever_is_no_passage_means_the_whole_lesson(client, lesson, passage):
    assert client.post(UNCLEAR, {"passage": passage}).status_code == 302
    assert UnclearReport.objects.get().excerpt == ""


def test_saying_it_again_changes_the_words(client, lesson):
    client.post(UNCLEAR, {"passage": "0", "text": "what"})
    client.post(UNCLEAR, {"passage": "0", "text": "what is purring"})
    assert UnclearReport.objects.get().text == "what is purring"


def test_too_many_words_come_back(client, lesson):
    text = "y" * (LONGEST_REPORT + 1)
    response = client.post(UNCLEAR, {"passage": "1", "text": text})
    assert response.status_code == 422
    page = soup(response)
    assert page.textarea.get_text(strip=True) == text
    assert page.select_one(".excerpts input[checked]")["value"] == "1"
    assert not UnclearReport.objects.exists()


def test_looking_writes_nothing(client, lesson):
    client.get(UNCLEAR)
    assert not User.objects.exists()


def test_a_question_is_reported_from_its_feedback(client, lesson):
    version = QuestionVersion.objects.first()
    short = version.code
    check = soup(client.get(f"{LESSON}check/1/"))
    fields = {field["name"]: field["value"] for field in check.select("input[type=hidden]")}
    answered = client.post(
        f"{LESSON}check/1/",
        {**fields, "choice": check.select_one("[name=choice]")["value"]},
        follow=True,
    )
    assert soup(answered).find("a", string="This question is unclear")
    arrived = client.get(f"/unclear/{short}/", follow=True)
    assert version.wording["stem"] in soup(arrived).select_one(".excerpt").get_text()
    client.post(f"{UNCLEAR}?question={short}", {"text": "ambiguous"})
    report = UnclearReport.objects.get()
    assert report.question_key == version.question.key
    assert report.excerpt == version.wording["stem"]


@pytest.mark.parametrize("version", ["0" * 16, "%00" * 16, "x", "é" * 16])
def test_a_question_that_nobody_knows_is_not_found(client, lesson, version):
    assert client.get(f"/unclear/{version}/").status_code == 404
    assert client.get(f"{UNCLEAR}?question={version}").status_code == 200


def test_the_instructor_sees_where_it_is_and_settles_it(client, lesson, instructor):
    readers = [make_learner("one"), make_learner("two")]
    for reader, text in zip(readers, ("How soft?", ""), strict=True):
        client.force_login(reader)
        client.post(UNCLEAR, {"passage": "1", "text": text})
    client.post(UNCLEAR, {"passage": "0"})
    client.force_login(instructor)
    rows = soup(client.get(REPORTS)).select(".report")
    assert len(rows) == 2
    first = " ".join(rows[0].get_text().split())
    assert "cats.md:7" in first
    assert "It is soft." in first
    assert "How soft?" in first
    assert "2 readers" in first
    assert rows[0].select_one("a[href*='edit/cats.md']")["href"].endswith("#L7")
    client.post(REPORTS, {"settle": rows[0].select_one("[name=settle]")["value"]})
    assert UnclearReport.objects.filter(resolved_at=None).count() == 1
    assert len(soup(client.get(REPORTS)).select(".report")) == 1
    client.force_login(readers[0])
    assert "Settled on" in soup(client.get("/notes/")).get_text()


@pytest.mark.parametrize("settle", ["", "x", "0", "²", "9" * 400])
def test_what_is_no_report_settles_nothing(client, lesson, instructor, settle):
    client.post(UNCLEAR, {"passage": "1"})
    client.force_login(instructor)
    assert client.post(REPORTS, {"settle": settle}).status_code == 302
    assert UnclearReport.objects.filter(resolved_at=None).exists()


def test_a_report_of_another_course_is_out_of_reach(client, lesson, instructor):
    other = make_lesson(make_course("plants"), slug="moss")
    client.post("/courses/plants/moss/unclear/", {"text": "green?"})
    client.force_login(instructor)
    client.post(REPORTS, {"settle": UnclearReport.objects.get(lesson=other).pk})
    assert UnclearReport.objects.get().resolved_at is None
