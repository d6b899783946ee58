"""Folder and studio at the same file: both edits are kept, and a person merges them."""

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from learn.agreement import Standing, standing_of
from learn.authoring.names import COURSE_FILE
from learn.conflicts import open_conflicts
from learn.drafting import open_file
from learn.exporting import export_content
from learn.loading import sync_content
from learn.models import Course, FileConflict, Lesson, MediaFile, Origin, Revision
from learn.publishing import OvertakenError, studio_publication
from learn.releasing import (
    new_course,
    publish_file,
    retire_file,
    settle_conflict,
    settle_media,
    upload_media,
)
from tests.factories import DAY, NOW, make_learner, write_files

pytestmark = pytest.mark.django_db

CATS = "# Cats\n\nCats sleep.\n\nCats eat.\n"
PURR = CATS.replace("sleep", "purr")
HISS = CATS.replace("eat", "hiss")
BITE = CATS.replace("eat", "bite")
BOTH = PURR.replace("eat", "hiss")
DOGS = "# Dogs\n\nDogs bark.\n"


@pytest.fixture
def folder(tmp_path):
    course = {COURSE_FILE: "---\ntitle: Animals\n---\n", "media/cat.svg": "<svg/>"}
    files = {**course, "01-cats.md": CATS, "02-dogs.md": DOGS}
    return write_files(tmp_path / "content" / "animals", files)


@pytest.fixture
def author():
    return make_learner("author")


@pytest.fixture
def sync(renderer, folder):
    def sync(at=NOW):
        return sync_content(folder.parent, at=at, renderer=renderer)

    assert sync().is_fine
    return sync


@pytest.fixture
def course(sync):
    return Course.objects.get(slug="animals")


@pytest.fixture
def publish(course, author, renderer):
    def publish(source, file_name="01-cats.md"):
        base = open_file(course=course, file_name=file_name, user=author).live_digest
        return publish_file(
            course=course,
            file_name=file_name,
            source=source,
            base_digest=base,
            publication=studio_publication(author, at=NOW + DAY),
            renderer=renderer,
        )

    return publish


@pytest.fixture
def settle(author, renderer):
    def settle(conflict, source):
        return settle_conflict(
            conflict=conflict, source=source, by=author, at=NOW + 2 * DAY, renderer=renderer
        )

    return settle


def live(slug="cats"):
    return Lesson.objects.get(slug=slug).live.source


DIGESTS = st.sampled_from(["", "a", "b", "c"])


@given(folder=DIGESTS, site=DIGESTS, agreed=DIGESTS)
def test_whoever_changed_nothing_never_wins(folder, site, agreed):
    standing = standing_of(folder=folder, site=site, agreed=agreed)
    assert (standing is Standing.SAME) == (folder == site)
    if standing is Standing.FOLDER_AHEAD:
        assert site == agreed != folder
    if standing is Standing.SITE_AHEAD:
        assert folder == agreed != site
    if standing is Standing.CONFLICT:
        assert len({folder, site, agreed}) == 3


def test_what_the_studio_published_stays_up(publish, sync):
    publish(PURR)
    for _again in range(2):
        report = sync()
        assert (report.ahead, report.conflicts, report.is_fine) == (
            ["animals/01-cats.md"],
            [],
            True,
        )
        assert live() == PURR
    assert "content export" in "\n".join(report.lines)


def test_both_edits_are_kept_and_the_sites_stays_up(publish, sync, folder):
    publish(PURR)
    (folder / "01-cats.md").write_text(HISS)
    for _again in range(2):
        report = sync(at=NOW + DAY)
        assert (report.conflicts, report.is_fine) == (["animals/01-cats.md"], False)
    conflict = FileConflict.objects.get()
    assert (conflict.folder_source, conflict.resolved_at) == (HISS, None)
    assert live() == PURR
    assert (folder / "01-cats.md").read_text() == HISS


def test_a_merged_text_is_published_and_exported(publish, sync, folder, course, settle):
    publish(PURR)
    (folder / "01-cats.md").write_text(HISS)
    sync()
    [conflict] = open_conflicts(course)
    assert settle(conflict, BOTH).state == "published"
    assert not open_conflicts(course)
    revision = Lesson.objects.get(slug="cats").live
    assert (revision.source, revision.origin) == (BOTH, Origin.MERGED)
    assert sync().is_fine
    assert export_content(folder.parent).written == ["animals/01-cats.md"]
    assert (folder / "01-cats.md").read_text() == BOTH
    assert (sync().ahead, sync().conflicts) == ([], [])


def test_keeping_either_text_settles_it_too(publish, sync, folder, course, settle):
    publish(PURR)
    (folder / "01-cats.md").write_text(HISS)
    sync()
    assert settle(open_conflicts(course)[0], PURR).state == "unchanged"
    assert sync().ahead == ["animals/01-cats.md"]
    (folder / "01-cats.md").write_text(BITE)
    sync()
    assert settle(open_conflicts(course)[0], BITE).state == "published"
    report = sync()
    assert (report.ahead, report.is_fine) == ([], True)


def test_a_conflict_is_settled_once(publish, sync, folder, course, settle):
    publish(PURR)
    (folder / "01-cats.md").write_text(HISS)
    sync()
    [conflict] = open_conflicts(course)
    settle(conflict, BOTH)
    again = settle(conflict, HISS)
    assert (again.state, again.live_source) == ("overtaken", BOTH)
    assert live() == BOTH


def test_a_faulty_merge_leaves_the_conflict_open(publish, sync, folder, course, settle):
    publish(PURR)
    (folder / "01-cats.md").write_text(HISS)
    sync()
    [conflict] = open_conflicts(course)
    released = settle(conflict, "# Cats\n\n<<<<<<< mine\na\n=======\nb\n>>>>>>> theirs\n")
    assert released.state == "has-errors"
    assert open_conflicts(course) == [conflict]


def test_another_edit_in_the_folder_is_a_conflict_of_its_own(publish, sync, folder, course, settle):
    publish(PURR)
    (folder / "01-cats.md").write_text(HISS)
    sync()
    [first] = open_conflicts(course)
    (folder / "01-cats.md").write_text(BITE)
    sync()
    [second] = open_conflicts(course)
    assert second.folder_source == BITE
    first.refresh_from_db()
    assert (first.folder_source, first.resolved_at) == (HISS, NOW)
    assert settle(first, BOTH).state == "overtaken"


@pytest.mark.parametrize("text", [CATS, PURR])
def test_a_conflict_ends_when_the_folder_gives_way(publish, sync, folder, course, text):
    publish(PURR)
    (folder / "01-cats.md").write_text(HISS)
    sync()
    (folder / "01-cats.md").write_text(text)
    assert sync().is_fine
    assert not open_conflicts(course)
    assert live() == PURR


def test_a_file_that_is_gone_but_was_edited_in_the_studio_is_a_conflict(
    publish, sync, folder, course, settle
):
    publish(PURR)
    (folder / "01-cats.md").unlink()
    (folder / "02-dogs.md").unlink()
    report = sync()
    assert report.conflicts == ["animals/01-cats.md"]
    [conflict] = open_conflicts(course)
    assert conflict.folder_source is None
    assert Lesson.objects.get(slug="cats").retired_at is None
    assert Lesson.objects.get(slug="dogs").retired_at == NOW
    assert settle(conflict, PURR).state == "unchanged"
    assert sync().ahead == ["animals/01-cats.md"]
    export_content(folder.parent)
    assert (folder / "01-cats.md").read_text() == PURR


def test_removing_a_lesson_settles_that_the_folder_removed_it(
    publish, sync, folder, course, author, renderer
):
    publish(PURR)
    (folder / "01-cats.md").unlink()
    sync()
    retire_file(course=course, file_name="01-cats.md", by=author, at=NOW, renderer=renderer)
    assert not open_conflicts(course)
    assert (sync().is_fine, sync().ahead) == (True, [])
    assert Lesson.objects.get(slug="cats").retired_at == NOW


def test_a_lesson_removed_in_the_studio_stays_away_until_somebody_edits_it(
    sync, folder, course, author, renderer, settle
):
    retire_file(course=course, file_name="01-cats.md", by=author, at=NOW, renderer=renderer)
    assert sync().ahead == ["animals/01-cats.md"]
    assert Lesson.objects.get(slug="cats").retired_at == NOW
    (folder / "01-cats.md").write_text(HISS)
    assert sync().conflicts == ["animals/01-cats.md"]
    assert settle(open_conflicts(course)[0], HISS).state == "published"
    assert Lesson.objects.get(slug="cats").retired_at is None
    assert sync().is_fine


def test_a_lesson_made_in_the_studio_is_not_the_folders_to_remove(publish, sync, folder):
    publish("# Birds\n\nBirds sing.\n", "03-birds.md")
    assert sync().ahead == ["animals/03-birds.md"]
    assert Lesson.objects.get(slug="birds").retired_at is None
    assert Lesson.objects.get(slug="birds").position == 3
    (folder / "03-birds.md").write_text("# Birds\n\nBirds fly.\n")
    report = sync()
    assert report.conflicts == ["animals/03-birds.md"]
    assert live("birds") == "# Birds\n\nBirds sing.\n"
    assert FileConflict.objects.get().folder_source == "# Birds\n\nBirds fly.\n"


def test_a_renamed_file_keeps_what_the_studio_wrote(publish, sync, folder):
    publish(PURR)
    (folder / "01-cats.md").rename(folder / "03-cats.md")
    report = sync()
    assert (report.ahead, report.is_fine) == (["animals/03-cats.md"], True)
    lesson = Lesson.objects.get(slug="cats")
    assert (lesson.file_name, lesson.position, lesson.live.source) == ("03-cats.md", 2, PURR)
    export_content(folder.parent)
    assert (folder / "03-cats.md").read_text() == PURR


def test_the_course_file_meets_like_any_other(publish, sync, folder, course, settle):
    publish("---\ntitle: Beasts\n---\n", COURSE_FILE)
    assert sync().ahead == ["animals/course.md"]
    (folder / COURSE_FILE).write_text("---\ntitle: Creatures\n---\n")
    assert sync().conflicts == ["animals/course.md"]
    course.refresh_from_db()
    assert course.title == "Beasts"
    settle(open_conflicts(course)[0], "---\ntitle: Creatures\npass: 50\n---\n")
    assert export_content(folder.parent).written == ["animals/course.md"]
    course.refresh_from_db()
    assert (course.title, course.pass_mark) == ("Creatures", 50)


@pytest.mark.parametrize(
    ("takes_folder", "left"), [(True, b"<svg id='f'/>"), (False, b"<svg id='s'/>")]
)
def test_pictures_meet_too(sync, folder, course, takes_folder, left):
    upload_media(course=course, name="media/cat.svg", content=b"<svg id='s'/>", at=NOW)
    (folder / "media" / "cat.svg").write_bytes(b"<svg id='f'/>")
    report = sync()
    assert report.conflicts == ["animals/media/cat.svg"]
    [conflict] = open_conflicts(course)
    settle_media(conflict=conflict, takes_folder=takes_folder, at=NOW)
    assert sync().is_fine
    export_content(folder.parent)
    with MediaFile.objects.get().file.open() as file:
        assert file.read() == left
    assert (folder / "media" / "cat.svg").read_bytes() == left
    with pytest.raises(OvertakenError):
        settle_media(conflict=conflict, takes_folder=takes_folder, at=NOW)


def test_a_text_that_cannot_be_stored_is_no_conflict_but_an_error(publish, sync, folder, course):
    publish(PURR)
    (folder / "01-cats.md").write_bytes(b"# Cats\n\nNo\x00thing.\n")
    report = sync()
    assert report.held_back == ["animals/01-cats.md"]
    assert [one.code for one in report.problems["animals/01-cats.md"]] == [
        "structure-broken-character"
    ]
    assert not open_conflicts(course)
    assert live() == PURR


def test_a_text_with_control_characters_is_stored_and_so_a_conflict(publish, sync, folder, course):
    publish(PURR)
    (folder / "01-cats.md").write_bytes(b"# Cats\n\nThey\x07 meow.\n")
    report = sync()
    assert (report.conflicts, report.held_back) == (["animals/01-cats.md"], [])
    assert "meow" in str(open_conflicts(course)[0].folder_source)


def test_a_course_of_the_studio_is_never_retired(sync, author, renderer):
    new_course(slug="plants", title="Plants", by=author, at=NOW, renderer=renderer)
    assert sync().ahead == ["plants/course.md"]
    assert Course.objects.get(slug="plants").retired_at is None


def test_a_course_whose_folder_is_gone_keeps_only_what_the_studio_wrote(publish, sync, folder):
    publish(PURR)
    folder.rename(folder.parent / ".hidden")
    report = sync()
    assert report.conflicts == ["animals/01-cats.md"]
    assert Course.objects.get().retired_at is None
    assert list(Lesson.objects.filter(retired_at=None).values_list("slug", flat=True)) == ["cats"]
    (folder.parent / ".hidden").rename(folder)
    report = sync()
    assert (report.conflicts, report.ahead) == ([], ["animals/01-cats.md"])
    assert Lesson.objects.filter(retired_at=None).count() == 2


def test_a_site_of_before_the_studio_agrees_with_its_folder(sync, course):
    Course.objects.update(live=None, folder_digest="", digest="old")
    course.revisions.all().delete()
    revisions = Revision.objects.count()
    report = sync()
    assert (report.conflicts, report.ahead, report.held_back) == ([], [], [])
    assert Revision.objects.count() == revisions
    course.refresh_from_db()
    assert course.live.digest == course.folder_digest
    assert not Lesson.objects.exclude(folder_digest=F("live__digest")).exists()
