"""READ: a question as a page shows it: frozen values, and no key before it is earned."""

from quizzes.showing.questions import ShownQuestion, shown_question
from quizzes.showing.results import ShownResult, shown_result

__all__ = ["ShownQuestion", "ShownResult", "shown_question", "shown_result"]
