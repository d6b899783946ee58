"""``content export``: writes what the studio published, and says what it left."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from learn.models import Course
from learn.publishing import studio_publication
from learn.releasing import new_course, publish_file
from learn.rendering import Renderer
from tests.factories import NOW, make_learner
from tests.nobody import as_nobody, folder_for_all

pytestmark = pytest.mark.django_db(databases="__all__")

TIDES = "# Tides\n\nThe moon pulls.\n"


@pytest.fixture
def root(tmp_path):
    course = tmp_path / "content" / "sea"
    course.mkdir(parents=True)
    (course / "course.md").write_text("---\ntitle: Sea\n---\n")
    (course / "01-tides.md").write_text(TIDES)
    run("sync", course.parent)
    return course.parent


@pytest.fixture
def publish():
    with Renderer() as renderer:

        def publish(source, base=TIDES):
            course = Course.objects.get(slug="sea")
            lesson = course.lessons.select_related("live").get()
            assert lesson.live.source == base
            released = publish_file(
                course=course,
                file_name="01-tides.md",
                source=source,
                base_digest=lesson.live.digest,
                publication=studio_publication(make_learner(f"author-{len(source)}"), at=NOW),
                renderer=renderer,
            )
            assert released.state == "published"

        yield publish


def run(*arguments):
    """Run the command; return its exit code and what it printed."""
    out = StringIO()
    try:
        call_command("content", *map(str, arguments), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_it_writes_and_ends_well(root, publish):
    assert run("export", root) == (0, "The folder has all that was published in the studio.\n")
    publish(TIDES + "\nAnd the sun.\n")
    assert "sea/01-tides.md was changed in the studio" in run("sync", root)[1]
    assert run("export", root) == (0, "sea/01-tides.md written.\n")
    assert (root / "sea" / "01-tides.md").read_text() == TIDES + "\nAnd the sun.\n"
    assert "studio" not in run("sync", root)[1]


def test_what_met_is_named_by_both_commands_which_then_fail(root, publish):
    publish(TIDES + "\nAnd the sun.\n")
    (root / "sea" / "01-tides.md").write_text(TIDES + "\nAnd the wind.\n")
    for command in ("export", "sync", "sync"):
        code, out = run(command, root)
        assert code == 1
        assert "sea/01-tides.md was changed in the folder and in the studio" in out
    assert (root / "sea" / "01-tides.md").read_text() == TIDES + "\nAnd the wind.\n"


def test_a_copy_of_everything_goes_into_an_empty_folder(root, publish, tmp_path):
    publish(TIDES + "\nAnd the sun.\n")
    code, _ = run("export", "--to", tmp_path / "copy")
    assert code == 0
    assert (tmp_path / "copy" / "sea" / "01-tides.md").read_text().endswith("And the sun.\n")
    assert (root / "sea" / "01-tides.md").read_text() == TIDES
    assert run("sync", root)[1].count("was changed in the studio") == 1
    with pytest.raises(CommandError, match="is not empty") as caught:
        run("export", "--to", tmp_path / "copy")
    assert caught.value.returncode == 2


def test_one_course_alone(root, tmp_path):
    with Renderer() as renderer:
        new_course(slug="sky", title="Sky", by=make_learner(), at=NOW, renderer=renderer)
    new_course_folder = tmp_path / "content" / "sky"
    assert run("export", root, "--course", "sea")[0] == 0
    assert not new_course_folder.exists()
    assert run("export", root, "--course", "sky") == (0, "sky/course.md written.\n")
    with pytest.raises(CommandError, match="There is no course moon") as caught:
        run("export", root, "--course", "moon")
    assert caught.value.returncode == 2


def test_a_folder_that_cannot_be_written_is_one_clear_line(root, publish):
    publish(TIDES + "\nAnd the sun.\n")
    refusal = pytest.raises(CommandError, match="cannot be written: Permission denied")
    with folder_for_all() as open_to_read:
        shutil.copytree(root, open_to_read, dirs_exist_ok=True)
        open_to_read.chmod(0o755)
        with as_nobody(), refusal as caught:
            run("export", open_to_read)
    assert caught.value.returncode == 2


def test_a_file_where_the_folder_should_be_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError, match="cannot be written") as caught:
        run("export", tmp_path / "file")
    assert caught.value.returncode == 2
