"""Days after a check a person reviews: by thumb, by keyboard, with and without script."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import new_visitor, violations
from tests.serving.earlier import site_with_course
from tests.serving.site import ROOT, Site

COURSE = "/courses/aws-compute/"
LESSONS = [f"{COURSE}what-they-are/", f"{COURSE}side-by-side/"]
MOVED = {
    "quizzes_reviewcard": ["due_at", "first_at", "last_at"],
    "quizzes_response": ["answered_at"],
    "quizzes_attempt": ["started_at", "finished_at"],
}


@pytest.fixture(scope="module")
def own_site(tmp_path_factory):
    """A site whose clock can be moved: everything that happened on it becomes older."""
    folder = tmp_path_factory.mktemp("review")
    with Site(folder / "var", ROOT / "content", "--workers", "1", like=site_with_course) as site:
        site.wait_until_ready()
        yield site


@pytest.fixture
def person(own_site, browser, request):
    """A person who answered two checks eleven days ago, each question by its first choice."""
    options = getattr(request, "param", {})
    visitor = new_visitor(browser, f"http://127.0.0.1:{own_site.port}", **options)
    for lesson in LESSONS:
        answer_check(visitor, lesson)
    let_days_pass(own_site, 11)
    yield visitor
    visitor.page.context.close()
    assert visitor.complaints == []


def answer_check(person, lesson):
    page = person.page
    person.go(f"{lesson}check/")
    while True:
        fill_in(page)
        person.check()
        if tries_again(page):
            continue
        if page.get_by_role("link", name="See the result").count():
            return
        person.next()


def tries_again(page):
    """Say whether the question allows another try, and if so show it."""
    link = page.get_by_role("link", name="Try again")
    if not link.count():
        return False
    link.click()
    page.locator("form.question").wait_for()
    return True


def fill_in(page):
    """Answer whatever kind of question is asked, rightly or not."""
    for group in page.locator("form.question select").all():
        group.select_option(index=1)
    for field in page.locator("form.question input[type=text]").all():
        field.fill("15")
    if page.locator("input[name=choice]").count():
        page.locator("input[name=choice]").first.check()


def let_days_pass(site, days):
    with closing(sqlite3.connect(site.var / "checkmark.sqlite3", timeout=30)) as database:
        for table, columns in MOVED.items():
            sets = ", ".join(
                f"{name} = strftime('%Y-%m-%d %H:%M:%f000', {name}, '-{days} days')"
                for name in columns
            )
            database.execute(f"UPDATE {table} SET {sets}")
        database.commit()


def due_in(page):
    return int(re.search(r"(\d+) questions? (is|are) due", page.locator("h1").inner_text())[1])


def go_through(person):
    """Answer the whole review, with what was missed once more; return how many were asked."""
    page, asked = person.page, 0
    while True:
        fill_in(page)
        person.check()
        asked += 1
        if tries_again(page):
            asked -= 1
            continue
        assert page.locator(".origin a").count() == 1
        following = page.get_by_role("link", name=re.compile("^(Next|See the result)"))
        if page.get_by_role("link", name="See the result").count():
            page.get_by_role("link", name="See the result").click()
            page.locator("h1.result-sentence").wait_for()
            return asked
        following.click()
        page.locator("form.question").wait_for()
        assert page.locator(".origin").count() == 0


@pytest.mark.parametrize(
    "person",
    [{"has_touch": True, "is_mobile": True}, {"java_script_enabled": False}],
    ids=["by touch", "without JavaScript"],
    indirect=True,
)
def test_a_review_from_the_header_to_the_result(person):
    page = person.page
    person.go("/")
    page.get_by_role("link", name="Review", exact=True).click()
    person.arrives_at("/review/")
    due = due_in(page)
    page.get_by_role("button", name=re.compile(r"^Review \d+ question")).click()
    expect(page).to_have_title(re.compile(f"^Question 1 of {due} · Review"))
    assert go_through(person) >= due
    assert re.search(rf"\d+ of {due}|all {due}", page.locator("h1").inner_text())
    expect(page.get_by_text(re.compile("^Comes again")).first).to_be_visible()
    assert page.get_by_role("link", name="Go on learning").count() == 1
    person.go("/review/")
    assert page.locator("h1").inner_text() == "Nothing is due"
    assert re.search(r"Next: (today|tomorrow|in \d+ days?)", page.locator(".lead").inner_text())


def test_a_review_by_keyboard_alone_never_loses_the_focus(person):
    page = person.page
    person.go("/review/")
    tab_to(person, "Review ")
    page.keyboard.press("Enter")
    page.locator("form.question").wait_for()
    for _ in range(2):
        answer_by_keyboard(person)
        while page.get_by_role("link", name="Try again").count():
            tab_to(person, "Try again")
            page.keyboard.press("Enter")
            page.locator("form.question").wait_for()
            answer_by_keyboard(person)
        tab_to(person, "Next")
        page.keyboard.press("Enter")
        page.locator("h1.stem:focus").wait_for()
    person.go("/review/")
    tab_to(person, "Go on with the review")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Question 3 of"))


def answer_by_keyboard(person):
    """Answer whatever kind of question comes first: which one it is, is left to chance."""
    page = person.page
    fields = page.locator("form.question").locator("select, input[type=text], [name=choice]")
    for number in range(fields.count()):
        field = fields.nth(number)
        reach(field)
        if field.get_attribute("name") == "choice":
            page.keyboard.press("1")
            break
        page.keyboard.type("15") if field.get_attribute("type") else page.keyboard.press(
            "ArrowDown"
        )
    if page.locator("form.question select").count():
        tab_to(person, "Check")
    page.keyboard.press("Enter")
    page.locator("[data-verdict]:focus").wait_for()


def reach(field):
    """Press Tab until the field has the focus."""
    for _ in range(30):
        field.page.keyboard.press("Tab")
        if field.evaluate("field => field === document.activeElement"):
            return
    raise AssertionError("a field was not reached by Tab")


def tab_to(person, wanted):
    for _ in range(30):
        person.page.keyboard.press("Tab")
        if re.match(wanted, person.focused.strip()) and person.focused.strip() != "Review":
            return
    raise AssertionError(f"{wanted} was not reached by Tab")


@pytest.mark.parametrize("person", [{"reduced_motion": "reduce"}], indirect=True)
def test_the_pages_of_a_review_have_no_fault_that_axe_knows(person):
    page = person.page  # the dark: journeys/access/test_axe.py
    person.go("/review/")
    page.get_by_text("How often?").click()
    page.get_by_text("The same in figures").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=re.compile(r"^Review \d+ question")).click()
    page.locator("form.question").wait_for()
    assert violations(page) == []
    fill_in(page)
    person.check()
    assert violations(page) == []
    person.next()
    go_through(person)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("person", [{"java_script_enabled": False}], indirect=True)
def test_how_often_can_be_set(person):
    page = person.page
    person.go("/review/")
    page.get_by_text("How often?").click()
    page.get_by_role("radio", name=re.compile("^95%")).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("know them is 95%")).to_be_visible()
    page.get_by_text("How often?").click()
    assert page.get_by_role("radio", name=re.compile("^95%")).is_checked()
