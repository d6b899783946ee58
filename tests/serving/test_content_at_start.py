"""What a start does with a folder of courses that is not what it was."""

import pytest
from django.core.management import CommandError, call_command

from learn.models import Course
from learn.serving.content import load_content
from tests.factories import make_lesson
from tests.serving.site import make_content

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "beside", [(), ("README.md", "RULES.md"), (".git/x.md", "node_modules/a/x.md")]
)
def test_a_folder_without_lessons_takes_no_course_off_the_site(tmp_path, beside):
    make_lesson()
    for name in beside:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# What is here\n\nNothing yet.\n")
    [line] = load_content(tmp_path)
    assert line.startswith(f"The folder {tmp_path} holds no course")
    assert [course.slug for course in Course.objects.filter(retired_at=None)] == ["animals"]


@pytest.mark.parametrize("name", ["owls.md", "birds/owls.md", "README.md"])
def test_somebodys_own_notes_are_served_as_they_are(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("Owls see by night.\n")
    load_content(tmp_path)
    assert Course.objects.filter(retired_at=None).count() == 1


def test_notes_of_another_folder_take_the_place_of_what_was_served_before(tmp_path):
    load_content(make_content(tmp_path / "before"))
    notes = tmp_path / "notes"
    (notes / "birds").mkdir(parents=True)
    (notes / "birds" / "README.md").write_text("Owls see by night.\n")
    told = load_content(notes)
    assert any("sea/01-tides.md is no longer in the folder" in line for line in told)
    assert Course.objects.get(retired_at=None).slug == "birds"


def test_the_first_start_with_an_empty_folder_says_nothing(tmp_path):
    assert load_content(tmp_path) == []


def test_a_folder_that_is_not_to_be_published_is_no_folder_to_name(tmp_path):
    with pytest.raises(CommandError, match="leave one of them out") as caught:
        call_command("serve", "--content", str(tmp_path), "--no-content")
    assert caught.value.returncode == 2
