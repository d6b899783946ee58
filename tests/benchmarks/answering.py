"""What is measured of answering: the rate beside a bare insert, and 64 learners at one moment."""

import json
import re
import selectors
import socket
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from tests.benchmarks.reading import Case
from tests.benchmarks.servers import Pair
from tests.benchmarks.wrk import HOST, raw

AT_ONCE = 64
QUESTIONS = 20
PATIENCE_SECONDS = 30
ENOUGH_BYTES = 1 << 18
LENGTH = re.compile(rb"^content-length: (\d+)", re.MULTILINE | re.IGNORECASE)
VERDICT = b'data-verdict="correct"'


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


def all_at_once(pair: Pair) -> tuple[list[float], int]:
    """Have 64 learners press the button at one moment, question by question.

    Returns the times in milliseconds and how many answers were acknowledged with a verdict.
    """
    learners = pair.learners[1 : 1 + AT_ONCE]
    connections = [socket.create_connection((HOST, pair.port)) for _learner in learners]
    times, acknowledged = [], 0
    for form in pair.forms[:QUESTIONS]:
        sent = [posted(learner, form).encode() for learner in learners]
        for milliseconds, answer in asked_at_once(connections, sent):
            times.append(milliseconds)
            acknowledged += answer.startswith(b"HTTP/1.1 200 ") and VERDICT in answer
        time.sleep(0.2)
    for connection in connections:
        connection.close()
    return times, acknowledged


def asked_at_once(
    connections: Sequence[socket.socket], requests: Sequence[bytes]
) -> list[tuple[float, bytes]]:
    """Send a request on each connection; return each answer with its time in milliseconds.

    It does little else: what it computes is taken from the site, on the same processors. Raises
    ``OSError`` where one is not answered.
    """
    begun, answers = [], [b""] * len(connections)
    times = [0.0] * len(connections)
    with selectors.DefaultSelector() as selector:
        for place, (connection, request) in enumerate(zip(connections, requests, strict=True)):
            selector.register(connection, selectors.EVENT_READ, place)
            begun.append(time.perf_counter())
            connection.sendall(request)
        while selector.get_map():
            ready = selector.select(PATIENCE_SECONDS)
            if not ready:
                raise TimeoutError
            for key, _events in ready:
                place, connection = key.data, connections[key.data]
                came = connection.recv(ENOUGH_BYTES)
                if not came:
                    raise ConnectionError
                answers[place] += came
                if is_whole(answers[place]):
                    times[place] = 1000 * (time.perf_counter() - begun[place])
                    selector.unregister(connection)
    return list(zip(times, answers, strict=True))


def is_whole(answer: bytes) -> bool:
    """Say whether all of an answer has come."""
    head, end, body = answer.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    return bool(end) and length is not None and len(body) >= int(length[1])


def stored_answers(pair: Pair) -> int:
    """Return how many answers of the 64 the database holds."""
    ids = json.dumps([learner["user"] for learner in pair.learners[1 : 1 + AT_ONCE]])
    return int(
        pair.say(
            "from quizzes.models import Response\n"
            f"print(Response.objects.filter(item__attempt__user__in={ids}).count())"
        ).splitlines()[-1]
    )
