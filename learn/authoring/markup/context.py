"""What the renderer must be told besides the Markdown, and what it reports besides the HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from learn.authoring.tongues import in_language

_MONTHS = "January February March April May June July August September October November December"
DEFAULT_LABELS: Mapping[str, str] = {
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
    "checked": "Checked",
    "source": "Source",
    "footnotes": "Footnotes",
    "back_to_text": "Back to the text",
    "table": "Table",
    "done": "Done",
    "to_do": "To do",
    "month_and_year": "{month} {year}",
    "whole_date": "{day} {month} {year}",
    **{f"month_{number}": name for number, name in enumerate(_MONTHS.split(), start=1)},
}
"""The words that the renderer itself writes, in English."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """Where links and media lead, and the language of the few words that are not the author's.

    ``lesson_addresses`` maps a file name as written in links (``02-batch.md``) to its address.
    ``media_address`` is put before a relative path that is no lesson, without a leading ``media/``:
    with ``/courses/aws-compute/media/``, both ``media/queue.svg`` and ``queue.svg`` become
    ``/courses/aws-compute/media/queue.svg``. Where it is empty, no picture is shown.
    ``labels`` overrides ``DEFAULT_LABELS``, key by key; ``labels_language`` is what they are in.
    ``language`` is what the course is written in, where pages may be in another.
    ``definitions`` is Markdown whose link references, abbreviations and footnotes hold for each
    fragment; what a fragment defines itself comes first.
    """

    lesson_addresses: Mapping[str, str] = field(default_factory=dict)
    media_address: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    definitions: str = ""
    language: str = ""
    labels_language: str = ""

    @property
    def own_words(self) -> Mapping[str, str]:
        """Return the attributes of an element with the renderer's words in the author's text."""
        is_foreign = self.language and self.labels_language not in {"", self.language}
        return in_language(self.labels_language) if is_foreign else {}

    def label(self, key: str) -> str:
        """Return the word for ``key``, in English if the context has no other."""
        return self.labels.get(key) or DEFAULT_LABELS[key]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of the rendered text. ``title`` is plain text."""

    level: int
    anchor: str
    title: str
