"""The search page over real requests: with HTMX, without, and with anything in its address."""

import pytest
from bs4 import BeautifulSoup

from learn.models import Lesson
from learn.searching.indexing import refresh_index
from tests.factories import make_course, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")

HTML = """<p>A scheduler &lt;b&gt;bold&lt;/b&gt; for heavy work.</p>
<h2 id="queues">Job queues</h2><p>An <abbr title="Simple Queue Service">SQS</abbr> queue.</p>"""
HTMX = {"HX-Request": "true"}


@pytest.fixture
def course():
    course = make_course("cloud")
    lesson = make_lesson(course, "batch")
    lesson.live.blocks = [{"kind": "prose", "html": HTML}]
    lesson.live.save()
    refresh_index()
    return course


def page(client, query, **options):
    response = client.get("/search/", query, **options)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_page_is_a_form_that_works_by_itself(client, course):
    soup = page(client, {"q": "queue"})
    form = soup.select_one("main form[role=search]")
    assert (form["method"], form["action"]) == ("get", "/search/")
    assert form.select_one("input[name=q]")["value"] == "queue"
    links = [link["href"] for link in soup.select("#page-results h3 a")]
    assert "/courses/cloud/batch/#queues" in links
    assert "queue" in [mark.text.lower() for mark in soup.select("#page-results mark")]
    assert "result" in soup.select_one(".search-count").text
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"


def test_every_page_leads_to_the_search(client, course):
    assert '<a class="search-link" href="/search/"' in client.get("/").text


def test_htmx_gets_the_results_and_the_news_for_the_status(client, course):
    response = client.get("/search/", {"q": "queue"}, headers=HTMX)
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("html") is None
    assert soup.select_one("#page-status")["hx-swap-oob"] == "innerHTML"
    assert "results" in soup.select_one("#page-status").text
    assert soup.select_one("title").text.startswith("Search: queue")
    assert "HX-Request" in response["Vary"]
    assert response["X-Robots-Tag"] == "noindex"


def test_a_restored_page_is_whole(client, course):
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/search/", {"q": "queue"}, headers=headers).text


def test_text_stays_text(client, course):
    soup = page(client, {"q": "bold <script>alert(1)</script>"})
    assert soup.select("#page-results b") == []
    assert soup.select("main script") == []
    assert "<b>bold</b>" in page(client, {"q": "bold"}).select_one(".search-passage").text


def test_an_empty_page_teaches_with_the_courses_words(client, course):
    soup = page(client, {})
    assert [link.text for link in soup.select(".search-help dd a")] == ["SQS"]
    assert (
        page(client, {"q": "xyzzyplugh"})
        .select_one(".lead")
        .text.startswith("Nothing was found for “xyzzyplugh”.")
    )


def test_a_mistyped_word_can_still_be_had_as_typed(client, course):
    soup = page(client, {"q": "schedulre"})
    notice = soup.select_one(".notice")
    assert "Showing results for scheduler." in notice.text
    exact = page(client, {"q": "schedulre", "exact": "1"})
    assert notice.a["href"] == "?q=schedulre&exact=1"
    assert exact.select(".search-list") == []


def many(course, count):
    for n in range(count):
        lesson = make_lesson(course, f"many-{n}", drafts=[], position=n + 2)
        lesson.live.blocks = [{"kind": "prose", "html": "<p>plenty of plenty</p>"}]
        lesson.live.save()
    refresh_index()


def test_many_results_come_page_by_page(client, course):
    many(course, 25)
    first = page(client, {"q": "plenty"})
    assert len(first.select(".search-list li")) == 20
    assert "1–20 of 25" in first.text
    second = page(client, {"q": "plenty", "in": "lesson", "page": "2"})
    assert first.select_one("a[rel=next]")["href"] == "?q=plenty&in=lesson&page=2"
    assert len(second.select(".search-list li")) == 5
    assert second.select_one("a[rel=prev]")["href"] == "?q=plenty&in=lesson&page=1"
    shown = [link["href"] for soup in (first, second) for link in soup.select("h3 a")]
    assert len(set(shown)) == 25


@pytest.mark.parametrize(
    "query",
    [
        *({"page": page} for page in ("0", "99", "-1", "²", "9" * 99)),
        *({"in": kind} for kind in ("nothing", "question", "term")),
        *({"exact": "no"}, {"q": "\0"}),
    ],
)
def test_any_address_has_a_page(client, course, query):
    page(client, {"q": "queue", **query})
    page(client, {"q": "queue", **query}, headers=HTMX)


def test_an_address_that_is_not_text_has_a_page(client, course):
    assert client.get("/search/?q=%ff%fe&in=%00").status_code == 200


def test_a_search_writes_nothing_and_asks_little(client, course, django_assert_max_num_queries):
    many(course, 25)
    with django_assert_max_num_queries(12):
        response = client.get("/search/", {"q": "plenty"})
    assert "visitor" not in response.cookies


def test_a_lesson_off_the_site_is_not_linked(client, course):
    Lesson.objects.update(retired_at="2026-11-21T00:00Z")
    assert page(client, {"q": "queue"}).select("#page-results h3") == []
