"""Targets on a phone: 44 px for answers and what goes with them, 24 px or room around elsewhere."""

import pytest

from tests.journeys.access.water import (
    CHECK,
    COURSE,
    DRILL,
    KINDS_CHECK,
    KINDS_LESSON,
    LESSON,
    go_through,
    let_days_pass,
    sign_in,
)
from tests.journeys.kinds_course import KINDS, answer_wrongly

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
# Each target with its size; a field that lies in its label is as large as that.
TARGETS = """(within) => [...document.querySelectorAll(within)].flatMap((part) => [
    ...part.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary"),
]).filter((each) => each.tabIndex >= 0 && each.checkVisibility()).map((each) => {
    const box = (each.closest("label") ?? each).getBoundingClientRect();
    return {html: each.outerHTML.slice(0, 120),
        width: box.width, height: box.height};
})"""
# What is smaller than 24 px, stands in no line of text, and has a neighbour within 24 px of it.
CROWDED = """() => {
    const all = [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
    )].filter((each) => each.checkVisibility() && !each.closest(".visually-hidden, .skip-link"))
      .map((each) => ({each, box: (each.closest("label") ?? each).getBoundingClientRect()}));
    const isSmall = ({box}) => box.width < 23.9 || box.height < 23.9;
    const isInText = ({each}) => getComputedStyle(each).display === "inline"
        && each.parentElement.innerText.trim() !== each.innerText.trim();
    const near = (one, other) => {
        const [x, y] = [one.box.left + one.box.width / 2, one.box.top + one.box.height / 2];
        const dx = Math.max(other.box.left - x, 0, x - other.box.right);
        const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
        const reach = isSmall(other) ? Math.hypot(
            other.box.left + other.box.width / 2 - x, other.box.top + other.box.height / 2 - y) - 12
            : Math.hypot(dx, dy);
        return reach < 12;
    };
    return all.filter((one) => isSmall(one) && !isInText(one) && all.some(
        (other) => other !== one && !one.each.contains(other.each)
            && !other.each.contains(one.each) && near(one, other)))
        .map(({each, box}) => `${Math.round(box.width)}x${Math.round(box.height)} `
            + each.outerHTML.slice(0, 120));
}"""


def small_answers(page, within="form.question, .action-bar"):
    """Everything one presses while answering that is smaller than a thumb needs."""
    targets = page.evaluate(TARGETS, within)
    assert targets
    return [
        f"{each['width']:.0f}x{each['height']:.0f} {each['html']}"
        for each in targets
        if min(each["width"], each["height"]) < 44
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_answering_any_kind(arrive, kind):
    person = arrive(**PHONE)
    person.go(f"{KINDS_CHECK}{KINDS.index(kind) + 1}/")
    assert small_answers(person.page) == []
    answer_wrongly(person.page, kind)
    person.check()
    assert small_answers(person.page, ".action-bar, .others") == []
    assert person.page.evaluate(CROWDED) == []


def test_certainty_and_quick_checks(arrive):
    person = arrive(**PHONE)
    person.go(f"{COURSE}sure/check/")
    assert small_answers(person.page) == []
    person.go(KINDS_LESSON)
    assert small_answers(person.page, ".quick form") == []


def test_a_review_and_a_drill(arrive, water):
    person = arrive(**PHONE)
    page = person.page
    person.go(CHECK)
    go_through(person)
    let_days_pass(water, 11)
    person.go("/review/")
    page.get_by_role("button", name="Review 2 questions").click()
    page.locator("form.question").wait_for()
    assert small_answers(page) == []
    go_through(person)
    assert small_answers(page, "main .button-row") == []
    person.go(DRILL)
    page.get_by_role("button", name="Start").click()
    page.locator("form.question").wait_for()
    assert small_answers(page) == []
    person.pick(1)
    person.check()
    assert small_answers(page, ".action-bar") == []
    go_through(person)
    assert small_answers(page, "main .button-row") == []
    assert page.evaluate(CROWDED) == []


PAGES = [
    "/",
    COURSE,
    LESSON,
    DRILL,
    f"{LESSON}notes/",
    "/review/",
    "/progress/",
    "/search/?q=ice",
    "/preferences/",
    "/offline/",
    "/accounts/login/",
    "/accounts/signup/",
]


def test_elsewhere_nothing_small_is_crowded(arrive):
    person = arrive(**PHONE)
    for path in PAGES:
        person.go(path)
        assert person.page.evaluate(CROWDED) == [], path
    sign_in(person, "ada")
    for path in ("/accounts/", "/studio/", "/studio/water/edit/01-ice.md", "/my-data/"):
        person.go(path)
        assert person.page.evaluate(CROWDED) == [], path
