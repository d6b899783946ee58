"""WRITE: a picture for every lesson that learners may see, drawn when it is published.

The address of a picture holds a digest of what is drawn on it, so a page knows it without asking
the database, and a picture may be kept for ever. A lesson whose title stays keeps its picture.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from itertools import batched

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _

from learn.models import Course, Lesson, SharingCard
from learn.sharing.drawing import EDITION, CardText, draw_card

DIGEST_LENGTH = 32
BATCH = 100

logger = logging.getLogger(__name__)


def card_text(lesson: Lesson) -> CardText:
    """Return what is written on a lesson's card; ``course`` and ``live`` must be loaded."""
    if lesson.live is None:
        return CardText(lesson.slug, lesson.course.title)
    minutes = _("%(n)d min") % {"n": lesson.live.minutes}
    return CardText(lesson.live.title, lesson.course.title, minutes)


def card_digest(lesson: Lesson) -> str:
    """Return the digest of a lesson's card; ``course`` and ``live`` must be loaded."""
    drawn = (EDITION, lesson.course.slug, lesson.slug, *astuple(card_text(lesson)))
    return hashlib.sha256(json.dumps(drawn).encode()).hexdigest()[:DIGEST_LENGTH]


def refresh_course_cards(course: Course) -> None:
    """Draw the cards that one course lacks and drop those that it has no more use for."""
    refresh_cards([course.pk])


def refresh_cards(courses: Iterable[int] | None = None) -> None:
    """Draw the cards that are missing and drop the others, of some courses or of all.

    Cheap when nothing changed. A site that is upgraded or restored is made whole by this at its
    next start. A card that cannot be drawn or kept is left out and logged: nothing fails by it.
    """
    lessons, cards = Lesson.objects.published(), SharingCard.objects.all()
    if courses is not None:
        pks = list(courses)
        lessons, cards = lessons.filter(course__in=pks), cards.filter(course__in=pks)
    try:
        wanted = {card_digest(lesson): lesson for lesson in lessons.with_titles()}
        kept = set(cards.values_list("digest", flat=True))
        for some in batched(kept - wanted.keys(), BATCH, strict=False):
            cards.filter(digest__in=some).delete()
        missing = [(digest, wanted[digest]) for digest in wanted if digest not in kept]
        for batch in batched(_drawn(missing), BATCH, strict=False):
            _keep(batch)
    except DatabaseError:
        logger.exception("The cards for sharing could not be brought up to date.")


def _drawn(missing: Iterable[tuple[str, Lesson]]) -> Iterator[SharingCard]:
    """Yield the cards of the lessons that one can be drawn for."""
    for digest, lesson in missing:
        try:
            content = draw_card(card_text(lesson))
        except Exception:
            # Whatever a font or a strange title does: the lesson is published without a picture.
            logger.exception("No card for sharing could be drawn for %s.", lesson)
            continue
        yield SharingCard(course_id=lesson.course_id, digest=digest, content=content)


def _keep(cards: Iterable[SharingCard]) -> None:
    """Write cards, each of which somebody else may be writing at the same moment."""
    try:
        with transaction.atomic():
            SharingCard.objects.bulk_create(cards, ignore_conflicts=True)
    except IntegrityError:
        logger.info("A course went while its cards were drawn; they are drawn at the next start.")
