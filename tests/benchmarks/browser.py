"""A browser for many learners in one process: cookies, validators, forms; nothing is drawn."""

import asyncio
import re
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from tests.benchmarks.wrk import HOST

FORM = re.compile(r'<form class="question"[^>]*? action="([^"]+)"(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CHOICE = re.compile(r'name="choice" value="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = re.compile(r"^set-cookie: ([^=]+)=([^;]*)", re.MULTILINE | re.IGNORECASE)
LENGTH = re.compile(r"^content-length: (\d+)", re.MULTILINE | re.IGNORECASE)
PLACE = re.compile(r"^location: (\S+)", re.MULTILINE | re.IGNORECASE)
TAG = re.compile(r"^etag: (\S+)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    head: str
    text: str
    seconds: float


@dataclass(slots=True)
class Browser:
    """One learner's browser with one open connection. ``seen`` collects every answer's time."""

    port: int
    cookies: dict[str, str]
    seen: list[tuple[str, int, float]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, kind: str = "") -> Answer:
        """Fetch a page, as one that may be here already."""
        known = {"If-None-Match": self.tags[path]} if path in self.tags else {}
        answer = await self._ask("GET", path, known, "", kind)
        if tag := TAG.search(answer.head):
            self.tags[path] = tag[1]
        return answer

    async def post(
        self, path: str, fields: dict[str, list[str]], kind: str = "", *, by_htmx: bool = True
    ) -> Answer:
        """Send a form."""
        extra = {"HX-Request": "true"} if by_htmx else {}
        extra["Content-Type"] = "application/x-www-form-urlencoded"
        return await self._ask("POST", path, extra, urlencode(fields, doseq=True), kind)

    async def _ask(
        self, method: str, path: str, extra: dict[str, str], body: str, kind: str
    ) -> Answer:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": HOST, "Cookie": jar, "Accept-Encoding": "identity", **extra}
        if method == "POST":
            headers["Content-Length"] = str(len(body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self.port)
        reader, writer = self._streams
        begun = time.perf_counter()
        writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").replace("\r\n", "\n")
        length = LENGTH.search(head)
        text = await reader.readexactly(int(length[1])) if length else b""
        seconds = time.perf_counter() - begun
        status = int(head[9:12])
        self.cookies.update(COOKIE.findall(head))
        self.seen.append((kind or method, status, seconds))
        return Answer(status, head, text.decode(), seconds)

    def close(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].close()


def browser_of(port: int, learner: dict[str, str]) -> Browser:
    """Return the browser of a learner of the class."""
    parts = (part.partition("=") for part in learner["cookie"].split("; "))
    return Browser(port, {name: value for name, _, value in parts})


def form_in(page: str) -> tuple[str, dict[str, list[str]], list[str]] | None:
    """Return address, hidden fields and choices of the question's form; None if there is none."""
    found = FORM.search(page)
    if found is None:
        return None
    hidden = {name: [unescape(value)] for name, value in HIDDEN.findall(found[2])}
    return unescape(found[1]), hidden, CHOICE.findall(found[2])
