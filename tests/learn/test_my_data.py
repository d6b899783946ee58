"""'My data': everything can be taken along, and deleting leaves no row behind."""

import csv
import io
import json
import zipfile

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connections, models
from django.urls import reverse

from learn.models import (
    CourseRole,
    LessonVisit,
    MergeRecord,
    Note,
    Revision,
    UnclearReport,
    User,
)
from learn.personal_data import sections
from quizzes.models import ReviewCard
from tests.factories import DAY, NOW, answer, begin, keep_draft, make_learner, make_lesson

pytestmark = pytest.mark.django_db(databases="__all__")

# What hangs on a person without being theirs: a lesson's text stays, without its author's name.
NOT_OF_A_PERSON = {"learn.Revision", "learn.CourseRevision"}
# Django's own tables of rights, which the site does not use, and secrets of sign-in that are kept
# nowhere else and told to nobody.
EMPTY_OR_SECRET = {"account.EmailConfirmation", "socialaccount.SocialToken", "admin.LogEntry"}


@pytest.fixture
def person():
    """Somebody with at least one row of everything."""
    user = make_learner("mia", email="mia@example.org", first_name="=1+1")
    lesson = make_lesson()
    attempt = begin(lesson, user)
    answer(attempt, 1, "no")
    answer(attempt, 2, "yes")
    UnclearReport.objects.create(user=user, lesson=lesson, excerpt="About", created_at=NOW)
    Note.objects.create(user=user, lesson=lesson, text="mine", created_at=NOW, changed_at=NOW)
    CourseRole.objects.create(user=user, course=lesson.course, role="author")
    keep_draft(lesson.course, user, "a.md", "# A")
    MergeRecord.objects.create(source=1, user=user, answers=1, lessons=1, merged_at=NOW)
    Revision.objects.filter(lesson=lesson).update(author=user)
    ReviewCard.objects.get_or_create(
        user=user,
        question=lesson.questions.first(),
        defaults={
            "matter": "m", "stability": 2.3, "difficulty": 2.1, "first_at": NOW, "last_at": NOW,
            "due_at": NOW + 2 * DAY,
        },
    )  # fmt: skip
    return user


def personal_models():
    """Every model with a row that is there because of a person, however far away."""
    found: set[type[models.Model]] = {User}
    waiting: list[type[models.Model]] = [User]
    while waiting:
        for relation in waiting.pop()._meta.related_objects:
            model = relation.related_model
            if model not in found and relation.on_delete is models.CASCADE:
                found.add(model)
                waiting.append(model)
    return {model._meta.label for model in found}


def test_no_model_that_hangs_on_a_person_is_missing_from_the_export(person):
    exported = {section.model._meta.label for section in sections(person)}
    assert personal_models() - EMPTY_OR_SECRET - exported == set()


def test_the_export_holds_every_answer_in_json_and_in_csv(client, person):
    client.force_login(person)
    data = json.loads(client.get("/my-data/json/").content)
    assert [row["verdict"] for row in data["answers"]] == ["incorrect", "correct"]
    assert (
        data["answers"][0] | {"course": "animals", "lesson": "cats", "question": "one"}
        == (data["answers"][0])
    )
    assert data["person"][0]["email"] == "mia@example.org"
    archive = zipfile.ZipFile(io.BytesIO(client.get("/my-data/csv/").content))
    for section in sections(person):
        if count := section.rows.count():
            rows = list(csv.reader(io.StringIO(archive.read(f"{section.name}.csv").decode())))
            assert len(rows) == count + 1
            assert len(data[section.name]) == count


def test_nobody_is_told_to_wait_for_a_download_of_ordinary_size(client, person):
    client.force_login(person)
    assert "after some seconds" not in client.get("/my-data/").content.decode()


def test_no_secret_and_no_formula_leaves_the_site(client, person):
    client.force_login(person)
    everything = client.get("/my-data/json/").content.decode()
    assert person.password not in everything
    archive = zipfile.ZipFile(io.BytesIO(client.get("/my-data/csv/").content))
    [_, row] = csv.reader(io.StringIO(archive.read("person.csv").decode()))
    assert "'=1+1" in row


def test_nobody_gets_the_data_of_another(client, person):
    client.force_login(make_learner("other"))
    assert "mia@example.org" not in client.get("/my-data/json/").content.decode()


def test_deleting_asks_first_and_then_leaves_no_row_behind(client, person):
    client.force_login(person)
    assert client.get("/my-data/delete/").status_code == 200
    refused = client.post("/my-data/delete/", {})
    assert refused.status_code == 422
    assert User.objects.filter(pk=person.pk).exists()
    number, address = person.pk, person.email
    assert (
        "Everything is deleted" in client.post("/my-data/delete/", {"sure": "1"}).content.decode()
    )
    assert rows_about(number, address) == []
    assert "_auth_user_id" not in client.session
    assert LessonVisit.objects.count() == 0
    assert Revision.objects.get().author is None


def test_a_guest_can_take_and_delete_everything_too(client):
    make_lesson()
    page = client.get("/courses/animals/cats/check/")
    form = page.context["question"]
    answered = {"choice": form.detail.choices[0].id, "version": form.version}
    client.post("/courses/animals/cats/check/1/", answered)
    guest = User.objects.get()
    assert json.loads(client.get("/my-data/json/").content)["answers"]
    response = client.post("/my-data/delete/", {"sure": "1"})
    assert rows_about(guest.pk, guest.username) == []
    assert response.cookies["visitor"].value == ""


def test_before_the_first_answer_there_is_nothing(client):
    assert "Nothing is kept about you" in client.get("/my-data/").content.decode()
    assert client.get("/my-data/json/").url == reverse("learn:my-data")
    assert not User.objects.exists()


def rows_about(number, text):
    """Every row of every table that still names the person by number or by text."""
    found: list[object] = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.remote_field and field.related_model is User:
                rows = model._base_manager.filter(**{field.attname: number})
                found += [(model._meta.label, row.pk) for row in rows]
            elif isinstance(field, models.CharField | models.TextField):
                rows = model._base_manager.filter(**{f"{field.name}__contains": text})
                found += [(model._meta.label, row.pk) for row in rows]
    found += [
        s.pk for s in Session.objects.all() if s.get_decoded().get("_auth_user_id") == str(number)
    ]
    assert connections  # both databases were looked through by their models' managers
    return found
