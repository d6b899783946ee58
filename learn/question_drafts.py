"""A question as read becomes a question as kept: fragments to render, specification and parts."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.html import strip_tags

from learn.authoring.document import Question, Quiz
from learn.authoring.fragments import Fragment, Rendered
from quizzes.catalog import QuestionDraft
from quizzes.kinds.choice import choice_ids, choice_spec
from quizzes.kinds.gaps import gaps_spec
from quizzes.kinds.number import number_spec
from quizzes.kinds.ordering import ordering_spec
from quizzes.kinds.placing import placing_spec
from quizzes.kinds.typed import typed_spec
from quizzes.models import Role

# A page's links to its own anchors, footnotes aside.
LOCAL_LINK = re.compile(r'href="#(?!fn)')
GAP = re.compile("\ue000\\d+\ue001")

NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")

type Take = Callable[[], str]
type Draw = Callable[[Question, Take], tuple[dict[str, Any], dict[str, Any]]]


def fragments_of(question: Question, language: str = "") -> list[Fragment]:
    """Return the question's Markdown, part by part, in the order that ``draft_of`` takes them.

    A question is asked on pages of many courses, so each part names its ``language``, if any.
    """
    fragments = [
        Fragment(question.stem, inline=True),
        Fragment(question.body),
        Fragment(question.explanation),
        *(Fragment(hint) for hint in question.hints),
    ]
    for text, explanation in _rows(question):
        fragments += [Fragment(text, inline=True), Fragment(explanation)]
    if question.kind in {"matching", "sorting"}:
        fragments += [Fragment(text, inline=True) for text in _options(question)]
    if question.kind == "gaps":
        fragments.append(Fragment(question.gap_text))
        fragments += [Fragment(gap.explanation) for gap in question.gaps]
    return [replace(fragment, language=language) for fragment in fragments]


def draft_of(
    question: Question, quiz: Quiz, rendered: Iterator[Rendered], address: str, language: str = ""
) -> QuestionDraft:
    """Put a question together from its rendered fragments.

    ``quiz`` gives the defaults of its questions; links to anchors lead into the lesson at
    ``address``, since a question is a page of its own. ``language`` is that of ``fragments_of``.
    """

    def take() -> str:
        return LOCAL_LINK.sub(f'href="{address}#', next(rendered).html)

    parts: dict[str, Any] = {"stem": take(), "body": take(), "explanation": take()}
    parts["hints"] = [take() for _hint in question.hints]
    parts["language"] = language
    spec, own_parts = DRAWN[question.kind](question, take)
    return QuestionDraft(
        key=question.key,
        kind=question.kind,
        spec={**spec, **_options_of(question, quiz)},
        wording=_wording(question),
        parts={**parts, **own_parts},
        role=Role.QUICK if question.is_quick else Role.CHECK,
    )


def _options_of(question: Question, quiz: Quiz) -> dict[str, Any]:
    """Return what the author set for the question or for all of its quiz."""
    options = {**quiz.attributes.options, **question.attributes.options}
    return {
        "shuffle": options.get("shuffle") != "off",
        "tries": int(options.get("tries", 1)),
        "points": int(options.get("points", 1)),
    }


def _rows(question: Question) -> list[tuple[str, str]]:
    """Return text and explanation of whatever the kind has rows of."""
    if question.kind == "ordering":
        return [(item.text, item.explanation) for item in question.items]
    if question.kind in {"matching", "sorting"}:
        return [(pair.left, pair.explanation) for pair in question.pairs]
    return [(choice.text, choice.explanation) for choice in question.choices]


def _options(question: Question) -> list[str]:
    """Return the texts that rows are matched with or sorted under, each once."""
    if question.kind == "sorting":
        return list(question.columns)
    return list(dict.fromkeys(pair.right for pair in question.pairs))


def _wording(question: Question) -> dict[str, Any]:
    """Return the Markdown: what a learner is asked, and what is told afterwards."""
    asked = [[text] for text, _ in _rows(question)]
    asked += [[pair.right] for pair in question.pairs]
    return {
        "stem": question.stem,
        "body": GAP.sub("___", question.gap_text) if question.gaps else question.body,
        "asked": asked,
        "told": [explanation for _, explanation in _rows(question)]
        + [gap.explanation for gap in question.gaps],
        "hints": list(question.hints),
        "explanation": question.explanation,
    }


def plain(markup: str) -> str:
    """Return the text of HTML, for places that take no markup."""
    return html.unescape(strip_tags(markup)).strip()


def _told(ids: Sequence[str], take: Take) -> dict[str, dict[str, str]]:
    """Return rendered text and explanation by id."""
    told = {}
    for id_ in ids:
        text, explanation = take(), take()
        told[id_] = {"text": text, "plain": plain(text), "explanation": explanation}
    return told


def _choosing(question: Question, take: Take) -> tuple[dict[str, Any], dict[str, Any]]:
    spec = choice_spec((choice.text, choice.is_right) for choice in question.choices)
    return spec, {"choices": _told(choice_ids(c.text for c in question.choices), take)}


def _typing(question: Question, take: Take) -> tuple[dict[str, Any], dict[str, Any]]:
    lines = [(plain(choice.text), choice.is_right) for choice in question.choices]
    spec = typed_spec(lines, exact="exact" in question.attributes.classes)
    return spec, {"lines": _told([line["id"] for line in spec["lines"]], take)}


def _number(question: Question, take: Take) -> tuple[dict[str, Any], dict[str, Any]]:
    spec = number_spec([(choice.text, choice.is_right) for choice in question.choices])
    return spec, {"lines": _told([line["id"] for line in spec["lines"]], take)}


def _ordering(question: Question, take: Take) -> tuple[dict[str, Any], dict[str, Any]]:
    spec = ordering_spec(item.text for item in question.items)
    return spec, {"items": _told(spec["items"], take)}


def _placing(question: Question, take: Take) -> tuple[dict[str, Any], dict[str, Any]]:
    spec = placing_spec(
        ((pair.left, pair.right) for pair in question.pairs), options=_options(question)
    )
    rows = _told([row["id"] for row in spec["rows"]], take)
    options = {}
    for id_ in spec["options"]:
        text = take()
        options[id_] = {"text": text, "plain": plain(text)}
    return spec, {"rows": rows, "options": options}


def with_next_word(accepted: Sequence[str], after: str) -> list[str]:
    """Return what a gap accepts, also with the word that follows it in the text.

    Before 'MB', '250 MB' is as good as '250'.
    """
    word = NEXT_WORD.match(after)
    return [*accepted, *(f"{text} {word[1]}" for text in accepted if word)]


def _gaps(question: Question, take: Take) -> tuple[dict[str, Any], dict[str, Any]]:
    pieces = GAP.split(take())
    spec = gaps_spec(
        with_next_word(gap.accepted, plain(after))
        for gap, after in zip(question.gaps, pieces[1:], strict=True)
    )
    explanations = {gap["id"]: take() for gap in spec["gaps"]}
    return spec, {"pieces": pieces, "gaps": explanations}


DRAWN: dict[str, Draw] = {
    "choose-one": _choosing,
    "choose-all": _choosing,
    "typed": _typing,
    "number": _number,
    "ordering": _ordering,
    "matching": _placing,
    "sorting": _placing,
    "gaps": _gaps,
}
