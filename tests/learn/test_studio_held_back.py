"""A file that was broken in the folder from the start: authors find it, mend it, and publish it."""

import pytest
from bs4 import BeautifulSoup

from learn.conflicts import open_conflicts
from learn.exporting import export_content
from learn.models import Course, Lesson
from tests.factories import make_author, write_files
from tests.learn.folder_of_animals import EDIT, NAME, animals, page, row, send, synchronising

pytestmark = pytest.mark.django_db(databases="__all__")

BROKEN = "# Dogs at home\n\nThey bark. See [birds](09-birds.md).\n"
WORSE = BROKEN + "\nAnd [fish](10-fish.md).\n"
MENDED = "# Dogs at home\n\nThey bark.\n"


@pytest.fixture
def file(tmp_path):
    return animals(tmp_path, BROKEN)


@pytest.fixture
def sync(file, renderer):
    return synchronising(file, renderer)


@pytest.fixture
def ada(client, sync):
    assert sync().held_back == [f"animals/{NAME}"]
    client.force_login(ada := make_author(Course.objects.get()))
    return ada


def publish(client, source):
    return send(client, EDIT, source)


def test_it_is_listed_with_its_title_and_opens_with_its_problems(client, ada, file, sync):
    for _again in range(2):
        assert "Dogs at home" in row(client)
        assert "held back in the folder" in row(client)
        assert "1 problem" in row(client)
        editor = page(client, EDIT)
        assert editor.textarea.text.strip() == BROKEN.strip()
        assert "its errors keep it off the site" in editor.text
        [finding] = editor.select(".finding")
        assert "09-birds.md" in finding.text
        # Each link of the list and the page leads somewhere.
        for link in page(client, "/studio/").select(".studio-files a") + editor.select("main a"):
            if link["href"].startswith("/"):
                assert client.get(link["href"]).status_code == 200, link["href"]
        report = sync()
        assert (report.held_back, report.conflicts) == ([f"animals/{NAME}"], [])
    assert len(open_conflicts(Course.objects.get())) == 1


def test_mended_in_the_studio_it_is_published_and_exported(client, ada, file, sync):
    assert publish(client, BROKEN).status_code == 422
    assert publish(client, MENDED).status_code == 302
    assert Lesson.objects.get(file_name=NAME).live.source == MENDED
    assert "held back" not in row(client)
    report = sync()
    assert (report.is_fine, report.ahead) == (True, [f"animals/{NAME}"])
    assert export_content(file.parent.parent).is_fine
    assert file.read_text() == MENDED
    assert sync().is_fine


def test_mended_in_the_folder_it_is_published_and_no_longer_waits(client, ada, file, sync):
    file.write_text(MENDED)
    assert sync().is_fine
    assert "held back" not in row(client)
    assert "published" in row(client)
    assert not open_conflicts(Course.objects.get())


def test_deleted_in_the_folder_it_is_gone(client, ada, file, sync):
    file.unlink()
    assert sync().is_fine
    assert row(client) == ""
    assert client.get(EDIT).status_code == 404


def test_what_was_changed_in_the_folder_meanwhile_is_not_taken_as_seen(client, ada, file, sync):
    publish(client, BROKEN)  # is refused, and kept as a draft
    file.write_text(WORSE)
    sync()
    told = publish(client, MENDED)
    assert told.status_code == 409
    both = BeautifulSoup(told.content, "html.parser")
    assert "The folder has another text of this file by now" in both.h1.text
    assert "10-fish.md" in both.textarea.text
    assert "Somebody published" not in both.text
    assert not Lesson.objects.filter(file_name=NAME).exists()
    # Once both were seen, what was made of them is published, and the folder's counts as seen.
    form = both.select_one("form:has(textarea)")
    fields = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    sent = client.post(form["action"], {**fields, "source": MENDED, "action": "publish"})
    assert sent.status_code == 302
    assert Lesson.objects.get(file_name=NAME).live.source == MENDED
    assert (sync().conflicts, file.read_text()) == ([], WORSE)


def test_line_ends_of_the_folder_stay(client, ada, file, sync):
    file.write_bytes(BROKEN.replace("\n", "\r\n").encode())
    sync()
    publish(client, MENDED.replace("\n", "\r\n"))
    assert Lesson.objects.get(file_name=NAME).live.source == MENDED.replace("\n", "\r\n")


def test_the_courses_own_text_is_found_too(client, tmp_path, sync):
    broken = "---\ntitle: Birds\n---\n\nSee [nothing](09-nothing.md).\n"
    texts = {"course.md": broken, "01-owls.md": "# Owls\n\nThey fly.\n"}
    root = write_files(tmp_path / "birds" / "birds", texts).parent
    assert sync(root).held_back == ["birds/course.md"]
    client.force_login(make_author(Course.objects.get()))
    assert "held back in the folder" in page(client, "/studio/").text
    assert "09-nothing.md" in page(client, "/studio/birds/edit/course.md").textarea.text


def test_a_new_lesson_does_not_take_its_name(client, ada):
    assert client.post("/studio/animals/new/", {"title": "Dogs"})["Location"].endswith("-dogs-2.md")
