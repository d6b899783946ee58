"""axe in both schemes, quick enough to be asked after every step of a walk."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve

from tests.journeys.conftest import AXE_TAGS

EVERY_RULE = {
    "runOnly": {"type": "tag", "values": AXE_TAGS},
    "resultTypes": ["violations", "incomplete"],
}
# All that differs between the schemes: the style sheets change nothing but colours there.
RULES_OF_COLOUR = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
# Contrast that axe cannot decide: text over a picture, or beyond the edge of what scrolls.
UNDECIDED = {"color-contrast"}

# The page is the one that was looked at before, changed in place, and the focus is nowhere.
LOST_FOCUS = "() => Boolean(window.wasLookedAt) && document.activeElement === document.body"
# The views whose pages axe was asked about in this process, by their names in the addresses.
LOOKED_AT: set[str] = set()


def left_out(request, views):
    """Return the views that no test of the module has shown to axe; the module must run whole."""
    if request.config.option.keyword or any("::" in word for word in request.config.args):
        pytest.skip("Asked for only when all tests of the module run.")
    return sorted(set(views) - LOOKED_AT)


def view_at(address):
    """Return the name of the view at an address of the site, or nothing where there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


class Walk:
    """Looks at one page after the other and keeps what axe finds, with where it found it."""

    def __init__(self, person):
        self.person, self.page = person, person.page
        self.faults = []

    def go(self, *paths):
        for path in paths:
            self.person.go(path)
            self.look(path)

    def look(self, where):
        """Ask axe about the page as it now is, in the light scheme and in the dark."""
        # From the top, where what sticks to an edge covers nothing.
        self.page.evaluate("scrollTo(0, 0)")
        self._find_focus(where)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        self.page.evaluate("window.wasLookedAt = true")
        for scheme, options in (("light", EVERY_RULE), ("dark", RULES_OF_COLOUR)):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = self.page.evaluate("(options) => axe.run(options)", options)
            undecided = [rule for rule in found["incomplete"] if rule["id"] not in UNDECIDED]
            self.faults += [
                f"{where} ({scheme}) {rule['id']}: {node['html'][:150]}"
                for rule in found["violations"] + undecided
                for node in rule["nodes"]
            ]
        LOOKED_AT.add(view_at(self.page.url))

    def _find_focus(self, where):
        """Note a swap that left the focus nowhere; it comes a moment after what was swapped in."""
        for _moment in range(20):
            if not self.page.evaluate(LOST_FOCUS):
                return
            self.page.wait_for_timeout(50)
        self.faults.append(f"{where}: the focus was lost in a swap")
