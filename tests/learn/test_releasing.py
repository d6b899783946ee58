"""One file from the studio onto the site: all of it or nothing, and every version can come back."""

import pytest

from learn.authoring.names import COURSE_FILE
from learn.drafting import DraftRefusedError, open_file, save_draft
from learn.models import Course, Draft, Lesson, MediaFile, Origin, Revision
from learn.preparation import digest_of
from learn.publishing import OvertakenError, studio_publication
from learn.releasing import (
    check_file,
    file_history,
    new_course,
    preview_file,
    publish_file,
    retire_file,
    revision_source,
    upload_media,
)
from quizzes.models import Question, QuestionVersion, Response
from quizzes.sittings import sitting_of
from tests.factories import DAY, NOW, answer, begin, make_learner

pytestmark = pytest.mark.django_db

CATS = """# Cats

Cats sleep.

## Food {#food}

Fish.

## Knowledge check

### What do cats do? {#cats-do}

- [x] Sleep
  > Most of the day.
- [ ] Bark
  > That is what dogs do, not cats.
"""
DOGS = "# Dogs\n\nUnlike [cats](01-cats.md#food), dogs bark.\n"


@pytest.fixture
def author():
    return make_learner("author")


@pytest.fixture
def course(author, renderer):
    return new_course(
        slug="animals", title='All "about" animals', by=author, at=NOW, renderer=renderer
    )


@pytest.fixture
def publish(course, author, renderer):
    """Publish a file from what is up now."""

    def publish(file_name, source, *, base_digest=None, at=NOW, **said):
        opened = open_file(course=course, file_name=file_name, user=author)
        return publish_file(
            course=course,
            file_name=file_name,
            source=source,
            base_digest=opened.live_digest if base_digest is None else base_digest,
            publication=studio_publication(author, at=at, **said),
            renderer=renderer,
        )

    return publish


def html_of(slug):
    return Lesson.objects.get(slug=slug).live.blocks[0]["html"]


def test_a_new_course_is_a_draft_with_a_course_file(course, author):
    assert (course.title, course.status) == ('All "about" animals', "draft")
    assert course.live.author == author
    assert course.live.source.startswith("---\ntitle:")
    assert not Course.objects.published().exists()


@pytest.mark.parametrize("slug", ["animals", "Big Cats", "../up", "1-cats", ""])
def test_a_course_needs_an_address_of_its_own(course, author, renderer, slug):
    with pytest.raises(DraftRefusedError):
        new_course(slug=slug, title="Another", by=author, at=NOW, renderer=renderer)


def test_a_published_file_is_a_lesson_with_its_questions(publish, author):
    released = publish("01-cats.md", CATS, note="First")
    assert released.state == "published"
    lesson = Lesson.objects.get(slug="cats")
    live = lesson.live
    assert (live.author, live.origin, live.note) == (author, Origin.STUDIO, "First")
    assert (live.source, live.created_at, lesson.folder_digest) == (CATS, NOW, "")
    assert Question.objects.get(lesson=lesson).key == "cats-do"


def test_a_text_with_errors_is_not_published_and_the_last_good_one_stays(publish, course):
    publish("01-cats.md", CATS)
    before = list(Revision.objects.values())
    released = publish("01-cats.md", CATS.replace("- [x] Sleep", "- [ ] Sleep"))
    assert released.state == "has-errors"
    assert [one.code for one in released.problems if one.level == "error"] == [
        "question-no-right-choice"
    ]
    assert list(Revision.objects.values()) == before


def test_a_text_that_is_up_already_makes_no_revision(publish):
    publish("01-cats.md", CATS)
    assert publish("01-cats.md", CATS, at=NOW + DAY).state == "unchanged"
    assert Revision.objects.count() == 1


def test_who_was_overtaken_gets_both_texts_and_overwrites_nothing(publish):
    publish("01-cats.md", CATS)
    base = digest_of(CATS)
    publish("01-cats.md", CATS.replace("Fish.", "Fish and mice."))
    released = publish("01-cats.md", CATS.replace("Cats sleep.", "Cats nap."), base_digest=base)
    assert (released.state, released.is_clean, released.base_source) == ("overtaken", True, CATS)
    assert "Cats nap." in released.merged
    assert "Fish and mice." in released.merged
    assert "Fish and mice." in Lesson.objects.get(slug="cats").live.source
    met = publish("01-cats.md", CATS.replace("Fish.", "Milk."), base_digest=base)
    assert not met.is_clean
    assert "<<<<<<< your text\nMilk.\n" in met.merged
    assert publish("01-cats.md", met.merged).state == "has-errors"


def test_links_to_a_new_lesson_appear_in_the_lessons_before(publish):
    publish("01-cats.md", CATS.replace("Cats sleep.", "Cats sleep. [Dogs](02-dogs.md) bark."))
    assert publish("01-cats.md", CATS).state == "published"
    publish("02-dogs.md", DOGS)
    assert 'href="/courses/animals/cats/#food"' in html_of("dogs")


def test_a_lesson_off_the_site_leaves_text_where_links_were(publish, course, author, renderer):
    publish("01-cats.md", CATS)
    publish("02-dogs.md", DOGS)
    answer(begin(Lesson.objects.get(slug="cats"), make_learner()), 1, "Sleep")
    number = Lesson.objects.get(slug="dogs").live.number
    retire_file(course=course, file_name="01-cats.md", by=author, at=NOW + DAY, renderer=renderer)
    assert Lesson.objects.get(slug="cats").retired_at == NOW + DAY
    assert Response.objects.count() == 1
    assert "/courses/animals/cats/" not in html_of("dogs")
    assert Lesson.objects.get(slug="dogs").live.number == number
    assert Lesson.objects.get(slug="dogs").position == 1
    publish("01-cats.md", CATS, at=NOW + DAY, origin=Origin.RESTORED)
    assert 'href="/courses/animals/cats/#food"' in html_of("dogs")
    assert [row.origin for row in file_history(course, "01-cats.md")] == ["restored", "studio"]


def test_what_a_text_would_break_elsewhere_is_told_apart(publish, course):
    publish("01-cats.md", CATS)
    publish("02-dogs.md", DOGS)
    check = check_file(course, "01-cats.md", CATS.replace(" {#food}", "").replace("Food", "Meals"))
    assert not check.has_errors
    [problem] = check.elsewhere["02-dogs.md"]
    assert (problem.code, problem.line) == ("link-missing-anchor", 3)


def test_an_id_of_another_lesson_is_the_new_texts_fault(publish, course):
    publish("02-cats.md", CATS)
    check = check_file(course, "01-dogs.md", CATS.replace("# Cats", "# Dogs"))
    assert [one.code for one in check.problems if one.level == "error"] == ["question-duplicate-id"]
    assert check.has_errors
    assert not check.elsewhere


def test_every_version_is_in_the_history_and_can_be_restored(publish, course, author):
    publish("01-cats.md", CATS)
    attempt = begin(Lesson.objects.get(slug="cats"), make_learner())
    changed = CATS.replace("What do cats do?", "What do cats like?")
    publish("01-cats.md", changed, at=NOW + DAY, note="Better")
    old = revision_source(course, "01-cats.md", 1)
    assert old == CATS
    released = publish("01-cats.md", old, at=NOW + 2 * DAY, origin=Origin.RESTORED)
    assert released.state == "published"
    rows = file_history(course, "01-cats.md")
    assert [(row.number, row.origin, row.note, row.is_live) for row in rows] == [
        (3, Origin.RESTORED, "", True),
        (2, Origin.STUDIO, "Better", False),
        (1, Origin.STUDIO, "", False),
    ]
    assert (rows[0].who, rows[0].when) == (author, NOW + 2 * DAY)
    assert QuestionVersion.objects.count() == 2
    assert Question.objects.get().live.number == 1
    assert sitting_of(attempt).questions[0].version.parts["stem"] == "What do cats do?"
    with pytest.raises(Revision.DoesNotExist):
        revision_source(course, "01-cats.md", 9)


def test_the_course_file_is_published_and_restored_like_any_other(publish, course):
    text = "---\ntitle: Beasts\npass: 60\n---\n\nWelcome.\n"
    publish(COURSE_FILE, text, note="Ready")
    course.refresh_from_db()
    assert (course.title, course.pass_mark, course.status) == ("Beasts", 60, "published")
    assert "Welcome." in course.introduction_html
    first = revision_source(course, COURSE_FILE, 1)
    publish(COURSE_FILE, first, origin=Origin.RESTORED)
    course.refresh_from_db()
    assert course.status == "draft"
    assert [row.number for row in file_history(course, COURSE_FILE)] == [3, 2, 1]
    assert publish(COURSE_FILE, "---\npass: lots\n---\n").state == "has-errors"


def test_only_the_draft_that_became_the_text_goes(publish, course, author):
    def save(source, edition=None):
        return save_draft(
            course=course,
            file_name="01-cats.md",
            author=author,
            source=source,
            base_digest="",
            edition=edition,
            at=NOW,
        )

    save(CATS)
    publish("01-cats.md", CATS)
    assert not Draft.objects.exists()
    save(CATS + "\nMore.\n")
    publish("01-cats.md", CATS + "\nOther.\n")
    assert Draft.objects.get().source == CATS + "\nMore.\n"


def test_a_preview_writes_nothing_and_leaves_faulty_questions_out(publish, course, renderer):
    publish("01-cats.md", CATS)
    faulty = CATS + "\n### What do dogs do? {#dogs-do}\n\n- [ ] Sleep\n- [ ] Bark\n"
    prepared = preview_file(course, "01-cats.md", faulty, renderer=renderer)
    assert [question.key for question in prepared.questions] == ["cats-do"]
    assert Revision.objects.count() == 1
    text = preview_file(course, COURSE_FILE, "Welcome *all*.\n", renderer=renderer)
    assert "<em>all</em>" in text.fields["introduction_html"]


@pytest.mark.parametrize(
    "name",
    ["../up.md", "a.txt", ".hidden.md", "a//b.md", "/etc/a.md", "x\n.md", "q.key.md", "a\\b.md"],
)
def test_a_name_that_is_no_lessons_is_refused(publish, name):
    with pytest.raises(DraftRefusedError):
        publish(name, CATS)
    assert not Lesson.objects.exists()


def test_a_text_beyond_all_measure_is_an_error_and_no_fault(publish):
    assert publish("01-cats.md", "# Cats\n\n" + "x" * 300_000).state == "has-errors"
    long_but_whole = "# Cats\n\n" + "word " * 40_000
    released = publish("01-cats.md", long_but_whole)
    assert released.state == "has-errors"
    assert released.reason


def test_a_picture_is_kept_beside_the_lessons(publish, course):
    upload_media(course=course, name="media/cat.svg", content=b"<svg/>", at=NOW)
    assert MediaFile.objects.get().folder_digest == ""
    assert publish("01-cats.md", CATS + "\n![A cat](media/cat.svg)\n").state == "published"
    upload_media(course=course, name="media/cat.svg", content=b"<svg id='b'/>", at=NOW)
    with MediaFile.objects.get().file.open() as file:
        assert file.read() == b"<svg id='b'/>"
    for path in ("media/a.txt", "../a.svg", "/a.svg", ".a/b.png"):
        with pytest.raises(DraftRefusedError):
            upload_media(course=course, name=path, content=b"<svg/>", at=NOW)


def test_the_course_file_stays(course, author, renderer):
    with pytest.raises(DraftRefusedError):
        retire_file(course=course, file_name=COURSE_FILE, by=author, at=NOW, renderer=renderer)


def test_publishing_gives_up_when_the_course_never_stands_still(publish, monkeypatch):
    publish("01-cats.md", CATS)

    def moving(*_, **__):
        raise OvertakenError

    monkeypatch.setattr("learn.file_publication._write", moving)
    with pytest.raises(OvertakenError):
        publish("01-cats.md", CATS + "\nMore.\n")
