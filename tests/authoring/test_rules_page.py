"""The page of all rules is the catalogue and nothing else."""

from pathlib import Path

from learn.authoring.codes import RULES
from learn.authoring.rules.levels import MILD_WITHOUT_COURSE
from learn.authoring.rules_page import rules_page
from learn.course_folder import read_content

CONTENT = Path(__file__).parents[2] / "content"


def test_the_page_is_up_to_date():
    written = (CONTENT / "RULES.md").read_text(encoding="utf-8")

    assert written == rules_page(MILD_WITHOUT_COURSE), (
        "run: uv run manage.py content explain --all > content/RULES.md"
    )


def test_each_rule_stands_on_it_with_its_words():
    page = rules_page(MILD_WITHOUT_COURSE)

    for rule in RULES.values():
        assert f"\n### {rule.code}\n" in page
    assert "%(" not in page


def test_it_is_no_lesson():
    folders = read_content(CONTENT)

    assert "aws-compute" in {folder.relative for folder in folders}
    assert not any("RULES.md" in folder.files for folder in folders)


def test_beside_courses_it_makes_no_course_of_their_folder(tmp_path):
    for name in ("README.md", "RULES.md", "one/01-a.md", "two/01-b.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# T\n\nText.\n", encoding="utf-8")

    assert [folder.relative for folder in read_content(tmp_path)] == ["one", "two"]

    (tmp_path / "notes.md").write_text("# T\n\nText.\n", encoding="utf-8")

    (course,) = read_content(tmp_path)
    assert {"RULES.md", "notes.md"} <= course.files.keys(), (
        "elsewhere it is a lesson like any other"
    )
