"""Drafts: any text is kept, and no saving overwrites another unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learn.authoring.names import lesson_slug
from learn.drafting import (
    DraftRefusedError,
    discard_draft,
    file_name_for,
    like_published,
    open_file,
    save_draft,
)
from learn.models import Course, Draft, FileConflict
from tests.factories import DAY, NOW, make_course, make_learner, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def author():
    return make_learner("author")


@pytest.fixture
def save(course, author):
    def save(source, edition=None, **options):
        values = {"author": author, "file_name": "01-cats.md", "base_digest": "", "at": NOW}
        return save_draft(course=course, source=source, edition=edition, **(values | options))

    return save


def test_a_faulty_text_is_kept_as_it_is(save, course, author):
    saved = save("# Cats\n\n- [ ] nothing right\n\n[nowhere](99-no.md)\n\n")
    assert saved.is_kept
    opened = open_file(course=course, file_name="01-cats.md", user=author)
    assert opened.is_new
    assert opened.source == "# Cats\n\n- [ ] nothing right\n\n[nowhere](99-no.md)\n\n"
    assert (opened.edition, opened.live_source) == (1, "")


def test_saving_again_counts_on(save):
    first = save("one")
    second = save("two", edition=first.draft.edition, at=NOW + DAY)
    assert (second.is_kept, second.draft.edition, second.draft.source) == (True, 2, "two")
    assert (second.draft.created_at, second.draft.saved_at) == (NOW, NOW + DAY)


def test_who_keeps_a_text_over_what_came_in_between_is_not_asked_again(save):
    first = save("mine", base_digest="a")
    again = save("mine", edition=first.draft.edition, base_digest="b")
    assert (again.is_kept, again.draft.base_digest) == (True, "b")
    # A window that knows less takes nothing back.
    assert save("mine", edition=9, base_digest="a").draft.base_digest == "b"


@pytest.mark.parametrize("edition", [None, 1, 9])
def test_another_window_is_noticed_and_nothing_is_overwritten(save, edition):
    save("one")
    save("two", edition=1)
    saved = save("three", edition=edition)
    assert (saved.is_kept, saved.other_source) == (False, "two")
    assert Draft.objects.get().source == "two"
    assert save("two", edition=edition).is_kept


def test_a_draft_that_was_published_meanwhile_starts_anew(save):
    save("one")
    Draft.objects.all().delete()
    saved = save("two", edition=1, base_digest="abc")
    assert (saved.is_kept, saved.draft.edition, saved.draft.base_digest) == (True, 2, "abc")


def test_each_author_has_a_draft_of_their_own(save, course, author):
    other = make_learner("other")
    save("mine")
    save("theirs", author=other)
    opened = open_file(course=course, file_name="01-cats.md", user=author)
    assert (opened.source, [one.author for one in opened.others]) == ("mine", [other])
    discard_draft(course=course, file_name="01-cats.md", author=author)
    assert Draft.objects.get().author == other


def test_an_open_file_says_what_is_published_and_what_met(course, author):
    make_lesson(course)
    FileConflict.objects.create(
        course=course, file_name="cats.md", folder_source="x", found_at=NOW, resolved_at=NOW
    )
    conflict = FileConflict.objects.create(
        course=course, file_name="cats.md", folder_source="y", found_at=NOW
    )
    opened = open_file(course=course, file_name="cats.md", user=author)
    assert (opened.source, opened.live_digest, opened.is_new) == ("# cats", "d", False)
    assert (opened.draft, opened.conflict, opened.base_digest) == (None, conflict, "d")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a\nb\x00c", "Line 2 has the character U+0000"),
        ("\ud800", "Line 1 has the character U+D800"),
        ("ä" * 140_000, "274 KiB"),
    ],
)
def test_what_cannot_be_kept_is_refused_clearly_and_the_last_text_stays(save, source, said):
    save("fine")
    with pytest.raises(DraftRefusedError, match=said.replace("+", r"\+")):
        save(source, edition=1)
    assert Draft.objects.get().source == "fine"


def test_the_largest_text_is_kept(save):
    largest = "x" * (256 * 1024)
    save(largest)
    assert Draft.objects.get().source == largest


@pytest.mark.parametrize(
    "name", ["", "a.txt", "../a.md", "license.md", "sub/course.md", "x/README.md"]
)
def test_a_name_that_is_no_lessons_is_refused(save, name):
    with pytest.raises(DraftRefusedError):
        save("text", file_name=name)


def test_the_next_file_gets_the_next_number_and_an_address_of_its_own(course, save):
    assert file_name_for(course, "First steps") == "01-first-steps.md"
    make_lesson(course)
    save("text", file_name="07-cats-and-dogs.md")
    assert file_name_for(course, "Cats") == "08-cats-2.md"
    assert file_name_for(course, "Cats and dogs") == "08-cats-and-dogs-2.md"
    assert file_name_for(course, "Check") == "08-check-2.md"
    assert file_name_for(course, "?!") == "08-section.md"


@given(title=st.text(max_size=100))
def test_any_title_gives_a_name_that_is_a_lessons(title):
    name = file_name_for(Course(pk=0), title)
    assert name.startswith("01-")
    assert lesson_slug(name) not in {"check", "media"}


@pytest.mark.parametrize(
    ("typed", "published", "kept"),
    [
        ("a\r\nb\r\n", "x\ny\n", "a\nb\n"),
        ("a\r\nb\r\n", "x\r\ny\r\n", "a\r\nb\r\n"),
        ("a\nb", "\ufeffx\n", "\ufeffa\nb"),
        ("\ufeffa\r\n", "x\n", "a\n"),
        ("a\r\n", "", "a\n"),
        ("a\rb\r\n", "x\n", "a\nb\n"),
    ],
)
def test_a_text_from_a_browser_gets_the_files_own_line_ends(typed, published, kept):
    assert like_published(typed, published) == kept
