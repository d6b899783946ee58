"""A picture that no text shows can be taken off; it is kept, and no text of the past loses it."""

import pytest
from bs4 import BeautifulSoup

from learn.conflicts import open_conflicts
from learn.drafting import open_file
from learn.exporting import export_content
from learn.loading import sync_content
from learn.models import Course, MediaFile
from learn.publishing import studio_publication
from learn.releasing import publish_file
from learn.storage import sweep_files
from tests.factories import DAY, NOW, keep_draft, make_author, write_files

pytestmark = pytest.mark.django_db(databases="__all__")

NAME, FILE = "media/cat.svg", "01-cats.md"
SHOWN = f"# Cats\n\n![A cat]({NAME})\n"
PLAIN = "# Cats\n\nThey sleep.\n"
LIST = "/studio/animals/pictures/"
PAGE = LIST + NAME
PICTURE = "/courses/animals/media/cat.svg"


@pytest.fixture
def folder(tmp_path, settings):
    texts = {"course.md": "---\ntitle: Animals\n---\n", FILE: SHOWN, NAME: "<svg/>"}
    folder = write_files(tmp_path / "content" / "animals", texts)
    settings.CHECKMARK_CONTENT = folder.parent
    return folder


@pytest.fixture
def sync(folder, renderer):
    def sync():
        return sync_content(folder.parent, at=NOW, renderer=renderer)

    return sync


@pytest.fixture
def ada(client, sync):
    assert sync().is_fine
    client.force_login(ada := make_author(Course.objects.get()))
    return ada


@pytest.fixture
def publish(ada, renderer):
    def publish(source):
        course = Course.objects.get()
        released = publish_file(
            course=course,
            file_name=FILE,
            source=source,
            base_digest=open_file(course=course, file_name=FILE, user=ada).live_digest,
            publication=studio_publication(ada, at=NOW),
            renderer=renderer,
        )
        return released.state

    return publish


def page(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


def listed(client):
    found = page(client, LIST).select(".column > .picture-list code")
    return [code.text for code in found]


def test_one_that_nothing_shows_is_taken_off_and_put_back(client, publish):
    publish(PLAIN)
    [way] = [a["href"] for a in page(client, LIST).select(".picture-list a")]
    assert client.get(way).status_code == 200
    assert listed(client)
    client.post(way)
    assert not listed(client)
    assert client.get(PICTURE).status_code == 200  # for who may put it back
    sweep_files(at=NOW)
    sweep_files(at=NOW + 2 * DAY)
    with MediaFile.objects.get().file.open() as file:
        assert file.read() == b"<svg/>"
    [back] = page(client, LIST).select(".taken-off form")
    client.post(back["action"])
    assert listed(client)
    client.logout()
    assert client.get(PICTURE).status_code == 200


def test_nobody_else_gets_what_was_taken_off(client, publish):
    publish(PLAIN)
    client.post(PAGE)
    client.logout()
    assert client.get(PICTURE).status_code == 404


def test_it_is_said_which_texts_show_it(client, ada, folder, sync, publish):
    course = Course.objects.get()
    keep_draft(course, make_author(course, "ben"), "02-more.md", f"[See it]({NAME})\n")
    keep_draft(course, ada, "sub/03-raw.md", '<img src="../media/c%61t.svg" alt="x">\n')
    keep_draft(course, ada, "04-other.md", "A cat, as in media/cat.svg, and [a cat](media/dog.svg)")
    write_files(folder, {"05-broken.md": f"# New\n\n![A cat]({NAME}) [x](09-no.md)\n"})
    sync()
    for told in (client.get(PAGE), client.post(PAGE)):
        soup = BeautifulSoup(told.content, "html.parser")
        uses = [" ".join(use.text.split()) for use in soup.select(".column > ul li")]
        assert uses == [
            "01-cats.md published",
            "02-more.md draft of ben@example.com",
            "sub/03-raw.md draft of ada@example.com",
            "05-broken.md as it is in the folder",
        ]
        assert not soup.select("main form")
    assert told.status_code == 409
    assert listed(client)


def test_a_text_of_the_past_comes_back_with_its_picture(client, publish):
    publish(PLAIN)
    client.post(PAGE)
    assert publish(SHOWN) == "has-errors"
    client.post(f"/studio/animals/put-back/{NAME}")
    assert publish(SHOWN) == "published"
    assert client.get(PICTURE).content == b"<svg/>"


def test_an_export_removes_it_from_the_folder(client, publish, folder, sync):
    publish(PLAIN)
    client.post(PAGE)
    assert sync().ahead == [f"animals/{FILE}", f"animals/{NAME}"]
    assert not listed(client)
    assert export_content(folder.parent).removed == [f"animals/{NAME}"]
    assert not (folder / NAME).exists()
    assert sync().is_fine
    # Whoever puts it into the folder again has it on the site again.
    (folder / NAME).write_text("<svg/>")
    assert sync().is_fine
    assert listed(client)


def test_one_that_came_back_into_use_in_the_folder_is_not_missing_unseen(
    client, publish, folder, sync
):
    publish(PLAIN)
    client.post(PAGE)
    export_content(folder.parent)
    sync()
    write_files(folder, {FILE: SHOWN})
    assert sync().held_back == [f"animals/{FILE}"]


@pytest.mark.parametrize(("keep", "is_there"), [("folder", True), ("studio", False)])
def test_changed_in_the_folder_meanwhile_a_person_decides(
    client, publish, folder, sync, keep, is_there
):
    publish(PLAIN)
    client.post(PAGE)
    (folder / NAME).write_text("<svg id='f'/>")
    assert sync().conflicts == [f"animals/{NAME}"]
    assert not listed(client)
    asked = page(client, f"/studio/animals/two-pictures/{NAME}")
    assert asked.h1.text == "Changed in the folder, taken off in the studio"
    assert "the studio's is not kept" in asked.text
    [conflict] = open_conflicts(Course.objects.get())
    digest = MediaFile.objects.get().digest
    fields = {"keep": keep, "conflict": conflict.pk, "digest": digest}
    client.post(f"/studio/animals/two-pictures/{NAME}", fields)
    assert sync().is_fine
    assert bool(listed(client)) is is_there
    export_content(folder.parent)
    assert (folder / NAME).exists() is is_there


def test_there_is_no_way_to_take_off_what_is_not_there(client, ada):
    for address in (f"{LIST}media/no.svg", f"{LIST}{FILE}"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert client.post("/studio/animals/put-back/media/no.svg").status_code == 404
