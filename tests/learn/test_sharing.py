"""What pages say of themselves to search engines, feed readers and those who share a link."""

import json
import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learn.loading import sync_content
from learn.models import Lesson
from learn.rendering import Renderer
from learn.sharing.describing import LONGEST, first_sentence
from learn.sharing.structured import duration
from tests.factories import (
    DAY,
    NOW,
    make_course,
    make_draft,
    make_lesson,
    make_question,
    write_files,
)

pytestmark = pytest.mark.django_db(databases="__all__")

PUBLIC = ["/", "/courses/animals/", "/courses/animals/cats/", "/courses/animals/cats/check/"]
SITE = "http://testserver"
JAPANESE = "豆を挽くと香りは数分で消えてしまうので、淹れる直前に挽くのがよいとされている話である。"


@pytest.fixture
def course():
    """A course of two lessons, and what no stranger may know of: drafts and what is retired."""
    course = make_course(summary="Animals that live with people.")
    make_lesson(course, "cats", position=1, summary="How cats live.", tags=["pets"])
    make_lesson(course, "dogs", [make_draft("three")], position=2)
    make_lesson(course, "secret-draft", [make_draft("four")], position=3, status="draft")
    make_lesson(course, "secret-gone", [make_draft("five")], position=4)
    Lesson.objects.filter(slug="secret-gone").update(retired_at=NOW)
    make_lesson(make_course("secret-plans", status="draft"), "secret-plan", [make_draft("six")])
    make_lesson(make_course("secret-past", retired_at=NOW), "secret-story", [make_draft("seven")])
    return course


def head_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser").head


def data_of(client, address):
    """The things that a page describes, by their type."""
    [script] = head_of(client, address)("script", type="application/ld+json")
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data.get("@graph", [data])}


def test_every_public_page_has_a_title_and_a_description_of_its_own(client, course):
    addresses = [*PUBLIC, "/courses/animals/dogs/", "/courses/animals/dogs/check/"]
    heads = [head_of(client, address) for address in addresses]
    titles = [head.title.get_text() for head in heads]
    descriptions = [head.find("meta", attrs={"name": "description"})["content"] for head in heads]
    assert len(set(titles)) == len(addresses)
    assert all(10 <= len(description) <= 320 for description in descriptions), descriptions
    pages = [descriptions[addresses.index(one)] for one in addresses if "check" not in one]
    assert len(set(pages)) == len(pages)


def test_a_lesson_without_a_summary_is_described_by_how_it_begins(client, course):
    description = head_of(client, "/courses/animals/dogs/").find(
        "meta", attrs={"name": "description"}
    )
    assert description["content"] == "Dogs: About dogs."
    cats = head_of(client, "/courses/animals/cats/").find("meta", attrs={"name": "description"})
    assert cats["content"] == "How cats live."


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("", ""),
        ("<h2>Only a heading</h2>", ""),
        ("<h2>One</h2><p>Short.</p><p>Two.</p>", "Short."),
        (
            "<p>Yes. But <em>a jar</em> of beans keeps its taste for a month. More.</p>",
            "Yes. But a jar of beans keeps its taste for a month.",
        ),
        ("<p>Fish &amp; chips<sup><a href='#1'>1</a></sup></p>", "Fish & chips"),
        (f"<p>{JAPANESE}次の文。</p>", JAPANESE),
    ],
)
def test_the_first_sentence_is_plain_text(html, sentence):
    assert first_sentence(html) == sentence


def test_a_sentence_without_an_end_is_cut_between_words():
    cut = first_sentence(f"<p>{'word ' * 100}</p>")
    assert len(cut) <= LONGEST
    assert cut.endswith("word…")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_names_its_one_address_whatever_it_was_asked_with(client, course, address):
    canonical = head_of(client, f"{address}?from=mail").find("link", rel="canonical")
    assert canonical["href"] == SITE + address


def test_questions_and_their_feedback_are_one_page_for_search_engines(client, course):
    head = head_of(client, "/courses/animals/cats/check/2/")
    assert head.find("link", rel="canonical")["href"] == f"{SITE}/courses/animals/cats/check/"


def test_behind_a_proxy_addresses_are_those_that_people_use(client, course, settings):
    settings.SITE_URL = "https://learn.example.org"
    head = head_of(client, "/courses/animals/cats/")
    assert head.find("link", rel="canonical")["href"].startswith("https://learn.example.org/c")
    assert head.find("meta", property="og:image")["content"].startswith("https://learn.example")
    for address in ("/robots.txt", "/sitemap.xml", "/feed.xml", "/courses/animals/feed.xml"):
        text = client.get(address).content.decode()
        assert "https://learn.example.org/" in text
        assert "testserver" not in text


def test_a_shared_link_has_a_title_a_sentence_and_a_picture(client, course):
    head = head_of(client, "/courses/animals/cats/")
    shared = {meta["property"]: meta["content"] for meta in head("meta", property=True)}
    assert shared["og:title"] == "Cats"
    assert shared["og:description"] == "How cats live."
    assert shared["og:url"] == f"{SITE}/courses/animals/cats/"
    assert re.fullmatch(rf"{SITE}/cards/[0-9a-f]{{32}}\.png", shared["og:image"])
    assert head.find("meta", attrs={"name": "twitter:card"})["content"] == "summary_large_image"


def test_a_course_says_what_it_is(client, course):
    data = data_of(client, "/courses/animals/")
    assert data["Course"]["name"] == "Animals"
    assert data["Course"]["isAccessibleForFree"] is True
    assert data["Course"]["hasCourseInstance"]["courseWorkload"] == "PT2M"
    assert [place["item"] for place in data["BreadcrumbList"]["itemListElement"]] == [
        f"{SITE}/",
        f"{SITE}/courses/animals/",
    ]


def test_a_lesson_says_what_it_is_and_where_it_belongs(client, course):
    data = data_of(client, "/courses/animals/cats/")
    lesson = data["LearningResource"]
    assert lesson["name"] == "Cats"
    assert lesson["timeRequired"] == "PT1M"
    assert lesson["keywords"] == ["pets"]
    assert lesson["isPartOf"]["url"] == f"{SITE}/courses/animals/"
    assert len(data["BreadcrumbList"]["itemListElement"]) == 3


def test_a_check_says_that_it_is_a_quiz_and_not_what_it_asks(client, course):
    kinds = ["typed", "number", "ordering", "matching", "sorting", "gaps"]
    drafts = [make_question(kind, key=kind, stem="Asked") for kind in kinds]
    make_lesson(course, "owls", [make_draft("c", stem="Asked"), *drafts], position=5)
    head = head_of(client, "/courses/animals/owls/check/")
    [script] = head("script", type="application/ld+json")
    quiz = data_of(client, "/courses/animals/owls/check/")["Quiz"]
    assert quiz["isPartOf"]["url"] == f"{SITE}/courses/animals/owls/"
    for word in ("Asked", "yes", "maybe", "because", "CloudWatch", "15 min", "hasPart", "Answer"):
        assert word not in script.string


def test_markup_in_a_title_cannot_end_the_script(client, course):
    hostile = '</script><script>alert(1)</script>&"\u2028'
    make_lesson(course, "owls", [], position=5, summary=hostile)
    assert data_of(client, "/courses/animals/owls/")["LearningResource"]["description"] == hostile


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "PT0M"), (45, "PT45M"), (60, "PT1H"), (65, "PT1H5M")]
)
def test_durations_are_written_as_iso_8601(minutes, said):
    assert duration(minutes) == said


def test_robots_are_kept_from_what_is_a_persons_own(client, course):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    for address in ("/studio/", "/accounts/", "/progress/", "/review/", "/my-data/"):
        assert address in closed
    assert "/courses/*/check/" in closed
    assert "Allow: /courses/*/check/$" in lines
    assert not any("/courses/animals/cats/".startswith(rule) for rule in closed)
    assert f"Sitemap: {SITE}/sitemap.xml" in lines


def test_the_site_map_names_what_a_stranger_may_read_and_when_it_changed(client, course):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    pages = {
        url.find(f"{space}loc").text: url.find(f"{space}lastmod")
        for url in root.iter(f"{space}url")
    }
    assert list(pages) == [
        f"{SITE}{path}"
        for path in ("/", "/courses/animals/", "/courses/animals/cats/", "/courses/animals/dogs/")
    ]
    assert all(pages[address].text == "2026-11-21T09:00:00+00:00" for address in list(pages)[1:])
    for address in pages:
        assert client.get(address.removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize("address", ["/sitemap.xml", "/feed.xml", "/courses/animals/feed.xml"])
def test_nobody_learns_of_what_is_not_published(client, course, address):
    assert "secret" not in client.get(address).content.decode()
    assert client.get("/courses/secret-plans/feed.xml").status_code == 404
    assert client.get("/courses/secret-past/feed.xml").status_code == 404


def test_a_feed_tells_of_new_lessons_the_newest_first(client, course):
    dogs = Lesson.objects.get(slug="dogs")
    dogs.revisions.update(created_at=NOW + DAY)
    root = ElementTree.fromstring(client.get("/feed.xml").content)
    items = list(root.iter("item"))
    assert [item.find("title").text for item in items] == ["Dogs", "Cats"]
    assert items[0].find("link").text == f"{SITE}/courses/animals/dogs/"
    assert items[0].find("description").text == "Dogs: About dogs."
    assert items[0].find("pubDate").text.startswith("Sun, 22 Nov 2026")


def test_a_lesson_that_is_edited_does_not_come_as_new(client, course):
    cats = Lesson.objects.get(slug="cats")
    before = client.get("/feed.xml").content
    cats.live.pk, cats.live.number, cats.live.created_at = None, 2, NOW + DAY
    cats.live.save()
    cats.save()
    assert cats.revisions.count() == 2
    assert client.get("/feed.xml").content.count(b"22 Nov") == before.count(b"22 Nov") == 0


def test_pages_lead_to_their_feed_and_to_their_markdown(client, course):
    head = head_of(client, "/courses/animals/cats/")
    alternates = {link["type"]: link["href"] for link in head("link", rel="alternate")}
    assert alternates == {
        "text/markdown": "/courses/animals/cats.md",
        "application/rss+xml": "/courses/animals/feed.xml",
    }
    assert head_of(client, "/").find("link", type="application/rss+xml")["href"] == "/feed.xml"
    for address in alternates.values():
        assert client.get(address).status_code == 200


def test_a_feed_without_lessons_is_a_feed(client):
    make_course()
    for address in ("/feed.xml", "/courses/animals/feed.xml"):
        assert ElementTree.fromstring(client.get(address).content).tag == "rss"


@pytest.mark.parametrize("address", ["/sitemap.xml", "/feed.xml"])
def test_lists_take_the_same_queries_for_three_lessons_and_for_thirty(client, address):
    course = make_course()
    counts = []
    for size in (3, 30):
        for number in range(Lesson.objects.count(), size):
            make_lesson(course, f"l{number}", [], position=number)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 3


def test_the_basics_of_a_head_are_there(client, course):
    for address in [*PUBLIC, "/progress/", "/nothing/"]:
        soup = BeautifulSoup(client.get(address).content, "html.parser")
        assert soup.html["lang"] == "en"
        assert soup.head.meta["charset"] == "utf-8"
        assert "width=device-width" in soup.find("meta", attrs={"name": "viewport"})["content"]
        colours = soup("meta", attrs={"name": "theme-color"})
        assert [colour["media"] for colour in colours] == [
            "(prefers-color-scheme: light)",
            "(prefers-color-scheme: dark)",
        ]
        assert soup.find("link", rel="apple-touch-icon")["href"].endswith(".png")
        assert len(soup("h1")) == 1


def test_a_chosen_colour_scheme_colours_the_browser_too(client, course):
    client.cookies["theme"] = "dark"
    [colour] = head_of(client, "/")("meta", attrs={"name": "theme-color"})
    assert not colour.get("media")
    assert colour["content"] == "#171511"


def test_a_home_screen_finds_its_icons(client):
    icons = client.get("/site.webmanifest").json()["icons"]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in icons}
    assert client.get("/favicon.ico").status_code == 302


LESSON_WITH_EVERYTHING = """# Owls

Owls hunt at night.

### When do owls hunt? {.question #hunt}

- [x] SECRET at night
  > SECRET because it is dark.
- [ ] SECRET at noon
  > SECRET they sleep.

They hear well.

## Knowledge check {.quiz}

### What is missing? {#gap}

The owl has two [[SECRET eyes]].

### In which order? {#order}

1. SECRET first
   > SECRET explanation.
2. SECRET second
3. SECRET third
"""


def test_the_markdown_of_a_lesson_tells_no_answer(client, tmp_path):
    folder = tmp_path / "content" / "birds"
    folder.mkdir(parents=True)
    (folder / "01-owls.md").write_text(LESSON_WITH_EVERYTHING)
    with Renderer() as renderer:
        report = sync_content(tmp_path / "content", at=NOW, renderer=renderer)
    assert report.is_fine, report.problems
    assert Lesson.objects.get().questions.count() == 3
    text = client.get("/courses/birds/owls.md").content.decode()
    assert "Owls hunt at night." in text
    assert "They hear well." in text
    assert "SECRET" not in text
    for address in ("/courses/birds/owls/", "/courses/birds/owls/check/", "/feed.xml"):
        head = client.get(address).content.decode().partition("</head>")[0]
        assert "SECRET" not in head


def test_a_control_character_in_a_title_breaks_no_feed(client, tmp_path, renderer):
    write_files(tmp_path / "notes", {"01-a.md": "# Red \x1b[31mtides\n\nThe moon\x07 pulls.\n"})
    assert sync_content(tmp_path, at=NOW, renderer=renderer).is_fine
    root = ElementTree.fromstring(client.get("/feed.xml").content)
    assert root.findtext("channel/item/title") == "Red [31mtides"
