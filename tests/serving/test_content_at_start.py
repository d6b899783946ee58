"""What a start does with a folder of courses that is not what it was."""

import pytest
from django.core.management import CommandError, call_command

from learn.models import Course
from learn.serving.content import load_content
from tests.factories import make_lesson

pytestmark = pytest.mark.django_db


def test_a_folder_without_texts_takes_no_course_off_the_site(tmp_path):
    make_lesson()
    assert load_content(tmp_path) == [
        f"The folder {tmp_path} holds no course; the site is left as it was."
    ]
    assert Course.objects.filter(retired_at=None).exists()


def test_the_first_start_with_an_empty_folder_says_nothing(tmp_path):
    assert load_content(tmp_path) == []


def test_a_folder_that_is_not_to_be_published_is_no_folder_to_name(tmp_path):
    with pytest.raises(CommandError, match="leave one of them out") as caught:
        call_command("serve", "--content", str(tmp_path), "--no-content")
    assert caught.value.returncode == 2
