"""A person reads, answers, learns from the wrong one and comes back."""

import re

import pytest
from playwright.sync_api import expect

COURSE = "/courses/aws-compute/"
LESSON = f"{COURSE}what-they-are/"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_home_page_to_the_result_and_back(visit, javascript):
    person = visit(java_script_enabled=javascript)
    page = person.page
    person.go("/")
    page.get_by_role("link", name="Start the first lesson").click()
    person.arrives_at(LESSON)
    page.get_by_role("link", name="Check what you know").click()
    expect(page).to_have_title(re.compile("Question 1"))
    questions = int(re.search(r"of (\d+)", page.title()).group(1))
    for number in range(1, questions + 1):
        person.pick(1)
        verdict = person.check()
        words = {"correct": "Correct", "incorrect": "Not correct", "partial": "Partly right"}
        expect(page).to_have_title(re.compile(f"^{words[verdict]} – Question {number} of"))
        assert page.locator("li .explanation").count() >= 1
        person.arrives_at(f"{LESSON}check/{number}/")
        if number < questions:
            person.next()
            expect(page).to_have_title(re.compile(f"^Question {number + 1} of"))
    page.get_by_role("link", name="See the result").click()
    page.locator("h1.result-sentence").wait_for()
    assert re.search(
        rf"\d of {questions} right|All {questions} right", page.title() + page.content()
    )
    page.get_by_role("link", name="Checkmark").click()
    card = page.locator(".continue")
    card.get_by_role("link", name="Continue").click()
    person.arrives_at(f"{COURSE}how-a-batch-job-runs/")
    person.go("/progress/")
    assert re.search(r"\d of \d right", page.locator(".lesson-table").inner_text())


def read_key(page):
    """The right choices of the question whose feedback is shown."""
    rights = page.locator("li:is(.right-picked, .right-missed) > div:first-of-type")
    return [text.split("\n")[0] for text in rights.all_inner_texts()]


def test_what_was_missed_comes_back_until_it_is_right_once(visit):
    person = visit()
    page = person.page
    person.go(f"{LESSON}check/")
    key, asked = {}, []
    while True:
        stem = page.locator("h1.stem").inner_text()
        asked.append(stem)
        for text in key.get(stem, []):
            page.get_by_label(text, exact=True).check()
        if stem not in key:
            person.pick(1)
        person.check()
        key[stem] = read_key(page)
        if not page.get_by_role("link", name="Next", exact=True).count():
            break
        person.next()
    page.get_by_role("link", name="See the result").click()
    page.locator("h1.result-sentence").wait_for()
    misses = page.locator("[aria-labelledby=page-misses] > ul > li").count()
    assert len(asked) == len(key) + misses
    assert "since got right" in page.content() or "You have this" in page.content()


def test_the_misses_can_be_retried_from_the_result(visit):
    person = visit()
    page = person.page
    person.go(f"{LESSON}check/")
    for _ in range(5):
        person.pick(1)
        person.check()
        if page.get_by_role("link", name="See the result").count():
            break
        person.next()
    page.get_by_role("link", name="See the result").click()
    page.locator("h1.result-sentence").wait_for()
    misses = page.locator("[aria-labelledby=page-misses] > ul > li").count()
    page.get_by_role("button", name=re.compile("^Retry")).click()
    expect(page).to_have_title(re.compile(f"of {misses} "))


def test_coming_back_resumes_where_it_stopped(visit):
    person = visit()
    person.go(f"{LESSON}check/")
    person.pick(1)
    person.check()
    person.go("/")
    person.page.locator(".continue").get_by_role("link", name="Continue").click()
    expect(person.page).to_have_title(re.compile("Question 2"))


def test_reload_back_and_two_tabs_count_every_answer_once(visit):
    person = visit()
    page = person.page
    person.go(f"{LESSON}check/")
    other = page.context.new_page()
    other.goto(page.url)
    person.pick(1)
    first = person.check()
    page.reload()
    assert page.locator("[data-verdict]").get_attribute("data-verdict") == first
    person.next()
    page.go_back()
    page.locator("[data-verdict]").wait_for()
    other.locator("input[name=choice]").nth(2).check()
    other.get_by_role("button", name="Check", exact=True).click()
    assert other.locator("[data-verdict]").get_attribute("data-verdict") == first
    other.goto(person.site + LESSON)
    assert re.search(r"answered 1 of \d", other.locator("#page-end").inner_text())


def test_a_lost_connection_keeps_what_was_chosen(visit):
    person = visit()
    page = person.page
    person.go(f"{LESSON}check/")
    person.pick(2)
    page.context.set_offline(True)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".queued").filter(has_text="Saved in this browser").wait_for()
    assert page.locator("input[name=choice]").nth(1).is_checked()
    person.complaints.clear()
    page.context.set_offline(False)
    page.locator("[data-verdict]").first.wait_for()


def test_marking_a_lesson_as_read_needs_no_reload(visit):
    person = visit()
    person.go(LESSON)
    person.page.get_by_role("button", name="Mark as read").click()
    person.page.get_by_text(re.compile("Read on")).wait_for()
    person.go(COURSE)
    assert "Read" in person.page.locator(".mark-cell").first.inner_text()


def test_an_explanation_leads_into_the_lesson(visit):
    person = visit()
    page = person.page
    person.go(f"{LESSON}check/")
    person.pick(1)
    person.check()
    page.locator(".explanation.whole a").first.click()
    page.wait_for_url(re.compile(f"{LESSON}#"))
    anchor = page.url.partition("#")[2]
    assert page.locator(f'[id="{anchor}"]').count() == 1


def test_a_refused_form_says_to_reload(visit):
    person = visit()
    page = person.page
    person.go(f"{LESSON}check/")
    person.pick(1)
    page.context.clear_cookies()
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("alert").filter(has_text="Reload it").wait_for()
    assert page.locator("input[name=choice]").first.is_checked()
    person.complaints.clear()
