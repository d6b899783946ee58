"""A refused form says so in the title, above it with a way to the field, and at the field."""

import pytest
from bs4 import BeautifulSoup

from learn.models import CourseRole
from tests.factories import begin, make_course, make_draft, make_learner, make_lesson, make_question
from tests.learn.test_studio import EDIT, TEXT

pytestmark = pytest.mark.django_db(databases="__all__")
LESSON = "/courses/animals/cats/"
CHECK = f"{LESSON}check/"
KINDS = ["choose-one", "typed", "number", "matching", "sorting", "gaps"]
FIELDS = ["input", "select", "textarea"]


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def hidden_of(form):
    found = form.find_all("input", type="hidden")
    return {field["name"]: field.get("value", "") for field in found}


def assert_refused(response, says=None):
    """Assert that the page tells all there is to tell of a refusal; return the field's element."""
    soup = soup_of(response)
    assert response.status_code == 422
    assert soup.title.get_text().startswith("Error: ")
    [summary] = soup.select(".form-faults")
    assert summary["tabindex"] == "-1"
    assert soup.select("[autofocus]") == [summary]
    assert soup.select("main [role=alert]:not([hidden])") == summary.select("[role=alert]")
    link = summary.a
    if says:
        assert says in link.get_text()
    field = soup.find(id=link["href"].removeprefix("#"))
    assert field.name in FIELDS
    described = field if "aria-describedby" in field.attrs else field.find_parent("fieldset")
    messages = [soup.find(id=id_) for id_ in described["aria-describedby"].split()]
    [message] = [each for each in messages if "field-fault" in each.get("class", [])]
    assert link.get_text(strip=True).split(": ", 1)[-1] in message.get_text(strip=True)
    if field.get("type") != "radio":
        assert field["aria-invalid"] == "true"
    return field


def question(kind):
    return make_draft() if kind == "choose-one" else make_question(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer(client, kind):
    make_lesson(drafts=[question(kind)])
    form = soup_of(client.get(CHECK)).find("form", class_="question")
    assert_refused(client.post(form["action"], hidden_of(form)))


def test_a_row_that_is_open_is_where_the_summary_leads(client):
    make_lesson(drafts=[make_question("matching")])
    form = soup_of(client.get(CHECK)).find("form", class_="question")
    first, second, *_more = form.find_all("select")
    chosen = {first["name"]: first.find_all("option")[1]["value"]}
    field = assert_refused(client.post(form["action"], {**hidden_of(form), **chosen}))
    assert field["id"] == second["id"]


def test_a_certainty_that_was_not_given_is_asked_for_where_it_is_asked(client):
    lesson = make_lesson(drafts=[make_draft()])
    lesson.live.quiz = {**lesson.live.quiz, "certainty": True}
    lesson.live.save()
    form = soup_of(client.get(CHECK)).find("form", class_="question")
    choice = form.find("input", attrs={"name": "choice"})["value"]
    response = client.post(form["action"], {**hidden_of(form), "choice": choice})
    assert assert_refused(response, "Say how sure you are.")["name"] == "certainty"


def test_a_quick_check(client):
    make_lesson(drafts=[make_question("typed", key="quick", role="quick")])
    action = f"{CHECK}quick/quick/"
    form = soup_of(client.get(action)).find("form", class_="question")
    assert_refused(client.post(action, hidden_of(form)), "Type an answer.")


@pytest.mark.parametrize("part", ["notes", "unclear"])
def test_a_note_or_a_report_that_is_too_long(client, part):
    make_lesson()
    address = f"{LESSON}{part}/"
    response = client.post(address, {"section": "", "text": "x" * 50_000})
    assert assert_refused(response, "Shorten it").name == "textarea"


def test_deleting_everything_without_saying_so(client):
    client.force_login(make_learner())
    assert assert_refused(client.post("/my-data/delete/"), "Tick the box")["name"] == "sure"


def test_how_often_reviews_come(client):
    user = make_learner()
    client.force_login(user)
    begin(make_lesson(), user)
    response = client.post("/review/retention/", {"percent": "7"})
    soup = soup_of(response)
    assert response.status_code == 422
    assert soup.title.get_text().startswith("Error: ")
    assert "Choose a share" in soup.select_one(".form-faults").get_text()


@pytest.mark.parametrize(
    ("address", "fields", "says"),
    [
        ("/accounts/signup/", {"email": "no address"}, "E-mail"),
        ("/accounts/signup/", {"email": "a@example.org", "password1": "1"}, "Password"),
        ("/accounts/login/", {"login": ""}, "E-mail"),
        ("/accounts/password/reset/", {"email": "nothing"}, "mail"),
    ],
)
def test_at_the_door(client, address, fields, says):
    assert_refused(client.post(address, fields), says)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/accounts/password/change/", {"oldpassword": "wrong"}),
        ("/accounts/email/", {"email": "nothing", "action_add": ""}),
        ("/accounts/reauthenticate/", {"password": "wrong"}),
    ],
)
def test_in_the_account(client, address, fields):
    user = make_learner(email="ann@example.org")
    user.set_password("correct horse battery")
    user.save()
    client.post("/accounts/login/", {"login": user.username, "password": "correct horse battery"})
    assert_refused(client.post(address, fields))


def test_a_form_that_is_only_shown_is_not_refused(client):
    for path in ("signup", "login", "password/reset"):
        assert client.get(f"/accounts/{path}/?next=/progress/").status_code == 200


@pytest.fixture
def instructor(client):
    course = make_course("sea")
    user = make_learner("ada", email="ada@example.com")
    CourseRole.objects.create(user=user, course=course, role="instructor")
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("address", "fields", "says"),
    [
        ("new/", {"title": " "}, "needs a title"),
        ("people/", {"who": "nobody", "role": "author"}, "Nobody here"),
        ("people/", {"who": "ada", "role": "king"}, "Choose a role."),
        ("people/", {"who": "ada", "role": "author"}, "your own role"),
        ("pictures/", {"alternative": "A boat"}, "Choose a picture."),
    ],
)
def test_in_the_studio(instructor, address, fields, says):
    assert_refused(instructor.post(f"/studio/sea/{address}", fields), says)


def test_a_text_with_errors_leads_to_its_problems(instructor):
    broken = TEXT.replace("- [x] the moon", "- [ ] the moon")
    instructor.post(EDIT, {"source": broken, "action": "save"})
    form = soup_of(instructor.get(EDIT)).find("form", id="page-editor")
    response = instructor.post(EDIT, {**hidden_of(form), "source": broken, "action": "publish"})
    soup = soup_of(response)
    assert response.status_code == 422
    assert soup.title.get_text().startswith("Error: ")
    [summary] = soup.select(".form-faults[autofocus]")
    assert "Not published" in summary.a.get_text()
    problems = soup.find(id=summary.a["href"].removeprefix("#"))
    assert problems.select(".finding.error a[href='#page-source']")
    assert soup.find(id="page-source")["aria-invalid"] == "true"
