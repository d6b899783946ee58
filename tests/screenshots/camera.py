"""A real site with people who did something, and a browser that walks to every page of it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Route
from playwright.sync_api import Page as BrowserPage

from tests.journeys.kinds_course import LESSON
from tests.screenshots import closed_book
from tests.screenshots.pages import Page, pages
from tests.screenshots.people import AUTHOR, PASSWORD, VISITORS
from tests.serving.earlier import site_with_course
from tests.serving.site import ROOT, Site

# Generous, since a machine may be busy with other things.
PATIENCE_MILLISECONDS = 60_000


class Album:
    """The site, its people, and the pages to be walked to."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.browser = browser
        self.address = f"http://127.0.0.1:{site.port}"
        made = json.loads(seeded(site))
        self.pages = pages(made["addresses"])
        self._rendered: dict[str, str] = made["rendered"]
        self._contexts: dict[str, BrowserContext] = {}

    def visit(self, page: Page) -> BrowserPage:
        """Return the person's tab at the page, with done what is to be done there."""
        tab = self._context(page.who).pages[0]
        # In the page's own colours: borders of tables do not follow a later change of them.
        tab.emulate_media(color_scheme="light", forced_colors="none")
        tab.goto(self.address + page.address)
        if page.act:
            page.act(tab)
        return tab

    def close(self) -> None:
        """Close every browser window."""
        for context in self._contexts.values():
            context.close()

    def _context(self, who: str) -> BrowserContext:
        """Return the browser of a person, signed in or with the cookie of a guest."""
        if who not in self._contexts:
            self._contexts[who] = self._new_context(who)
        return self._contexts[who]

    def _new_context(self, who: str) -> BrowserContext:
        context = self.browser.new_context(
            reduced_motion="reduce",
            service_workers="block",
            viewport={"width": 1280, "height": 850},
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        for address in self._rendered:
            context.route(f"**{address}", self._show_rendered)
        if who in VISITORS:
            context.add_cookies([{"name": "visitor", "value": VISITORS[who], "url": self.address}])
        tab = context.new_page()
        if who == AUTHOR:
            self._sign_in(tab)
        return context

    def _show_rendered(self, route: Route) -> None:
        """Answer with a page that the running site has no address for."""
        address = route.request.url.removeprefix(self.address)
        route.fulfill(content_type="text/html", body=self._rendered[address])

    def _sign_in(self, tab: BrowserPage) -> None:
        tab.goto(f"{self.address}/accounts/login/")
        tab.get_by_label("E-mail").fill(AUTHOR)
        tab.get_by_label("Password", exact=True).fill(PASSWORD)
        tab.get_by_role("button", name="Sign in", exact=True).click()
        tab.locator(".messages").wait_for()


def seeded(site: Site) -> str:
    """Have people do something on the site; return what that printed, see ``seed``."""
    command = [sys.executable, "-m", "tests.with_django", "tests.screenshots.seed"]
    done = subprocess.run(
        command, cwd=ROOT, env=site.environment, check=True, text=True, stdout=subprocess.PIPE
    )
    return done.stdout


@contextmanager
def album(folder: Path, browser: Browser) -> Iterator[Album]:
    """Serve the real course and one with every kind of question, until the end of the block."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    kinds = content / "every-kind"
    kinds.mkdir()
    (kinds / "course.md").write_text("---\ntitle: Every kind of question\n---\n")
    (kinds / "01-every-kind.md").write_text(LESSON)
    (kinds / closed_book.FILE).write_text(closed_book.LESSON)
    with Site(folder / "var", content, "--workers", "1", like=site_with_course) as site:
        site.wait_until_ready()
        made = Album(site, browser)
        yield made
        made.close()
