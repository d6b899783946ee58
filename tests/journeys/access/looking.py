"""axe in both schemes, quick enough to be asked after every step of a walk."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import expect

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
# What somebody who does not see the page would miss of a refusal. A link may also lead to a list.
UNTOLD = """() => {
    const summary = document.querySelector(".form-faults");
    if (!summary) return ["no summary above the form"];
    const faults = document.activeElement === summary ? [] : ["the focus is not on the summary"];
    if (!document.title.startsWith("Error: ")) faults.push("the title does not say so");
    for (const { hash } of summary.querySelectorAll("a")) {
        const field = document.getElementById(hash.slice(1));
        if (!field) faults.push(`the summary leads nowhere: ${hash}`);
        if (!field?.matches("input, select, textarea")) continue;
        const told = [field, field.closest("fieldset")].flatMap(
            (each) => each?.getAttribute("aria-describedby")?.split(" ") ?? []);
        if (!told.some((id) => document.getElementById(id)?.matches(".field-fault")))
            faults.push(`no message at ${hash}`);
        if (field.type !== "radio" && field.ariaInvalid !== "true")
            faults.push(`not marked as wrong: ${hash}`);
    }
    return faults;
}"""
# The views whose pages axe was asked about in this process, by their names in the addresses.
LOOKED_AT: set[str] = set()


def left_out(request, views):
    """Return the views that no test of the module has shown to axe; the module must run whole."""
    if request.config.option.keyword or any("::" in word for word in request.config.args):
        # One test by itself has shown axe one page; what the module shows is asked of all of it.
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

    def look_at_refusal(self, where):
        """Wait for a form to come back, see that all there is to tell is told, and ask axe."""
        expect(self.page).to_have_title(re.compile("^Error: "))
        expect(self.page.locator(".form-faults:focus")).to_have_count(1)
        self.faults += [f"{where}: {fault}" for fault in self.page.evaluate(UNTOLD)]
        self.look(where)

    def _find_focus(self, where):
        """Note a swap that left the focus nowhere; it comes a moment after what was swapped in."""
        for _moment in range(20):
            if not self.page.evaluate(LOST_FOCUS):
                return
            self.page.wait_for_timeout(50)
        self.faults.append(f"{where}: the focus was lost in a swap")
