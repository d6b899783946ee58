"""Plain functions that make what a test needs, without Markdown or files."""

from datetime import UTC, datetime, timedelta

from learn.models import Course, Lesson, Revision, User
from quizzes.answering import Circumstances, begin_attempt, record_answer
from quizzes.catalog import QuestionDraft, sync_questions
from quizzes.kinds.choice import choice_ids, choice_spec
from quizzes.sittings import QuizTerms

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TERMS = QuizTerms(pass_mark=75, shuffle=True)


def make_draft(key="capital", stem="Which?", right=("yes",), wrong=("no", "maybe")):
    """A question whose choices are explained by 'because ...'."""
    choices = [(text, True) for text in right] + [(text, False) for text in wrong]
    ids = choice_ids(text for text, _ in choices)
    parts = {
        "stem": stem,
        "body": "",
        "explanation": f"whole of {key}",
        "hints": [],
        "choices": {
            id_: {"text": text, "explanation": f"<p>because {text}</p>"}
            for id_, (text, _) in zip(ids, choices, strict=True)
        },
    }
    return QuestionDraft(
        key=key,
        kind="choose-one" if len(right) == 1 else "choose-all",
        spec=choice_spec(choices),
        wording={"stem": stem, "body": "", "asked": [[text] for text, _ in choices]},
        parts=parts,
    )


def make_course(slug="animals", **fields):
    return Course.objects.create(slug=slug, title=slug.title(), **fields)


def make_lesson(course=None, slug="cats", drafts=None, position=1, **fields):
    """A published lesson with two questions unless other drafts are given."""
    lesson = Lesson.objects.create(
        course=course or make_course(), slug=slug, file_name=f"{slug}.md", position=position
    )
    lesson.live = Revision.objects.create(
        lesson=lesson,
        number=1,
        digest="d",
        render_digest="r",
        source=f"# {slug}",
        markdown=f"# {slug}",
        title=slug.title(),
        blocks=[{"kind": "prose", "html": f"<p>About {slug}.</p>"}],
        quiz={"title": "Knowledge check", "pass_mark": None, "shuffle": True},
        created_at=NOW,
        **fields,
    )
    lesson.save()
    ask(lesson, drafts if drafts is not None else [make_draft("one"), make_draft("two")])
    return lesson


def ask(lesson, drafts, at=NOW):
    """Make the drafts the questions of the lesson."""
    sync_questions(lesson=lesson, drafts=drafts, at=at)


def make_learner(username="learner", **fields):
    return User.objects.create_user(username, **fields)


def begin(lesson, user, seed="seed", at=NOW):
    """Begin an attempt at the lesson."""
    return begin_attempt(user=user, lesson=lesson, terms=TERMS, seed=seed, at=at)


def answer(attempt, position, *texts, at=NOW, **circumstances):
    """Answer the question at a position by the texts of its choices; return the outcome."""
    return answer_with(attempt, position, {"choice": choice_ids(texts)}, at=at, **circumstances)


def answer_with(attempt, position, fields, at=NOW, **circumstances):
    """Answer the question at a position by the fields of its form; return the outcome."""
    item = attempt.items.select_related("version").get(position=position)
    item.attempt = attempt
    return record_answer(
        item=item, fields=fields, at=at, circumstances=Circumstances(**circumstances)
    )
