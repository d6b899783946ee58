"""READ: what learners answered on this site, as the checker takes it."""

from dataclasses import asdict

from learn.authoring.evidence import Evidence
from learn.models.statements import connection_of
from quizzes.insight import insights
from quizzes.models import Response


def answered_in(course_slug: str) -> dict[str, Evidence]:
    """Return what the first answers say of each question of a course, by its key.

    It takes what it takes: a limit that is right for pages would leave a large class without it.
    """
    with connection_of(Response).without_time_limit():
        known = insights(course_slug)
    return {key: Evidence(**asdict(insight)) for key, insight in known.items()}
