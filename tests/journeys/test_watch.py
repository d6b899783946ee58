"""`content watch`: a save in any editor shows in the open page, at its place, in half a second."""

import re
import shutil
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.access.looking import Walk
from tests.journeys.conftest import new_visitor
from tests.serving.earlier import site_without_content
from tests.serving.site import Site

LESSON = "# Tides\n\n" + "\n\n".join(
    f"## Part {n}\n\nParagraph {n} tells about the sea." for n in range(1, 31)
)
QUESTION = """

## Knowledge check {.quiz}

### What pulls the water? {#pull}

- [x] The moon
  > It is nearest.
- [ ] The wind
  > That makes waves.
- [ ] The ships
  > They float.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("watched") / "content"
    (folder / "sea").mkdir(parents=True)
    (folder / "sea" / "course.md").write_text("---\ntitle: The sea\n---\n")
    (folder / "sea" / "01-tides.md").write_text(LESSON + QUESTION)
    (folder / "sea" / "02-waves.md").write_text("# Waves\n\nWind makes them.\n")
    return folder


@pytest.fixture(scope="module")
def watched(folder, tmp_path_factory):
    var = tmp_path_factory.mktemp("own") / "var"
    shutil.copytree(site_without_content(), var / "watch" / folder.name)
    with Site(var, folder, watches=True) as site:
        site.wait_until_ready()
        yield f"http://127.0.0.1:{site.port}"


@pytest.fixture
def page(browser, watched, folder):
    (folder / "sea" / "01-tides.md").write_text(LESSON + QUESTION)
    page = browser.new_page()
    page.goto(f"{watched}/courses/sea/tides/")
    expect(page.get_by_text("Paragraph 25 tells about the sea.")).to_be_attached()
    yield page
    page.close()


def test_a_save_shows_within_half_a_second_at_its_place(page, folder, show):
    lesson = folder / "sea" / "01-tides.md"
    took = []
    for number in range(3):
        new = f"Paragraph 25 was written anew, the {number} time."
        lesson.write_text((LESSON + QUESTION).replace("Paragraph 25 tells about the sea.", new))
        start = time.monotonic()
        expect(page.get_by_text(new)).to_be_in_viewport(timeout=15_000)
        took.append(time.monotonic() - start)
    show(f"From save to sight: {[round(seconds, 2) for seconds in took]} s")
    assert min(took) < 0.5
    expect(page.locator(".just-changed")).to_have_text(re.compile("Paragraph 25"))


def test_a_table_that_did_not_change_is_not_marked(page, folder):
    rows = "| | Ebb | Flood |\n|---|---|---|\n| Water | low | high |\n| Boats | lie | float |\n"
    table = f"\n{rows}\nTable: Both {{#both .compare}}\n"
    text = LESSON.replace("Paragraph 25 tells", f"{table}\nParagraph 25 tells") + QUESTION
    lesson = folder / "sea" / "01-tides.md"
    lesson.write_text(text)
    expect(page.get_by_role("cell", name="float")).to_be_attached()
    page.reload()
    expect(page.locator(".sort-button").first).to_be_attached()
    lesson.write_text(text.replace("Paragraph 3 tells", "Paragraph 3 spoke"))
    expect(page.get_by_text("Paragraph 3 spoke")).to_be_attached()
    expect(page.locator(".just-changed")).to_have_text(re.compile("Paragraph 3 spoke"))
    expect(page.locator(".sort-button").first).to_be_attached()


def drawing(size):
    """A picture that is as high as it is wide."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"></svg>'


def test_a_picture_that_was_drawn_anew_is_shown_at_once_and_after_the_next_edit(page, folder):
    picture, lesson = folder / "sea" / "media" / "ebb.svg", folder / "sea" / "01-tides.md"
    picture.parent.mkdir(exist_ok=True)
    picture.write_text(drawing(20))
    text = LESSON.replace("Paragraph 25", "![Ebb](media/ebb.svg) Paragraph 25") + QUESTION
    lesson.write_text(text)
    shown = page.get_by_role("img", name="Ebb")
    expect(shown).to_have_js_property("naturalWidth", 20)
    picture.write_text(drawing(30))
    expect(shown).to_have_js_property("naturalWidth", 30)
    lesson.write_text(text.replace("Paragraph 25 tells", "Paragraph 25 spoke"))
    expect(page.get_by_text("Paragraph 25 spoke")).to_be_attached()
    expect(shown).to_have_js_property("naturalWidth", 30)
    page.reload()
    expect(shown).to_have_js_property("naturalWidth", 30)


def test_what_is_wrong_lies_over_the_page_and_the_last_good_one_stays(page, folder):
    lesson = folder / "sea" / "01-tides.md"
    broken = (LESSON + QUESTION).replace("- [x] The moon", "- [ ] The moon")
    lesson.write_text(broken.replace("Paragraph 3 tells", "Nobody reads"))
    panel = page.locator("#page-watch")
    expect(panel).to_contain_text("sea/01-tides.md:125")
    expect(panel).to_contain_text("The last good version of a file with errors stays here.")
    expect(page.get_by_text("Paragraph 3 tells about the sea.")).to_be_attached()
    lesson.write_text(LESSON + QUESTION)
    expect(panel).not_to_contain_text("sea/01-tides.md")


def test_axe_finds_nothing_in_what_lies_over_the_page(page, browser, watched, folder):
    lesson = folder / "sea" / "01-tides.md"
    lesson.write_text((LESSON + QUESTION).replace("- [x] The moon", "- [ ] The moon"))
    visit = Walk(new_visitor(browser, watched, reduced_motion="reduce"))
    for path in ("/courses/sea/tides/", "/courses/sea/", "/"):
        visit.person.go(path)
        expect(visit.page.locator("#page-watch")).to_contain_text("sea/01-tides.md:125")
        visit.look(f"{path} with problems")
    visit.page.locator("#page-watch summary").click()
    visit.look("problems put away")
    visit.page.context.close()
    assert visit.faults == []


def test_trying_a_course_leaves_no_trace_on_the_real_site(watched, tmp_path_factory):
    own = next(tmp_path_factory.getbasetemp().glob("own*")) / "var"
    assert (own / "watch" / "content" / "checkmark.sqlite3").exists() or list(
        (own / "watch" / "content").glob("*.sqlite3")
    )
    assert not list(own.glob("*.sqlite3"))
