"""An edit with errors in the folder, of a file that is up: authors learn of it and may mend it."""

import pytest
from bs4 import BeautifulSoup

from learn.conflicts import open_conflicts
from learn.exporting import export_content
from learn.models import Course, Lesson
from tests.factories import make_author
from tests.learn.folder_of_animals import EDIT, NAME, animals, page, row, send, synchronising

pytestmark = pytest.mark.django_db(databases="__all__")

BOTH = f"/studio/animals/conflict/{NAME}"
UP = "# Dogs\n\nThey bark.\n"
FAULTY = "# Dogs\n\nThey bark, and like [birds](09-birds.md).\n"
MORE = FAULTY + "\nAnd [fish](10-fish.md).\n"
MENDED = "# Dogs\n\nThey bark, and like birds.\n"


@pytest.fixture
def file(tmp_path):
    return animals(tmp_path, UP)


@pytest.fixture
def sync(file, renderer):
    return synchronising(file, renderer)


@pytest.fixture
def ada(client, sync, file):
    assert sync().is_fine
    client.force_login(ada := make_author(Course.objects.get()))
    file.write_text(FAULTY)
    report = sync()
    assert (report.held_back, report.conflicts) == ([f"animals/{NAME}"], [])
    return ada


def live():
    return Lesson.objects.get(file_name=NAME).live.source


def test_authors_are_told_and_see_the_text_with_its_errors(client, ada, sync):
    for _again in range(2):
        assert "its newer text in the folder has errors" in row(client)
        editor = page(client, EDIT)
        assert "The folder has a newer text of this file" in editor.select_one(".notice.bad").text
        assert editor.textarea.text.strip() == UP.strip()
        both = page(client, BOTH)
        assert both.h1.text == "Edited in the folder, with errors"
        [finding] = both.select(".finding")
        assert "09-birds.md" in finding.text
        assert both.textarea.text.strip() == FAULTY.strip()
        assert both.select(".both-sides ins")
        assert live() == UP
        sync()
    assert len(open_conflicts(Course.objects.get())) == 1


def test_mended_there_it_is_published_and_goes_to_the_folder(client, ada, sync, file):
    assert send(client, BOTH, FAULTY).status_code == 422
    assert send(client, BOTH, MENDED).status_code == 302
    assert live() == MENDED
    assert "folder" not in row(client)
    report = sync()
    assert (report.is_fine, report.ahead) == (True, [f"animals/{NAME}"])
    assert export_content(file.parent.parent).is_fine
    assert file.read_text() == MENDED
    assert sync().is_fine


def test_mended_as_a_draft_it_counts_as_the_folders(client, ada, sync, file):
    assert send(client, BOTH, FAULTY, "save")["Location"] == EDIT
    editor = page(client, EDIT)
    assert editor.textarea.text.strip() == FAULTY.strip()
    assert "Another text was published" not in editor.text
    assert send(client, EDIT, MENDED).status_code == 302
    assert live() == MENDED
    report = sync()
    assert (report.conflicts, report.ahead) == ([], [f"animals/{NAME}"])


def test_what_the_folder_changed_meanwhile_is_shown_beside_the_draft(client, ada, sync, file):
    send(client, BOTH, FAULTY, "save")
    file.write_text(MORE)
    sync()
    told = send(client, EDIT, MENDED)
    assert told.status_code == 409
    both = BeautifulSoup(told.content, "html.parser")
    assert "The folder has another text of this file by now" in both.h1.text
    assert "10-fish.md" in both.textarea.text
    assert live() == UP


def test_mended_in_the_folder_meanwhile_both_are_merged(client, ada, sync, file):
    send(client, BOTH, FAULTY.replace("They bark", "Dogs bark"), "save")
    file.write_text(FAULTY.replace("[birds](09-birds.md)", "birds") + "\nA line more.\n")
    assert sync().is_fine
    assert "folder" not in row(client)
    told = send(client, EDIT, FAULTY.replace("# Dogs", "# The dogs"))
    assert told.status_code == 409
    proposal = BeautifulSoup(told.content, "html.parser").textarea.text
    assert "# The dogs" in proposal
    assert "A line more." in proposal


def test_the_studios_own_edit_goes_on_and_meets_the_folders(client, ada, sync):
    assert send(client, EDIT, UP + "\nLoudly.\n").status_code == 302
    assert "edited in the folder, too" in row(client)
    assert page(client, BOTH).h1.text == "Edited in the folder and in the studio"
    assert sync().conflicts == [f"animals/{NAME}"]
    assert len(open_conflicts(Course.objects.get())) == 1


def test_taken_back_in_the_folder_nothing_is_left(client, ada, sync, file):
    file.write_text(UP)
    assert sync().is_fine
    assert "folder" not in row(client)
    assert client.get(BOTH).status_code == 404


def test_the_courses_own_text_is_told_of_too(client, ada, sync, file):
    (file.parent / "course.md").write_text("---\ntitle: Animals\n---\n\n[Nothing](09-no.md)\n")
    sync()
    assert page(client, "/studio/animals/conflict/course.md").select(".finding")
