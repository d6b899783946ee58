"""The knowledge check over real requests: what a browser with and without HTMX gets."""

import gzip
import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learn.models import LessonVisit, User
from quizzes.kinds.choice import choice_ids
from quizzes.models import Attempt, Response
from tests.factories import ask, make_draft, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")
CHECK = "/courses/animals/cats/check/"
HTMX = {"HX-Request": "true"}


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def form_of(response):
    """The fields of the question's form as a browser would send them, without a choice."""
    form = page(response).find("form", class_="question")
    fields = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    return form["action"], fields


def submit(client, response, *texts, **headers):
    action, fields = form_of(response)
    return client.post(action, {**fields, "choice": choice_ids(texts)}, headers=headers or None)


def shown_choices(response):
    return [field["value"] for field in page(response).find_all("input", attrs={"name": "choice"})]


def answer_all(client, *texts):
    for text in texts:
        submit(client, client.get(CHECK), text)
    return client.get(CHECK, follow=True)


def test_the_question_is_a_form_with_a_legend_and_radio_buttons(client):
    make_lesson()
    soup = page(client.get(CHECK))
    form = soup.find("form", class_="question")
    assert form["method"] == "post"
    assert form.fieldset.legend.get_text(strip=True) == "Which?"
    assert {field["type"] for field in form.find_all("input", attrs={"name": "choice"})} == {
        "radio"
    }
    assert not form.find_all("input", checked=True)


def test_several_right_choices_are_checkboxes_with_an_instruction(client):
    make_lesson(drafts=[make_draft(right=("a", "b"), wrong=("c",))])
    soup = page(client.get(CHECK))
    kinds = {field["type"] for field in soup.find_all("input", attrs={"name": "choice"})}
    assert kinds == {"checkbox"}
    assert "every answer that is right" in soup.get_text()


def test_looking_at_a_question_writes_nothing(client):
    make_lesson()
    client.get(CHECK)
    client.get(f"{CHECK}2/")
    assert not User.objects.exists()
    assert not Attempt.objects.exists()


def test_the_order_of_choices_is_kept_over_a_reload_and_after_the_answer(client):
    make_lesson(drafts=[make_draft(wrong=("b", "c", "d", "e")), make_draft("two")])
    first = client.get(CHECK)
    order = shown_choices(first)
    assert shown_choices(client.get(CHECK)) == order
    submit(client, first, "b")
    assert Response.objects.get().item.shown_order == order


def test_different_browsers_get_different_orders():
    make_lesson(drafts=[make_draft(wrong=("b", "c", "d", "e", "f"))])
    orders = {tuple(shown_choices(Client().get(CHECK))) for _ in range(12)}
    assert len(orders) > 3


def test_the_key_and_the_explanations_are_in_no_byte_before_the_answer(client):
    make_lesson(drafts=[make_draft("one", right=("Paris",), wrong=("Rome",))])
    body = client.get(CHECK).content.decode()
    assert "because" not in body
    assert "whole of" not in body
    assert not re.search(r"data-verdict|right-|explanation", body)
    labels = re.findall(r'<label class="choice".*?</label>', body, re.DOTALL)
    stripped = {re.sub(r"[0-9a-f]{8}|Paris|Rome", "", label) for label in labels}
    assert len(stripped) == 1, "right and wrong choices must look alike to the byte"


def test_a_wrong_answer_explains_the_picked_choice_and_the_right_one(client):
    make_lesson()
    response = submit(client, client.get(CHECK), "no", **HTMX)
    soup = page(response)
    assert soup.find(attrs={"data-verdict": True})["data-verdict"] == "incorrect"
    told = [node.get_text(strip=True) for node in soup.select("li .explanation")]
    assert sorted(told) == ["because no", "because yes"]
    assert "Your answer, not correct" in soup.select_one("li.wrong-picked").get_text()
    assert "Correct answer" in soup.select_one("li.right-missed").get_text()
    assert "whole of one" in soup.select_one(".explanation.whole").get_text()


def test_a_right_answer_is_confirmed_with_its_reason(client):
    make_lesson()
    soup = page(submit(client, client.get(CHECK), "yes", **HTMX))
    assert soup.find(attrs={"data-verdict": "correct"})
    assert [n.get_text(strip=True) for n in soup.select("li .explanation")] == ["because yes"]


def test_half_right_is_told_apart(client):
    make_lesson(drafts=[make_draft(right=("a", "b"), wrong=("c",))])
    soup = page(submit(client, client.get(CHECK), "a", **HTMX))
    assert soup.find(attrs={"data-verdict": "partial"})


def test_a_percentage_with_parts_in_it_says_so(client):
    make_lesson(drafts=[make_draft(right=("a", "b"), wrong=("c",))])
    submit(client, client.get(CHECK), "a")
    lead = page(client.get(CHECK, follow=True)).find(class_="lead").get_text()
    assert "50% this time" in lead
    assert "What was partly right counts in part." in lead


def test_htmx_gets_a_small_fragment_with_one_heading_to_focus_and_its_own_title(client):
    make_lesson()
    response = submit(client, client.get(CHECK), "no", **HTMX)
    soup = page(response)
    assert b"<html" not in response.content
    assert len(soup.find_all(attrs={"autofocus": True, "tabindex": "-1"})) == 1
    assert soup.title.get_text().startswith("Not correct")
    assert response["HX-Push-Url"] == f"{CHECK}1/"
    assert "HX-Request" in response["Vary"]


def test_without_htmx_the_answer_redirects_to_a_page_with_the_feedback(client):
    make_lesson()
    response = submit(client, client.get(CHECK), "no")
    assert (response.status_code, response["Location"]) == (302, f"{CHECK}1/")
    soup = page(client.get(f"{CHECK}1/"))
    assert soup.find(attrs={"data-verdict": "incorrect"})
    assert soup.title.get_text().startswith("Not correct")


def test_the_first_answer_makes_a_guest_and_the_second_finds_it(client):
    make_lesson()
    answer_all(client, "yes", "no")
    assert User.objects.get().is_guest
    assert not User.objects.get().has_usable_password()
    assert Response.objects.count() == 2
    assert LessonVisit.objects.count() == 1


def test_a_signed_in_learner_needs_no_guest(client):
    make_lesson()
    learner = make_learner()
    client.force_login(learner)
    answer_all(client, "yes", "no")
    assert list(User.objects.all()) == [learner]
    assert Attempt.objects.get().user == learner


def test_an_attempt_resumes_where_it_stopped(client):
    make_lesson()
    submit(client, client.get(CHECK), "yes")
    assert "Question 2 of 2" in page(client.get(CHECK)).title.get_text()


def test_no_choice_brings_the_form_back_with_a_message_at_the_field(client):
    make_lesson()
    action, fields = form_of(client.get(CHECK))
    response = client.post(action, fields, headers=HTMX)
    soup = page(response)
    assert response.status_code == 422
    assert soup.find(role="alert").get_text(strip=True) == "Choose an answer."
    at_field = soup.find(id=soup.fieldset["aria-describedby"])
    assert at_field.get_text(strip=True) == "Choose an answer."
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "choice", [["nonsense"], ["\x00"], ["x" * 10_000], choice_ids(["yes", "no"])]
)
def test_a_made_up_choice_is_a_message_and_not_an_error(client, choice):
    make_lesson()
    action, fields = form_of(client.get(CHECK))
    assert client.post(action, {**fields, "choice": choice}).status_code == 422


@pytest.mark.parametrize("field", ["attempt", "version", "shown"])
@pytest.mark.parametrize("value", ["", "nonsense", "\x00", "é" * 500])
def test_a_damaged_hidden_field_never_breaks_the_page(client, field, value):
    make_lesson()
    action, fields = form_of(client.get(CHECK))
    damaged = {**fields, field: value, "choice": choice_ids(["yes"])}
    assert client.post(action, damaged, headers=HTMX).status_code in {200, 409}


def test_the_same_form_sent_twice_is_recorded_once(client):
    make_lesson()
    shown = client.get(CHECK)
    submit(client, shown, "no", **HTMX)
    same = submit(client, shown, "no", **HTMX)
    assert not page(same).select(".notice")
    other = submit(client, shown, "yes", **HTMX)
    assert page(other).find(attrs={"data-verdict": "incorrect"})
    assert "answered this already" in page(other).select_one(".notice").get_text()
    assert Response.objects.count() == 1


def test_a_page_from_before_the_attempt_ended_changes_nothing(client):
    make_lesson()
    stale = client.get(CHECK)
    answer_all(client, "no", "no")
    response = submit(client, stale, "yes", **HTMX)
    assert page(response).find(attrs={"data-verdict": "incorrect"})
    assert Response.objects.count() == 2
    assert Attempt.objects.count() == 1


def test_an_edit_between_showing_and_answering_shows_the_new_question_and_counts_nothing(client):
    lesson = make_lesson(drafts=[make_draft("one", stem="Old?")])
    shown = client.get(CHECK)
    ask(lesson, [make_draft("one", stem="New?")])
    response = submit(client, shown, "yes", **HTMX)
    assert response.status_code == 409
    assert "New?" in response.content.decode()
    assert "not counted" in response.content.decode()
    assert not Response.objects.exists()


def test_the_result_counts_and_shows_each_miss_with_its_explanation(client):
    make_lesson()
    response = answer_all(client, "yes", "maybe")
    soup = page(response)
    assert soup.h1.get_text(strip=True) == "1 of 2 right."
    [miss] = soup.select("[aria-labelledby=page-misses] li.card")
    assert "because maybe" in miss.get_text()
    assert "because yes" in miss.get_text()
    assert soup.select_one("[aria-labelledby=page-misses]").find("a", href="/courses/animals/cats/")
    assert "Retry the question you missed" in soup.get_text()


def test_the_whole_check_is_the_whole_one_though_a_retry_was_begun(client):
    make_lesson()
    result = answer_all(client, "yes", "no")
    retry = page(result).find("form", action=re.compile("/retry/"))["action"]
    assert "Question 1 of 1" in client.post(retry, follow=True).content.decode()
    assert "Question 1 of 2" in client.post(CHECK, follow=True).content.decode()
    assert "Question 1 of 1" in client.post(retry, follow=True).content.decode()
    assert Attempt.objects.count() == 2
    assert Response.objects.count() == 2


def test_a_retry_with_answers_comes_first_and_that_is_said(client):
    make_lesson(drafts=[make_draft(key) for key in ("one", "two", "three")])
    result = answer_all(client, "yes", "no", "no")
    client.post(page(result).find("form", action=re.compile("/retry/"))["action"])
    submit(client, client.get(CHECK), "yes")
    shown = client.post(CHECK, follow=True).content.decode()
    assert "Finish these first" in shown
    assert "Question 2 of 2" in shown


def test_retrying_asks_only_what_was_missed(client):
    make_lesson(drafts=[make_draft("one"), make_draft("two", stem="Second?")])
    soup = page(answer_all(client, "yes", "no"))
    retry = soup.find("form", action=re.compile("/retry/"))["action"]
    shown = client.post(retry, follow=True)
    assert "Second?" in shown.content.decode()
    assert "Question 1 of 1" in page(shown).title.get_text()
    soup = page(answer_all(client, "yes"))
    assert "now got right" in soup.get_text()
    assert not soup.find("form", action=re.compile("/retry/"))


def test_a_check_can_be_taken_again_with_a_new_attempt(client):
    make_lesson()
    answer_all(client, "yes", "yes")
    response = client.post(CHECK, follow=True)
    assert "Question 1 of 2" in page(response).title.get_text()
    assert Attempt.objects.count() == 2


def test_results_are_for_their_owner_alone(client):
    make_lesson()
    answer_all(client, "yes", "yes")
    address = Attempt.objects.get().get_absolute_url()
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 404
    assert Client().post(f"{address}retry/").status_code == 404


@pytest.mark.parametrize("address", ["/courses/x/cats/check/", "/courses/animals/x/check/"])
def test_what_is_not_there_is_not_found(client, address):
    make_lesson()
    assert client.get(address).status_code == 404
    assert client.post(f"{address}1/").status_code == 404


def test_a_lesson_without_questions_has_no_check(client):
    make_lesson(drafts=[])
    assert client.get(CHECK).status_code == 404
    assert client.post(CHECK).status_code == 404
    assert client.post(f"{CHECK}1/").status_code == 404
    assert not Attempt.objects.exists()


def test_a_number_beyond_the_quiz_leads_to_the_question_to_answer(client):
    make_lesson()
    assert client.get(f"{CHECK}99/")["Location"] == CHECK


def test_drafts_are_not_asked(client):
    make_lesson(status="draft")
    assert client.get(CHECK).status_code == 404


@pytest.mark.parametrize(("what", "most"), [("show", 5), ("answer", 19)])
def test_queries_do_not_grow_with_the_length_of_the_quiz(what, most):
    counts = {}
    course = make_lesson().course
    for size in (3, 40):
        make_lesson(course, f"q{size}", [make_draft(f"q{size}-{n}") for n in range(size)])
        address = f"/courses/{course.slug}/q{size}/check/"
        client = Client()
        submit(client, client.get(address), "no", **HTMX)
        with CaptureQueriesContext(connection) as shown:
            response = client.get(address)
        with CaptureQueriesContext(connection) as answered:
            submit(client, response, "no", **HTMX)
        counts[size] = shown if what == "show" else answered
    assert len(counts[3]) == len(counts[40]) <= most, [q["sql"] for q in counts[40]]


def test_a_swap_is_at_most_four_kilobytes_compressed(client):
    choices = [f"A choice of a usual length, number {n}, with some words" for n in range(5)]
    make_lesson(drafts=[make_draft(right=choices[:1], wrong=choices[1:])])
    response = submit(client, client.get(CHECK), choices[1], **HTMX)
    assert len(gzip.compress(response.content)) <= 4096


def test_the_time_taken_is_the_time_since_the_question_was_shown(client):
    make_lesson()
    shown = client.get(CHECK)
    submit(client, shown, "yes")
    seconds = Response.objects.get().seconds_taken
    assert seconds is not None
    assert 0 <= seconds < 5


def test_a_first_answer_that_says_nothing_begins_nothing(client):
    make_lesson()
    response = submit(client, client.get(CHECK), **HTMX)
    assert response.status_code == 422
    assert not Attempt.objects.exists()
    answered = submit(client, response, "yes", **HTMX)
    assert answered.status_code == 200
    assert (Attempt.objects.count(), Response.objects.count()) == (1, 1)
