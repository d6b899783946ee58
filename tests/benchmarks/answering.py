"""What is measured of answering: the rate beside a bare insert, and 64 learners at one moment."""

import asyncio
import json
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks.browser import Browser, browser_of
from tests.benchmarks.reading import Case
from tests.benchmarks.servers import Pair
from tests.benchmarks.wrk import raw

AT_ONCE = 64
QUESTIONS = 20


def answering_cases(pair: Pair, part: int, parts: int) -> list[Case]:
    """Return the bare insert and answers of the class: part ``part`` of ``parts``, none twice.

    Neighbouring answers are of different learners, who stand at different places of the course:
    of each lesson's answers one begins the attempt, at every moment of the round.
    """
    own = pair.learners[1 + AT_ONCE :][part::parts]
    forms, apart = pair.forms, len(pair.forms) / len(own)
    posts = [
        posted(learner, forms[(step + round(number * apart)) % len(forms)])
        for step in range(len(forms))
        for number, learner in enumerate(own)
    ]
    return [
        Case("bare view, one committed insert", pair.bare_port, [raw("POST", "/insert", {})]),
        Case("an answer", pair.port, posts, target=0.4, repeats=False),
    ]


def posted(learner: dict[str, Any], form: dict[str, Any]) -> str:
    """Return the request that answers one question rightly."""
    fields = {"csrfmiddlewaretoken": [learner["csrf"]], **form["fields"]}
    headers = {"Cookie": learner["cookie"], "HX-Request": "true"}
    return raw("POST", form["path"], headers, urlencode(fields, doseq=True))


async def all_at_once(pair: Pair) -> tuple[list[float], int]:
    """Have 64 learners press the button at one moment, question by question.

    Returns the times in milliseconds and how many answers were acknowledged with a verdict.
    """
    learners = pair.learners[1 : 1 + AT_ONCE]
    browsers = [browser_of(pair.port, learner) for learner in learners]
    times, acknowledged = [], 0
    for form in pair.forms[:QUESTIONS]:
        sent = [
            _answer(browser, learner, form)
            for browser, learner in zip(browsers, learners, strict=True)
        ]
        for seconds, is_told in await asyncio.gather(*sent):
            times.append(seconds * 1000)
            acknowledged += is_told
        await asyncio.sleep(0.2)
    for browser in browsers:
        browser.close()
    return times, acknowledged


async def _answer(
    browser: Browser, learner: dict[str, Any], form: dict[str, Any]
) -> tuple[float, bool]:
    fields = {"csrfmiddlewaretoken": [learner["csrf"]], **form["fields"]}
    answer = await browser.post(form["path"], fields)
    return answer.seconds, answer.status == 200 and 'data-verdict="correct"' in answer.text


def stored_answers(pair: Pair) -> int:
    """Return how many answers of the 64 the database holds."""
    ids = json.dumps([learner["user"] for learner in pair.learners[1 : 1 + AT_ONCE]])
    return int(
        pair.say(
            "from quizzes.models import Response\n"
            f"print(Response.objects.filter(item__attempt__user__in={ids}).count())"
        ).splitlines()[-1]
    )
