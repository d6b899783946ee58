"""The load of a real class: learners who read, answer and review, and think in between."""

import asyncio
import random
import time
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.browser import TOKEN, Browser, browser_of, form_in
from tests.benchmarks.servers import Pair

LEARNERS = 300
THINKS_SECONDS = (4.0, 16.0)
GOOD = {200, 302, 304}


@dataclass(frozen=True, slots=True)
class Seen:
    """One sort of request in the profile: how many, the times in milliseconds, the failures."""

    kind: str
    times: list[float]
    failed: int


async def run_profile(pair: Pair, *, seconds: float, learners: int = LEARNERS) -> list[Seen]:
    """Let the class work for some seconds; return what each sort of request took."""
    end = time.monotonic() + seconds
    browsers = [browser_of(pair.port, learner) for learner in pair.learners[:learners]]
    tasks = [
        _learn(browser, pair, random.Random(number), end) for number, browser in enumerate(browsers)
    ]
    await asyncio.gather(*tasks)
    kinds: dict[str, list[tuple[int, float]]] = {}
    for browser in browsers:
        browser.close()
        for kind, status, taken in browser.seen:
            kinds.setdefault(kind, []).append((status, taken * 1000))
    return [
        Seen(kind, [taken for _, taken in seen], sum(status not in GOOD for status, _ in seen))
        for kind, seen in sorted(kinds.items())
    ]


async def _learn(browser: Browser, pair: Pair, draw: random.Random, end: float) -> None:
    """Go on learning until the end: mostly reading and answering, now and then a review."""
    forms = list(pair.forms)
    draw.shuffle(forms)
    await asyncio.sleep(draw.uniform(0, THINKS_SECONDS[1]))
    while time.monotonic() < end:
        chance = draw.random()
        if chance < 0.4 or not forms:
            await browser.get(draw.choice(pair.pages), "read a lesson")
        elif chance < 0.8:
            await _answer(browser, forms.pop(), draw)
        else:
            await _review(browser, draw)
        await asyncio.sleep(draw.uniform(*THINKS_SECONDS))


async def _answer(browser: Browser, form: dict[str, Any], draw: random.Random) -> None:
    """Open a question, think, and answer what the page asks."""
    page = await browser.get(form["path"], "open a question")
    await _send(browser, page.text, "answer", draw)


async def _review(browser: Browser, draw: random.Random) -> None:
    """Look at what is due, and answer one question of it if there is any."""
    page = await browser.get("/review/", "look at reviews")
    token = TOKEN.search(page.text)
    if 'class="button-row" method="post" action="/review/"' not in page.text or token is None:
        return
    begun = await browser.post(
        "/review/", {"csrfmiddlewaretoken": [token[1]]}, "begin a review", by_htmx=False
    )
    place = begun.head.partition("\nlocation: ")[2].partition("\n")[0]
    if place:
        page = await browser.get(place, "open a review question")
        await _send(browser, page.text, "answer in a review", draw)


async def _send(browser: Browser, page: str, kind: str, draw: random.Random) -> None:
    """Fill in the form on the page, if it can be answered by choosing, and send it."""
    found = form_in(page)
    if found is None or not found[2]:
        return
    address, fields, choices = found
    await asyncio.sleep(draw.uniform(*THINKS_SECONDS))
    await browser.post(address, {**fields, "choice": [draw.choice(choices)]}, kind)
