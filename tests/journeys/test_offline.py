"""Reading without a connection, and answers that are sent when it returns, each once."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import new_visitor, violations

COURSE = "/courses/aws-compute/"
LESSON = f"{COURSE}what-they-are/"


@pytest.fixture
def person(browser, site):
    """Somebody whose browser may complain: without a connection it does."""
    visitor = new_visitor(browser, site)
    yield visitor
    visitor.page.context.close()


def open_and_keep(person):
    """Open the lesson and keep it with its check."""
    person.go(LESSON)
    button = person.page.locator("[data-keep]")
    expect(button).to_be_visible()
    button.click()
    # A dozen pages are fetched, by a machine that may be busy.
    expect(button).to_have_text("Saved for offline", timeout=20_000)


def answered(person):
    """How many answers the site has, as the lesson's end tells."""
    person.go(LESSON)
    told = re.search(r"answered (\d) of", person.page.locator("#page-end").inner_text())
    return int(told[1]) if told else 0


def test_an_opened_lesson_is_there_without_a_connection(person):
    page = person.page
    person.go(LESSON)
    expect(page.locator("[data-keep]")).to_be_visible()
    page.wait_for_timeout(500)
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("What AWS Batch and AWS Lambda are")
    expect(page.locator("#page-queue")).to_contain_text("This is how the page was on")
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"
    person.go("/progress/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved lessons")
    expect(page.locator(".kept-lessons a")).to_have_count(1)
    assert violations(page) == []
    page.locator(".kept-lessons a").click()
    person.arrives_at(LESSON)
    expect(page.locator(".prose h2").first).to_be_visible()


def test_answers_given_offline_are_sent_once_when_the_connection_returns(person):
    page = person.page
    open_and_keep(person)
    page.context.set_offline(True)
    person.go(f"{LESSON}check/")
    for _ in range(2):
        person.pick(1)
        page.get_by_role("button", name="Check", exact=True).click()
        saved = page.locator(".queued")
        expect(saved).to_contain_text("Saved in this browser; sent when you are back online.")
        assert page.locator("input[name=choice]").first.is_checked()
        assert violations(page) == []
        saved.get_by_role("link", name="Next question").click()
        page.wait_for_load_state()
    expect(page.locator("#page-queue")).to_contain_text("2 answers")
    page.context.set_offline(False)
    expect(page.locator("#page-queue")).to_contain_text("answers sent: 2")
    page.get_by_role("link", name="See what to learn from it").click()
    page.locator("[data-verdict]").first.wait_for()
    assert answered(person) == 2
    page.reload()
    assert answered(person) == 2


# As behind a hotel's login: there is a network, and nothing says when it leads anywhere again.
SEEMS_ONLINE = """
Object.defineProperty(Navigator.prototype, "onLine", {get: () => true});
for (const name of ["online", "offline"])
  addEventListener(name, (event) => event.stopImmediatePropagation(), true);
"""


def test_the_last_answer_given_offline_leads_back_to_the_lesson(person):
    page = person.page
    open_and_keep(person)
    page.context.set_offline(True)
    person.go(f"{LESSON}check/5/")
    person.pick(1)
    page.get_by_role("button", name="Check", exact=True).click()
    saved = page.locator(".queued")
    saved.get_by_role("link", name="What AWS Batch and AWS Lambda are").click()
    person.arrives_at(LESSON)
    expect(page.locator(".prose h2").first).to_be_visible()


def test_answers_wait_and_are_sent_where_the_browser_only_seems_to_be_online(person):
    page = person.page
    page.add_init_script(SEEMS_ONLINE)
    person.go(f"{LESSON}check/")
    person.pick(1)
    page.context.set_offline(True)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#page-queue")).to_contain_text("One answer is saved in this browser")
    page.wait_for_timeout(3000)  # longer than until the first try
    expect(page.locator("#page-queue")).to_contain_text("One answer is saved in this browser")
    page.context.set_offline(False)
    expect(page.locator("#page-queue")).to_contain_text("answers sent: 1", timeout=20_000)
    assert answered(person) == 1


def answer_two_offline(person):
    """Answer the first two questions of the lesson's check without a connection."""
    open_and_keep(person)
    person.page.context.set_offline(True)
    person.go(f"{LESSON}check/")
    for _ in range(2):
        person.pick(1)
        person.page.get_by_role("button", name="Check", exact=True).click()
        person.page.locator(".queued").get_by_role("link", name="Next question").click()
        person.page.wait_for_load_state()
    expect(person.page.locator("#page-queue")).to_contain_text("2 answers")


def answers_first(page, status):
    """Have the site meet the first question with this status, as often as it is sent."""
    page.route("**/check/1/", lambda route: route.fulfill(status=status, body=""))


KEPT = """() => new Promise((resolve) => {
  indexedDB.open("checkmark", 1).onsuccess = ({ target }) => {
    const store = target.result.transaction("answers").objectStore("answers");
    store.getAll().onsuccess = (event) => { target.result.close(); resolve(event.target.result); };
  };
})"""


@pytest.mark.parametrize("status", [403, 500])
def test_an_answer_that_the_site_cannot_take_is_kept_and_holds_up_no_other(person, status):
    page = person.page
    answer_two_offline(person)
    first = next(kept for kept in page.evaluate(KEPT) if kept["url"].endswith("/1/"))
    answers_first(page, status)
    page.context.set_offline(False)
    note = page.locator("#page-queue")
    expect(note).to_contain_text("Answers that the site could not take yet: 1.")
    # To try writes nothing: it might be over another answer that was given meanwhile.
    assert page.evaluate(KEPT) == [first]
    assert violations(page) == []
    expect(note).to_contain_text("answers sent: 1.")
    page.unroute("**/check/1/")
    expect(note).to_contain_text("answers sent: 2.", timeout=10_000)
    expect(note).not_to_contain_text("could not take")
    assert answered(person) == 2


def test_a_question_answered_offline_shows_its_answer_when_it_is_opened_again(person):
    page = person.page
    answer_two_offline(person)
    person.go(f"{LESSON}check/1/")
    expect(page.locator(".queued")).to_contain_text("Saved in this browser")
    assert page.locator("input[name=choice]").first.is_checked()
    person.go(f"{LESSON}check/3/")
    page.wait_for_timeout(1000)
    assert page.locator("input[name=choice]:checked").count() == 0
    assert page.locator(".queued").count() == 0


def test_an_answer_that_breaks_the_connection_lets_others_go_first_next_time(person):
    page = person.page
    answer_two_offline(person)
    page.route("**/check/1/", lambda route: route.abort())
    page.context.set_offline(False)
    note = page.locator("#page-queue")
    expect(note).to_contain_text("answers sent: 1", timeout=10_000)
    expect(note).to_contain_text("One answer is saved in this browser")
    page.unroute("**/check/1/")
    expect(note).to_contain_text("answers sent: 2", timeout=20_000)
    assert answered(person) == 2


def test_nothing_more_is_sent_to_a_site_that_is_busy(person):
    page, tried = person.page, []
    answer_two_offline(person)
    any_question = re.compile(r"/check/\d/$")

    def busy(route):
        tried.append(route.request.url)
        route.fulfill(status=503)

    page.route(any_question, busy)
    with page.expect_response(any_question):
        page.context.set_offline(False)
    page.wait_for_timeout(500)  # less than until the next try
    assert len(tried) == 1
    page.unroute(any_question)
    expect(page.locator("#page-queue")).to_contain_text("answers sent: 2", timeout=20_000)


def test_an_answer_that_is_refused_for_good_is_told_and_sent_no_more(person):
    page = person.page
    answer_two_offline(person)
    answers_first(page, 400)
    page.context.set_offline(False)
    note = page.locator("#page-queue")
    expect(note).to_contain_text("not counted")
    again = note.get_by_role("link", name="Answer again")
    expect(again).to_have_attribute("href", f"{LESSON}check/1/")
    # It is still told when others were tried again meanwhile.
    page.wait_for_timeout(3000)
    expect(again).to_be_visible()
    page.unroute("**/check/1/")
    assert answered(person) == 1
    page.reload()
    page.wait_for_load_state("networkidle")
    assert answered(person) == 1


def test_the_feedback_comes_to_the_question_that_is_still_open(person):
    page = person.page
    person.go(f"{LESSON}check/")
    person.pick(2)
    page.context.set_offline(True)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".queued")).to_be_visible()
    page.context.set_offline(False)
    page.locator("[data-verdict]").first.wait_for()
    assert answered(person) == 1


def test_an_answer_that_did_arrive_is_not_counted_again(person):
    page = person.page
    person.go(f"{LESSON}check/")
    person.pick(1)
    # The site takes the answer, and the connection breaks before the browser hears of it.
    page.route("**/check/1/", lambda route: (route.fetch(), route.abort())[1], times=1)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".queued")).to_be_visible()
    page.unroute("**/check/1/")
    page.reload()
    expect(page.locator("#page-queue")).to_contain_text("answers sent: 1")
    assert answered(person) == 1


def test_nothing_is_sent_before_the_site_says_who_is_here(person):
    page, sent = person.page, []
    person.go(f"{LESSON}check/")
    person.pick(1)
    page.route("**/check/1/", lambda route: route.abort(), times=1)
    page.route("**/preferences/", lambda route: route.fulfill(status=503, body="Busy"), times=1)
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else 0)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#page-queue")).to_contain_text("One answer is saved in this browser")
    page.locator("[data-verdict]").first.wait_for()
    assert len(sent) == 2  # the one that failed, and the one that told
    assert answered(person) == 1


def test_kept_pages_go_when_somebody_else_signs_in(person):
    page = person.page
    person.go(f"{LESSON}check/")
    person.pick(1)
    person.check()
    open_and_keep(person)
    count = "async () => (await (await caches.open('pages')).keys()).length"
    assert page.evaluate(count) > 5
    # As after signing out: the next page is of somebody new.
    page.context.clear_cookies()
    person.go(COURSE)
    page.wait_for_timeout(500)
    assert page.evaluate(count) == 1


def test_nothing_private_is_kept(person):
    page = person.page
    open_and_keep(person)
    for path in ("/my-data/", "/accounts/login/", "/progress/"):
        person.go(path)
    kept = page.evaluate(
        "async () => { const all = []; for (const name of await caches.keys())"
        " for (const { url } of await (await caches.open(name)).keys()) all.push(url); return all }"
    )
    assert kept
    assert not [url for url in kept if re.search("/(accounts|studio|my-data|progress)/", url)]


def test_a_first_visit_asks_for_little_before_it_has_loaded(person):
    page, early, loaded = person.page, [], []
    page.on("request", lambda request: None if loaded else early.append(request.url))
    page.on("load", lambda _: loaded.append(True))
    person.go(LESSON)
    assert len(early) <= 6, early
    assert not [url for url in early if url.endswith("sw.js")]


def test_without_a_worker_everything_else_works(browser, site):
    person = new_visitor(browser, site, service_workers="block")
    person.go(f"{LESSON}check/")
    person.pick(1)
    assert person.check() in {"correct", "incorrect"}
    person.page.context.close()
