"""Parts rendered once are what they would be if they were rendered each time."""

import re
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Engine, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import translation

from learn.models import User
from quizzes.kinds.choice import choice_ids
from quizzes.showing.told import FRAGMENT, told_fragment
from quizzes.templatetags.remembered import RememberedNode
from tests.factories import make_draft, make_lesson, make_question, right_fields, wrong_fields

BUILT_IN = ["quizzes.templatetags.remembered", "django.templatetags.i18n"]
# What differs each time: tokens, and when a form was shown.
SECRETS = re.compile(
    r'(name="(csrfmiddlewaretoken|shown|attempt)" value="[^"]*")|results/[\w-]+|data-person="[^"]*"'
)

HTMX = {"HX-Request": "true"}
SPACE = re.compile(r"(?<=>)\s+|\s+(?=<)")


def template(text):
    return Engine(builtins=BUILT_IN).from_string(text)


def test_a_part_is_rendered_once_for_its_values():
    made = []
    part = template("{% remembered name %}{% if made %}{% endif %}{{ name }}{% endremembered %}")
    values = {"made": partial(made.append, 1), "name": "<a>"}
    assert [part.render(Context(values)) for _ in range(3)] == ["&lt;a&gt;"] * 3
    assert len(made) == 1
    assert part.render(Context({**values, "name": "b"})) == "b"
    assert len(made) == 2


def test_a_part_is_rendered_in_each_language():
    part = template('{% remembered n %}{% translate "Yes" %}{{ n }}{% endremembered %}')
    said = set()
    for language in ("en", "de", "en"):
        with translation.override(language):
            said.add(part.render(Context({"n": 1})))
    assert said == {"Yes1", "Ja1"}


def test_a_part_that_depends_on_nothing_is_a_mistake():
    with pytest.raises(TemplateSyntaxError):
        template("{% remembered %}x{% endremembered %}")


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("picked", ["yes", "no", ""])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_question_is_shown_as_if_nothing_were_remembered(client, monkeypatch, picked, headers):
    make_lesson(drafts=[make_draft("one"), make_draft("two", stem="Second?")])
    said = [dialogue(client, picked, headers) for _ in range(2)]
    monkeypatch.setattr(
        RememberedNode, "render", lambda node, context: node.nodelist.render(context)
    )
    monkeypatch.setattr("quizzes.flow.told_fragment", rendered_whole)
    plain = dialogue(client, picked, headers)
    assert said == [plain, plain]
    assert len(plain) == 4


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("kind", ["typed", "number", "ordering", "matching", "sorting", "gaps"])
@pytest.mark.parametrize("tries", [1, 2])
def test_a_verdict_in_parts_is_the_whole_verdict(client, monkeypatch, kind, tries):
    draft = make_question(kind, tries=tries)
    make_lesson(drafts=[draft, make_draft("next")])
    in_parts = []

    def compared(told):
        parts = told_fragment(told)
        assert SPACE.sub("", parts.decode()) == SPACE.sub("", rendered_whole(told).decode())
        in_parts.append(parts)
        return parts

    monkeypatch.setattr("quizzes.flow.told_fragment", compared)
    for fields in (right_fields(draft), wrong_fields(draft)):
        client.cookies.clear()
        asked = client.get("/courses/animals/cats/check/1/", headers=HTMX)
        form = BeautifulSoup(asked.content, "html.parser").find("form", class_="question")
        hidden = form.find_all("input", type="hidden")
        given = {field["name"]: field["value"] for field in hidden if field["name"] != "order"}
        client.post(form["action"], {**given, **fields}, headers=HTMX)
    assert len(in_parts) == 2


def rendered_whole(told):
    """Render the whole fragment by its template."""
    return render_to_string(FRAGMENT, told.values()).encode()


def dialogue(client, picked, headers):
    """What a new guest, always with the same cookie, is shown from question to question."""
    User.objects.all().delete()
    client.cookies.clear()
    client.cookies["visitor"] = "v" * 32
    shown = []
    for position in (1, 2):
        address = f"/courses/animals/cats/check/{position}/"
        asked = client.get(address, headers=headers)
        form = BeautifulSoup(asked.content, "html.parser").find("form", class_="question")
        fields = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
        if picked:
            fields["choice"] = choice_ids([picked])
        told = client.post(address, fields, headers=headers, follow=True)
        shown += [asked.content.decode(), told.content.decode()]
    return [SPACE.sub("", SECRETS.sub("", text)) for text in shown]
