"""``manage.py content check`` and ``explain``: what they print and how they exit."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

GOOD = "# A\n\nText.\n"
WARNED = "# B\n\n## Q {.quiz}\n\n### Which? {#w}\n\n- [x] a\n- [ ] b\n- [ ] c\n  > d\n"
BAD = "# C\n\n## Q {.quiz}\n"


NO_CRAFT = "---\ncraft: off\n---\n"


def content(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / "course" / f"{name}.md"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    return root


def run(*arguments: object) -> tuple[int, str]:
    """Return exit code and output of ``content``."""
    out = StringIO()
    try:
        call_command("content", *map(str, arguments), stdout=out)
    except SystemExit as exit_:
        return int(exit_.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_a_folder_in_order_is_fine(tmp_path):
    root = content(tmp_path, a=GOOD)

    assert run("check", root) == (0, "0 errors, 0 warnings in 1 file\n")


def test_errors_are_shown_and_fail(tmp_path):
    code, out = run("check", content(tmp_path, a=GOOD, c=BAD))

    assert code == 1
    assert out.startswith("course/c.md:3:4 error question-empty-quiz ")
    assert out.endswith("\n\n1 error, 0 warnings in 2 files\n")


def test_warnings_fail_only_when_asked_to(tmp_path):
    root = content(tmp_path, b=WARNED)

    assert run("check", root)[0] == 0
    assert run("check", root, "--strict")[0] == 1


def test_json_is_the_array_and_nothing_else(tmp_path):
    code, out = run("check", content(tmp_path, b=WARNED, c=BAD), "--format", "json")

    rows = json.loads(out)
    assert code == 1
    assert [(row["file"], row["line"], row["code"]) for row in rows] == [
        ("course/b.md", 8, "explanation-missing"),
        ("course/c.md", 3, "question-empty-quiz"),
    ]
    assert set(rows[0]) == {"file", "line", "column", "level", "code", "message", "mend", "stub"}


def test_json_of_no_problems_is_an_empty_array(tmp_path):
    assert run("check", content(tmp_path, a=GOOD), "--format", "json") == (0, "[]\n")


def test_github_gets_a_line_for_each_problem(tmp_path):
    code, out = run("check", content(tmp_path, b=WARNED), "--format", "github")

    assert code == 0
    assert out.startswith("::warning file=course/b.md,line=8,col=7,title=explanation-missing::")
    assert run("check", content(tmp_path, b=GOOD), "--format", "github") == (0, "")


def test_the_folder_of_one_course_will_do(tmp_path):
    _, out = run("check", content(tmp_path, c=BAD) / "course")

    assert out.startswith("c.md:3:4 error")


def test_files_that_cannot_be_read_are_reported(tmp_path):
    root = content(tmp_path, a=GOOD)
    (root / "course" / "b.md").write_bytes(b"\xff")

    code, out = run("check", root)

    assert code == 1
    assert "course/b.md:1:1 error structure-not-utf8" in out
    assert out.endswith("1 error, 0 warnings in 2 files\n")


def test_without_a_folder_the_sites_content_is_checked(tmp_path, settings):
    settings.CHECKMARK_CONTENT = content(tmp_path, a=GOOD)

    assert run("check") == (0, "0 errors, 0 warnings in 1 file\n")


@pytest.mark.parametrize(
    ("name", "words"), [("nowhere", "There is no folder"), ("empty", "no Markdown file")]
)
def test_wrong_use_is_said_in_a_line(tmp_path, name, words):
    (tmp_path / "empty").mkdir()

    with pytest.raises(CommandError, match=words) as fault:
        run("check", tmp_path / name)

    assert fault.value.returncode == 2


def test_a_rule_is_explained():
    code, out = run("explain", "question-no-right-choice")

    assert code == 0
    assert out.startswith("question-no-right-choice (questions, error)\n")
    assert "mend: " in out


def test_all_rules_are_the_page_of_this_repository():
    page = Path(__file__).parents[2] / "content" / "RULES.md"

    assert run("explain", "--all") == (0, page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("arguments", [(), ("link-missing-file", "--all")])
def test_explain_wants_one_code_or_all(arguments):
    with pytest.raises(CommandError, match="one code, or --all") as fault:
        run("explain", *arguments)

    assert fault.value.returncode == 2


def test_a_rule_that_is_none_is_wrong_use():
    with pytest.raises(CommandError, match="Did you mean `link-missing-file`") as fault:
        run("explain", "link-missing-fil")

    assert fault.value.returncode == 2


def test_the_course_of_this_repository_has_no_problems():
    root = Path(__file__).parents[2] / "content"

    code, out = run("check", root, "--strict")

    assert (code, out.startswith("0 errors, 0 warnings in ")) == (0, True), out


def test_many_warnings_alike_are_told_in_a_line_but_not_to_programs(tmp_path):
    wrong = "".join(f"- [ ] w{n}\n" for n in range(7))
    root = content(tmp_path, a=f"# A\n\n## Q {{.quiz}}\n\n### Which? {{#w}}\n\n- [x] a\n{wrong}")

    _, text = run("check", root)
    _, array = run("check", root, "--format", "json")

    assert text.count("This wrong choice has no explanation.") == 2
    assert "a.md warning explanation-missing 5 more like this, on lines 10, 11, 12, 13, 14" in text
    assert text.endswith("0 errors, 8 warnings in 1 file\n")
    assert [row["code"] for row in json.loads(array)].count("explanation-missing") == 7


def test_facts_are_judged_by_todays_date(tmp_path):
    table = "| a | b |\n|---|---|\n| c | d |\n\nTable: t {#t checked=2001-01}\n"
    root = content(tmp_path, course="---\nfreshness: 1 year\n---\n", a=f"# A\n\n{table}")

    assert "warning fact-stale This was checked in 2001-01, " in run("check", root)[1]


def test_what_is_wrong_with_the_notes_of_another_tool_is_named(tmp_path):
    root = content(tmp_path, a="# A\n\n[b](gone.md)\n\n| a | b |\n|---|---|\n| c | d | e |\n")

    code, out = run("check", root)

    assert code == 1
    assert out.endswith("2 errors, 0 warnings in 1 file\n")


def test_a_code_host_gets_paths_from_where_the_check_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    root = content(tmp_path / "content", b=WARNED)

    assert "file=content/course/b.md" in run("check", root, "--format", "github")[1]
    monkeypatch.chdir(root / "course")
    assert "file=b.md," in run("check", root, "--format", "github")[1]
