"""What moves: the progress fills, questions arrive, and no press or focus is ever lost by it."""

import pytest
from playwright.sync_api import expect

CHECK = "/courses/aws-compute/what-they-are/check/"
# Where the first choice is, the moment that it is in the page.
PRESS_AT_ONCE = """() => new Promise((done) => {
  const look = new MutationObserver(() => {
    const choice = document.querySelector("form.question label.choice");
    if (!choice) return;
    look.disconnect();
    const { x, y } = choice.getBoundingClientRect();
    const hit = document.elementFromPoint(x + 60, y + 12);
    hit.click();
    const isTaken = Boolean(choice.querySelector(":checked")) && choice.contains(hit);
    const stem = document.querySelector("form.question .stem");
    const arrives = (change) => change.transitionProperty === "opacity";
    done([isTaken, stem.getAnimations().some(arrives)]);
  });
  look.observe(document.body, { childList: true, subtree: true });
  document.querySelector(".action-bar a.button").click();
})"""
WATCH_METER = """() => {
  window.values = [];
  const note = () => {
    const meter = document.querySelector(".quiz-top .meter");
    if (meter && window.values.at(-1) !== meter.value) window.values.push(meter.value);
    requestAnimationFrame(note);
  };
  note();
}"""


@pytest.fixture(params=["no-preference", "reduce"])
def wish(request):
    return request.param


@pytest.fixture
def person(visit, wish):
    person = visit(reduced_motion=wish)
    person.go(CHECK)
    return person


def test_a_question_takes_a_press_as_soon_as_it_is_there_while_its_looks_arrive(person, wish):
    person.pick(1)
    person.check()
    is_taken, arrives = person.page.evaluate(PRESS_AT_ONCE)
    assert is_taken
    assert arrives is (wish == "no-preference")
    expect(person.page.locator("input[name=choice]").first).to_be_checked()


def test_the_focus_is_on_the_question_that_arrives(person):
    person.pick(1)
    person.check()
    person.next()
    expect(person.page.locator("h1.stem")).to_be_focused()


def test_the_progress_shows_what_is_answered_and_fills_to_it(person):
    page = person.page
    page.evaluate(WATCH_METER)
    person.pick(1)
    person.check()
    expect(page.locator(".quiz-top .meter")).to_have_js_property("value", 1)
    person.next()
    person.pick(1)
    person.check()
    expect(page.locator(".quiz-top .meter")).to_have_js_property("value", 2)
    # It never shows less than it did.
    values = page.evaluate("window.values")
    assert values == sorted(values)


def test_nothing_moves_for_longer_than_a_fifth_of_a_second_or_for_those_who_want_calm(visit):
    for wish, longest in (("no-preference", 0.2), ("reduce", 0)):
        person = visit(reduced_motion=wish)
        person.go(CHECK)
        times = person.page.evaluate(
            """() => [...document.querySelectorAll("*")].flatMap((one) => {
                 const style = getComputedStyle(one);
                 const all = `${style.transitionDuration}, ${style.animationDuration}`;
                 return all.split(", ").map(parseFloat);
               })"""
        )
        assert max(times) <= longest, wish


def test_no_view_transition_holds_up_a_page(visit):
    """The browser's own take no press while they are prepared, for up to 600 ms as measured."""
    person = visit()
    person.page.add_init_script(
        "addEventListener('pagereveal', (event) => { window.held = Boolean(event.viewTransition) })"
    )
    person.go("/")
    person.page.locator("a.button").first.click()
    person.page.wait_for_url("**/courses/**")
    assert person.page.evaluate("window.held") is False
