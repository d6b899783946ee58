"""What `content fix` repairs, and what it leaves alone."""

import time

import pytest

from learn.authoring.fixing.course import fix_course
from learn.authoring.fixing.edits import Edit, Lines, apply_edits
from learn.authoring.fixing.misspellings import one_slip_away
from learn.authoring.parse import parse_lesson

CHOICES = "\n\n- [x] a\n- [ ] b\n  > No: c.\n- [ ] d\n  > No: e.\n"
QUIZ = f"# T\n\n## Q {{.quiz}}\n\n### Which?{CHOICES}"
TABLE = "| | a | b |\n|---|---|---|\n| Long run | c | d |\n"
OTHERS = {
    "02-b.md": f"# B\n\nText.\n\n## Job queues\n\n{TABLE}\nTable: At a glance {{.compare}}\n",
    "03-my file.md": "# C\n\nText.\n",
}
MEDIA = {"media/mill.svg"}


def fixed(text: str, **others: str) -> str:
    """Return a lesson after its repair."""
    return fix_course({"01-a.md": text, **OTHERS, **others}, MEDIA).texts.get("01-a.md", text)


def without_ids(text: str) -> str:
    """Return a repaired lesson's first text line, for links."""
    return fixed(f"# T\n\n{text}\n").split("\n")[2]


@pytest.mark.parametrize(
    ("heading", "with_id"),
    [
        ("### Which?", "### Which? {#a-which}"),
        ("### Which? ##  ", "### Which? {#a-which} ##  "),
        ("### Which? {.typed}", "### Which? {#a-which .typed}"),
        ("### Which? { tries=2 }", "### Which? {# tries=2 }".replace("{#", "{#a-which ")),
        ("### The set {a, b}?  \t", "### The set {a, b}? {#a-the-set-a-b}  \t"),
        ("Which?\n---", "Which? {#a-which}\n---"),
        ("### Which? {#own}", "### Which? {#own}"),
        ("### Which? {#a, .b}", "### Which? {#a, .b}"),
    ],
)
def test_a_question_gets_the_id_that_its_answers_are_kept_under(heading, with_id):
    lesson = "# T\n\nQ {.quiz}\n===\n\n%s" + CHOICES

    assert fixed(lesson % heading) == lesson % with_id


def test_the_id_is_the_key_of_today():
    key = parse_lesson(QUIZ, name="01-a.md").quizzes[0].questions[0].key

    assert f"### Which? {{#{key}}}\n" in fixed(QUIZ)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_marks_and_a_missing_last_line_end_stay(end):
    lesson = ("\ufeff" + QUIZ.rstrip() + " \t").replace("\n", end)

    assert fixed(lesson) == lesson.replace("Which?", "Which? {#a-which}")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("### Größe?" + CHOICES, "cannot be written as an id"),
        (f"<quiz>\nWhich?{CHOICES}</quiz>\n", "no place for an id"),
    ],
)
def test_an_id_that_cannot_be_written_is_left_to_the_author(question, reason):
    lesson = f"# T\n\n## Q {{.quiz}}\n\n{question}"

    report = fix_course({"01-a.md": lesson})

    assert not report.texts
    assert [(one.line, one.code) for one in report.left] == [
        (lesson[: lesson.index(question)].count("\n") + (2 if "<" in question else 1),
         "question-without-id")
    ]  # fmt: skip
    assert reason in report.left[0].words()


def test_of_two_questions_with_one_id_none_is_changed():
    report = fix_course({"01-a.md": QUIZ, "02-a.md": QUIZ})

    assert not report.texts
    assert [(one.file, one.code) for one in report.left] == [
        ("01-a.md", "question-duplicate-id"),
        ("02-a.md", "question-duplicate-id"),
    ]
    assert "02-a.md:5" in report.left[0].words()


def test_a_heading_that_is_linked_to_keeps_its_id_for_good():
    report = fix_course({"01-a.md": "# T\n\n[b](02-b.md#job-queues)\n", **OTHERS})

    assert "## Job queues {#job-queues}\n" in report.texts["02-b.md"]


def test_a_data_table_gets_its_id_and_other_tables_and_headings_none():
    plain = f"# T\n\n## One\n\n{TABLE}\nTable: Plain\n"

    report = fix_course({"01-a.md": plain, **OTHERS})

    assert list(report.texts) == ["02-b.md"]
    assert "Table: At a glance {#at-a-glance .compare}\n" in report.texts["02-b.md"]


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("[x](02-B.md)", "[x](02-b.md)"),
        ("[x](./b.md#job-queues 'T')", "[x](./02-b.md#job-queues 'T')"),
        ("[x](9-b.md)", "[x](02-b.md)"),
        ("[x](02-b.md#Job-Queues)", "[x](02-b.md#job-queues)"),
        ("[x](02-b.md#Job%20queues)", "[x](02-b.md#job-queues)"),
        ("[x](02-b.md#job_queues)", "[x](02-b.md#job-queues)"),
        ("[x](B.md#Job-Queues)", "[x](02-b.md#job-queues)"),
        ("[x](02-b.md#at-a-glance.Long-Run.B)", "[x](02-b.md#at-a-glance.long-run.b)"),
        ("[x](<02-B.md>) 02-B.md", "[x](<02-b.md>) 02-B.md"),
        ("[02-B.md](02-B.md) `[x](02-B.md)`", "[02-B.md](02-b.md) `[x](02-B.md)`"),
        ("[x](03-my file.md)", "[x](03-my%20file.md)"),
        ("[x](03-My%20File.md)", "[x](03-my%20file.md)"),
        ("![x](Media/Mill.SVG)", "![x](media/mill.svg)"),
        ('<a href="02-B.md">x</a>', '<a href="02-b.md">x</a>'),
        ("[x](nowhere.md) [y](02-b.md#job) [z](no file.md)", None),
        ("[x](https://example.org/B.md) [y](../02-B.md)", None),
    ],
)
def test_a_link_that_can_only_mean_one_place_leads_there(link, leads):
    assert without_ids(link) == (leads or link)


def test_the_address_of_a_reference_is_mended_where_it_is_defined():
    lesson = "# T\n\n[x][r], [r]\n\n[r]: 02-B.md#Job-Queues 'T'\n"

    assert fixed(lesson) == lesson.replace("02-B.md#Job-Queues", "02-b.md#job-queues")


def test_where_two_files_could_be_meant_none_is_taken():
    lesson = "# T\n\n[x](05-b.md)\n"

    assert fixed(lesson, **{"04-b.md": "# D\n\nText.\n"}) == lesson


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("---\ntitel: x\n---\n# T\n", "---\ntitle: x\n---\n# T\n"),
        ("---\nMinutes: 3\n---\n# T\n", "---\nminutes: 3\n---\n# T\n"),
        ('---\n"sumary": x\n---\n# T\n', '---\n"summary": x\n---\n# T\n'),
        ("---\nlayout: x\n---\n# T\n", None),  # another tool's
        ("---\nminutes: 3\nminute: 4\n---\n# T\n", None),  # there is one
        ("---\ntag: x\n---\n# T\n", None),  # `tags` would have to be a list
        ("---\nminits: 3\n---\n# T\n", None),  # two slips
        (QUIZ.replace("{.quiz}", "{.quizz pas=80}"), "{.quiz pass=80}"),
        (QUIZ.replace("Which?", "Which? {#w tries=2 trys=3}"), None),
        ("# T\n\n## A {.quote}\n\nText.\n", None),
        ("# T\n\n## A {#Big_Id}\n\n[x](#Big_Id)\n", "# T\n\n## A {#big-id}\n\n[x](#big-id)\n"),
        ("# T\n\n## A {#Big_Id}\n\n[x](#a)\n", None),  # the id made from words is in use
        (QUIZ.replace("Which?", "Which? {#Big_Id}"), None),  # answers are kept under another
    ],
)
def test_a_word_one_slip_away_from_one_that_means_something(old, new):
    assert (new or old) in fixed(old)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("titel", "title"), ("TITLE", "title"), ("ta", ""), ("tag", "tags"), ("tas", "tags"),
     ("pas", "pass"), ("x", ""), ("shufle", "shuffle")],
)  # fmt: skip
def test_one_slip(word, meant):
    assert one_slip_away(word, ["title", "tags", "pass", "shuffle"]) == meant
    assert one_slip_away("tax", ["tab", "tag"]) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-[ ] f", "- [ ] f"),
        ("*[x] f", "* [x] f"),
        ("- [ x ] f", "- [x] f"),
        ("- [] f", "- [ ] f"),
        ("- [x]f", "- [x] f"),
        ("- [X] f", "- [X] f"),
        ("- [f](02-b.md)", "- [f](02-b.md)"),
    ],
)
def test_boxes_become_what_everybody_reads(old, new):
    lesson = QUIZ.replace("Which?", "Which? {#w}") + old + "\n"

    assert fixed(lesson) == lesson.replace(old, new)


def test_bars_in_code_get_their_backslash_where_that_makes_the_row_right():
    right = "# T\n\n| a | b |\n|---|---|\n| `c|d|e` | f |\n"
    wrong = "# T\n\n| a | b |\n|---|---|\n| `c | d` |\n"

    assert fixed(right) == right.replace("c|d|e", "c\\|d\\|e")
    assert fixed(wrong) == wrong


def test_every_repair_says_what_where_and_why():
    report = fix_course({"01-a.md": QUIZ.replace("{.quiz}", "{.quizz}")})

    assert [(one.line, one.column, one.code, one.words()) for one in report.repairs] == [
        (3, 8, "question-misspelt-class", "`quizz` becomes `quiz`"),
        (5, 11, "question-without-id", "the question gets its id {#a-which}"),
    ]


def test_edits_leave_all_else_alone():
    text = "\ufeffa\rb\r\nc\nd"

    assert apply_edits(text, [Edit(2, 0, "b", "bb"), Edit(4, 1, "", "!")]) == "\ufeffa\rbb\r\nc\nd!"
    assert not Lines(text).fits([Edit(2, 0, "x", "y")])
    assert not Lines(text).fits([Edit(9, 0, "", "y")])


@pytest.mark.parametrize(
    "text",
    [
        "## Q {.quiz}\n" + "### q?\n- [x] a\n- [ ] b\n" * 1_500,
        "| a | b |\n|---|---|\n" + "| `a|b` |\n" * 3_000,
        "## Q {.quiz}\n### q?\n- [x] b\n\n" + "- [x] a\n  -[ ] b\n" * 2_000,
        "# T\n\n" + "".join(f"## One {n}\n\n[a](#One_{n}) x\n\n" for n in range(1_000)),
        "# T\n\n" + "".join(f"[a][r{n}] x\n\n[r{n}]: 02-B.md#job-{n}\n\n" for n in range(1_500)),
    ],
)
def test_a_large_or_hopeless_file_takes_seconds(text):
    started = time.monotonic()

    fix_course({"01-a.md": text, **OTHERS})

    assert time.monotonic() - started < 30
