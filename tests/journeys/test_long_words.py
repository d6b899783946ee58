"""What is longer than a phone is wide: it wraps or scrolls by itself, and the page does not."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import company, site_of_one_lesson

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"
SUM = " + ".join(f"n_{{{number}}}^2" for number in range(30))
TABLE = "| Name | Size | Age |\n|---|---|---|\n" + "".join(
    f"| n{row} | {row} | {row + 1} |\n" for row in range(8)
)
SMALL = (
    "| Size | Price | Memory |\n|---|---|---|\n| small | 5 € | 2 GB |\n| large | 11 € | 8 GB |\n"
)
WIDE = "".join(
    f"| {' | '.join([cell] * 7)} |\n"
    for cell in ("Heading", "---", *["some words in a cell of a table with seven columns"] * 3)
)
TEXT = f"""\
# The {LONG}

Its size is $\\frac{{{SUM}}}{{2}}$ in all.

{TABLE}
Table: Sizes {{#sizes .compare}}

{WIDE}

{SMALL}

## Knowledge check

### What is it? {{#what}}

- [x] {LONG}
  > So it is.
- [ ] Nothing
  > It is something.
"""
LESSON = "/courses/long/words/"
WIDTH = 360


@pytest.fixture(scope="module")
def long_site(tmp_path_factory):
    with site_of_one_lesson(tmp_path_factory.mktemp("long"), "long/words.md", TEXT) as address:
        yield address


@pytest.fixture
def person(browser, long_site):
    with company(browser, long_site) as make:
        yield make(viewport={"width": WIDTH, "height": 740}, reduced_motion="reduce")


def width_of(person):
    return person.page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("path", [LESSON, f"{LESSON}check/", "/courses/long/", "/"])
def test_no_page_is_wider_than_the_phone(person, path):
    person.go(path)
    assert width_of(person) <= WIDTH


def test_a_small_table_is_seen_whole(person):
    person.go(LESSON)
    table = person.page.locator(".prose .table-scroll").last
    assert table.get_by_text("8 GB").is_visible()
    assert table.evaluate("table => table.scrollWidth <= table.clientWidth")


def test_a_wide_table_is_whole_on_paper(person):
    person.go(LESSON)
    person.page.set_viewport_size({"width": 660, "height": 900})
    person.page.emulate_media(media="print")
    tables = person.page.locator(".prose .table-scroll")
    for table in tables.all():
        assert table.evaluate("table => table.scrollWidth <= table.clientWidth")
    assert tables.count() == 3


def test_a_note_of_one_long_word_wraps_in_the_list_of_notes_too(person):
    person.go(f"{LESSON}notes/")
    person.page.locator("textarea").first.fill(LONG * 2)
    person.page.get_by_role("button", name="Save").first.click()
    person.page.wait_for_load_state("networkidle")
    person.go("/notes/")
    expect(person.page.locator(".note-words")).to_contain_text(LONG)
    assert width_of(person) <= WIDTH


def test_who_filters_a_table_to_nothing_sees_why_it_is_empty(person):
    person.go(LESSON)
    person.page.locator("[data-tool=filter]").fill("zzz")
    expect(person.page.locator(".table-tools .hint-text")).to_have_text("0 of 8 rows shown.")
    person.page.locator("[data-tool=filter]").fill("")
    expect(person.page.locator(".table-tools .hint-text")).to_be_hidden()
