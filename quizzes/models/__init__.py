"""What the engine keeps: questions, what was asked of whom, answers, and what is due again."""

from quizzes.models.attempts import Attempt, AttemptItem, Response, Scope, new_token
from quizzes.models.questions import ComparisonTable, Question, QuestionVersion, Role
from quizzes.models.reviews import ReviewCard

__all__ = [
    "Attempt",
    "AttemptItem",
    "ComparisonTable",
    "Question",
    "QuestionVersion",
    "Response",
    "ReviewCard",
    "Role",
    "Scope",
    "new_token",
]
