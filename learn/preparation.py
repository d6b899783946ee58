"""A lesson's text made ready for publication: rendered parts and questions. No database."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from learn.authoring.document import CourseDocument, Document, Question
from learn.authoring.parse import minutes_for
from learn.authoring.render import Fragment, RenderContext, Rendered
from learn.rendering import Renderer
from quizzes.catalog import QuestionDraft
from quizzes.kinds.choice import choice_ids, choice_spec

LOCAL_LINK = re.compile(r'href="#(?!fn)')
AUTHORING = Path(__file__).resolve().parent / "authoring"


@dataclass(frozen=True, slots=True)
class PreparedLesson:
    """All that publication writes of one lesson; ``fields`` are those of ``Revision``."""

    file_name: str
    slug: str
    position: int
    digest: str
    render_digest: str
    fields: dict[str, Any]
    questions: tuple[QuestionDraft, ...]


@cache
def renderer_digest() -> str:
    """Return a digest of the renderer's own source, so that an upgrade renders anew."""
    digest = hashlib.sha256()
    for path in sorted(AUTHORING.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def digest_of(*parts: str) -> str:
    """Return a digest of texts that tells ``("ab", "c")`` from ``("a", "bc")``."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def labels() -> dict[str, str]:
    """Return the words that the renderer writes into a page, in the reader's language."""
    return {
        "note": _("Note"),
        "tip": _("Tip"),
        "important": _("Important"),
        "warning": _("Warning"),
        "caution": _("Caution"),
        "checked": _("Checked"),
        "source": _("Source"),
        "table": _("Table"),
        "footnotes": _("Sources and notes"),
        "back_to_text": _("Back to the text"),
    }


def render_digest_of(document: Document, addresses: Mapping[str, str]) -> str:
    """Return a digest of what else than its source a lesson's rendering depends on."""
    targets = sorted({link.path for link in document.links if link.path.endswith(".md")})
    known = [f"{path} {addresses.get(path.removeprefix('./'), '')}" for path in targets]
    return digest_of(renderer_digest(), *known)


def render_introduction(
    document: CourseDocument, *, context: RenderContext, renderer: Renderer
) -> str:
    """Return the HTML of a course's introduction."""
    return renderer.render([Fragment(document.body)], context)[0].html


def prepare_lesson(
    document: Document,
    *,
    source: str,
    file_name: str,
    slug: str,
    position: int,
    context: RenderContext,
    renderer: Renderer,
) -> PreparedLesson:
    """Render ``document``. ``context.definitions`` is replaced by the lesson's own.

    Raises ``RenderTooLarge``, ``RenderTooSlow`` or ``RenderFailed``.
    """
    questions = [question for quiz in document.quizzes for question in quiz.questions]
    fragments = [Fragment(document.body)]
    for question in questions:
        fragments += _question_fragments(question)
    own = RenderContext(
        lesson_addresses=context.lesson_addresses,
        media_address=context.media_address,
        labels=context.labels,
        definitions=document.definitions,
    )
    rendered = iter(renderer.render(fragments, own))
    body = next(rendered)
    address = context.lesson_addresses[file_name]
    return PreparedLesson(
        file_name=file_name,
        slug=slug,
        position=position,
        digest=digest_of(source),
        render_digest=render_digest_of(document, context.lesson_addresses),
        fields=_revision_fields(document, source=source, body=body),
        questions=tuple(_draft(question, rendered, address) for question in questions),
    )


def _revision_fields(document: Document, *, source: str, body: Rendered) -> dict[str, Any]:
    """Return the columns of the revision."""
    facts = document.facts
    return {
        "source": source,
        "markdown": _public_markdown(document),
        "title": document.title[:200],
        "summary": facts.summary,
        "minutes": facts.minutes or minutes_for(document.words),
        "objectives": list(facts.objectives),
        "requires": list(facts.requires),
        "tags": list(facts.tags),
        "sources": [asdict(fact_source) for fact_source in facts.sources],
        "outline": [asdict(entry) for entry in body.outline],
        "blocks": [{"kind": "prose", "html": body.html}],
        "quiz": _quiz_fields(document),
        "status": facts.status,
    }


def _public_markdown(document: Document) -> str:
    """Return the lesson as anybody may have it: its title and text, without the questions."""
    return f"# {document.title}\n\n{document.body.strip()}\n"


def _quiz_fields(document: Document) -> dict[str, Any]:
    """Return title and terms of the lesson's knowledge check, or nothing."""
    asked = [quiz for quiz in document.quizzes if quiz.questions]
    if not asked:
        return {}
    first = asked[0]
    return {
        "title": first.title,
        "pass_mark": first.pass_mark,
        "shuffle": first.attributes.options.get("shuffle") != "off",
        "questions": sum(len(quiz.questions) for quiz in asked),
    }


def _question_fragments(question: Question) -> list[Fragment]:
    """Return the question's Markdown, part by part, in the order that ``_draft`` takes them."""
    fragments = [
        Fragment(question.stem, inline=True),
        Fragment(question.body),
        Fragment(question.explanation),
    ]
    fragments += [Fragment(hint) for hint in question.hints]
    for choice in question.choices:
        fragments += [Fragment(choice.text, inline=True), Fragment(choice.explanation)]
    return fragments


def led_into_lesson(html: str, address: str) -> str:
    """Return a question's HTML with its links to anchors leading into the lesson at ``address``.

    A question is a page of its own; only its footnotes are on it.
    """
    return LOCAL_LINK.sub(f'href="{address}#', html)


def _draft(question: Question, rendered: Iterator[Rendered], address: str) -> QuestionDraft:
    """Put a question together from its rendered fragments."""

    def html() -> str:
        return led_into_lesson(next(rendered).html, address)

    spec = choice_spec((choice.text, choice.is_right) for choice in question.choices)
    spec["shuffle"] = question.attributes.options.get("shuffle") != "off"
    parts: dict[str, Any] = {"stem": html(), "body": html(), "explanation": html()}
    parts["hints"] = [html() for _hint in question.hints]
    ids = choice_ids(choice.text for choice in question.choices)
    parts["choices"] = {id_: {"text": html(), "explanation": html()} for id_ in ids}
    right = sum(choice.is_right for choice in question.choices)
    return QuestionDraft(
        key=question.key,
        kind="choose-one" if right == 1 else "choose-all",
        spec=spec,
        wording={
            "stem": question.stem,
            "body": question.body,
            "asked": [[choice.text] for choice in question.choices],
            "told": [choice.explanation for choice in question.choices],
            "hints": list(question.hints),
            "explanation": question.explanation,
        },
        parts=parts,
    )
