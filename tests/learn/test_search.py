"""What is found, by whom, in which order, and how the index keeps up."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learn.models import Course, EntryKind, Lesson, SearchEntry, SearchWord
from learn.searching.finding import Wish, examples, find
from learn.searching.indexing import index_course, rebuild_index, refresh_index
from learn.serving.content import load_content
from quizzes.models import Attempt
from tests.factories import (
    NOW,
    answer,
    ask,
    begin,
    make_course,
    make_draft,
    make_learner,
    make_lesson,
)

pytestmark = pytest.mark.django_db

BATCH = """<p>A scheduler for heavy work.</p>
<h2 id="queues">Job queues</h2><p>A job waits in a queue until capacity is ready.</p>
<h3 id="order">Order</h3><p>The cold start of an instance takes minutes.</p>"""
LAMBDA = """<p>It answers events. An <abbr title="Simple Queue Service">SQS</abbr> queue helps.</p>
<h2 id="cold">Cold start</h2><p>The first request waits, in Zürich too.</p>
<dl><dt>Environment</dt><dd>Where a handler runs.</dd></dl>"""


def write(slug, html, course, position=1, drafts=(), **fields):
    lesson = make_lesson(course, slug, drafts=list(drafts), position=position, **fields)
    lesson.live.blocks = [{"kind": "prose", "html": html}]
    lesson.live.save()
    return lesson


@pytest.fixture
def course():
    course = make_course("cloud")
    write("batch", BATCH, course, drafts=[make_draft("ends", stem="When does a job end?")])
    write("lambda", LAMBDA, course, position=2)
    refresh_index()
    return course


def found(text, learner=None, kind="", **options):
    """The addresses of all results, without what they have in common."""
    results = find(text, learner=learner, wish=Wish(kind=kind, **options))
    return [
        result.url.removeprefix("/courses/cloud/")
        for group in results.groups
        for result in group.results
    ]


def lessons(text):
    return found(text, kind=EntryKind.LESSON)


def test_a_section_is_found_at_its_anchor(course):
    assert lessons("capacity") == ["batch/#queues"]
    assert lessons("heavy") == ["batch/"]


def test_all_words_must_be_there(course):
    assert lessons("cold minutes") == ["batch/#order"]


def test_a_heading_weighs_more_than_the_text(course):
    assert lessons("cold start") == ["lambda/#cold", "batch/#order"]


@pytest.mark.parametrize("typed", ["retry ", "retr", '"many retries"'])
def test_what_says_it_more_often_in_fewer_words_comes_first(course, typed):
    other_words = "Other words stand here, and they are about something else. " * 8
    often, once, at_length = (
        f"<h2 id='{name}'>{title}</h2><p>{text}</p>"
        for name, title, text in (
            ("often", "Often", "Many retries. A retry of many retries."),
            ("once", "Once", "There are many retries in a row."),
            ("at-length", "At length", f"{other_words}There are many retries. {other_words}"),
        )
    )
    titled = "<h2 id='titled'>Many retries</h2><p>Nothing is said of them.</p>"
    write("tries", at_length + once + titled + often, course, position=3)
    refresh_index()
    ranked = ["tries/#titled", "tries/#often", "tries/#once", "tries/#at-length"]
    assert lessons(typed) == ranked


def test_the_word_being_typed_is_found_by_its_beginning(course):
    assert lessons("capac") == ["batch/#queues"]
    assert find("capac ", learner=None, wish=Wish(literally=True)).total == 0


def test_number_case_and_accents_do_not_count(course):
    assert lessons("ZURICH ") == lessons("zürich") == ["lambda/#cold"]
    assert "batch/#queues" in lessons("capacities ")


def test_a_phrase_must_stand_as_it_is(course):
    assert lessons('"first request"') == ["lambda/#cold"]
    assert find('"request first"', learner=None).total == 0


def test_a_word_can_be_left_out(course):
    assert lessons("cold -minutes") == ["lambda/#cold"]
    assert found("-cold") == []


def test_a_result_says_where_it_is(course):
    [result] = find("minutes", learner=None).groups[0].results
    assert "".join(piece.text for piece in result.heading) == "Job queues › Order"
    assert (result.course, result.lesson) == ("Cloud", "Batch")
    assert [piece.text for piece in result.passage if piece.is_hit] == ["minutes"]


def test_terms_are_found_with_their_explanation(course):
    [term] = find("sqs", learner=None, wish=Wish(kind=EntryKind.TERM)).groups[0].results
    assert "".join(piece.text for piece in term.passage) == "Simple Queue Service"
    assert found("handler", kind=EntryKind.TERM) == ["lambda/#cold"]


def test_a_term_explained_twice_in_a_course_is_found_once(course):
    write("more", LAMBDA, course, position=3)
    refresh_index()
    assert len(found("sqs", kind=EntryKind.TERM)) == 1


def test_what_people_get_wrong_is_found_in_its_lesson_and_is_no_term(course):
    wrong = "<h2 id='wrong'>Half true</h2><dl><dt>'It retries jobs.'</dt><dd>If asked.</dd></dl>"
    write("mistakes", wrong.replace("'wrong'", '"wrong"'), course, position=3)
    refresh_index()
    assert found("retries jobs", kind=EntryKind.TERM) == []
    assert lessons("asked") == ["mistakes/#wrong", "mistakes/#wrong"]
    [group] = find("retries jobs", learner=None).groups
    shown = "".join(piece.text for piece in group.results[0].heading)
    assert shown == "Half true › 'It retries jobs.'"


def test_examples_are_the_courses_own_terms(course):
    write("more", "<dl><dt>Job queue</dt><dd>Where jobs wait.</dd></dl>", course, position=3)
    refresh_index()
    made = examples()
    assert made.words == ("SQS", "Environment", "Job queue")
    assert (made.phrase, made.exclusion) == ('"Job queue"', "SQS -Environment")
    assert found(made.phrase)
    assert found(made.exclusion)


@pytest.mark.parametrize("typed", ["capcity", "capacty ", "acpacity", "capacitty"])
def test_a_slip_of_the_finger_is_mended(course, typed):
    result = find(typed, learner=None)
    assert result.corrected.strip() == "capacity"
    assert result.total >= 1
    assert find(typed, learner=None, wish=Wish(literally=True)).total == 0


def test_a_wrong_first_letter_is_mended(course):
    assert find("vapacity", learner=None).corrected == "capacity"


def test_words_that_stand_nowhere_together_find_some_of_them(course):
    result = find("capacity handler", learner=None)
    assert result.is_relaxed
    assert result.total >= 2
    assert not find("capacity handler", learner=None, wish=Wish(literally=True)).groups


def test_nonsense_finds_nothing(course):
    assert find("xyzzyplugh", learner=None).groups == ()
    assert find("", learner=None).groups == ()


# Questions


def questions(text, learner):
    return found(text, learner, kind=EntryKind.QUESTION)


def test_a_question_is_found_only_by_who_has_answered_it(course):
    learner, other = make_learner(), make_learner("other")
    lesson = Lesson.objects.get(slug="batch")
    assert questions("end", learner) == []
    answer(begin(lesson, learner), 1, "no")
    assert questions("end", learner) == ["batch/check/1/"]
    assert questions("because yes", learner) == ["batch/check/1/"]
    assert questions("end", other) == questions("end", None) == []


def test_an_exam_says_nothing_before_its_end(course):
    learner = make_learner()
    attempt = begin(Lesson.objects.get(slug="batch"), learner)
    answer(attempt, 1, "no")
    Attempt.objects.update(tells_at_end=True, finished_at=None, right=None, percent=None)
    assert questions("end", learner) == []


def test_a_question_with_tries_left_is_not_told(course):
    learner, lesson = make_learner(), Lesson.objects.get(slug="batch")
    draft = make_draft("ends", stem="When does a job end?")
    draft.spec["tries"] = 2
    ask(lesson, [draft])
    attempt = begin(lesson, learner)
    answer(attempt, 1, "no")
    assert questions("end", learner) == []
    answer(attempt, 1, "yes", try_number=2)
    assert questions("end", learner) == ["batch/check/1/"]


def test_a_question_with_another_key_must_be_answered_anew(course):
    learner, lesson = make_learner(), Lesson.objects.get(slug="batch")
    answer(begin(lesson, learner), 1, "no")
    ask(lesson, [make_draft("ends", stem="When does a job end?", right=("maybe",), wrong=("no",))])
    rebuild_index()
    assert questions("end", learner) == []


def test_an_older_attempt_leads_to_its_result(course):
    learner, lesson = make_learner(), Lesson.objects.get(slug="batch")
    first = begin(lesson, learner)
    answer(first, 1, "no")
    begin(lesson, learner, at=NOW + timedelta(days=1))
    assert questions("end", learner) == [f"batch/check/results/{first.token}/"]


def test_no_suggestion_comes_from_a_question(course):
    assert not SearchWord.objects.filter(word="because").exists()
    assert find("becuase", learner=None).corrected == ""


# The index


def entries_of(slug):
    return SearchEntry.objects.filter(lesson__slug=slug)


def test_what_did_not_change_is_left_alone(course):
    before = set(SearchEntry.objects.values_list("pk", flat=True))
    refresh_index()
    assert set(SearchEntry.objects.values_list("pk", flat=True)) == before


def test_a_new_rendering_is_indexed(course):
    lesson = Lesson.objects.get(slug="batch")
    lesson.live.blocks = [{"kind": "prose", "html": "<p>Quite another matter.</p>"}]
    lesson.live.render_digest = "other"
    lesson.live.save()
    others = set(entries_of("lambda").values_list("pk", flat=True))
    index_course(course)
    assert lessons("quite") == ["batch/"]
    assert lessons("capacity") == []
    assert set(entries_of("lambda").values_list("pk", flat=True)) == others


def test_a_lesson_off_the_site_is_not_found_even_before_the_index_knows(course):
    Lesson.objects.filter(slug="batch").update(retired_at=NOW)
    assert lessons("capacity") == []
    index_course(course)
    assert not entries_of("batch").exists()
    Lesson.objects.filter(slug="batch").update(retired_at=None)
    index_course(course)
    assert lessons("capacity") == ["batch/#queues"]


@pytest.mark.parametrize("change", [{"retired_at": NOW}, {"status": "draft"}])
def test_a_course_off_the_site_is_not_found(course, change):
    Course.objects.update(**change)
    assert found("cold") == []
    assert examples().words == ()
    refresh_index()
    assert not SearchEntry.objects.exists()


def test_the_index_can_be_rebuilt(course):
    SearchWord.objects.create(word="stale", initial="s", length=5)
    SearchEntry.objects.filter(lesson__slug="batch").delete()
    rebuild_index()
    assert lessons("capacity") == ["batch/#queues"]
    assert not SearchWord.objects.filter(word="stale").exists()


def test_a_lesson_that_is_deleted_leaves_nothing_behind(course):
    SearchEntry.objects.filter(lesson__slug="batch").delete()
    assert find("capacity", learner=None).total == 0


# Any input


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=300) | st.text(alphabet="co \"-*(){}:^'\\&|!<>\0漢é", max_size=40))
def test_any_input_is_safe(course, text):
    find(text, learner=None)


@pytest.mark.parametrize(
    "text",
    [
        *("\0", '"', "*", "cold*", "a'b", "NEAR(cold start)", "kind:question", "title_words:x"),
        *("a" * 10_000, '"' * 10_000, "x " * 5_000),
        *("-", "--", "\\", "%", ":*", "a & !b", "<->", "\ud800", "𞤀"),
    ],
)  # fmt: skip
def test_awkward_input_is_safe(course, text):
    assert find(text, learner=None).total <= 1_100


def test_what_is_published_from_a_folder_is_found(tmp_path):
    folder = tmp_path / "cloud"
    folder.mkdir()
    (folder / "01-batch.md").write_text("# Batch\n\n## Job queues\n\nJobs wait for capacity.\n")
    load_content(tmp_path)
    assert lessons("capacity") == ["batch/#job-queues"]
    # As after an upgrade: the lesson is up and unchanged, and the index is empty.
    SearchEntry.objects.all().delete()
    load_content(tmp_path)
    assert lessons("capacity") == ["batch/#job-queues"]
    (folder / "01-batch.md").write_text("# Batch\n\n## Job queues\n\nJobs wait for room.\n")
    load_content(tmp_path)
    assert lessons("room") == ["batch/#job-queues"]
    assert lessons("capacity") == []
