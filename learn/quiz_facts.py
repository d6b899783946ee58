"""What a lesson's page says of its knowledge check: title, introduction, terms."""

from typing import Any

from learn.authoring.document import Document, Quiz
from learn.authoring.fragments import Fragment


def introduction_of(document: Document, language: str) -> Fragment:
    """Return what the author says before the knowledge check begins, to be rendered."""
    text = "\n\n".join(quiz.introduction for quiz in _checks_of(document))
    return Fragment(text.strip(), prefix="check-", language=language)


def quiz_fields(document: Document, introduction: str) -> dict[str, Any]:
    """Return what is kept of the knowledge check, with its ``introduction`` as HTML, or nothing."""
    quizzes = _checks_of(document)
    if not quizzes:
        return {}
    first = quizzes[0]
    options = first.attributes.options
    return {
        "title": first.title,
        "introduction_html": introduction,
        "pass_mark": first.pass_mark,
        "shuffle": options.get("shuffle") != "off",
        "feedback": options.get("feedback", "now"),
        "certainty": options.get("certainty") == "on",
        "pick": int(options["pick"]) if "pick" in options else None,
    }


def _checks_of(document: Document) -> list[Quiz]:
    """Return the quizzes whose questions make the lesson's knowledge check."""
    return [
        quiz
        for quiz in document.quizzes
        if any(not question.is_quick for question in quiz.questions)
    ]
