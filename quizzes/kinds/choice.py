"""Questions answered by choosing: one of several, or all that apply. Pure."""

import hashlib
from collections.abc import Iterable
from typing import Any

from quizzes.kinds.base import Answer, AnswerFaultError, Fields, KindDefaults, Mark, Spec

LAST_WORDS = ("all of the above", "none of the above", "all of these", "none of these")


def choice_ids(texts: Iterable[str]) -> list[str]:
    """Return an id for each choice, made from its text alone, so that it tells nothing of the key.

    Equal texts get a counter, so ids are unique in the list.
    """
    ids: list[str] = []
    for text in texts:
        digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]
        repeats = sum(1 for known in ids if known.partition("-")[0] == digest)
        ids.append(f"{digest}-{repeats}" if repeats else digest)
    return ids


def choice_spec(choices: Iterable[tuple[str, bool]]) -> dict[str, Any]:
    """Return the specification of ``(text, is_right)`` choices; one right choice or several."""
    pairs = list(choices)
    ids = choice_ids(text for text, _ in pairs)
    return {
        "choices": [
            {"id": id_, "right": is_right, "last": text.strip(" .").lower() in LAST_WORDS}
            for id_, (text, is_right) in zip(ids, pairs, strict=True)
        ]
    }


def right_choices(spec: Spec) -> set[str]:
    """Return the ids of the right choices."""
    return {choice["id"] for choice in spec["choices"] if choice["right"]}


def chosen(spec: Spec, fields: Fields) -> list[str]:
    """Return the submitted choices once each, in the author's order.

    Raises ``AnswerFaultError`` when there is none or one that the question does not have.
    """
    picked = set(fields.get("choice", ()))
    if not picked:
        raise AnswerFaultError("empty")
    known = [choice["id"] for choice in spec["choices"]]
    if not picked <= set(known):
        raise AnswerFaultError("unknown-choice")
    return [id_ for id_ in known if id_ in picked]


class _Choosing(KindDefaults):
    """What both kinds of choosing share."""

    def shuffled_parts(self, spec: Spec) -> list[str]:
        """Return the ids of the choices; those that must stand last are left out."""
        return [choice["id"] for choice in spec["choices"] if not choice["last"]]

    def fixed_parts(self, spec: Spec) -> list[str]:
        """Return the ids of the choices that must stand last."""
        return [choice["id"] for choice in spec["choices"] if choice["last"]]


class ChooseOne(_Choosing):
    """Exactly one choice is right: all or nothing."""

    name = "choose-one"

    def read_answer(self, spec: Spec, fields: Fields) -> Answer:
        """Return ``{"choices": [id]}``; more than one choice is no answer."""
        picked = chosen(spec, fields)
        if len(picked) != 1:
            raise AnswerFaultError("unknown-choice")
        return {"choices": picked}

    def mark(self, spec: Spec, answer: Answer) -> Mark:
        """Give 1 for the right choice, else 0."""
        return Mark(1.0 if set(answer["choices"]) == right_choices(spec) else 0.0)


class ChooseAll(_Choosing):
    """Two or more choices are right."""

    name = "choose-all"

    def read_answer(self, spec: Spec, fields: Fields) -> Answer:
        """Return ``{"choices": [ids]}``."""
        return {"choices": chosen(spec, fields)}

    def mark(self, spec: Spec, answer: Answer) -> Mark:
        """Give (right ticked - wrong ticked) / right, never below 0.

        Source: the marking table of the authoring format. A wrong tick costs what a right one
        earns, so that ticking everything earns nothing where half the choices are wrong.
        """
        key = right_choices(spec)
        picked = set(answer["choices"])
        balance = len(picked & key) - len(picked - key)
        return Mark(max(0.0, balance / len(key)))
