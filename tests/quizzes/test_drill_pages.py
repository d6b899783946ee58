"""A table is practised from its lesson, page by page, also without JavaScript."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learn.models import User
from quizzes.models import Attempt, ComparisonTable, Response
from tests.factories import make_draft, make_lesson
from tests.tables import COMPARE, DECIDE, lesson_with_table, publish_tables

pytestmark = pytest.mark.django_db(databases="__all__")
LESSON = "/courses/animals/cats/"
DRILL = f"{LESSON}drill/at-a-glance/"
FIGURE = (
    '<figure class="table compare" id="at-a-glance"><table><tbody><tr><th>A'
    '<sup class="footnote-ref"><a href="#fn-1">1</a></sup></th></tr></tbody></table>'
    '<figcaption id="at-a-glance-caption">At a glance</figcaption></figure>'
)


@pytest.fixture
def lesson():
    lesson = lesson_with_table(others=[make_draft("one")])
    lesson.live.blocks = [{"kind": "prose", "html": f"<p>Before.</p>{FIGURE}"}]
    lesson.live.save()
    return lesson


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def answer(client, url, right=True):
    """Answer the question on the page at ``url`` and return the page that follows."""
    page = soup(client.get(url))
    form = page.select_one("form.question")
    hidden = {f["name"]: f["value"] for f in form.select("input[type=hidden]")}
    statement = form.select_one("h1.stem").get_text()
    mill = any(text in statement for text in ("15 minutes", "a bell rings", "a fee"))
    wanted = "Mill" if mill == right else "Grinder"
    choice = next(
        label.input["value"] for label in form.select("label.choice") if wanted in label.get_text()
    )
    return client.post(form["action"], {**hidden, "choice": choice}, follow=True)


def begin(client):
    return client.post(DRILL)["Location"]


def test_the_lesson_leads_to_the_practice_of_each_table(client, lesson):
    page = soup(client.get(LESSON))
    tools = page.select_one("figure#at-a-glance > figcaption + .drill-tools")
    assert tools.a["href"] == DRILL
    assert tools.a["aria-describedby"] == "at-a-glance-caption"
    assert not tools.select(".held-marks")
    assert not User.objects.exists()


def test_the_way_in_gives_nothing_away_and_writes_nothing(client, lesson):
    body = client.get(DRILL).content.decode()
    assert "Sort the statements" in body
    assert "15 minutes" not in body
    assert not User.objects.exists()


def test_a_statement_is_answered_and_told_with_its_row(client, lesson):
    response = answer(client, begin(client), right=False)
    page = soup(response)
    assert page.select_one("[data-verdict=incorrect]")
    assert len(page.select(".row-told td.is-true")) == 1
    taken = page.select_one(".row-told td[data-taken]")
    assert "is-true" not in taken.get("class", [])
    assert "You took it for this" in taken.get_text()
    assert Response.objects.count() == 1


def test_a_right_answer_marks_no_other_cell(client, lesson):
    page = soup(answer(client, begin(client)))
    assert page.select_one("[data-verdict=correct]")
    assert page.select_one(".row-told td[data-taken]")["class"] == ["is-true"]


def test_a_key_is_in_no_byte_before_the_answer(client, lesson):
    body = client.get(begin(client)).content.decode()
    assert "is-true" not in body
    assert "this is" not in body


def test_misses_come_back_until_right_and_the_end_tells_the_principle(client, lesson):
    url = begin(client)
    for position in range(1, 7):
        answer(client, f"{DRILL}{position}/", right=position != 2)
    assert Attempt.objects.get().right == 5
    page = soup(client.get(f"{DRILL}2/"))
    again = page.select_one(".action-bar .button")["href"]
    assert again == f"{DRILL}2/?again"
    answer(client, again)
    result = soup(client.get(f"{DRILL}results/{Attempt.objects.get().token}/"))
    assert "5 of 6 right" in result.h1.get_text()
    assert "One reacts, the other waits." in result.select_one(".principle").get_text()
    assert len(result.select(".missed-list > li")) == 1
    assert len(result.select("td .held")) == 6
    assert result.find("a", string="Back to the table in the lesson")["href"].endswith(
        f"{LESSON}#at-a-glance"
    )
    assert url == f"{DRILL}1/"


def test_what_was_left_off_goes_on(client, lesson):
    answer(client, begin(client))
    page = soup(client.get(DRILL))
    assert page.find("a", class_="button", href=f"{DRILL}2/")
    assert begin(client) == f"{DRILL}2/"


def test_the_heat_map_follows_the_first_answer(client, lesson):
    answer(client, begin(client))
    page = soup(client.get(LESSON))
    marks = page.select(".held-marks > li")
    assert len(marks) == 6
    assert sorted(mark.select_one(".held")["data-step"] for mark in marks) == list("000003")
    assert all(mark["data-cell"].startswith("at-a-glance.") for mark in marks)
    assert page.select_one("button[data-held-of]").has_attr("hidden")
    assert len(soup(client.get(DRILL)).select("td .held")) == 6


def test_a_column_can_be_covered_without_a_script(client, lesson):
    page = soup(client.get(f"{DRILL}?cover=mill"))
    covers = page.select("td details.cover")
    assert [cover.get_text(strip=True)[:4] for cover in covers] == ["Show"] * 3
    assert "Longest run, Mill" in covers[0].summary.get_text()
    assert not Attempt.objects.exists()


def test_a_decision_table_asks_what_one_would_choose(client, lesson):
    publish_tables(lesson, DECIDE)
    url = client.post(f"{LESSON}drill/which-tool/")["Location"]
    page = soup(client.get(url))
    assert "Which would you choose?" in page.get_text()
    assert len(page.select("label.choice")) == 4


@pytest.mark.parametrize(
    "path",
    [
        f"{LESSON}drill/nowhere/",
        f"{LESSON}drill/nowhere/1/",
        f"{DRILL}results/unknown/",
        "/courses/animals/dogs/drill/at-a-glance/",
    ],
)
def test_what_is_not_there_is_not_found(client, lesson, path):
    assert client.get(path).status_code == 404


def test_a_question_without_an_attempt_leads_to_the_start(client, lesson):
    assert client.get(f"{DRILL}1/")["Location"] == DRILL


def test_an_answer_to_nothing_is_not_found(client, lesson):
    assert client.post(f"{DRILL}1/", {"attempt": "\x00", "version": "x"}).status_code == 404


def test_another_persons_result_is_not_found(client, lesson):
    begin(client)
    token = Attempt.objects.get().token
    client.cookies.clear()
    assert client.get(f"{DRILL}results/{token}/").status_code == 404


def test_the_result_waits_for_the_last_answer(client, lesson):
    begin(client)
    token = Attempt.objects.get().token
    assert client.get(f"{DRILL}results/{token}/")["Location"] == DRILL


def test_a_table_that_is_gone_is_no_more_practised(client, lesson):
    publish_tables(lesson, "# Nothing", others=[make_draft("one")])
    assert client.get(DRILL).status_code == 404
    assert not soup(client.get(LESSON)).select(".drill-tools")
    publish_tables(lesson, COMPARE)
    assert ComparisonTable.objects.count() == 1
    assert client.get(DRILL).status_code == 200


def test_a_table_is_shown_in_another_lesson_and_practised_at_home(client, lesson):
    place = f'<p>See:</p><p><a href="{LESSON}#at-a-glance"></a></p><p>So.</p>'
    other = make_lesson(course=lesson.course, slug="dogs", drafts=[], position=2)
    other.live.blocks = [{"kind": "prose", "html": place}]
    other.live.save()
    page = soup(client.get("/courses/animals/dogs/"))
    figure = page.select_one("figure#at-a-glance")
    assert figure.select_one(".drill-tools a")["href"] == DRILL
    assert figure.select_one("figcaption .provenance a")["href"] == f"{LESSON}#at-a-glance"
    assert not figure.select(".footnote-ref")
    assert page.find("p", string="So.")


def test_a_table_that_cannot_be_shown_elsewhere_is_linked_to(client, lesson):
    other = make_lesson(course=lesson.course, slug="dogs", drafts=[], position=2)
    places = [f"{LESSON}#nowhere", "/courses/animals/birds/#at-a-glance"]
    html = "".join(f'<p><a href="{place}"></a></p>' for place in places)
    other.live.blocks = [{"kind": "prose", "html": html}]
    other.live.save()
    page = soup(client.get("/courses/animals/dogs/"))
    links = [page.find("a", href=place).get_text() for place in places]
    assert links == ["Cats", "See the table"]


def test_a_borrowed_table_never_doubles_an_id(client, lesson):
    other = make_lesson(course=lesson.course, slug="dogs", drafts=[], position=2)
    place = f'<p><a href="{LESSON}#at-a-glance"></a></p>'
    other.live.blocks = [{"kind": "prose", "html": FIGURE + place + place}]
    other.live.save()
    page = soup(client.get("/courses/animals/dogs/"))
    ids = [node["id"] for node in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert len(page.select("figure.compare")) == 3


def test_a_drill_costs_the_lesson_one_query(client, lesson):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(LESSON, {"new": ""})  # made anew, not shown out of memory
        return len(asked)

    begin(client)
    answer(client, f"{DRILL}1/")
    with_one_answer = queries()
    for position in range(2, 7):
        answer(client, f"{DRILL}{position}/")
    with_all = queries()
    lesson.live.blocks = [{"kind": "prose", "html": "<p>Before.</p>"}]
    lesson.live.save()
    assert with_one_answer == with_all == queries() + 1


def test_the_check_and_the_markdown_do_not_know_of_cells(client, lesson):
    assert "Question 1 of 1" in soup(client.get(f"{LESSON}check/")).title.get_text()
