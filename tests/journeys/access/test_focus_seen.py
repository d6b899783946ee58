"""What has the focus is never covered by the bar at the foot of the screen (WCAG 2.4.11)."""

from tests.journeys.access.water import COURSE, KINDS_CHECK
from tests.journeys.kinds_course import KINDS

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
LOWEST = 520  # where the bar still stays at the foot of the screen
MOST_FIELDS = 30
# The name of what has the focus within the form, and by how many pixels the bar covers it.
FOCUSED = """() => {
    const field = document.activeElement, form = field.closest("form.question");
    if (!form) return null;
    const bar = form.querySelector(".action-bar");
    const box = (field.closest("label") ?? field).getBoundingClientRect();
    const edge = bar.contains(field) ? innerHeight : bar.getBoundingClientRect().top;
    const isBelow = box.top >= edge && getComputedStyle(bar).position === "static";
    return {field: field.outerHTML.slice(0, 80), within: bar.contains(field),
        covered: isBelow ? 0 : Math.max(0, Math.round(box.bottom - edge))};
}"""


LENGTHEN = (
    "labels => labels.forEach(one => (one.lastElementChild ?? one).append(' and so on'.repeat(9)))"
)


def covered(page, key):
    """Press the key from field to field; return what the bar covers, and how many fields it was."""
    found, seen = [], 0
    while seen < MOST_FIELDS:
        page.keyboard.press(key)
        now = page.evaluate(FOCUSED)
        if now is None:
            break
        seen += 1
        if now["covered"]:
            found.append(now)
        if key.startswith("Arrow") and seen > 4:
            break
    return found, seen


def faults(page):
    """What is covered on the way there, on the way back, and among the choices."""
    page.locator("form.question").evaluate("form => { form.tabIndex = -1; form.focus(); }")
    forth, fields = covered(page, "Tab")
    back, _ = covered(page, "Shift+Tab")
    assert fields
    among = []
    if page.locator("input[type=radio]").count():
        page.locator("input[type=radio]").first.focus()
        among, _ = covered(page, "ArrowDown")
    return forth + back + among


def test_no_field_of_any_kind_of_question_lies_under_the_bar(arrive):
    person = arrive(**PHONE)
    for number, kind in enumerate(KINDS, start=1):
        person.go(f"{KINDS_CHECK}{number}/")
        for height in (PHONE["viewport"]["height"], LOWEST):
            person.page.set_viewport_size({"width": 360, "height": height})
            assert faults(person.page) == [], (kind, height)
        person.page.locator("form.question label").evaluate_all(LENGTHEN)
        assert faults(person.page) == [], (kind, "with long choices")


def test_how_sure_one_is_comes_before_the_bar_and_never_under_it(arrive):
    person = arrive(**PHONE)
    person.go(f"{COURSE}sure/check/")
    assert faults(person.page) == []
    person.page.set_viewport_size({"width": 360, "height": LOWEST})
    assert faults(person.page) == []
    certainty = person.page.locator(".certainty").bounding_box()
    bar = person.page.locator(".action-bar").bounding_box()
    assert certainty["y"] + certainty["height"] <= bar["y"]
    # A finger reaches each: whatever one taps is scrolled to and lies under nothing else.
    for choice in person.page.locator(".certainty label").all():
        choice.tap()
    assert person.page.locator(".certainty input").last.is_checked()
