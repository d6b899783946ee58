"""``content sync``: publishes what changed, says what it held back, and ends accordingly."""

import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from learn.models import Lesson
from tests.factories import answer, begin, make_learner, write_files
from tests.nobody import as_nobody, folder_for_all
from tests.serving.site import ROOT, site_environment

pytestmark = pytest.mark.django_db(databases="__all__")

GOOD = "# Tides\n\nThe moon pulls.\n"
BROKEN = (
    "# Waves\n\n## Knowledge check\n\n### What makes waves? {#waves}\n\n- [ ] Fish\n- [ ] Ships\n"
)


@pytest.fixture
def root(tmp_path):
    (tmp_path / "sea").mkdir()
    (tmp_path / "sea" / "course.md").write_text("All about the sea.\n")
    (tmp_path / "sea" / "01-tides.md").write_text(GOOD)
    return tmp_path


def run(*arguments):
    """Run the command; return its exit code and what it printed."""
    out = StringIO()
    try:
        call_command("content", "sync", *map(str, arguments), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_it_publishes_and_ends_well(root):
    code, out = run(root)
    assert code == 0
    assert "Lessons published: 1, unchanged: 0" in out
    assert Lesson.objects.published().count() == 1


def test_a_second_run_has_nothing_to_do(root):
    run(root)
    code, out = run(root)
    assert (code, "Lessons published: 0, unchanged: 1" in out) == (0, True)


def test_a_broken_file_is_named_with_its_line_and_the_rest_is_published(root):
    (root / "sea" / "02-waves.md").write_text(BROKEN)
    code, out = run(root)
    assert code == 1
    assert "sea/02-waves.md:5:" in out
    assert "was left as it was" in out
    assert Lesson.objects.published().count() == 1


def test_what_another_file_broke_is_named_at_every_run_until_it_is_mended(root):
    (root / "sea" / "02-waves.md").write_text("# Waves\n\nText.\n\n## Foam {#foam}\n\nWhite.\n")
    (root / "sea" / "03-foam.md").write_text("# Foam\n\nSee [foam](02-waves.md#foam).\n")
    assert run(root)[0] == 0
    (root / "sea" / "02-waves.md").write_text("# Waves\n\nText.\n")
    first, again = run(root), run(root)
    for code, out in (first, again):
        assert code == 1
        assert "sea/03-foam.md:3:5 error link-missing-anchor" in out
        assert "sea/03-foam.md has errors since another file changed" in out
    (root / "sea" / "01-tides.md").write_text(GOOD + "\nThe sun, too.\n")
    (code, out) = run(root)
    assert (code, "Lessons published: 1, unchanged: 2" in out) == (1, True)
    assert "sea/03-foam.md has errors since another file changed" in out
    (root / "sea" / "03-foam.md").write_text("# Foam\n\nSee [waves](02-waves.md).\n")
    assert run(root)[0] == 0
    assert run(root)[0] == 0


def test_what_was_broken_and_is_gone_is_named_no_more(root):
    (root / "sea" / "02-waves.md").write_text("# Waves\n\nSee [tides](01-tides.md).\n")
    run(root)
    (root / "sea" / "01-tides.md").rename(root / "sea" / "01-ebb.md")
    assert run(root)[0] == 1
    (root / "sea" / "02-waves.md").unlink()
    assert run(root)[0] == 0


def test_what_was_meant_as_a_lesson_is_told_and_holds_nothing_back(root):
    (root / "sea" / "02-waves.markdown").write_text(GOOD)
    code, out = run(root)
    assert code == 0
    assert "sea/02-waves.markdown:1:1 warning structure-no-lesson" in out
    assert "mv 02-waves.markdown 02-waves.md" in out
    assert Lesson.objects.published().count() == 1


def test_a_missing_folder_is_wrong_use(tmp_path):
    with pytest.raises(CommandError) as caught:
        run(tmp_path / "nowhere")
    assert caught.value.returncode == 2


def test_what_is_taken_off_is_named_with_how_many_had_answered_it(root):
    quiz = "\n## Knowledge check\n\n### Why? {#why}\n\n- [x] Moon\n- [ ] Fish\n  > No legs.\n"
    (root / "sea" / "02-pull.md").write_text(f"# Pull\n\nIt pulls.\n{quiz}")
    run(root)
    answer(begin(Lesson.objects.get(slug="pull"), make_learner()), 1, "Moon")
    (root / "sea" / "02-pull.md").unlink()
    code, out = run(root)
    assert code == 0
    assert "sea/02-pull.md is no longer in the folder and was taken off the site" in out
    assert "people who had answered it: 1." in out
    (root / "sea").rename(root.parent / "elsewhere")
    write_files(root / "land", {"01-hills.md": "# Hills\n\nHills stay.\n"})
    assert "people who had answered it: 0." in run(root)[1]


def test_a_file_with_another_name_is_told_with_its_new_address(root):
    run(root)
    (root / "sea" / "01-tides.md").rename(root / "sea" / "01-ebb.md")
    code, out = run(root)
    assert code == 0
    assert "sea/01-tides.md is sea/01-ebb.md now, and ebb its address." in out
    assert "taken off" not in out


def test_a_course_whose_folder_has_another_name_is_told(root):
    run(root)
    (root / "sea").rename(root / "02 Ocean")
    code, out = run(root)
    assert code == 0
    assert "The course sea is ocean now, and its address is another one." in out
    assert "taken off" not in out


def test_the_courses_own_text_is_told_too_where_a_lesson_that_it_links_to_goes(root):
    link = "\nSee [tides](01-tides.md).\n"
    (root / "sea" / "course.md").write_text("All about the sea.\n" + link)
    (root / "sea" / "02-moon.md").write_text("# Moon\n" + link)
    assert run(root)[0] == 0
    (root / "sea" / "01-tides.md").rename(root / "sea" / "01-ebb.md")
    code, out = run(root)
    assert code == 1
    for name in ("course.md", "02-moon.md"):
        assert f"sea/{name} has errors since another file changed" in out


def test_files_are_named_as_they_are_in_the_folder(root):
    (root / "sea").rename(root / "2 Größe & See")
    (root / "2 Größe & See" / "02-waves.md").write_text(BROKEN)
    assert "\n2 Größe & See/02-waves.md has errors" in run(root)[1]


def test_a_folder_that_may_not_be_read_takes_no_course_off_the_site():
    with folder_for_all() as root:
        course = root / "sea"
        course.mkdir()
        (course / "01-tides.md").write_text(GOOD)
        run(root)
        course.chmod(0)
        refusal = pytest.raises(CommandError, match=f"{course} cannot be used: Permission denied")
        with as_nobody(), refusal as caught:
            run(root)
    assert caught.value.returncode == 2
    assert Lesson.objects.published().count() == 1


@pytest.mark.server
def test_it_may_be_the_first_command_on_a_new_machine(root, tmp_path):
    command = [sys.executable, str(ROOT / "manage.py"), "content", "sync", str(root)]
    done = subprocess.run(
        command,
        env=site_environment(tmp_path / "var"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Lessons published: 1" in done.stdout
