"""What is measured of reading: a lesson's page for each sort of reader, beside a bare page."""

from dataclasses import dataclass
from http.client import HTTPConnection

from tests.benchmarks.servers import Pair
from tests.benchmarks.wrk import HOST, raw

LESSON = "/courses/aws-compute/lambda-model/"


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the table: what is sent where, and the share of the bare view to be reached."""

    name: str
    port: int
    requests: list[str]
    status: int = 200
    target: float | None = None
    repeats: bool = True


def reading_cases(pair: Pair) -> list[Case]:
    """Return the bare page, then the site's lesson as different people ask for it."""
    guest, guest_tag = fetched(pair.port, LESSON, "")
    cookie, _ = fetched(pair.port, LESSON, pair.learners[0]["cookie"])
    _, tag = fetched(pair.port, LESSON, cookie)
    browser = {"Accept-Encoding": "gzip, deflate, br, zstd"}
    others = [raw("GET", LESSON, {"Cookie": one["cookie"]}) for one in pair.learners]
    return [
        Case("bare view, 30 kB", pair.bare_port, [raw("GET", "/page", {})]),
        Case(
            "lesson, learner with history",
            pair.port,
            [raw("GET", LESSON, {"Cookie": cookie})],
            target=0.5,
        ),
        Case(
            "  the same, compressed",
            pair.port,
            [raw("GET", LESSON, {"Cookie": cookie, **browser})],
        ),
        Case("lesson, first visit", pair.port, [raw("GET", LESSON, {})], target=0.7),
        Case("  the same, compressed", pair.port, [raw("GET", LESSON, browser)]),
        Case(
            "lesson again, learner: 304",
            pair.port,
            [raw("GET", LESSON, {"Cookie": cookie, "If-None-Match": tag})],
            status=304,
            target=0.9,
        ),
        Case(
            "lesson again, guest: 304",
            pair.port,
            [raw("GET", LESSON, {"Cookie": guest, "If-None-Match": guest_tag})],
            status=304,
            target=0.9,
        ),
        Case("lesson, many learners, each the first time", pair.port, others),
    ]


def fetched(port: int, path: str, cookie: str) -> tuple[str, str]:
    """Fetch a page as a browser with the cookie, or none; return its cookie then, and the tag."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Host": HOST, **({"Cookie": cookie} if cookie else {})}
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        given = [line.partition(";")[0] for line in response.headers.get_all("Set-Cookie") or []]
        return "; ".join(filter(None, [cookie, *given])), response.headers["ETag"] or ""
    finally:
        connection.close()
