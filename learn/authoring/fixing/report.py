"""What was repaired, what was left for the author, and the words for both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from learn.authoring.fixing.edits import Edit

type Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something at a place, in words: ``template`` is filled with ``values``.

    ``code`` names the rule that is mended or broken; empty where the checker has none.
    """

    file: str
    line: int
    column: int
    code: str
    template: str
    values: Mapping[str, str] = field(default_factory=dict)

    def words(self, translate: Translate = str) -> str:
        """Return what is said of it; ``translate`` turns the template into a language."""
        return translate(self.template) % self.values


@dataclass(frozen=True, slots=True)
class Candidate:
    """A repair that may be made: its edits, all in one file, and what the reader must see after.

    ``links`` maps a link's path and fragment to what they become, ``choice`` is the line that
    becomes a choice. All else has to be read as before.
    """

    finding: Finding
    edits: tuple[Edit, ...]
    links: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    choice: int = 0


@dataclass(frozen=True, slots=True)
class FixReport:
    """New texts of the files that change, the repairs, and what is left.

    ``left`` says what would have been repaired if it were clear how.
    """

    texts: Mapping[str, str]
    repairs: Sequence[Finding]
    left: Sequence[Finding]
