"""WRITE: a picture for every course and lesson that learners may see, drawn when it is published.

The address of a picture holds a digest of what is drawn on it, so a page knows it without asking
the database, and a picture may be kept for ever. What looks the same on it keeps its picture.
"""

import hashlib
import importlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learn.models import Course, Lesson, SharingCard
from learn.models.courses import CourseQuerySet
from learn.sharing.card_texts import EDITION, CardText
from learn.telling import CARDS_DRAWN, told

DIGEST_LENGTH = 32
BATCH = 100

logger = logging.getLogger(__name__)


def card_text(lesson: Lesson) -> CardText:
    """Return what is written on a lesson's card; ``course`` and ``live`` must be loaded."""
    if lesson.live is None:
        return CardText(lesson.slug, lesson.course.title)
    return _text_of(lesson.live.title, lesson.course, lesson.live.minutes)


def _text_of(title: str, course: Course, minutes: int) -> CardText:
    return CardText(title, course.title, _("%(n)d min") % {"n": minutes})


def course_card_text(course: Course, *, lessons: int, minutes: int) -> CardText:
    """Return what is written on a course's card; the numbers are of what learners may see."""
    counted = ngettext("%(n)d lesson", "%(n)d lessons", lessons) % {"n": lessons}
    facts = _("%(lessons)s · %(n)d min of reading") % {"lessons": counted, "n": minutes}
    return CardText(course.title, _("Course"), facts)


def card_digest(lesson: Lesson) -> str:
    """Return the digest of a lesson's card; ``course`` and ``live`` must be loaded."""
    return _digest(lesson.course.slug, lesson.slug, card_text(lesson))


def course_card_digest(course: Course, *, lessons: int, minutes: int) -> str:
    """Return the digest of a course's card; see ``course_card_text``."""
    return _digest(course.slug, "", course_card_text(course, lessons=lessons, minutes=minutes))


def _digest(course: str, lesson: str, text: CardText) -> str:
    drawn = (EDITION, course, lesson, text.title, text.course, text.facts)
    return hashlib.sha256(json.dumps(drawn).encode()).hexdigest()[:DIGEST_LENGTH]


def refresh_course_cards(course: Course) -> None:
    """Draw the cards that one course lacks and drop those that it has no more use for."""
    refresh_cards([course.pk])


def refresh_cards(courses: Iterable[int] | None = None) -> None:
    """Draw the cards that are missing and drop the others, of some courses or of all.

    Cheap when nothing changed. A site that is upgraded or restored is made whole by this at its
    next start. A card that cannot be drawn or kept is left out and logged: nothing fails by it.
    """
    shown, cards = Course.objects.published(), SharingCard.objects.all()
    if courses is not None:
        pks = list(courses)
        shown, cards = shown.filter(pk__in=pks), cards.filter(course__in=pks)
    try:
        wanted = _wanted(shown)
        kept = set(cards.values_list("digest", flat=True))
        for some in batched(kept - wanted.keys(), BATCH, strict=False):
            cards.filter(digest__in=some).delete()
        missing = [(digest, *wanted[digest]) for digest in wanted if digest not in kept]
        for batch in batched(_drawn(missing), BATCH, strict=False):
            _keep(batch)
    except DatabaseError:
        logger.exception("The cards for sharing could not be brought up to date.")


def _wanted(courses: CourseQuerySet) -> dict[str, tuple[int, CardText]]:
    """Return by its digest each card of these courses and their lessons: of which course, what."""
    wanted, minutes = {}, defaultdict[int, list[int]](list)
    shown = {course.pk: course for course in courses}
    for lesson in Lesson.objects.published().filter(course__in=shown).outline():
        text = _text_of(lesson.title, shown[lesson.course_id], lesson.minutes)
        wanted[_digest(lesson.course, lesson.slug, text)] = (lesson.course_id, text)
        minutes[lesson.course_id].append(lesson.minutes)
    for course in shown.values():
        read = minutes[course.pk]
        text = course_card_text(course, lessons=len(read), minutes=sum(read))
        wanted[_digest(course.slug, "", text)] = (course.pk, text)
    return wanted


def _drawn(missing: Sequence[tuple[str, int, CardText]]) -> Iterator[SharingCard]:
    """Yield the cards that can be drawn, each of the course with that number."""
    for digest, course, text in told(CARDS_DRAWN, missing):
        try:
            content = draw_card(text)
        except Exception:
            # Whatever a font or a strange title does: it is published without a picture.
            logger.exception("No card for sharing could be drawn for %s.", text.title)
            continue
        yield SharingCard(course_id=course, digest=digest, content=content)


def draw_card(text: CardText) -> bytes:
    """Return the card as PNG."""
    # By name: a page only asks for a digest, and what draws takes 15 MB.
    content: bytes = importlib.import_module("learn.sharing.drawing").draw_card(text)
    return content


def _keep(cards: Iterable[SharingCard]) -> None:
    """Write cards, each of which somebody else may be writing at the same moment."""
    try:
        with transaction.atomic():
            SharingCard.objects.bulk_create(cards, ignore_conflicts=True)
    except IntegrityError:
        logger.info("A course went while its cards were drawn; they are drawn at the next start.")
