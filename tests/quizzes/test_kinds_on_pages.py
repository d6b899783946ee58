"""Every kind of question over real requests: asked without its key, answered, explained."""

import pytest
from bs4 import BeautifulSoup

from learn.question_drafts import with_next_word
from quizzes.models import Attempt, Response
from tests.factories import ask, make_draft, make_lesson, make_question, right_fields, wrong_fields

pytestmark = pytest.mark.django_db(databases="__all__")
CHECK = "/courses/animals/cats/check/"
HTMX = {"HX-Request": "true"}
KINDS = ["typed", "number", "ordering", "matching", "sorting", "gaps"]


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def hidden_fields(response):
    form = soup_of(response).find("form", class_="question")
    fields = {
        field["name"]: field["value"]
        for field in form.find_all("input", type="hidden")
        if field["name"] != "order"
    }
    return form["action"], fields


def send(client, shown, fields, **headers):
    action, hidden = hidden_fields(shown)
    return client.post(action, {**hidden, **fields}, headers=headers or None)


def verdict_of(response):
    found = soup_of(response).find(attrs={"data-verdict": True})
    return found["data-verdict"] if found else None


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_answer_is_right(client, kind):
    draft = make_question(kind)
    make_lesson(drafts=[draft])
    response = send(client, client.get(CHECK), right_fields(draft), **HTMX)
    assert verdict_of(response) == "correct"
    assert Attempt.objects.get().percent == 100


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_answer_is_explained_and_the_right_one_shown(client, kind):
    draft = make_question(kind)
    make_lesson(drafts=[draft])
    response = send(client, client.get(CHECK), wrong_fields(draft), **HTMX)
    assert verdict_of(response) in {"incorrect", "partial"}
    text = soup_of(response).get_text(" ", strip=True)
    assert "because" in text
    assert "whole of it" in text
    wanted = {
        "typed": "CloudWatch Logs",
        "number": "15 ± 1 min",
        "ordering": "You put it at",
        "matching": "Correct: work",
        "sorting": "Correct: Lambda",
        "gaps": "15 minutes",
    }
    assert wanted[kind] in text
    assert soup_of(response).select(".explanation")


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_holds_no_word_of_the_key(client, kind):
    make_lesson(drafts=[make_question(kind)])
    body = client.get(CHECK).content.decode()
    assert "because" not in body
    assert "whole of it" not in body
    if kind in {"typed", "gaps"}:
        assert "CloudWatch" not in body
        assert "15 min" not in body


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_fieldset_and_works_without_javascript(client, kind):
    draft = make_question(kind)
    make_lesson(drafts=[draft, make_question(kind, key="other")])
    shown = client.get(CHECK)
    form = soup_of(shown).find("form", class_="question")
    assert form.fieldset.legend.get_text(strip=True) == "Which?"
    response = send(client, shown, right_fields(draft))
    assert response["Location"] == f"{CHECK}1/"
    assert verdict_of(client.get(f"{CHECK}1/")) == "correct"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "ordering"])
def test_an_empty_form_comes_back_with_a_message(client, kind):
    make_lesson(drafts=[make_question(kind)])
    response = send(client, client.get(CHECK), {}, **HTMX)
    assert response.status_code == 422
    assert soup_of(response).find(role="alert").get_text(strip=True)


def test_typed_answers_are_an_input_named_answer(client):
    make_lesson(drafts=[make_question("typed")])
    assert soup_of(client.get(CHECK)).find("input", attrs={"name": "answer"})["type"] == "text"


def test_an_open_row_keeps_the_others(client):
    draft = make_question("matching")
    make_lesson(drafts=[draft])
    name, option = next(iter(right_fields(draft).items()))
    response = send(client, client.get(CHECK), {name: option}, **HTMX)
    assert response.status_code == 422
    picked = soup_of(response).find("select", attrs={"name": name}).find(selected=True)
    assert picked["value"] == option[0]


@pytest.mark.parametrize(("kind", "field"), [("typed", "answer"), ("gaps", "gap-2")])
def test_a_slip_asks_for_the_spelling_once_and_then_counts(client, kind, field):
    draft = make_question(kind)
    make_lesson(drafts=[draft])
    slip = {**right_fields(draft), field: ["CloudWacth Logs" if kind == "typed" else "idempotnet"]}
    response = send(client, client.get(CHECK), slip, **HTMX)
    assert response.status_code == 422
    assert "check the spelling" in response.content.decode()
    assert not Response.objects.exists()
    response = send(client, response, slip, **HTMX)
    assert verdict_of(response) in {"incorrect", "partial"}


def test_a_slip_that_is_mended_is_right(client):
    draft = make_question("typed")
    make_lesson(drafts=[draft])
    response = send(client, client.get(CHECK), {"answer": "CloudWacth Logs"}, **HTMX)
    response = send(client, response, right_fields(draft), **HTMX)
    assert verdict_of(response) == "correct"


def test_items_move_without_javascript_and_nothing_is_recorded(client):
    draft = make_question("ordering")
    make_lesson(drafts=[draft])
    shown = client.get(CHECK)
    before = [i["value"] for i in soup_of(shown).find_all("input", attrs={"name": "order"})]
    moved = send(client, shown, {"order": before, "move": f"{before[2]}:up"})
    after = [i["value"] for i in soup_of(moved).find_all("input", attrs={"name": "order"})]
    assert after == [before[0], before[2], before[1]]
    assert not Response.objects.exists()
    assert not Attempt.objects.exists()


def test_hints_come_one_at_a_time_keep_the_input_and_are_recorded(client):
    draft = make_question("typed", hints=["<p>think of logs</p>", "<p>think of clouds</p>"])
    make_lesson(drafts=[draft])
    shown = client.get(CHECK)
    assert "think of" not in shown.content.decode()
    first = send(client, shown, {"answer": "Cloud", "hint": "1"}, **HTMX)
    assert "think of logs" in first.content.decode()
    assert "think of clouds" not in first.content.decode()
    assert soup_of(first).find("input", attrs={"name": "answer"})["value"] == "Cloud"
    [focused] = soup_of(first).find_all(attrs={"autofocus": True})
    assert "think of logs" in focused.get_text()
    second = send(client, first, {"answer": "Cloud", "hint": "1"}, **HTMX)
    assert "think of clouds" in second.content.decode()
    assert "Show a hint" not in second.content.decode()
    send(client, second, right_fields(draft), **HTMX)
    assert Response.objects.get().hints_seen == 2


def test_with_tries_left_the_key_stays_hidden_and_the_next_try_costs_a_third(client):
    draft = make_question("typed", tries=2)
    make_lesson(drafts=[draft])
    response = send(client, client.get(CHECK), wrong_fields(draft), **HTMX)
    text = response.content.decode()
    assert "because CloudTrail" in text
    assert "CloudWatch Logs" not in text
    assert "1 try left" in text
    response = send(client, client.get(f"{CHECK}1/?again"), right_fields(draft), **HTMX)
    assert verdict_of(response) == "correct"
    attempt = Attempt.objects.get()
    assert (attempt.percent, attempt.right) == (66, 0)


def test_points_weigh_in_the_percentage(client):
    heavy, light = make_question("typed", key="a", points=3), make_question("number", key="b")
    make_lesson(drafts=[heavy, light])
    send(client, client.get(CHECK), right_fields(heavy), **HTMX)
    send(client, client.get(CHECK), wrong_fields(light), **HTMX)
    assert Attempt.objects.get().percent == 75


def test_what_was_missed_comes_back_until_right_and_changes_no_score(client):
    drafts = [make_question("typed", key="a"), make_question("number", key="b")]
    make_lesson(drafts=drafts)
    send(client, client.get(CHECK), wrong_fields(drafts[0]), **HTMX)
    last = send(client, client.get(CHECK), right_fields(drafts[1]), **HTMX)
    again = soup_of(last).find("a", class_="button")["href"]
    assert again == f"{CHECK}1/?again"
    shown = client.get(again)
    assert "Once more" in shown.content.decode()
    done = send(client, shown, right_fields(drafts[0]), **HTMX)
    assert "See the result" in done.content.decode()
    attempt = Attempt.objects.get()
    assert (attempt.right, attempt.percent) == (1, 50)
    result = client.get(attempt.get_absolute_url()).content.decode()
    assert "since got right" in result
    assert "Got right later" in result


def test_a_double_click_on_a_later_try_is_recorded_once(client):
    draft = make_question("typed", tries=3)
    make_lesson(drafts=[draft])
    send(client, client.get(CHECK), wrong_fields(draft), **HTMX)
    second = client.get(f"{CHECK}1/?again")
    send(client, second, {"answer": "nonsense"}, **HTMX)
    send(client, second, {"answer": "nonsense"}, **HTMX)
    assert [r.try_number for r in Response.objects.order_by("pk")] == [1, 2]


def set_quiz(lesson, **terms):
    lesson.live.quiz = {**lesson.live.quiz, **terms}
    lesson.live.save()


def test_an_exam_tells_nothing_before_its_end_and_everything_then(client):
    drafts = [make_question("typed", key="a"), make_question("number", key="b")]
    set_quiz(make_lesson(drafts=drafts), feedback="end")
    response = send(client, client.get(CHECK), wrong_fields(drafts[0]), **HTMX)
    text = response.content.decode()
    assert "because" not in text
    assert "data-verdict" not in text
    assert "Question 2 of 2" in text
    back = client.get(f"{CHECK}1/", follow=True)
    assert "Your answer to question 1 is kept." in back.content.decode()
    assert "Question 2 of 2" in back.content.decode()
    response = send(client, client.get(CHECK), right_fields(drafts[1]), **HTMX)
    result = client.get(response["HX-Redirect"]).content.decode()
    assert "because CloudTrail" in result


def test_certainty_is_asked_for_counted_and_private(client):
    draft = make_question("typed")
    set_quiz(make_lesson(drafts=[draft]), certainty=True)
    shown = client.get(CHECK)
    assert "How sure are you?" in shown.content.decode()
    refused = send(client, shown, wrong_fields(draft), **HTMX)
    assert refused.status_code == 422
    assert "how sure" in soup_of(refused).find(role="alert").get_text()
    send(client, refused, {**wrong_fields(draft), "certainty": "3"}, **HTMX)
    assert Response.objects.get().certainty == 3
    result = client.get(Attempt.objects.get().get_absolute_url()).content.decode()
    assert "With your certainty counted: \N{MINUS SIGN}6 marks" in result
    assert "You were certain: \N{MINUS SIGN}6" in " ".join(result.split())


def test_certainty_is_off_unless_a_quiz_asks(client):
    make_lesson()
    assert "How sure" not in client.get(CHECK).content.decode()


def test_a_drawn_quiz_asks_so_many_and_keeps_its_draw(client):
    drafts = [make_draft(f"q{n}", stem=f"Number {n}?") for n in range(12)]
    set_quiz(make_lesson(drafts=drafts), pick=5)
    first = client.get(CHECK)
    assert "of 5" in soup_of(first).title.get_text()
    for page in ("/courses/animals/cats/", "/courses/animals/", "/"):
        assert "5 questions" in soup_of(client.get(page)).get_text(), page
    assert soup_of(client.get(CHECK)).h1 == soup_of(first).h1
    seen = {soup_of(client.get(f"{CHECK}{n}/")).h1.get_text() for n in range(1, 6)}
    assert len(seen) == 5


def test_a_changed_question_shows_then_and_now(client):
    lesson = make_lesson(drafts=[make_question("typed", stem="How long is 15 minutes?")])
    send(client, client.get(CHECK), wrong_fields(make_question("typed")), **HTMX)
    address = Attempt.objects.get().get_absolute_url()
    ask(lesson, [make_question("typed", stem="How lengthy is 15 minutes?")])
    soup = soup_of(client.get(address))
    assert "wording was improved" in soup.get_text()
    assert (soup.find("del").get_text(), soup.find("ins").get_text()) == ("long", "lengthy")
    ask(lesson, [make_question("typed", stem="How long is 90 minutes?")])
    assert "asked differently now" in client.get(address).content.decode()


def test_a_result_stays_visible_while_another_attempt_is_open(client):
    draft = make_question("typed")
    make_lesson(drafts=[draft])
    send(client, client.get(CHECK), right_fields(draft), **HTMX)
    client.post(CHECK)
    outline = soup_of(client.get("/courses/animals/")).select_one(".mark-cell").get_text(" ")
    assert "1 of 1 right" in outline
    assert "0 of 1 answered" in outline


def test_a_failed_check_is_not_done_and_a_new_lesson_comes_before_it(client):
    draft = make_question("typed")
    lesson = make_lesson(drafts=[draft])
    send(client, client.get(CHECK), wrong_fields(draft), **HTMX)
    page = soup_of(client.get("/courses/animals/"))
    assert "0 of 1 done" in page.get_text()
    assert page.select_one("a.button")["href"] == "/courses/animals/cats/"
    make_lesson(lesson.course, "dogs", [make_question("number", key="d")], position=2)
    page = soup_of(client.get("/courses/animals/"))
    assert page.select_one("a.button")["href"] == "/courses/animals/dogs/"


def test_a_gap_takes_the_word_that_follows_it():
    assert "250 MB" in with_next_word(["250"], " MB unzipped.")
    assert with_next_word(["ECR"], ".") == ["ECR"]
