"""Every page that a stranger may find says all of itself: each is opened and read, none is named.

The walk begins at the site map, as a robot does, and takes in what is open besides.
"""

import io
import json
import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from learn.sharing.cards import refresh_cards
from tests.factories import make_course, make_draft, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")
SITE = "http://testserver"
# What a page is about, in the words of schema.org, by what its address looks like.
TYPES = {
    r"/": {"WebSite"},
    r"/courses/\w+/": {"Course", "BreadcrumbList"},
    r"/courses/\w+/\w+/": {"LearningResource", "BreadcrumbList"},
    r"/courses/\w+/\w+/check/": {"Quiz", "BreadcrumbList"},
}
OWN = [
    *("/progress/", "/progress/history/", "/review/", "/notes/", "/my-data/", "/preferences/"),
    *("/search/?q=cats", "/offline/", "/accounts/login/", "/accounts/signup/", "/studio/"),
    *("/courses/animals/cats/print/", "/courses/animals/cats/notes/"),
    *("/courses/animals/cats/unclear/", "/courses/animals/cats/check/2/"),
]

# What tells nobody where it leads, read on its own; after Lighthouse's audit "link-text".
EMPTY_WORDS = {
    *("click here", "click this", "go", "here", "information", "learn more", "more", "more info"),
    *("more information", "read more", "right here", "see more", "start", "this"),
}


@pytest.fixture
def pages(client):
    """The pages of a site with two courses by their address, each as it was read."""
    course = make_course(summary="Animals that live with people.")
    make_lesson(course, "cats", position=1, summary="How cats live and what they like.")
    make_lesson(course, "dogs", [make_draft("three")], position=2)
    make_lesson(make_course("plants"), "moss", [], position=1)
    refresh_cards()
    site_map = ElementTree.fromstring(client.get("/sitemap.xml").content)
    named = [each.text.removeprefix(SITE) for each in site_map.iter() if each.tag.endswith("}loc")]
    asked = [f"{lesson}check/" for lesson in named if lesson.endswith(("/cats/", "/dogs/"))]
    found = {path: client.get(path) for path in [*named, *asked]}
    assert len(found) == 1 + 2 + 3 + 2
    assert {page.status_code for page in found.values()} == {200}
    return {path: BeautifulSoup(page.content, "html.parser") for path, page in found.items()}


def said(page, name):
    """What a page says of itself by a `meta` of this name or property; it says it once."""
    [meta] = page("meta", attrs={"name": name}) or page("meta", property=name)
    return meta["content"]


def test_title_description_and_address_are_its_own(pages):
    for path, page in pages.items():
        [canonical] = page("link", rel="canonical")
        assert canonical["href"] == SITE + path == said(page, "og:url")
        assert 10 <= len(said(page, "description")) <= 320, path
        assert len(page("h1")) == len(page("title")) == 1, path
        assert page.html["lang"], path
        assert not page("meta", attrs={"name": "robots"}), path
    assert len({page.title.get_text() for page in pages.values()}) == len(pages)
    assert len({said(page, "og:description") for page in pages.values()}) == len(pages)


def test_shared_it_has_a_picture_of_its_own_and_words_for_it(client, pages):
    pictures = {}
    for path, page in pages.items():
        assert said(page, "og:title"), path
        assert said(page, "og:image:alt"), path
        address = said(page, "og:image").removeprefix(SITE)
        if path != "/":  # the site's own is a static file
            picture = Image.open(io.BytesIO(client.get(address).content))
            assert picture.size == (1200, 630), path
        pictures.setdefault(address, []).append(path.removesuffix("check/"))
    # A check is shared with the picture of its lesson, all else with one that nothing else has.
    assert all(len(set(paths)) == 1 for paths in pictures.values()), pictures


def test_it_says_what_it_is_in_the_words_of_schema_org(pages):
    for path, page in pages.items():
        [script] = page("script", type="application/ld+json")
        data = json.loads(script.string)
        things = {thing["@type"]: thing for thing in data.get("@graph", [data])}
        [wanted] = [types for form, types in TYPES.items() if re.fullmatch(form, path)]
        assert things.keys() == wanted, path
        [thing] = [each for kind, each in things.items() if kind != "BreadcrumbList"]
        assert thing["url"] == SITE + path
        assert thing["name"], path
        crumbs = things.get("BreadcrumbList", {}).get("itemListElement", [])
        assert all(crumb["item"].removeprefix(SITE) in pages for crumb in crumbs)


def test_it_leads_to_news_and_a_lesson_to_its_markdown(client, pages):
    for path, page in pages.items():
        [feed] = page("link", type="application/rss+xml", rel="alternate")
        assert feed["title"], path
        news = ElementTree.fromstring(client.get(feed["href"]).content)
        assert news.findall("channel/item/link"), path
        is_lesson = re.fullmatch(r"/courses/\w+/\w+/", path)
        texts = page("link", type="text/markdown", rel="alternate")
        assert len(texts) == bool(is_lesson), path
        for text in texts:
            response = client.get(text["href"])
            assert response["Content-Type"] == "text/markdown; charset=utf-8"
            assert response.content.startswith(b"# ")


def words_of_links(page):
    return {link.get_text(" ", strip=True).lower() for link in page("a", href=True)}


def test_its_links_say_where_they_lead(client, pages):
    for path, page in pages.items():
        assert words_of_links(page).isdisjoint(EMPTY_WORDS), path


def is_open_to_robots(rules, path):
    """Say what robots.txt says of a path: the longest rule that fits decides (RFC 9309)."""
    found = []
    for line in rules.splitlines():
        verb, _colon, rule = line.partition(": ")
        form = re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$")
        if verb in {"Allow", "Disallow"} and re.match(form, path):
            found.append((len(rule), verb == "Allow"))
    return max(found, default=(0, True))[1]


def test_robots_may_read_it_and_not_what_is_a_persons_own(client, pages):
    rules = client.get("/robots.txt").content.decode()
    assert [path for path in pages if not is_open_to_robots(rules, path)] == []
    for path in OWN:
        page = BeautifulSoup(client.get(path).content, "html.parser")
        assert words_of_links(page).isdisjoint(EMPTY_WORDS), path
        is_left_out = page.find("meta", attrs={"name": "robots"}, content="noindex")
        assert is_left_out or not is_open_to_robots(rules, path), path
