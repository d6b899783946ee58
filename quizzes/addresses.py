"""Where the questions of an attempt are, and where 'Next' leads."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import get_script_prefix, reverse

from learn.models import Lesson
from quizzes.asked import AskedQuestion
from quizzes.models import ComparisonTable, Scope
from quizzes.sittings import Sitting

MOST_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pages of one kind of attempt: where it starts, its questions, its results.

    ``names`` are those of the routes and ``fixed`` what all three have in their address.
    """

    start_name: str
    question_name: str
    result_name: str
    fixed: tuple[str, ...] = ()

    @property
    def start(self) -> str:
        """Return the address that leads to the question to answer next."""
        return _address(get_script_prefix(), self.start_name, *self.fixed)

    def question(self, position: int) -> str:
        """Return the address of the question at ``position``."""
        return _address(get_script_prefix(), self.question_name, *self.fixed, position)

    def result(self, token: str) -> str:
        """Return the address of an attempt's result."""
        return reverse(self.result_name, args=[*self.fixed, token])

    def onward(self, sitting: Sitting, following: AskedQuestion | None) -> str:
        """Return where 'Next' leads: to what is ``following`` in the sitting, then the result."""
        if following is not None:
            address = self.question(following.position)
            return f"{address}?again" if following.responses else address
        return self.result(sitting.attempt.token) if sitting.attempt else ""


@lru_cache(maxsize=MOST_KEPT)
def _address(_prefix: str, name: str, *arguments: str | int) -> str:
    """Return a route's address below the prefix of the site, which is that of this thread."""
    return reverse(name, args=arguments)


def check_addresses(lesson: Lesson) -> Addresses:
    """Return the pages of the lesson's knowledge check; ``course`` must be loaded."""
    fixed = (lesson.course.slug, lesson.slug)
    return Addresses("quizzes:check", "quizzes:question", "quizzes:result", fixed)


def review_addresses() -> Addresses:
    """Return the pages of a review."""
    return Addresses("review:start", "review:question", "review:result")


def drill_addresses(table: ComparisonTable) -> Addresses:
    """Return the pages of a table's drill; ``lesson`` and its course must be loaded."""
    fixed = (table.lesson.course.slug, table.lesson.slug, table.key)
    return Addresses("quizzes:drill", "quizzes:drill-question", "quizzes:drill-result", fixed)


def drill_scope(table: ComparisonTable) -> str:
    """Return the scope of attempts that practise ``table``."""
    return f"{Scope.DRILL}:{table.key}"
