"""READ: one course's folder made ready for the site: checked, rendered, sorted by what to do."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property, partial
from posixpath import dirname
from typing import Any

from learn.agreement import Standing
from learn.authoring.document import Document, Problem
from learn.authoring.fragments import RenderContext
from learn.authoring.names import COURSE_FILE
from learn.authoring.parse import parse_course
from learn.authoring.source_text import read_source
from learn.conflicts import Found
from learn.course_check import check_change, has_errors, mentions, words_of
from learn.folder_plan import INCOMPLETE, CoursePlan, PlannedFile
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
from learn.publishing import PreparedCourse, places_of
from learn.rendering import Renderer, RenderError
from learn.renewing import renewed_lessons
from learn.site_state import SiteTexts


class FolderWork:
    """One course on its way onto the site.

    Once ``prepared`` was called, ``published``, ``held_back``, ``broken`` and ``ahead`` are names
    of files: those that are new on the site, that have errors, that have errors since others
    changed, and that only the studio has.
    """

    def __init__(self, plan: CoursePlan, renderer: Renderer) -> None:
        self.plan, self.renderer = plan, renderer
        self.site = SiteTexts(plan.seen.pk)
        self.files = [*plan.texts, *plan.media.values()]
        self.problems = dict(plan.problems_of_files)
        self.documents: dict[str, Document] = {}
        self.held_back = [name for name in self.problems if name in plan.folder.unusable]
        self.broken: list[str] = []
        self.published: list[str] = []
        self.conflicts: list[Found] = []
        self.ahead = [one.name for one in self.files if one.standing is Standing.SITE_AHEAD]

    @property
    def unseen(self) -> list[Found]:
        """What was held back and can be kept for authors to see, after ``prepared``."""
        return [
            Found(one.name, one.site.up, self.plan.folder.files[one.name], one.folder)
            for one in self.plan.texts
            if one.is_to_publish and one.name in self.held_back
            if not _unstorable(self.plan.folder.files[one.name])
        ]

    def prepared(self, *, position: int) -> PreparedCourse:
        """Check and render what changed. Raises ``OSError`` for a picture that cannot be read."""
        self.check()
        self._find_conflicts()
        lessons = self._prepare_lessons(
            [one for one in self.plan.lessons.values() if one.is_to_publish and self._is_fit(one)]
        )
        self.published = [one.file_name for one in lessons]
        slugs = self._slugs(self.published)
        moved = {name for name, _ in slugs.items() ^ self.plan.seen.slugs.items()}
        renewed = renewed_lessons(
            self.plan.seen,
            slugs,
            names=words_of(moved),
            renderer=self.renderer,
            skipped={one.slug for one in lessons},
            language=self._language,
        )
        return PreparedCourse(
            position=position,
            text=self._text(slugs, moved),
            text_agreed=self._agreed_on(self.plan.course_file),
            lessons=(*lessons, *renewed),
            places=places_of(slugs),
            gone=frozenset(one.slug for one in self.plan.lessons.values() if one.is_gone),
            agreed=self._agreed(self.plan.lessons),
            # With something left open the folder is looked at again next time.
            digest=INCOMPLETE if self.held_back or self.conflicts else self.plan.digest,
            broken=tuple(self.broken),
            **self._media(),
        )

    def source_of(self, name: str) -> str:
        """Return the text that the problems of a file are about."""
        source = self.plan.folder.files.get(name)
        return self.site.texts([name]).get(name, "") if source is None else source

    def check(self) -> None:
        """Find the problems of what is to be published, and what that or an earlier change broke.

        What was broken before and is as it was is read again: nobody may have mended it.
        """
        changed = self._changed_texts()
        again = self.site.texts(set(self.plan.seen.broken) - changed.keys())
        gone, media = self.plan.pictures_gone, self.plan.pictures_shown
        if not changed and not gone and not again:
            return
        found = check_change(
            changed | again, self.site, media=media, media_gone=gone, course_id=self.plan.seen.pk
        )
        own = {name: problems for name, problems in found.own.items() if name not in again}
        broken = found.elsewhere | {
            name: [one for one in found.own[name] if one.stops]
            for name in again
            if has_errors(found.own[name])
        }
        self.broken = list(broken)
        self.documents = found.documents
        self.problems = own | broken | self.problems

    def _changed_texts(self) -> dict[str, str | None]:
        """Return the texts that come, and None for names that go away."""
        lessons = self.plan.lessons.values()
        renamed = {one.name_before: one.name for one in lessons if one.name_before}
        kept = self.site.texts(renamed)
        changed: dict[str, str | None] = dict.fromkeys(renamed)
        changed |= {one.name: None for one in self.plan.texts if one.is_gone}
        changed |= {renamed[name]: text for name, text in kept.items()}
        return changed | {
            one.name: self.plan.folder.files[one.name]
            for one in self.plan.texts
            if one.is_to_publish
        }

    def _is_fit(self, one: PlannedFile) -> bool:
        """Say whether a file may be published; hold it back if not."""
        is_fit = not has_errors(self.problems.get(one.name, ()))
        if not is_fit:
            self.held_back.append(one.name)
        return is_fit

    def _find_conflicts(self) -> None:
        """Keep the folder's text of what was changed on both sides."""
        for one in [one for one in self.files if one.standing is Standing.CONFLICT]:
            source = self.plan.folder.files.get(one.name)
            broken = _unstorable(source) if source else []
            if broken:
                # No database can keep such a text; the folder still has it.
                self.problems[one.name] = broken
                self.held_back.append(one.name)
            else:
                text = "" if source is None and one.folder else source
                self.conflicts.append(Found(one.name, one.site.agreed, text, one.folder))

    def _prepare_lessons(self, wanted: list[PlannedFile]) -> list[PreparedLesson]:
        """Render lessons; those that the renderer refuses are held back."""
        found: dict[str, PreparedLesson] = {}
        while True:
            slugs = self._slugs([one.name for one in wanted])
            contexts = self._contexts(wanted, slugs)
            # Others may link to a lesson that does not come after all; they are rendered again.
            stale = [one for one in wanted if not self._holds(found.get(one.name), one, contexts)]
            prepared = self.renderer.each(partial(self._prepare, contexts=contexts), stale)
            refused = [one for one, lesson in zip(stale, prepared, strict=True) if lesson is None]
            self.held_back += [one.name for one in refused]
            found |= {lesson.file_name: lesson for lesson in prepared if lesson is not None}
            wanted = [one for one in wanted if one not in refused]
            if all(one.site.up for one in refused):
                places = places_of(slugs)
                return [replace(found[one.name], position=places[one.slug][1]) for one in wanted]

    def _contexts(
        self, wanted: Collection[PlannedFile], slugs: Mapping[str, str]
    ) -> dict[str, RenderContext]:
        """Return what links mean in each of the folders that the lessons are in."""
        slug = self.plan.folder.slug
        addresses = addresses_of(slug, slugs)
        names = {dirname(one.name): one.name for one in wanted}
        return {
            folder: context_of(name, course_slug=slug, addresses=addresses, language=self._language)
            for folder, name in names.items()
        }

    def _holds(
        self, lesson: PreparedLesson | None, one: PlannedFile, contexts: Mapping[str, RenderContext]
    ) -> bool:
        """Say whether a lesson was rendered, and nothing that it links to has come or gone."""
        digest = render_digest_of(self.documents[one.name], contexts[dirname(one.name)])
        return lesson is not None and lesson.render_digest == digest

    def _prepare(
        self, one: PlannedFile, contexts: Mapping[str, RenderContext]
    ) -> PreparedLesson | None:
        """Render one lesson, or return None if the renderer refuses it."""
        slug = self.plan.folder.slug
        try:
            return prepare_lesson(
                self.documents[one.name],
                source=self.plan.folder.files[one.name],
                file_name=one.name,
                slug=one.slug,
                position=0,  # is known when all are rendered
                address=addresses_of(slug, {one.name: one.slug})[one.name],
                context=contexts[dirname(one.name)],
                renderer=self.renderer,
            )
        except RenderError:
            return None

    def _slugs(self, coming: Collection[str]) -> dict[str, str]:
        """Return the addresses of all lessons that are up when the lessons ``coming`` are.

        A link to one that is held back and was never up stays text until that one is mended.
        """
        return {
            one.name: one.slug
            for one in self.plan.lessons.values()
            if one.name in coming or (one.site.up and not one.is_gone)
        }

    def _text(self, slugs: Mapping[str, str], moved: Collection[str]) -> PreparedText | None:
        """Return what ``course.md`` says if that or its rendering is new."""
        one, seen = self.plan.course_file, self.plan.seen
        if one.standing is Standing.FOLDER_AHEAD and not self._is_fit(one):
            return self._untold() if seen.pk is None else None
        source = self._course_source()
        is_new = seen.pk is None or one.standing is Standing.FOLDER_AHEAD
        is_old = not seen.digest.startswith(renderer_mark())
        is_stale = is_old or mentions(source, words_of(moved))
        is_untitled = not source and seen.title != self.plan.folder.title
        return self._prepare_text(source, slugs) if is_new or is_stale or is_untitled else None

    def _course_source(self) -> str:
        """Return the text of ``course.md`` that the site has from now on."""
        one = self.plan.course_file
        if one.standing in (Standing.SITE_AHEAD, Standing.CONFLICT, Standing.UNKNOWN):
            return self.site.texts([COURSE_FILE]).get(COURSE_FILE, "")
        return self.plan.folder.files.get(COURSE_FILE, "")

    @cached_property
    def _language(self) -> str:
        """The language of the course from now on; ask for it once all problems are known."""
        is_held_back = has_errors(self.problems.get(COURSE_FILE, ()))
        if is_held_back and self.plan.seen.pk is not None:
            return self.plan.seen.language
        return parse_course(self._course_source()).facts.language

    def _prepare_text(self, source: str, slugs: Mapping[str, str]) -> PreparedText | None:
        """Render ``course.md``; one that the renderer refuses is held back."""
        slug = self.plan.folder.slug
        context = context_of(COURSE_FILE, course_slug=slug, addresses=addresses_of(slug, slugs))
        try:
            return prepare_course_text(
                parse_course(source),
                source=source,
                title=self.plan.folder.title,
                context=context,
                renderer=self.renderer,
            )
        except RenderError:
            self.held_back.append(COURSE_FILE)
            return self._untold() if self.plan.seen.pk is None else None

    def _untold(self) -> PreparedText:
        """Return what is known of a new course whose ``course.md`` cannot be used."""
        return PreparedText("", "", {"title": self.plan.folder.title[:200]})

    def _agreed_on(self, one: PlannedFile) -> str:
        """Return the digest on which folder and site now agree."""
        agrees = one.standing is Standing.SAME or (
            one.standing is Standing.FOLDER_AHEAD and one.name not in self.held_back
        )
        return one.folder if agrees else one.site.agreed

    def _agreed(self, files: Mapping[str, PlannedFile]) -> dict[str, str]:
        """Return what folder and site have newly agreed on."""
        now = {key: self._agreed_on(one) for key, one in files.items()}
        return {key: digest for key, digest in now.items() if digest != files[key].site.agreed}

    def _media(self) -> dict[str, Any]:
        """Return what is to be done about pictures."""
        pictures = self.plan.media
        return {
            "media": {
                path: (one.folder, (self.plan.folder.path / path).read_bytes())
                for path, one in pictures.items()
                if one.is_to_publish
            },
            "media_gone": self.plan.pictures_gone,
            "media_agreed": self._agreed(pictures),
        }


def _unstorable(source: str) -> list[Problem]:
    """Return the problems of a text that no database can keep as it is."""
    return [problem for problem in read_source(source).problems if problem.stops]
