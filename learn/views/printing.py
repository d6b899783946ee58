"""A lesson on paper, with its check's questions to be answered by hand."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from learn.borrowing import with_borrowed_tables
from learn.http import HtmxHttpRequest
from learn.models import Lesson
from learn.passages import terms_of
from quizzes.quick import blocks_with_questions, quick_questions
from quizzes.showing import ShownQuestion, shown_question
from quizzes.sittings import unbegun_sitting
from quizzes.terms import quiz_terms


@require_safe
def print_sheet(request: HtmxHttpRequest, course: str, lesson: str) -> HttpResponse:
    """Show the lesson and all questions of its check for printing, without any key."""
    found = get_object_or_404(
        Lesson.objects.published().select_related("course", "live"),
        course__slug=course,
        slug=lesson,
    )
    own = blocks_with_questions(found, lambda: quick_on_paper(found), name="question")
    blocks, _borrowed = with_borrowed_tables(found, own)
    context = {
        "course": found.course,
        "lesson": found,
        "revision": found.live,
        "blocks": blocks,
        "terms": terms_of("".join(block.get("html", "") for block in blocks)),
        "questions": questions_on_paper(found),
    }
    return render(request, "learn/print.html", context)


def quick_on_paper(lesson: Lesson) -> dict[str, ShownQuestion]:
    """Return the lesson's quick checks by key as they are asked, in an order the same for all."""
    shuffle = quiz_terms(lesson).shuffle
    asked = quick_questions(lesson, user=None, seed=f"paper:{lesson.pk}", shuffle=shuffle)
    return {key: shown_question(question) for key, question in asked.items()}


def questions_on_paper(lesson: Lesson) -> list[ShownQuestion]:
    """Return every question of the lesson's check as it is asked, in an order the same for all."""
    terms = replace(quiz_terms(lesson), pick=None)
    sitting = unbegun_sitting(lesson, seed=f"paper:{lesson.pk}", terms=terms)
    return [shown_question(asked) for asked in sitting.questions]
