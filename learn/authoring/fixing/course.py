"""All repairs of a course: found, tried on the file, and kept if the file is still read the same.

A repair is made only if what it must not touch is read as before (``sameness``). So no question
loses its answers, and no text changes that nobody meant.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from learn.authoring.fixing.addresses import find_lost_links, find_spaced_links
from learn.authoring.fixing.boxes import find_bars_in_code, find_glued_boxes, find_odd_boxes
from learn.authoring.fixing.edits import Lines, apply_edits
from learn.authoring.fixing.misspellings import (
    find_bad_anchors,
    find_misspelt_keys,
    find_misspelt_words,
)
from learn.authoring.fixing.pins import find_pins, find_unpinned
from learn.authoring.fixing.report import Candidate, Finding, FixReport
from learn.authoring.fixing.sameness import (
    gains_choices,
    gains_link,
    keeps_all,
    keeps_all_but_links,
    keeps_keys,
    keeps_questions,
)
from learn.authoring.names import COURSE_FILE
from learn.authoring.reading import CourseReading, LessonReading, Reading, read_course, read_lesson
from learn.authoring.rules.view import CourseView

type _Find = Callable[[CourseView], Iterable[Candidate]]
type _Keeps = Callable[[Reading, Reading, Sequence[Candidate]], bool]

# In this order: some repairs bring others to light, and ids come when all is read that will be.
_REPAIRS: tuple[tuple[_Find, _Keeps], ...] = (
    (find_misspelt_keys, keeps_questions),
    (find_misspelt_words, keeps_keys),
    (find_bad_anchors, keeps_questions),
    (find_glued_boxes, gains_choices),
    (find_odd_boxes, keeps_all),
    (find_bars_in_code, keeps_questions),
    (find_spaced_links, gains_link),
    (find_lost_links, keeps_all_but_links),
    (find_pins, keeps_all),
)
_MOST_ROUNDS = 50
# What is spent on finding out which repairs of a file cannot be made: characters, and readings.
_MOST_READ = 400_000
_FEWEST_TRIALS = 12


def fix_course(
    files: Mapping[str, str],
    media: Collection[str] = (),
    *,
    on_read: Callable[[], object] = lambda: None,
) -> FixReport:
    """Return the repairs of one course and the texts they give. Never raises.

    ``files`` maps paths relative to the course's folder to texts as they are stored, ``media`` are
    the paths of its pictures. ``on_read`` is called for each file that was read, which is most of
    the work. Fixing what was fixed changes nothing.
    """
    course = _Course(files, media, on_read)
    repairs: list[Finding] = []
    for _ in range(_MOST_ROUNDS):
        made = course.mend()
        if not made:
            break
        repairs += made
    changed = {name: text for name, text in course.texts.items() if text != files[name]}
    left = sorted(find_unpinned(course.view()), key=lambda one: (one.file, one.line))
    order = list(files)
    repairs.sort(key=lambda one: (order.index(one.file), one.line, one.column))
    return FixReport(changed, repairs, left)


class _Course:
    """The files of a course while they are repaired."""

    def __init__(
        self, files: Mapping[str, str], media: Collection[str], on_read: Callable[[], object]
    ) -> None:
        self.texts = dict(files)
        self._media = frozenset(media)
        self._files: dict[str, CourseReading | LessonReading] = {}
        for name, text in files.items():
            self._files[name] = _read(name, text)
            on_read()

    def view(self) -> CourseView:
        """Return the course as it is now."""
        course = self._files.get(COURSE_FILE)
        lessons = {name: one for name, one in self._files.items() if isinstance(one, LessonReading)}
        found = course if isinstance(course, CourseReading) else None
        return CourseView(found, lessons, self._media)

    def mend(self) -> list[Finding]:
        """Make all repairs of the first sort of which one is possible; return what was done."""
        view = self.view()
        for find, keeps in _REPAIRS:
            by_file: dict[str, list[Candidate]] = {}
            for candidate in find(view):
                by_file.setdefault(candidate.finding.file, []).append(candidate)
            made = [
                one.finding
                for name, candidates in by_file.items()
                for one in self._try(name, candidates, keeps)
            ]
            if made:
                return made
        return []

    def _try(
        self, name: str, candidates: Sequence[Candidate], keeps: _Keeps
    ) -> Iterator[Candidate]:
        """Make the repairs of a file that it bears, and yield them.

        If it does not bear all of them, halves are tried, and so on down to single ones.
        """
        waiting = [_without_repeats(candidates)]
        touched: set[int] = set()
        left = max(_FEWEST_TRIALS, _MOST_READ // max(1, len(self.texts[name])))
        while waiting and left:
            group = waiting.pop()
            # Where a line has changed, places are out of date: its other repairs wait for the next
            # round.
            group = [one for one in group if not touched & {edit.line for edit in one.edits}]
            if not group:
                continue
            left -= 1
            if self._apply(name, group, keeps):
                touched |= {edit.line for one in group for edit in one.edits}
                yield from group
            elif len(group) > 1:
                middle = len(group) // 2
                waiting += [group[middle:], group[:middle]]

    def _apply(self, name: str, group: Sequence[Candidate], keeps: _Keeps) -> bool:
        """Make repairs of a file if it is then read as it must be."""
        text = self.texts[name]
        edits = [edit for one in group for edit in one.edits]
        if not edits or not Lines(text).fits(edits):
            return False
        new = apply_edits(text, edits)
        reading = _read(name, new)
        if not keeps(self._files[name].reading, reading.reading, group):
            return False
        self.texts[name], self._files[name] = new, reading
        return True


def _read(name: str, text: str) -> CourseReading | LessonReading:
    return read_course(text) if name == COURSE_FILE else read_lesson(text, name=name)


def _without_repeats(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the repairs without those that change what another does, as two links by one label."""
    places: set[tuple[int, int]] = set()
    kept = []
    for one in candidates:
        own = {(edit.line, edit.offset) for edit in one.edits}
        if not own & places:
            places |= own
            kept.append(one)
    return kept
