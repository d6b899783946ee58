"""People with something done, written into a site of its own; gives the addresses made by
that, and pages that a running site has no address for.

Run by ``tests.with_django`` in a process whose environment names the site. Orders are drawn from
fixed seeds and times lie a fixed number of days back, so two runs give the same pages.
"""

from datetime import timedelta
from typing import Any

from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from learn.annotations import passages, report_unclear, save_note
from learn.drafting import save_draft
from learn.models import Course, CourseRole, FileConflict, Lesson, LessonVisit, User
from learn.publishing import studio_publication
from learn.releasing import publish_file
from learn.rendering import Renderer
from learn.views.styleguide import styleguide
from quizzes.answering import record_answer
from quizzes.answers import Circumstances
from quizzes.beginning import begin_attempt, begin_sitting
from quizzes.drilling import begin_drill
from quizzes.interleaving import session_of
from quizzes.models import Attempt, ComparisonTable, QuestionVersion
from quizzes.remembering import due_questions
from quizzes.review_sessions import REVIEW_TERMS
from quizzes.sittings import Sitting, ask, sitting_of
from quizzes.terms import quiz_terms
from tests.factories import right_fields, wrong_fields
from tests.screenshots import closed_book
from tests.screenshots.people import AUTHOR, PASSWORD, VISITORS

NOW = timezone.now()
NUMBER = "15 min"  # what is right in the course with every kind


def lesson_of(slug: str) -> Lesson:
    return Lesson.objects.select_related("course", "live").get(slug=slug)


def guest(name: str) -> User:
    return User.objects.guest_for(VISITORS[name])


def answer(attempt: Attempt, at, *, wrong=(), until: int | None = None) -> Attempt:
    """Answer the questions of an attempt; those at the positions in ``wrong`` wrongly."""
    for item in attempt.items.select_related("version").order_by("position"):
        if until is not None and item.position > until:
            break
        is_wrong = item.position in wrong
        fields = wrong_fields(item.version) if is_wrong else right_fields_of(item.version)
        if attempt.asks_certainty:
            fields["certainty"] = ["3"]
        tries = 2 if is_wrong and item.version.spec.get("tries", 1) > 1 else 1
        for number in range(1, tries + 1):
            record_answer(
                attempt=attempt,
                version=item.version.code,
                fields=fields,
                at=at,
                circumstances=Circumstances(try_number=number),
            )
    attempt.refresh_from_db()
    return attempt


def right_fields_of(version: QuestionVersion) -> dict[str, list[str]]:
    """Answers of the kinds that the factories know by heart, here read from the key."""
    spec = version.spec
    if version.kind == "gaps":
        return {f"gap-{gap['id']}": [gap["accepted"][0]] for gap in spec["gaps"]}
    if version.kind == "typed":
        return {"answer": [next(line["text"] for line in spec["lines"] if line["right"])]}
    if version.kind == "number":
        return {"answer": [NUMBER]}
    return right_fields(version)


def checked(name: str, slug: str, *, days: int, **how) -> Attempt:
    lesson = lesson_of(slug)
    at = NOW - timedelta(days=days)
    user = guest(name)
    LessonVisit.objects.mark_read(user=user, lesson=lesson, at=at)
    attempt = begin_attempt(
        user=user, lesson=lesson, terms=quiz_terms(lesson), seed=f"{name}-{slug}", at=at
    )
    return answer(attempt, at, **how)


def reviewed(name: str, **how) -> Attempt:
    user = guest(name)
    due = [each.question for each in session_of(due_questions(user, NOW))]
    found = QuestionVersion.objects.filter(question__in=due, question__live__pk__isnull=False)
    live = {version.question_id: version for version in found.order_by("number")}
    questions = ask([live[number] for number in due], seed=name, shuffle=True)
    sitting = Sitting(None, None, questions, REVIEW_TERMS)
    return answer(begin_sitting(user=user, sitting=sitting, at=NOW), NOW, **how)


def drilled(name: str, **how) -> Attempt:
    table = ComparisonTable.objects.select_related("lesson__course", "lesson__live").get(
        key="side-by-side", retired_at=None
    )
    attempt = begin_drill(table=table, user=guest(name), seed=name, at=NOW)
    assert attempt is not None
    return answer(attempt, NOW, **how)


def learners() -> dict[str, str]:
    """What guests did; returns the addresses of results."""
    addresses = {}
    first = checked("learner", "what-they-are", days=11, wrong={2, 4})
    addresses["result"] = first.get_absolute_url()
    checked("learner", "side-by-side", days=10, wrong={1})
    checked("learner", "how-a-batch-job-runs", days=9)
    checked("learner", "choosing", days=0, wrong={1}, until=2)
    checked("learner", "every-kind", days=0, wrong={1, 2, 3, 5, 6, 7, 8, 4})
    checked("reader", "every-kind", days=0)
    addresses["result-all-right"] = checked("reader", "what-they-are", days=0).get_absolute_url()
    for name, until in (("reviewer", None), ("reviewing", 2)):
        checked(name, "what-they-are", days=11, wrong={2})
        checked(name, "side-by-side", days=11)
        review = reviewed(name, wrong={2, 5}, until=until)
        if until is None:
            addresses["review-result"] = review.get_absolute_url()
    exam = checked("learner", closed_book.SLUG, days=0, wrong={2})
    addresses["exam-result"] = exam.get_absolute_url()
    addresses["drill-result"] = drilled("learner", wrong={2, 3}).get_absolute_url()
    drilled("driller", wrong={1}, until=2)
    return addresses


def notes() -> None:
    lesson, user = lesson_of("what-they-are"), guest("learner")
    anchors = [entry["anchor"] for entry in lesson.live.outline[:2]]
    words = "A queue holds the work.\n\nAsk: who pays while it waits?"
    save_note(user=user, lesson=lesson, anchor=anchors[0], text=words, is_bookmarked=True, at=NOW)
    save_note(user=user, lesson=lesson, anchor=anchors[1], text="", is_bookmarked=True, at=NOW)
    for name in ("learner", "reader"):
        report_unclear(
            user=guest(name),
            lesson=lesson,
            passage=passages(lesson)[2],
            question_key="",
            text="Which of the two starts first?",
            at=NOW,
        )


def revise(course: Course, by: User) -> None:
    """Publish another text of a lesson, so that there is one to go back to."""
    publish_file(
        course=course,
        file_name=closed_book.FILE,
        source=closed_book.REVISED,
        base_digest=lesson_of(closed_book.SLUG).live.digest,
        publication=studio_publication(by, at=NOW),
        renderer=Renderer(),
    )


def studio() -> None:
    """An instructor with a draft, a conflict, a faulty edit and reports to settle."""
    ada = User.objects.create_user(AUTHOR, f"{AUTHOR}@example.org", PASSWORD)
    ben = User.objects.create_user("ben", "ben@example.org", PASSWORD)
    for course in Course.objects.all():
        CourseRole.objects.create(user=ada, course=course, role="instructor")
    course = Course.objects.get(slug="every-kind")
    CourseRole.objects.create(user=ben, course=course, role="author")
    exam = lesson_of(closed_book.SLUG).live
    edit_in_folder(course, closed_book.FILE, exam.digest, closed_book.EDITED)
    revise(course, ada)
    lesson = lesson_of("every-kind")
    source = lesson.live.source
    save_draft(
        course=course,
        file_name="02-drafted.md",
        author=ada,
        source=source.replace("# Every kind", "# Drafted", 1).replace("- [x] Yes", "- [ ] Yes"),
        base_digest="",
        edition=None,
        at=NOW,
    )
    faulty = source.replace("Water boils", "[Pure water](09-water.md) boils")
    edit_in_folder(course, "01-every-kind.md", lesson.live.digest, faulty)


def edit_in_folder(course: Course, file_name: str, base_digest: str, text: str) -> None:
    """Have the folder's text of a file wait for a decision."""
    FileConflict.objects.create(
        course=course,
        file_name=file_name,
        base_digest=base_digest,
        folder_source=text,
        folder_digest="0" * 64,
        found_at=NOW,
    )


def fault(template: str, **context: object) -> str:
    """Return a page that tells of a fault, as its visitor would see it."""
    return render(RequestFactory().get("/"), template, context).content.decode()


def main() -> dict[str, Any]:
    """Do all of it; return the addresses made by that and the pages rendered."""
    addresses = learners()
    notes()
    studio()
    half = Attempt.objects.filter(user=guest("reviewing")).latest("pk")
    addresses["review-open"] = str(sitting_of(half).first_open().position)
    rendered = {
        "/failed/": render_to_string("500.html"),
        "/too-many/": fault("429.html"),
        "/unavailable/": fault("503.html"),
        "/not-saved/": fault("503.html", fault="busy", is_write=True),
        "/styleguide/": styleguide(RequestFactory().get("/styleguide/")).content.decode(),
    }
    return {"addresses": addresses, "rendered": rendered}
