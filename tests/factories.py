"""Plain functions that make what a test needs, without Markdown."""

from datetime import UTC, datetime, timedelta

from django.db.models import F

from learn.models import Course, CourseRole, Draft, Lesson, Revision, User
from learn.models.courses import new_edition
from quizzes.answering import record_answer
from quizzes.answers import Circumstances
from quizzes.beginning import begin_attempt
from quizzes.catalog import QuestionDraft, sync_questions
from quizzes.kinds.choice import choice_ids, choice_spec
from quizzes.kinds.gaps import gaps_spec
from quizzes.kinds.number import number_spec
from quizzes.kinds.ordering import ordering_spec
from quizzes.kinds.placing import placing_spec
from quizzes.kinds.typed import typed_spec
from quizzes.models import AttemptItem, Response, Role
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
    """Make the drafts the questions of the lesson, as a publication does."""
    sync_questions(lesson=lesson, drafts=drafts, at=at)
    lesson.course.edition = new_edition()
    lesson.course.save(update_fields=["edition"])


def make_learner(username="learner", **fields):
    return User.objects.create_user(username, **fields)


def make_author(course, name="ada", role="author"):
    """Somebody who may write the course."""
    user = make_learner(name, email=f"{name}@example.com")
    CourseRole.objects.create(user=user, course=course, role=role)
    return user


def keep_draft(course, author, file_name, source, at=NOW, **fields):
    """What somebody has written of a file in the studio, and not published."""
    times = {"created_at": at, "saved_at": at}
    return Draft.objects.create(
        course=course, author=author, file_name=file_name, source=source, **times, **fields
    )


def write_files(folder, files):
    """Write texts into a folder, by their paths in it; return the folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def begin(lesson, user, seed="seed", at=NOW):
    """Begin an attempt at the lesson."""
    return begin_attempt(user=user, lesson=lesson, terms=TERMS, seed=seed, at=at)


def answer(attempt, position, *texts, at=NOW, **circumstances):
    """Answer the question at a position by the texts of its choices; return the outcome."""
    return answer_with(attempt, position, {"choice": choice_ids(texts)}, at=at, **circumstances)


def answer_with(attempt, position, fields, at=NOW, **circumstances):
    """Answer the question at a position by the fields of its form; return the outcome."""
    item = attempt.items.select_related("version").get(position=position)
    return record_answer(
        attempt=attempt,
        version=item.version.code,
        fields=fields,
        at=at,
        circumstances=Circumstances(**circumstances),
    )


def rows_of_others():
    """All items and answers that name somebody else than their attempt does; there must be none."""
    items = AttemptItem.objects.exclude(user=F("attempt__user"))
    return [*items, *Response.objects.exclude(user=F("item__attempt__user"))]


def told(spec_ids, texts):
    """Rendered rows: each text with an explanation that says 'because' and the text."""
    return {
        id_: {"text": text, "plain": text, "explanation": f"<p>because {text}</p>"}
        for id_, text in zip(spec_ids, texts, strict=True)
    }


def typed_parts(lines):
    spec = typed_spec(lines, exact=False)
    return spec, {"lines": told([line["id"] for line in spec["lines"]], [t for t, _ in lines])}


def number_parts(lines):
    spec = number_spec(lines)
    return spec, {"lines": told([line["id"] for line in spec["lines"]], [t for t, _ in lines])}


def ordering_parts(texts):
    spec = ordering_spec(texts)
    return spec, {"items": told(spec["items"], texts)}


def placing_parts(pairs):
    spec = placing_spec(pairs)
    options = list(dict.fromkeys(option for _, option in pairs))
    rows = told([row["id"] for row in spec["rows"]], [row for row, _ in pairs])
    return spec, {"rows": rows, "options": told(spec["options"], options)}


def gaps_parts(gaps):
    spec = gaps_spec(gaps)
    explanations = {gap["id"]: f"<p>because {gap['accepted'][0]}</p>" for gap in spec["gaps"]}
    pieces = ["<p>It takes ", *[" and "] * (len(gaps) - 1), ".</p>"]
    return spec, {"pieces": pieces, "gaps": explanations}


def make_question(kind, key="q", stem="Which?", role=Role.CHECK, hints=(), **options):
    """A question of any kind with a small, known key; see ``right_fields``."""
    made = {
        "typed": lambda: typed_parts([("CloudWatch Logs", True), ("CloudTrail", False)]),
        "number": lambda: number_parts([("15 +- 1 min", True), ("900 min", False)]),
        "ordering": lambda: ordering_parts(["first", "second", "third"]),
        "matching": lambda: placing_parts([("job", "work"), ("queue", "wait")]),
        "sorting": lambda: placing_parts([("15 minutes", "Lambda"), ("no limit", "Batch")]),
        "gaps": lambda: gaps_parts([["15 minutes", "15 min"], ["idempotent"]]),
    }
    spec, parts = made[kind]()
    return QuestionDraft(
        key=key,
        kind=kind,
        spec={**spec, **options},
        wording={"stem": stem, "body": "", "asked": [[kind]]},
        parts={
            "stem": stem,
            "body": "",
            "explanation": "<p>whole of it</p>",
            "hints": list(hints),
            **parts,
        },
        role=role,
    )


def right_fields(draft):
    """The fields of a form that is filled in rightly."""
    spec = draft.spec
    return {
        "choose-one": lambda: {"choice": [c["id"] for c in spec["choices"] if c["right"]]},
        "choose-all": lambda: {"choice": [c["id"] for c in spec["choices"] if c["right"]]},
        "typed": lambda: {"answer": ["cloudwatch logs"]},
        "number": lambda: {"answer": ["900 s"]},
        "ordering": lambda: {"order": spec["items"]},
        "matching": lambda: {f"place-{row['id']}": [row["option"]] for row in spec["rows"]},
        "sorting": lambda: {f"place-{row['id']}": [row["option"]] for row in spec["rows"]},
        "gaps": lambda: {"gap-1": ["15 min"], "gap-2": ["Idempotent"]},
    }[draft.kind]()


def wrong_fields(draft):
    """The fields of a form with nothing right in it."""
    spec = draft.spec
    return {
        "choose-one": lambda: {"choice": [c["id"] for c in spec["choices"] if not c["right"]][:1]},
        "choose-all": lambda: {"choice": [c["id"] for c in spec["choices"] if not c["right"]][:1]},
        "typed": lambda: {"answer": ["CloudTrail"]},
        "number": lambda: {"answer": ["900"]},
        "ordering": lambda: {"order": spec["items"][::-1]},
        "matching": lambda: swapped(spec),
        "sorting": lambda: swapped(spec),
        "gaps": lambda: {"gap-1": ["an hour"], "gap-2": ["fast"]},
    }[draft.kind]()


def swapped(spec):
    """Each row with an option that is not its own."""
    return {
        f"place-{row['id']}": [next(o for o in spec["options"] if o != row["option"])]
        for row in spec["rows"]
    }
