"""What a Markdown file says once it is read: frozen values that know their line."""

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning"]
Status = Literal["draft", "published"]
KeyPlace = Literal["public", "private"]
Strictness = Literal["error", "warning", "off"]

QUICK_OPEN, QUICK_CLOSE = "\ue002", "\ue003"
"""Around a quick question's key in the body of a document."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an author should mend: where it stands and which rule it breaks.

    ``line`` and ``column`` count from 1. ``code`` names a rule in ``codes.RULES``; ``values`` fill
    the rule's message and mend templates. An error keeps its file from being published unless
    ``holds_back`` is false.
    """

    line: int
    column: int
    level: Level
    code: str
    values: dict[str, str] = field(default_factory=dict)
    holds_back: bool = True

    @property
    def stops(self) -> bool:
        """Say whether the file may not be published with it."""
        return self.level == "error" and self.holds_back


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands in braces after a heading or caption: ``{#id .class key=value}``."""

    anchor: str = ""
    classes: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A page that the lesson's facts come from."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """The front matter of a lesson. Empty values mean that the author said nothing."""

    title: str = ""
    summary: str = ""
    minutes: int | None = None
    objectives: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    status: Status = "published"


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """The front matter of ``course.md``. ``pass_mark`` is a percentage from 0 to 100.

    ``freshness_months`` is how long a checked fact counts as fresh, ``keys`` where marks and
    explanations are kept, ``explanations`` how strictly a faulty explanation is judged, ``craft``
    whether there is advice on the writing of questions.
    """

    title: str = ""
    summary: str = ""
    audience: str = ""
    pass_mark: int = 75
    shuffle: bool = True
    language: str = "en"
    licence: str = ""
    tags: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    status: Status = "published"
    freshness_months: int | None = None
    keys: KeyPlace = "public"
    explanations: Strictness = "warning"
    craft: Strictness = "warning"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body. ``anchor`` is the author's ``{#id}`` or one made from the text."""

    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture as written. ``path`` is without the fragment; both may be empty."""

    path: str
    fragment: str
    text: str
    is_image: bool
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table, its caption line and the cells as Markdown.

    ``anchor`` is the author's ``{#id}`` or one made from the caption; empty without a caption.
    Each row has as many cells as there are columns; ``row_lines`` says where each row stands.
    """

    anchor: str
    caption: str
    attributes: Attributes
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    line: int
    row_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a question's task list. ``text`` and ``explanation`` are Markdown."""

    text: str
    is_right: bool
    explanation: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a numbered list that is to be put in order. Both texts are Markdown."""

    text: str
    explanation: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Pair:
    """What belongs together: ``left`` is matched with ``right``, or sorted under it. Markdown."""

    left: str
    right: str
    explanation: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a text. ``accepted`` are plain texts, the first is shown as the answer."""

    accepted: tuple[str, ...]
    explanation: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question as written: the heading is the stem, the rest is Markdown.

    ``key`` is the author's ``{#id}``, or one made from the stem when ``key_is_explicit`` is false.

    ``kind`` is ``choose-one``, ``choose-all``, ``typed``, ``number``, ``ordering``, ``matching``,
    ``sorting`` or ``gaps``, and says which fields are filled. The first four have ``choices``: of
    a typed answer or a number, the right ones are what is accepted, the others expected mistakes.
    ``items`` stand in the right order. Of ``pairs`` that are sorted, ``columns`` are the headings.
    With ``gaps``, ``gap_text`` is the body in which ``\\ue000N\\ue001`` stands for gap N (from 1),
    and ``body`` is empty.

    ``is_quick`` says that it is a question on its own between the paragraphs of a lesson: the line
    ``\\ue002KEY\\ue003`` holds its place in the document's body.
    """

    key: str
    key_is_explicit: bool
    stem: str
    body: str
    choices: tuple[Choice, ...]
    hints: tuple[str, ...]
    explanation: str
    attributes: Attributes
    line: int
    column: int = 1
    kind: str = ""
    items: tuple[Item, ...] = ()
    pairs: tuple[Pair, ...] = ()
    columns: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    gap_text: str = ""
    is_quick: bool = False


@dataclass(frozen=True, slots=True)
class Quiz:
    """A section of questions. ``pass_mark`` is a percentage, or None for the course's.

    ``introduction`` is the Markdown between the quiz's heading and its first question. Questions
    that stand on their own share one quiz without an anchor, after the sections that are quizzes.
    """

    title: str
    anchor: str
    questions: tuple[Question, ...]
    attributes: Attributes
    pass_mark: int | None
    line: int
    introduction: str = ""
    column: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """One Markdown file, read.

    ``body`` is the source with front matter and questions blanked out line by line, so that a line
    of the body has the number it has in the file; in place of a quick question's heading stands
    the line ``\\ue002KEY\\ue003``, which is rendered as a paragraph of its own. ``definitions``
    holds the link references, abbreviations and footnotes of the whole file, which a question's
    Markdown may use too.
    """

    title: str
    facts: LessonFacts
    body: str
    definitions: str
    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    links: tuple[Link, ...]
    quizzes: tuple[Quiz, ...]
    words: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CourseDocument:
    """``course.md``, read. ``body`` is the introduction, line by line as in ``Document``."""

    facts: CourseFacts
    body: str
    links: tuple[Link, ...]
    problems: tuple[Problem, ...]
