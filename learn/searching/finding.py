"""READ: what answers a query, group by group: sections of lessons, answered questions, terms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from learn.models import EntryKind, SearchEntry, User
from learn.models.courses import lesson_address
from learn.models.search import FoundEntry, found_entries
from learn.searching.answered import addresses_of_answers, answered_questions
from learn.searching.engines import engine
from learn.searching.highlights import Piece, highlighted, passage
from learn.searching.query import Query, clean_query, read_query, with_words_replaced
from learn.searching.spelling import corrections

PAGE_SIZE = 20
PREVIEW_SIZE = 3
# Of a query with more hits only so many are ranked and counted, and those in headings.
MOST_HITS: dict[str, int] = {EntryKind.TERM: 60, EntryKind.LESSON: 300, EntryKind.QUESTION: 300}
LAST_PAGE = 15
MOST_EXAMPLES = 100
LONGEST_EXAMPLE = 30
KINDS = (EntryKind.TERM, EntryKind.LESSON, EntryKind.QUESTION)


@dataclass(frozen=True, slots=True)
class Result:
    """One entry as the page shows it, in the ``language`` of its course.

    ``heading`` and ``passage`` are pieces of plain text.
    """

    url: str
    language: str
    course: str
    lesson: str
    heading: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    is_whole_lesson: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The results of one kind: a page of them, and how many there are."""

    kind: str
    results: tuple[Result, ...]
    total: int
    first: int = 1

    @property
    def last(self) -> int:
        """Return the place of the last result shown."""
        return self.first + len(self.results) - 1

    @property
    def previous(self) -> int:
        """Return the page before this one."""
        return (self.first - 1) // PAGE_SIZE

    @property
    def following(self) -> int | None:
        """Return the page of this kind's results that comes next, or None.

        After a preview that is the first one.
        """
        return self.last // PAGE_SIZE + 1 if self.last < self.total else None

    @property
    def is_cut(self) -> bool:
        """Say whether there are more results than are counted."""
        return self.kind == EntryKind.LESSON and self.total >= MOST_HITS[self.kind]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query. ``corrected`` is what was looked for in place of a mistyped query.

    ``is_relaxed`` says that nothing holds all of the words, so these hold some of them.
    """

    text: str
    groups: tuple[Group, ...] = ()
    corrected: str = ""
    is_relaxed: bool = False

    @property
    def total(self) -> int:
        """Return how many results there are."""
        return sum(group.total for group in self.groups)

    @property
    def is_cut(self) -> bool:
        """Say whether there are more results than are counted."""
        return any(group.is_cut for group in self.groups)


@dataclass(frozen=True, slots=True)
class Examples:
    """Queries worth trying, in one language: of words, of a phrase, one that leaves a word out."""

    language: str = ""
    words: tuple[str, ...] = ()
    phrase: str = ""
    exclusion: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which results are wanted: of one ``kind`` or of all, from page 1; ``literally`` as typed."""

    kind: str = ""
    page: int = 1
    literally: bool = False


class Findable:
    """What of the questions ``learner`` may find: those answered, which are looked up once."""

    def __init__(self, learner: User | None) -> None:
        self.learner = learner

    @cached_property
    def questions(self) -> list[int]:
        """Return the entries of the questions that the learner has answered."""
        if self.learner is None:
            return []
        answered = answered_questions(self.learner)
        return list(SearchEntry.objects.filter(question__in=answered).values_list("pk", flat=True))


def find(text: str, *, learner: User | None, wish: Wish | None = None) -> Found:
    """Return what answers ``text``, which may be anything; for ``learner`` what was answered too.

    Where nothing does, what answers it with its mistyped words mended, or what holds some of its
    words.
    """
    wish = wish or Wish()
    cleaned = clean_query(text)
    query = read_query(cleaned)
    if query.is_empty:
        return Found(cleaned)
    findable = Findable(learner)
    groups = _groups(query, wish, findable)
    if groups:
        return Found(cleaned, groups)
    mended = {} if wish.literally else corrections(query)
    if mended:
        corrected = with_words_replaced(cleaned, mended)
        groups = _groups(read_query(corrected), wish, findable)
        if groups:
            return Found(cleaned, groups, corrected=corrected)
    if len(query.wanted) > 1 and not wish.literally:
        return Found(cleaned, _groups(query.relaxed, wish, findable), is_relaxed=True)
    return Found(cleaned)


def examples() -> Examples:
    """Return queries that find something on this site, made of the terms that its lessons explain.

    They are in the language of the first course with such terms; without any there are none.
    """
    terms = SearchEntry.objects.published().filter(kind=EntryKind.TERM)
    ordered = terms.order_by("lesson__course__position", "lesson__position", "position")
    found = ordered.values_list("title", "lesson__course__language")[:MOST_EXAMPLES]
    language = found[0][1] if found else ""
    titles = dict.fromkeys(title for title, said_in in found if said_in == language)
    short = [title for title in titles if len(title) <= LONGEST_EXAMPLE and '"' not in title]
    phrases = [title for title in short if " " in title]
    words = [title for title in short if " " not in title]
    return Examples(
        language=language,
        words=(*words[:3], *phrases[:1]),
        phrase=f'"{phrases[0]}"' if phrases else "",
        exclusion=f"{words[0]} -{words[1]}" if len(words) > 1 else "",
    )


def _groups(query: Query, wish: Wish, findable: Findable) -> tuple[Group, ...]:
    """Return the groups that hold a result."""
    kinds = [kind for kind in KINDS if wish.kind in {"", kind}]
    groups = (_group(query, kind, wish, findable) for kind in kinds)
    return tuple(group for group in groups if group.results)


def _group(query: Query, kind: str, wish: Wish, findable: Findable) -> Group:
    """Return the results of one kind."""
    ranked = _ranked(query, kind, findable)
    is_preview = not wish.kind and kind != EntryKind.LESSON
    size = PREVIEW_SIZE if is_preview else PAGE_SIZE
    start = 0 if is_preview else (wish.page - 1) * PAGE_SIZE
    if kind == EntryKind.TERM:
        entries = _without_repeats(found_entries(ranked))
        total, shown = len(entries), entries[start : start + size]
    else:
        total, shown = len(ranked), found_entries(ranked[start : start + size])
    results = _results(shown, query, findable.learner)
    return Group(kind, tuple(results), total=total, first=start + 1)


def _ranked(query: Query, kind: str, findable: Findable) -> list[int]:
    """Return the entries of one kind that the learner may find, the best first."""
    among = findable.questions if kind == EntryKind.QUESTION else None
    if among == []:
        return []
    most = MOST_HITS[kind]
    found = engine().matches(query, kind=kind, most=most, among=among)
    if len(found) == most:
        # Too many to rank them all: those that are about it must be among them.
        found += engine().matches(query, kind=kind, most=most, among=among, in_headings=True)
    scores: dict[int, float] = {}
    for match in found:
        scores[match.entry] = max(match.score, scores.get(match.entry, match.score))
    return sorted(scores, key=lambda entry: (-scores[entry], entry))[:most]


def _without_repeats(terms: Sequence[FoundEntry]) -> list[FoundEntry]:
    """Return the terms, each explanation once in its course, where it is found best."""
    best: dict[tuple[object, ...], FoundEntry] = {}
    for term in terms:
        best.setdefault((term.course_id, term.title_words, term.text_words), term)
    return list(best.values())


def _results(entries: Sequence[FoundEntry], query: Query, learner: User | None) -> list[Result]:
    """Return the entries as the page shows them."""
    asked = [entry.question for entry in entries if entry.question is not None]
    answers = addresses_of_answers(learner, asked) if learner and asked else {}
    results = []
    for entry in entries:
        result = _result(entry, query)
        if entry.question in answers:
            result = replace(result, url=answers[entry.question])
        results.append(result)
    return results


def _result(entry: FoundEntry, query: Query) -> Result:
    """Return an entry as the page shows it."""
    is_section = entry.kind == EntryKind.LESSON
    anchor = f"#{entry.anchor}" if entry.anchor and entry.kind != EntryKind.QUESTION else ""
    return Result(
        url=f"{lesson_address(entry.course_slug, entry.lesson_slug)}{anchor}",
        language=entry.language,
        course=entry.course_title,
        lesson=entry.title if is_section else entry.lesson_title,
        heading=highlighted(entry.heading if is_section and entry.heading else entry.title, query),
        passage=passage(entry.text, query),
        is_whole_lesson=is_section and not entry.heading,
    )
