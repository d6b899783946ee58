"""A real server process with the real course, and a real Chromium."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.needed import is_missing
from tests.serving.earlier import site_with_course, site_without_content
from tests.serving.site import ROOT, Site

WHOLE_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same browser without its window takes a third less time of the processor.
CHROMIUM_NAMES = ("chromium-headless-shell", *WHOLE_CHROMIUM_NAMES)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# No background traffic: the tests talk to this machine alone.
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    with launched(playwright, CHROMIUM_NAMES) as browser:
        yield browser


@contextmanager
def launched(playwright, names):
    """Run the first browser of these names that is here; where none is, a build fails."""
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        is_missing("No Chromium on this machine: `apt-get install chromium` to run the journeys.")
    browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a server that was started as the README says, with the real course."""
    folder = tmp_path_factory.mktemp("site")
    with Site(folder / "var", ROOT / "content", "--workers", "1", like=site_with_course) as site:
        site.wait_until_ready()
        yield f"http://127.0.0.1:{site.port}"


@pytest.fixture(autouse=True)
def patience():
    """A machine may be busy with other things; what is measured has its own bound."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


ARRIVED = """() => Promise.allSettled(
  document.getAnimations().map((animation) => animation.finished))"""


def violations(page):
    """All that axe finds on a page, with the WCAG rules up to 2.2 AA and the best practices.

    In the dark scheme only what the colours decide: the rest is the same, and found in the light.
    """
    rules = {"type": "tag", "values": AXE_TAGS}
    if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"):
        rules = {"type": "rule", "values": COLOUR_RULES}
    # What is still fading in has other colours for a moment.
    page.evaluate(ARRIVED)
    # Of all else it looks at, axe would tell every element, which takes as long again.
    results = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [
        f"{found['id']}: {node['html'][:150]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


class Visitor:
    """A person at a browser who notices every error and every foreign request."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._on_request)

    def _on_console(self, message):
        # A form that is refused is answered with 422, which the browser notes as an error.
        if message.type in {"error", "warning"} and "status of 422" not in message.text:
            self.complaints.append(f"{message.text} ({message.location})")

    def _on_request(self, request):
        if not request.url.startswith(self.site):
            self.complaints.append(f"foreign request: {request.url}")

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site)

    def arrives_at(self, path: str) -> None:
        """Wait until the browser is at a path; fails if it does not get there."""
        self.page.wait_for_url(self.site + path)

    @property
    def focused(self):
        """The text of the element with the focus, or its name."""
        return self.page.evaluate(
            "document.activeElement.innerText || document.activeElement.name"
            " || document.activeElement.tagName"
        )

    def pick(self, number: int) -> None:
        self.page.locator("input[name=choice]").nth(number - 1).check()

    def check(self):
        """Press 'Check' and return the verdict."""
        self.page.get_by_role("button", name="Check", exact=True).click()
        verdict = self.page.locator("[data-verdict]").first
        verdict.wait_for()
        return verdict.get_attribute("data-verdict")

    def next(self) -> None:
        self.page.get_by_role("link", name="Next", exact=True).click()
        self.page.locator("form.question").wait_for()


def new_visitor(browser: Browser, site: str, **options):
    context = browser.new_context(**{"viewport": {"width": 390, "height": 844}, **options})
    context.set_default_timeout(30_000)
    return Visitor(context.new_page(), site)


@contextmanager
def company(browser, site, **usual):
    """Give what makes visitors of a site; afterwards none of them may have met an error."""
    visitors = []

    def make(**options):
        visitors.append(new_visitor(browser, site, **{**usual, **options}))
        return visitors[-1]

    yield make
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.page.context.close()
    assert complaints == []


@pytest.fixture
def visit(browser, site):
    """Makes visitors; afterwards none of them may have met an error."""
    with company(browser, site) as make:
        yield make


@contextmanager
def site_of_one_lesson(folder, name, text):
    """Serve a course of one lesson, ``name`` being as in ``course/lesson.md``; give its address."""
    file = folder / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    content = folder / "content"
    with Site(folder / "var", content, "--workers", "1", like=site_without_content) as site:
        site.wait_until_ready()
        yield f"http://127.0.0.1:{site.port}"
