"""A folder onto the site: what changed is published, what is broken is held back, records stay."""

import re
from pathlib import Path

import pytest
from django.db.models import F

from learn import folder_work, preparation, publishing
from learn.authoring.reading import read_lesson
from learn.loading import sync_content
from learn.models import Course, Lesson, MediaFile, Revision
from learn.publishing import studio_publication
from learn.releasing import publish_file
from learn.rendering import Renderer, RenderTooSlowError
from learn.serving.content import load_content
from quizzes.models import Question, QuestionVersion, Response
from quizzes.sittings import sitting_of
from tests.factories import DAY, NOW, answer, begin, make_learner, write_files

pytestmark = pytest.mark.django_db

CATS = """# Cats

Cats sleep. See [dogs](02-dogs.md#food) and ![a cat](media/cat.svg).

## Knowledge check

### What do cats do? {#cats-do}

- [x] Sleep
  > Most of the day.
- [ ] Bark
  > That is dogs.
"""
DOGS = "# Dogs\n\nDogs bark.\n\n## Food {#food}\n\nBones.\n"


@pytest.fixture
def root(tmp_path):
    files = {
        "course.md": "Furry ones.\n",
        "01-cats.md": CATS,
        "02-dogs.md": DOGS,
        "media/cat.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    return write_files(tmp_path / "content" / "animals", files).parent


@pytest.fixture
def sync(renderer, root):
    return lambda at=NOW: sync_content(root, at=at, renderer=renderer)


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / "animals" / name
    path.write_text(path.read_text().replace(old, new))


def test_a_folder_of_markdown_becomes_a_course(sync):
    report = sync()
    assert report.rendered == ["animals/01-cats.md", "animals/02-dogs.md"]
    course = Course.objects.get()
    assert (course.slug, course.title) == ("animals", "Animals")
    lessons = Lesson.objects.published().select_related("live").order_by("position")
    assert [(lesson.slug, lesson.live.title) for lesson in lessons] == [
        ("cats", "Cats"),
        ("dogs", "Dogs"),
    ]
    html = lessons[0].live.blocks[0]["html"]
    assert 'href="/courses/animals/dogs/#food"' in html
    assert "Knowledge check" not in html
    assert "Bark" not in html
    version = QuestionVersion.objects.get()
    assert version.parts["stem"] == "What do cats do?"
    assert "Most of the day." in str(version.parts)
    assert "Sleep" not in lessons[0].live.markdown.replace("Cats sleep", "")


def test_pictures_are_kept_by_their_content_and_served(sync, root, client):
    sync()
    [picture] = MediaFile.objects.all()
    response = client.get("/courses/animals/media/cat.svg")
    assert response.content.startswith(b"<svg")
    (root / "animals" / "media" / "cat.svg").write_text("<svg id='new'/>")
    sync()
    assert MediaFile.objects.get().digest != picture.digest
    (root / "animals" / "media" / "cat.svg").unlink()
    edit(root, "01-cats.md", " and ![a cat](media/cat.svg)", "")
    sync()
    assert not MediaFile.objects.exists()


def test_a_second_run_changes_and_renders_nothing(sync, monkeypatch):
    sync()
    before = list(Revision.objects.values())
    monkeypatch.setattr(
        folder_work, "prepare_lesson", lambda *_, **__: pytest.fail("rendered again")
    )
    report = sync(at=NOW + DAY)
    assert (report.rendered, report.unchanged) == ([], 2)
    assert list(Revision.objects.values()) == before


def test_only_the_edited_file_is_rendered_again(sync, root):
    sync()
    edit(root, "02-dogs.md", "Bones.", "Meat.")
    report = sync(at=NOW + DAY)
    assert report.rendered == ["animals/02-dogs.md"]
    lesson = Lesson.objects.get(slug="dogs")
    assert [r.number for r in lesson.revisions.order_by("number")] == [1, 2]
    assert "Meat." in lesson.live.source


def test_an_edit_keeps_every_answer_and_its_wording(sync, root):
    sync()
    attempt = begin(Lesson.objects.get(slug="cats"), make_learner())
    answer(attempt, 1, "Sleep")
    before = Question.objects.get()
    edit(root, "01-cats.md", "What do cats do?", "What do cats do all day?")
    sync(at=NOW + DAY)
    assert Question.objects.get().pk == before.pk
    asked = sitting_of(attempt).questions[0]
    assert asked.version.parts["stem"] == "What do cats do?"
    assert asked.is_right
    assert Question.objects.get().live.parts["stem"] == "What do cats do all day?"


def test_a_file_with_errors_is_held_back_alone(sync, root):
    sync()
    edit(root, "01-cats.md", "# Cats", "# Tomcats")
    edit(root, "01-cats.md", "- [x] Sleep", "- [ ] Sleep")
    edit(root, "02-dogs.md", "# Dogs", "# Hounds")
    report = sync(at=NOW + DAY)
    assert report.held_back == ["animals/01-cats.md"]
    titles = set(Revision.objects.filter(lesson__live=F("pk")).values_list("title", flat=True))
    assert titles == {"Cats", "Hounds"}
    assert [p.code for p in report.problems["animals/01-cats.md"] if p.level == "error"]
    edit(root, "01-cats.md", "- [ ] Sleep", "- [x] Sleep")
    assert sync(at=NOW + DAY).held_back == []
    assert Lesson.objects.get(slug="cats").live.title == "Tomcats"


def test_a_link_to_a_lesson_that_is_held_back_is_text_until_that_one_is_mended(sync, root):
    edit(root, "02-dogs.md", "Dogs bark.", "Dogs bark. See [birds](04-birds.md).")
    assert sync().held_back == ["animals/02-dogs.md"]
    html = Lesson.objects.get(slug="cats").live.blocks[0]["html"]
    assert "dogs" in html
    assert "/courses/animals/dogs/" not in html
    edit(root, "02-dogs.md", " See [birds](04-birds.md).", "")
    sync(at=NOW + DAY)
    html = Lesson.objects.get(slug="cats").live.blocks[0]["html"]
    assert 'href="/courses/animals/dogs/#food"' in html


def test_a_failure_in_the_middle_changes_nothing(sync, root, monkeypatch):
    sync()
    before = list(Revision.objects.values()) + list(Question.objects.values())
    edit(root, "01-cats.md", "# Cats", "# Tomcats")
    edit(root, "02-dogs.md", "# Dogs", "# Hounds")
    calls = []

    def failing(**options):
        calls.append(options)
        if len(calls) == 2:
            raise RuntimeError("the power failed")

    monkeypatch.setattr(publishing, "sync_questions", failing)
    with pytest.raises(RuntimeError):
        sync(at=NOW + DAY)
    assert list(Revision.objects.values()) + list(Question.objects.values()) == before


def test_a_file_that_is_gone_is_retired_and_its_answers_stay(sync, root):
    sync()
    answer(begin(Lesson.objects.get(slug="cats"), make_learner()), 1, "Sleep")
    (root / "animals" / "01-cats.md").unlink()
    sync(at=NOW + DAY)
    assert Lesson.objects.get(slug="cats").retired_at == NOW + DAY
    assert Response.objects.count() == 1
    (root / "animals" / "01-cats.md").write_text(CATS)
    sync()
    assert Lesson.objects.get(slug="cats").retired_at is None
    assert Lesson.objects.get(slug="cats").revisions.count() == 1


def test_a_course_whose_folder_is_gone_is_retired_and_comes_back(sync, root):
    sync()
    (root / "animals").rename(root / ".hidden")
    sync(at=NOW + DAY)
    assert not Course.objects.published().exists()
    (root / ".hidden").rename(root / "animals")
    sync()
    assert Course.objects.published().exists()


def test_a_renamed_target_renews_the_links_without_a_new_revision(sync, root):
    sync()
    (root / "animals" / "02-dogs.md").rename(root / "animals" / "02-hounds.md")
    edit(root, "01-cats.md", "02-dogs.md", "02-hounds.md")
    sync(at=NOW + DAY)
    (root / "animals" / "02-hounds.md").rename(root / "animals" / "03-hounds.md")
    edit(root, "01-cats.md", "02-hounds.md", "03-hounds.md")
    sync(at=NOW + DAY)
    html = Lesson.objects.get(slug="cats").live.blocks[0]["html"]
    assert "/courses/animals/hounds/#food" in html


def test_front_matter_and_the_course_file_are_read(sync, root):
    (root / "animals" / "course.md").write_text(
        "---\ntitle: All about animals\npass: 60\nsummary: Furry\n---\n\nWelcome *all*.\n"
    )
    edit(root, "02-dogs.md", "# Dogs", "---\ntitle: Good dogs\nminutes: 7\n---\n")
    sync()
    course = Course.objects.get()
    assert (course.title, course.pass_mark, course.summary) == ("All about animals", 60, "Furry")
    assert "<em>all</em>" in course.introduction_html
    live = Lesson.objects.get(slug="dogs").live
    assert (live.title, live.minutes) == ("Good dogs", 7)


def test_a_plain_folder_of_notes_is_a_course(renderer, tmp_path):
    notes = tmp_path / "my notes"
    notes.mkdir()
    (notes / "1. First thoughts.md").write_text("Just text.\n")
    (notes / "2. More.md").write_text("- a\n- b\n")
    sync_content(notes, at=NOW, renderer=renderer)
    assert Course.objects.get().slug == "my-notes"
    lessons = Lesson.objects.order_by("position").select_related("live")
    assert [(lesson.slug, lesson.live.title) for lesson in lessons] == [
        ("first-thoughts", "First thoughts"),
        ("more", "More"),
    ]


def test_links_and_pictures_are_relative_to_the_folder_a_file_is_in(sync, root, client):
    guide = root / "animals" / "guide"
    (guide / "media").mkdir(parents=True)
    (guide / "media" / "map.svg").write_text("<svg id='map'/>")
    (guide / "01-start.md").write_text(
        "# Start\n\nSee [cats](../01-cats.md), [next](02-next.md) and ![a map](media/map.svg).\n"
    )
    (guide / "02-next.md").write_text("# Next\n\nText.\n")
    assert sync().held_back == []
    html = Lesson.objects.get(slug="guide-start").live.blocks[0]["html"]
    assert 'href="/courses/animals/cats/"' in html
    assert 'href="/courses/animals/guide-next/"' in html
    [picture] = re.findall(r'src="([^"]+)"', html)
    assert client.get(picture).content == b"<svg id='map'/>"


def test_a_text_that_takes_too_long_to_render_is_held_back(sync, root, monkeypatch):
    real = preparation.prepare_lesson

    (root / "animals" / "03-owls.md").write_text("# Owls\n\nOwls hoot.\n")
    rendered = []

    def slow(document, **options):
        rendered.append(options["file_name"])
        if options["file_name"] == "02-dogs.md":
            raise RenderTooSlowError
        return real(document, **options)

    monkeypatch.setattr(folder_work, "prepare_lesson", slow)
    report = sync()
    assert report.held_back == ["animals/02-dogs.md"]
    up = Lesson.objects.filter(live__isnull=False).order_by("position")
    assert [(one.slug, one.position) for one in up] == [("cats", 1), ("owls", 2)]
    # Only what links to the one that does not come is rendered again.
    assert sorted(rendered) == ["01-cats.md", "01-cats.md", "02-dogs.md", "03-owls.md"]


def test_an_edit_that_breaks_another_lesson_is_told_and_both_stay_readable(sync, root):
    sync()
    edit(root, "02-dogs.md", "{#food}", "{#bones}")
    report = sync(at=NOW + DAY)
    assert (report.rendered, report.broken) == (["animals/02-dogs.md"], ["animals/01-cats.md"])
    [problem] = [one for one in report.problems["animals/01-cats.md"] if one.level == "error"]
    assert problem.code == "link-missing-anchor"
    assert not report.is_fine
    assert Lesson.objects.get(slug="cats").live.title == "Cats"


def test_an_id_that_another_lesson_has_holds_back_the_one_that_brought_it(sync, root):
    sync()
    owner = Question.objects.get()
    copied = DOGS + CATS[CATS.index("\n## Knowledge check") :]
    (root / "animals" / "00-dogs.md").write_text(copied.replace("# Dogs", "# Puppies"))
    (root / "animals" / "00-dogs.md").rename(root / "animals" / "00-puppies.md")
    report = sync(at=NOW + DAY)
    assert report.held_back == ["animals/00-puppies.md"]
    assert Question.objects.get().lesson_id == owner.lesson_id
    edit(root, "00-puppies.md", "{#cats-do}", "{#puppies-do}")
    assert sync(at=NOW + DAY).held_back == []


def test_a_question_may_move_from_one_lesson_to_another(sync, root):
    sync()
    check = CATS[CATS.index("\n## Knowledge check") :]
    edit(root, "01-cats.md", check, "")
    edit(root, "02-dogs.md", "Bones.\n", f"Bones.\n{check}")
    report = sync(at=NOW + DAY)
    assert report.held_back == []
    assert Question.objects.get(retired_at=None).lesson.slug == "dogs"


def test_one_edit_reads_only_what_it_can_break(sync, root, monkeypatch):
    for number in range(3, 40):
        text = f"# Animal {number}\n\nSee [dogs](02-dogs.md) or [one](05-animal-5.md).\n"
        (root / "animals" / f"{number:02}-animal-{number}.md").write_text(text)
    sync()
    read = []

    def counting(text, *, name):
        if text:
            read.append(name)
        return read_lesson(text, name=name)

    monkeypatch.setattr("learn.course_check.read_lesson", counting)
    edit(root, "20-animal-20.md", "See", "Look at")
    assert sync(at=NOW + DAY).rendered == ["animals/20-animal-20.md"]
    assert set(read) == {"20-animal-20.md", "02-dogs.md", "05-animal-5.md"}


def test_a_better_renderer_renders_anew_without_a_revision(sync, monkeypatch):
    sync()
    before = list(Revision.objects.order_by("pk").values_list("pk", "number", "created_at"))
    old = set(Revision.objects.values_list("render_digest", flat=True))
    monkeypatch.setattr(preparation, "renderer_digest", lambda: "b" * 64)
    assert sync(at=NOW + DAY).rendered == []
    assert not old & set(Revision.objects.values_list("render_digest", flat=True))
    assert list(Revision.objects.order_by("pk").values_list("pk", "number", "created_at")) == before


def test_who_published_is_the_folder(sync):
    sync()
    revision = Revision.objects.first()
    assert (revision.author, revision.origin, revision.created_at) == (None, "folder", NOW)
    assert Course.objects.get().live.origin == "folder"


def test_a_start_says_what_the_studio_changed_and_goes_on(sync, root, renderer):
    sync()
    assert load_content(root) == []
    publish_file(
        course=Course.objects.get(),
        file_name="01-cats.md",
        source=f"{CATS}\nMeow.\n",
        base_digest=Lesson.objects.get(slug="cats").live.digest,
        publication=studio_publication(make_learner(), at=NOW),
        renderer=renderer,
    )
    lines = "\n".join(load_content(root))
    assert "animals/01-cats.md was changed in the studio" in lines


def test_notes_with_a_dead_link_and_a_ragged_table_are_on_the_site_all_the_same(tmp_path):
    notes = tmp_path / "notes" / "mine"
    notes.mkdir(parents=True)
    (notes / "a.md").write_text(
        "# A\n\n[b](gone.md)\n\n| a | b |\n|---|---|\n| c | d | e |\n\n![x](gone.png)\n"
    )
    with Renderer() as renderer:
        report = sync_content(tmp_path / "notes", at=NOW, renderer=renderer)
    assert report.held_back == []
    assert Lesson.objects.get().live is not None
