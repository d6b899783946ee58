"""A lesson's text made ready for publication: rendered parts and questions. No database."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from learn.authoring.document import CourseDocument, Document
from learn.authoring.parse import minutes_for
from learn.authoring.render import Fragment, RenderContext, Rendered
from learn.question_drafts import draft_of, fragments_of
from learn.rendering import Renderer
from quizzes.catalog import QuestionDraft

# Where the reader left the place of a quick question, as text and as it is rendered.
QUICK_QUESTION_LINE = re.compile("\ue002([^\ue003]*)\ue003")
QUICK_QUESTION = re.compile("<p>\ue002([^\ue003]*)\ue003</p>")
FOOTNOTES = '<section class="footnotes"'
LEARN = Path(__file__).resolve().parent


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
    """Return a digest of what renders and prepares, so that an upgrade does so anew."""
    makers = [*(LEARN / "authoring").rglob("*.py"), *LEARN.glob("*.py")]
    digest = hashlib.sha256()
    for path in sorted(makers):
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
    address: str,
    context: RenderContext,
    renderer: Renderer,
) -> PreparedLesson:
    """Render ``document``, whose page is at ``address``.

    ``context.definitions`` is replaced by the lesson's own.

    Raises ``RenderTooLarge``, ``RenderTooSlow`` or ``RenderFailed``.
    """
    asked = [(question, quiz) for quiz in document.quizzes for question in quiz.questions]
    fragments = [Fragment(document.body)]
    for question, _quiz in asked:
        fragments += fragments_of(question)
    own = RenderContext(
        lesson_addresses=context.lesson_addresses,
        media_address=context.media_address,
        labels=context.labels,
        definitions=document.definitions,
    )
    rendered = iter(renderer.render(fragments, own))
    body = next(rendered)
    return PreparedLesson(
        file_name=file_name,
        slug=slug,
        position=position,
        digest=digest_of(source),
        render_digest=render_digest_of(document, context.lesson_addresses),
        fields=_revision_fields(document, source=source, body=body),
        questions=tuple(draft_of(question, quiz, rendered, address) for question, quiz in asked),
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
        "blocks": blocks_of(body.html),
        "quiz": _quiz_fields(document),
        "status": facts.status,
    }


def blocks_of(html: str) -> list[dict[str, str]]:
    """Return a lesson's HTML in blocks: prose, quick questions that stand in it, and its notes.

    The notes are apart, so that the knowledge check can follow the text directly.
    """
    text, opening, notes = html.partition(FOOTNOTES)
    blocks = []
    for place, piece in enumerate(QUICK_QUESTION.split(text)):
        if place % 2:
            blocks.append({"kind": "question", "key": piece})
        elif piece.strip():
            blocks.append({"kind": "prose", "html": piece})
    if opening:
        blocks.append({"kind": "notes", "html": opening + notes})
    return blocks


def _public_markdown(document: Document) -> str:
    """Return the lesson as anybody may have it: its title and text, without the questions."""
    body = QUICK_QUESTION_LINE.sub("", document.body).strip()
    return f"# {document.title}\n\n{body}\n"


def _quiz_fields(document: Document) -> dict[str, Any]:
    """Return title and terms of the lesson's knowledge check, or nothing."""
    quizzes = [
        quiz
        for quiz in document.quizzes
        if any(not question.is_quick for question in quiz.questions)
    ]
    if not quizzes:
        return {}
    first = quizzes[0]
    options = first.attributes.options
    return {
        "title": first.title,
        "pass_mark": first.pass_mark,
        "shuffle": options.get("shuffle") != "off",
        "feedback": options.get("feedback", "now"),
        "certainty": options.get("certainty") == "on",
        "pick": int(options["pick"]) if "pick" in options else None,
    }
