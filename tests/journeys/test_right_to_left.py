"""A course that is written from the right is laid out from there, in an English site's frame."""

import pytest

from tests.factories import write_files
from tests.journeys.conftest import company, site_of_one_lesson

LESSON = """# حبوب القهوة

> [!NOTE]
> الحبوب الطازجة أفضل.

القهوة نبات.

## اختبار المعرفة {.quiz}

### لماذا تكون القهوة حامضة؟ {#sour}

- [x] لأن الماء لم يستخلص ما يكفي
  > صحيح. الأحماض تذوب أولاً.
- [ ] لأن الحبوب محمصة كثيرًا
  > الحبوب المحمصة كثيرًا مُرّة.
- [ ] لأن الماء بارد
  > ليس دائمًا.
"""


@pytest.fixture(scope="module")
def coffee(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coffee")
    write_files(folder / "content" / "ar", {"course.md": "---\nlanguage: ar\n---\n\nقهوة\n"})
    with site_of_one_lesson(folder, "ar/beans.md", LESSON) as address:
        yield address


@pytest.fixture
def visit(browser, coffee):
    with company(browser, coffee) as make:
        yield make


def middle(element):
    box = element.bounding_box()
    return box["x"] + box["width"] / 2


def from_the_right(element):
    """Say whether the words of an element end nearer to the right edge of what they stand in."""
    return element.evaluate("""(element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const words = range.getBoundingClientRect();
        const around = element.closest("aside, li, label, section, form").getBoundingClientRect();
        return around.right - words.right < words.left - around.left;
    }""")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_question_and_what_is_told_of_it_begin_at_the_right(visit, width):
    person = visit(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = person.page
    person.go("/courses/ar/beans/check/")
    assert from_the_right(page.locator(".stem"))
    choice = page.locator("label.choice").first
    assert middle(choice.locator("input")) > middle(choice)
    person.pick(1)
    person.check()
    picked = page.locator("li.choice", has=page.locator(".fate")).first
    assert middle(picked.locator("svg")) > middle(picked)
    for words in (".stem", ".fate", ".explanation p"):
        assert from_the_right(page.locator(words).first), words
    # What the page says itself is no part of it.
    assert page.locator(".action-bar").evaluate("(bar) => getComputedStyle(bar).direction") == "ltr"
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_name_of_a_callout_stands_above_its_text(visit):
    person = visit()
    person.go("/courses/ar/beans/")
    assert from_the_right(person.page.locator(".callout-title"))
