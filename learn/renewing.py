"""WRITE: what is up on the site is rendered anew, since an address or the renderer changed.

The text stays as it was published, and so does its revision.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from learn.authoring.names import COURSE_FILE
from learn.authoring.parse import parse_course, parse_lesson
from learn.course_check import Words, mentions, words_of
from learn.models import Course
from learn.preparation import (
    PreparedLesson,
    PreparedText,
    addresses_of,
    context_of,
    prepare_course_text,
    prepare_lesson,
    render_digest_of,
    renderer_mark,
)
from learn.publishing import (
    Publication,
    place_lessons,
    places_of,
    write_course_text,
    write_lesson,
)
from learn.rendering import Renderer, RenderError
from learn.site_state import SiteState, SiteTexts

BATCH = 100


@dataclass(frozen=True, slots=True)
class Dependents:
    """What else is rendered anew when a lesson comes or goes."""

    lessons: tuple[PreparedLesson, ...] = ()
    text: PreparedText | None = None


NO_DEPENDENTS = Dependents()


def dependents_of(
    file_name: str, seen: SiteState, slugs: Mapping[str, str], renderer: Renderer
) -> Dependents:
    """Render what links to a lesson that comes or goes; ``slugs`` are those from now on."""
    own = {seen.slugs.get(file_name, ""), slugs.get(file_name, "")}
    lessons = renewed_lessons(
        seen, slugs, names=words_of([file_name]), renderer=renderer, skipped=own
    )
    text = renewed_course_text(seen, slugs, names=words_of([file_name]), renderer=renderer)
    return Dependents(tuple(lessons), text)


def in_language_of(text: PreparedText, seen: SiteState, renderer: Renderer) -> Dependents:
    """Render all lessons anew if a ``course.md`` says that they are in another language."""
    language = text.fields["language"]
    if language == seen.language:
        return NO_DEPENDENTS
    lessons = renewed_lessons(seen, seen.slugs, names=(), renderer=renderer, language=language)
    return Dependents(tuple(lessons))


def write_dependents(
    course: Course, others: Dependents, slugs: Mapping[str, str], publication: Publication
) -> None:
    """Write what was rendered anew, and where each lesson now stands."""
    for lesson in others.lessons:
        write_lesson(lesson, course=course, publication=publication)
    if others.text is not None:
        write_course_text(course, others.text, publication)
    place_lessons(course, places_of(slugs))


def renewed_lessons(
    seen: SiteState,
    slugs: Mapping[str, str],
    *,
    names: Collection[Words],
    renderer: Renderer,
    skipped: Collection[str] = (),
    language: str | None = None,
) -> Iterator[PreparedLesson]:
    """Yield the lessons that look different now, rendered anew.

    ``slugs`` are the addresses that lessons have from now on, by file name. Only lessons that
    mention one of ``names`` are looked at, and those which an older renderer made; not those whose
    addresses are in ``skipped``. One that the renderer refuses stays as it is. A course that is
    from now on in another ``language`` is rendered anew as a whole.
    """
    spoken = seen.language if language is None else language
    site = SiteTexts(seen.pk)
    touched = site.mentioning(names)
    stale = {
        slug: one.file_name
        for slug, one in seen.lessons.items()
        if one.up
        and slug not in skipped
        and (
            one.file_name in touched
            or spoken != seen.language
            or not one.render_digest.startswith(renderer_mark())
        )
    }
    addresses = addresses_of(seen.slug, slugs)
    places = places_of(slugs)
    for some in _batches(sorted(stale)):
        texts = site.texts([stale[slug] for slug in some])
        for slug in some:
            if slug in places and stale[slug] in texts:
                prepared = _renewed(
                    replace(seen, language=spoken),
                    slug,
                    places[slug],
                    texts[stale[slug]],
                    addresses,
                    renderer,
                )
                if prepared is not None:
                    yield prepared


def _batches(slugs: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(slugs), BATCH):
        yield slugs[start : start + BATCH]


def _renewed(
    seen: SiteState,
    slug: str,
    place: tuple[str, int],
    source: str,
    addresses: Mapping[str, str],
    renderer: Renderer,
) -> PreparedLesson | None:
    """Return the lesson rendered anew, or None if nothing of it has changed."""
    name, position = place
    document = parse_lesson(source, name=name)
    context = context_of(name, course_slug=seen.slug, addresses=addresses, language=seen.language)
    if render_digest_of(document, context) == seen.lessons[slug].render_digest:
        return None
    try:
        return prepare_lesson(
            document,
            source=source,
            file_name=name,
            slug=slug,
            position=position,
            address=addresses[name],
            context=context,
            renderer=renderer,
        )
    except RenderError:
        return None


def renewed_course_text(
    seen: SiteState, slugs: Mapping[str, str], *, names: Collection[Words], renderer: Renderer
) -> PreparedText | None:
    """Return what ``course.md`` says, rendered anew, if it mentions one of ``names``."""
    source = SiteTexts(seen.pk).texts([COURSE_FILE]).get(COURSE_FILE, "")
    if not mentions(source, names):
        return None
    addresses = addresses_of(seen.slug, slugs)
    try:
        return prepare_course_text(
            parse_course(source),
            source=source,
            title=seen.title,
            context=context_of(COURSE_FILE, course_slug=seen.slug, addresses=addresses),
            renderer=renderer,
        )
    except RenderError:
        return None
