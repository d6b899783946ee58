"""A course in another language than the pages says so, part by part (WCAG 3.1.2)."""

import pytest
from bs4 import BeautifulSoup

from learn.authoring.fragments import Fragment, RenderContext
from learn.authoring.render import render_fragment
from learn.authoring.tongues import direction_of
from learn.loading import sync_content
from learn.models import Course, CourseRole, Lesson
from learn.publishing import studio_publication
from learn.releasing import publish_file
from tests.factories import NOW, make_learner

pytestmark = pytest.mark.django_db(databases="__all__")
COURSE = "---\ntitle: Tiere\nsummary: Wie sie leben.\nlanguage: {}\n---\n\nKatzen und Hunde.\n"
LESSON = """\
---
summary: Vom Schlafen.
objectives: ["Sagen, was sie tun"]
---

# Katzen

Sie schlafen viel, auf Englisch <span lang="en">cats</span>.

```text
code
```

## Fragen {.quiz}

### Was tun Katzen? {#tun}

> **Hint.** Sie liegen dabei.

- [x] Schlafen
  > Ja, den ganzen Tag.
- [ ] Bellen
  > Das tun Hunde.

### Was fehlt? {#fehlt}

Katzen [[schlafen]] gern.
"""
ADDRESS = "/courses/tiere/katzen/"


@pytest.fixture
def publish(tmp_path, renderer):
    folder = tmp_path / "content" / "tiere"
    folder.mkdir(parents=True)
    (folder / "01-katzen.md").write_text(LESSON)

    def publish(language):
        (folder / "course.md").write_text(COURSE.format(language))
        report = sync_content(tmp_path / "content", at=NOW, renderer=renderer)
        assert report.is_fine, report.problems

    return publish


def language_of(page, text):
    """The language and the direction that a text of a page is said to be in."""
    soup = BeautifulSoup(page.content, "html.parser")
    [found, *_more] = [each for each in soup.body.find_all(string=True) if each.strip() == text]
    around = next(each for each in found.parents if each.get("lang"))
    return around["lang"], next(each for each in found.parents if each.get("dir"))["dir"]


def answer_wrongly(client):
    page = BeautifulSoup(client.get(f"{ADDRESS}check/").content, "html.parser")
    form = page.find("form", class_="question")
    fields = {each["name"]: each.get("value", "") for each in form.find_all("input", type="hidden")}
    wrong = form.find(string="Bellen").find_parent("label").input["value"]
    return client.post(form["action"], {**fields, "choice": wrong}, follow=True)


@pytest.mark.parametrize(("language", "direction"), [("de", "ltr"), ("ar", "rtl")])
def test_what_an_author_wrote_is_in_the_courses_language(client, publish, language, direction):
    publish(language)
    home, course, lesson = client.get("/"), client.get("/courses/tiere/"), client.get(ADDRESS)
    question, feedback = client.get(f"{ADDRESS}check/"), answer_wrongly(client)
    said = (language, direction)
    for page, texts in (
        (home, ["Tiere", "Wie sie leben.", "Katzen"]),
        (course, ["Tiere", "Katzen und Hunde.", "Vom Schlafen."]),
        (lesson, ["Katzen", "Vom Schlafen.", "Sagen, was sie tun"]),
        (client.get(f"{ADDRESS}print/"), ["Tiere", "Katzen", "Was tun Katzen?", "Bellen"]),
        (client.get("/progress/"), ["Tiere", "Katzen"]),
        (question, ["Was tun Katzen?", "Schlafen", "Bellen"]),
        (feedback, ["Was tun Katzen?", "Ja, den ganzen Tag.", "Das tun Hunde."]),
    ):
        assert [language_of(page, text) for text in texts] == [said] * len(texts)
    # The page's own words are in the page's language, and a foreign word within is in its own.
    for page, text in ((question, "Check"), (feedback, "Next"), (lesson, "Afterwards you can")):
        assert language_of(page, text) == ("en", "ltr")
    assert language_of(lesson, "cats")[0] == "en"


def test_a_course_in_the_language_of_the_pages_says_nothing(client, publish):
    publish("en")
    for path in ("/courses/tiere/", ADDRESS, f"{ADDRESS}check/"):
        body = BeautifulSoup(client.get(path).content, "html.parser").body
        assert {each["lang"] for each in body.select("main [lang]")} <= {"en"}
        assert not body.select("main [dir]")


def test_a_language_that_is_changed_later_reaches_every_question(client, publish):
    publish("en")
    publish("de")
    assert language_of(client.get(f"{ADDRESS}check/"), "Bellen") == ("de", "ltr")
    assert Lesson.objects.get().revisions.count() == 1
    publish("en")
    assert language_of(client.get(f"{ADDRESS}check/"), "Bellen") == ("en", "ltr")


def test_a_language_that_is_changed_in_the_studio_does_so_too(client, publish, renderer):
    publish("en")
    course, ada = Course.objects.get(), make_learner("ada")
    CourseRole.objects.create(user=ada, course=course, role="author")
    released = publish_file(
        course=course,
        file_name="course.md",
        source=COURSE.format("de"),
        base_digest=course.live.digest,
        publication=studio_publication(ada, at=NOW),
        renderer=renderer,
    )
    assert released.state == "published"
    assert language_of(client.get(f"{ADDRESS}check/"), "Bellen") == ("de", "ltr")


def test_each_block_of_a_question_names_its_language_and_code_does_not():
    fragment = Fragment("Ein *Wort*.\n\n- eins\n\n```text\ncode\n```", language="de")
    html = render_fragment(fragment, RenderContext()).html
    blocks = BeautifulSoup(html, "html.parser").find_all(recursive=False)
    assert [(block.name, block.get("lang")) for block in blocks] == [
        ("p", "de"),
        ("ul", "de"),
        ("div", None),
    ]
    inline = render_fragment(Fragment("Ein *Wort*", inline=True, language="de"), RenderContext())
    assert inline.html == '<span lang="de" dir="ltr">Ein <em>Wort</em></span>'


@pytest.mark.parametrize(
    ("language", "direction"),
    [("de", "ltr"), ("ar", "rtl"), ("fa-IR", "rtl"), ("az-Arab", "rtl"), ("ks-Deva", "ltr")],
)
def test_the_direction_follows_from_language_and_script(language, direction):
    assert direction_of(language) == direction
