"""A lesson's text made ready for publication: rendered parts and questions. No database."""

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language

from learn.authoring.document import CourseDocument, Document
from learn.authoring.fragments import Fragment, RenderContext, Rendered
from learn.authoring.parse import minutes_for
from learn.authoring.statements import drills_of
from learn.cell_drafts import cell_drafts
from learn.question_drafts import LOCAL_LINK, draft_of, fragments_of
from learn.quiz_facts import introduction_of, quiz_fields
from learn.render_labels import labels
from learn.rendering import Renderer
from learn.table_drafts import grid_of, table_draft, table_fragments
from quizzes.catalog import QuestionDraft
from quizzes.tables import TableDraft

# Where the reader left the place of a quick question, as text and as it is rendered.
QUICK_QUESTION_LINE = re.compile("\ue002([^\ue003]*)\ue003")
QUICK_QUESTION = re.compile("<p>\ue002([^\ue003]*)\ue003</p>")
LINK = re.compile(r' href="([^"]*)"')
FOOTNOTES = '<section class="footnotes"'
LEARN = Path(__file__).resolve().parent
MAKERS = (
    "cell_drafts.py",
    "preparation.py",
    "question_drafts.py",
    "quiz_facts.py",
    "render_labels.py",
    "rendering.py",
    "rendering_child.py",
    "rendering_worker.py",
    "table_drafts.py",
)
RENDERER_LENGTH = 16


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
    tables: tuple[TableDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedText:
    """All that publication writes of a ``course.md``; ``fields`` are those of ``Course``.

    A course without the file has an empty ``source`` and ``digest``.
    """

    source: str
    digest: str
    fields: dict[str, Any]


@cache
def renderer_digest() -> str:
    """Return a digest of what renders and prepares, so that an upgrade does so anew."""
    makers = [*(LEARN / "authoring").rglob("*.py"), *(LEARN / name for name in MAKERS)]
    digest = hashlib.sha256()
    for path in sorted(makers):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def digest_of(*parts: str) -> str:
    """Return a digest of texts that tells ``("ab", "c")`` from ``("a", "bc")``."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def render_digest_of(document: Document, context: RenderContext) -> str:
    """Return a digest of what else than its source a lesson's rendering depends on.

    It begins with the renderer's own, so that an upgrade is seen without reading the text.
    """
    targets = sorted({link.path for link in document.links if link.path.endswith(".md")})
    addresses = context.lesson_addresses
    known = [f"{path} {addresses.get(path.removeprefix('./'), '')}" for path in targets]
    known += filter(None, [context.language])
    return renderer_mark() + digest_of(*known)[RENDERER_LENGTH:]


def renderer_mark() -> str:
    """Return what digests begin with that depend on the renderer."""
    return renderer_digest()[:RENDERER_LENGTH]


def addresses_of(course_slug: str, slugs: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of lessons by file name; ``slugs`` are those of the lessons."""
    begin = _address_of(course_slug)
    return {name: f"{begin}{quote(slug)}/" for name, slug in slugs.items()}


def _address_of(course_slug: str) -> str:
    """Return the address of a course, as ``learn.urls`` has it.

    Asking Django would import all pages of the site, which takes longer than to publish a lesson.
    """
    return f"{get_script_prefix()}courses/{quote(course_slug)}/"


def told_language(language: str) -> str:
    """Return a course's language, or nothing where every page is in that language anyway."""
    return "" if {code for code, _name in settings.LANGUAGES} == {language} else language


def context_of(
    name: str, *, course_slug: str, addresses: Mapping[str, str], language: str = ""
) -> RenderContext:
    """Return what the links of the file ``name`` mean, which are relative to its folder.

    ``addresses`` are those of all lessons that may be linked to, by file name; ``language`` is the
    course's.
    """
    folder = posixpath.dirname(name)
    media = f"{_address_of(course_slug)}media/"
    relative = (
        {posixpath.relpath(target, folder): address for target, address in addresses.items()}
        if folder
        else dict(addresses)
    )
    return RenderContext(
        lesson_addresses=relative,
        media_address=f"{media}{folder}/" if folder else media,
        labels=labels(),
        language=told_language(language),
        labels_language=get_language() or "",
    )


def prepare_course_text(
    document: CourseDocument,
    *,
    source: str,
    title: str,
    context: RenderContext,
    renderer: Renderer,
) -> PreparedText:
    """Render what ``course.md`` says; ``title`` is for a course that has none of its own.

    Raises ``RenderTooLargeError``, ``RenderTooSlowError`` or ``RenderFailedError``.
    """
    facts = document.facts
    introduction = renderer.render([Fragment(document.body)], context)[0].html
    return PreparedText(
        source=source,
        digest=digest_of(source) if source else "",
        fields={
            "title": (facts.title or title)[:200],
            "summary": facts.summary,
            "audience": facts.audience,
            "introduction_html": introduction,
            "pass_mark": facts.pass_mark,
            "shuffle": facts.shuffle,
            "language": facts.language,
            "licence": facts.licence,
            "status": facts.status,
        },
    )


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

    Raises ``RenderTooLargeError``, ``RenderTooSlowError`` or ``RenderFailedError``.
    """
    asked = [(question, quiz) for quiz in document.quizzes for question in quiz.questions]
    fragments = [Fragment(document.body)]
    for question, _quiz in asked:
        fragments += fragments_of(question, context.language)
    fragments.append(introduction_of(document, context.language))
    drills = [drill for drill in drills_of(document) if drill.is_offered]
    for drill in drills:
        fragments += table_fragments(drill, context.language)
    own = replace(context, definitions=document.definitions)
    rendered = iter(renderer.render(fragments, own))
    body = next(rendered)
    questions = [
        draft_of(question, quiz, rendered, address, context.language) for question, quiz in asked
    ]
    introduction = LOCAL_LINK.sub(f'href="{address}#', next(rendered).html)
    grids = [grid_of(drill, rendered, address, context.language) for drill in drills]
    return PreparedLesson(
        file_name=file_name,
        slug=slug,
        position=position,
        digest=digest_of(source),
        render_digest=render_digest_of(document, context),
        fields=_revision_fields(document, source=source, body=body, introduction=introduction),
        questions=(*questions, *(cell for grid in grids for cell in cell_drafts(grid))),
        tables=tuple(table_draft(grid) for grid in grids),
    )


def _revision_fields(
    document: Document, *, source: str, body: Rendered, introduction: str
) -> dict[str, Any]:
    """Return the columns of the revision; ``introduction`` is the knowledge check's, as HTML."""
    facts = document.facts
    blocks = blocks_of(body.html)
    named = _addresses_in(block["html"] for block in blocks if block["kind"] == "notes")
    return {
        "source": source,
        "markdown": _public_markdown(document),
        "title": document.title[:200],
        "summary": facts.summary,
        "minutes": facts.minutes or minutes_for(document.words),
        "objectives": list(facts.objectives),
        "requires": list(facts.requires),
        "tags": list(facts.tags),
        "sources": [asdict(one) for one in facts.sources if one.url not in named],
        "outline": [asdict(entry) for entry in body.outline],
        "blocks": blocks,
        "quiz": quiz_fields(document, introduction),
        "status": facts.status,
    }


def _addresses_in(htmls: Iterable[str]) -> set[str]:
    """Return what links lead to, and of a link to a part of a page the whole page too."""
    found = {unescape(address) for html in htmls for address in LINK.findall(html)}
    return found | {address.partition("#")[0] for address in found}


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
