"""CRAFT: what gives an answer away or makes a question harder to read than to answer.

After T. M. Haladyna, S. M. Downing and M. C. Rodriguez, 'A review of multiple-choice item-writing
guidelines for classroom assessment', Applied Measurement in Education 15 (2002), 309-333. All are
warnings: each guideline has its exceptions.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from learn.authoring.codes import problem_at
from learn.authoring.document import Choice, Problem, Question
from learn.authoring.rules.view import CourseView, Found
from learn.authoring.wording import holds_code, spoken, subject_words, words_with

LONGER_BY = 1.5
"""How many times as long as the longest wrong choice the right one is 'clearly' longer..."""

LONGER_AT_LEAST = 20
"""...if it is longer by this number of signs, too."""

FEWEST, MOST = 3, 5
"""Choices of a question, after rule 7 of the learning rules: two good distractors are enough."""

_LONGEST_STEM = 1_000
_FEWEST_ECHOES = 2
_FEWEST_ABSOLUTE = 2

_ABOVE = r"(?:the )?(?:above|others?|options|answers|choices|them|these|those)"
_ALL = re.compile(rf"(?:all|both) (?:of )?{_ABOVE}(?: (?:above|options|answers|choices))?", re.I)
_NONE = re.compile(
    rf"(?:none|neither) (?:of )?{_ABOVE}(?: (?:above|options|answers|choices))?", re.I
)
_ASKS_NEGATIVELY = re.compile(
    r"^(?:[^.?!]*[.!:] )?(?:which|what|who|where)\b"
    r"(?:(?!\b(?:if|when|whenever|because|while|unless|since|although|that|who|whose|after)\b).)*?"
    r"\b(not|never|except|[a-z]+n['’]t|cannot)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(except)(?: for)?(?: which| one)?[:?.…]*$", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*?|__?)(?=\S)(.+?)(?<=\S)\1|\b(?:NOT|NEVER|EXCEPT|CANNOT|N['’]T)\b")
_NEGATION = re.compile(r"\b(?:not|never|except|cannot)\b|n['’]t\b", re.IGNORECASE)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|all|every|none|nobody|nothing|everybody|everything|only|completely|"
    r"totally|entirely|absolutely|impossible|guaranteed?|guarantees)\b",
    re.IGNORECASE,
)


def check(view: CourseView) -> Found:
    """Yield what gives an answer away, for each question that has choices."""
    for name, lesson in view.lessons.items():
        for quiz in lesson.document.quizzes:
            for question in quiz.questions:
                for problem in _of_question(question):
                    yield name, problem


def _of_question(question: Question) -> Iterator[Problem]:
    if question.kind not in ("choose-one", "choose-all"):
        return
    right = [choice for choice in question.choices if choice.is_right]
    wrong = [choice for choice in question.choices if not choice.is_right]
    yield from _number_of_choices(question)
    yield from _negative_stem(question)
    yield from _above(question.choices)
    if right and wrong:
        for rule in _COMPARING:
            yield from rule(question, right, wrong)


def _number_of_choices(question: Question) -> Iterator[Problem]:
    count = len(question.choices)
    if count > MOST:
        place = question.choices[MOST]
        code = "craft-many-choices"
        yield problem_at(place.line, place.column, code, count=str(count), most=str(MOST))
    elif 1 < count < FEWEST and not _is_yes_or_no(question.choices):
        yield problem_at(question.line, question.column, "craft-few-choices", count=str(count))


def _is_yes_or_no(choices: Sequence[Choice]) -> bool:
    """Say whether there is nothing between the two choices, such as between true and false."""
    said = {spoken(choice.text).casefold().strip(" .") for choice in choices}
    return said in ({"true", "false"}, {"yes", "no"}, {"right", "wrong"}, {"correct", "incorrect"})


def _negative_stem(question: Question) -> Iterator[Problem]:
    words = spoken(_EMPHASIS.sub(_without_negation, question.stem[:_LONGEST_STEM]))
    found = _ASKS_NEGATIVELY.search(words) or _EXCEPT.search(words)
    if found:
        word = found[1]
        stem = re.sub(
            rf"\b{re.escape(word)}\b", f"**{word}**", question.stem[:_LONGEST_STEM], count=1
        )
        code = "craft-negative-stem"
        yield problem_at(question.line, question.column, code, word=word, stem=stem)


def _without_negation(emphasised: re.Match[str]) -> str:
    return _NEGATION.sub("", emphasised[0])


def _above(choices: Sequence[Choice]) -> Iterator[Problem]:
    for choice in choices:
        said = spoken(choice.text).strip(" .!")
        code = "craft-all-of-the-above" if _ALL.fullmatch(said) else ""
        code = code or ("craft-none-of-the-above" if _NONE.fullmatch(said) else "")
        if code:
            yield problem_at(choice.line, choice.column, code, text=said)


def _longest(
    question: Question, right: Sequence[Choice], wrong: Sequence[Choice]
) -> Iterator[Problem]:
    if len(right) != 1 or any(holds_code(choice.text) for choice in question.choices):
        return
    own, longest = len(spoken(right[0].text)), max(len(spoken(one.text)) for one in wrong)
    if own >= longest * LONGER_BY and own - longest >= LONGER_AT_LEAST:
        place = (right[0].line, right[0].column)
        values = {"signs": str(own), "others": str(longest)}
        yield problem_at(*place, "craft-longest-right", **values)


def _absolute(
    question: Question, right: Sequence[Choice], wrong: Sequence[Choice]
) -> Iterator[Problem]:
    """Report absolute words that stand in two wrong choices or more, and in no right one."""
    del question
    if any(_ABSOLUTE.search(spoken(choice.text)) for choice in right):
        return
    found = [(one, word) for one in wrong if (word := _ABSOLUTE.search(spoken(one.text)))]
    if len(found) >= _FEWEST_ABSOLUTE and len(found) * 2 > len(wrong):
        choice, word = found[0]
        words = ", ".join(dict.fromkeys(f"'{word[0].lower()}'" for _, word in found))
        code = "craft-absolute-words"
        yield problem_at(choice.line, choice.column, code, words=words, word=word[0])


def _echo(
    question: Question, right: Sequence[Choice], wrong: Sequence[Choice]
) -> Iterator[Problem]:
    """Report a right choice that alone repeats words of the stem."""
    if len(right) != 1:
        return
    asked = subject_words(question.stem)
    elsewhere = frozenset[str]().union(*(subject_words(choice.text) for choice in wrong))
    own = subject_words(right[0].text)
    if len(asked & own) >= _FEWEST_ECHOES and not asked & elsewhere:
        words = ", ".join(f"'{word}'" for word in words_with(right[0].text, asked & own))
        yield problem_at(right[0].line, right[0].column, "craft-repeats-stem", words=words)


_COMPARING: tuple[
    Callable[[Question, Sequence[Choice], Sequence[Choice]], Iterator[Problem]], ...
] = (_longest, _absolute, _echo)
