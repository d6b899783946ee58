"""axe in both schemes, quick enough to be asked after every step of a walk."""

from axe_playwright_python.sync_playwright import Axe

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


class Walk:
    """Looks at one page after the other and keeps what axe finds, with where it found it."""

    def __init__(self, person):
        self.person, self.page = person, person.page
        self.faults, self.looks = [], 0

    def go(self, *paths):
        for path in paths:
            self.person.go(path)
            self.look(path)

    def look(self, where):
        """Ask axe about the page as it now is, in the light scheme and in the dark."""
        # From the top, where what sticks to an edge covers nothing.
        self.page.evaluate("scrollTo(0, 0)")
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        for scheme, options in (("light", EVERY_RULE), ("dark", RULES_OF_COLOUR)):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = self.page.evaluate("(options) => axe.run(options)", options)
            undecided = [rule for rule in found["incomplete"] if rule["id"] not in UNDECIDED]
            self.faults += [
                f"{where} ({scheme}) {rule['id']}: {node['html'][:150]}"
                for rule in found["violations"] + undecided
                for node in rule["nodes"]
            ]
        self.looks += 1
