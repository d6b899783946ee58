"""A person with a keyboard alone, who after every key looks where the focus is."""

# Why somebody who looks at the screen would not see where the focus is; nothing if they do.
FOCUS_FAULT = """() => {
    const active = document.activeElement;
    if (!active || active === document.body) return "the focus is lost";
    if (!active.checkVisibility({visibilityProperty: true})) {
        return "what has the focus is not shown";
    }
    const box = active.getBoundingClientRect();
    const points = [0.02, 0.25, 0.5, 0.75, 0.98].flatMap((x) => [0.02, 0.25, 0.5, 0.75, 0.98].map(
        (y) => [box.left + x * box.width, box.top + y * box.height]));
    // What lets the pointer through cannot be asked for by a point; it is in the text's flow.
    const isThin = getComputedStyle(active).pointerEvents === "none";
    const isSeen = points.some(([x, y]) => isThin
        ? y > 0 && y < innerHeight
        : active.contains(document.elementFromPoint(x, y)));
    if (!isSeen) return "what has the focus is covered, or out of sight";
    const marked = [active, active.closest(".choice, label"), active.nextElementSibling];
    const isMarked = marked.filter(Boolean).some((element) => {
        const style = getComputedStyle(element);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    return isMarked ? "" : "the focus has no outline";
}"""
NAME = """() => {
    const active = document.activeElement;
    const label = active.ariaLabel || active.labels?.[0]?.innerText;
    const name = label || active.innerText || active.name;
    return (name ?? "").trim();
}"""


class Keyboard:
    """Presses keys; the focus must be somewhere that can be seen after each."""

    def __init__(self, person):
        self.person, self.page = person, person.page
        self.presses = 0

    @property
    def name(self):
        """What has the focus, by its label or text."""
        return self.page.evaluate(NAME)

    def look(self):
        fault = self.page.evaluate(FOCUS_FAULT)
        html = self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        assert not fault, f"{fault}: {html}"

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1
            self.look()

    def tab_to(self, wanted, most=60):
        """Press Tab until the focus is on what begins with the words."""
        passed = []
        for _ in range(most):
            self.press("Tab")
            passed.append(self.name)
            if passed[-1].startswith(wanted):
                return passed
        raise AssertionError(f"{wanted!r} is not reached by Tab: {passed}")

    def tab_to_choices(self):
        """Press Tab until a choice has the focus."""
        for _ in range(12):
            self.press("Tab")
            if self.page.locator("input[name=choice]:focus").count():
                return
        raise AssertionError("no choice is reached by Tab")

    def follow(self, path):
        """Press Enter on a link or button that leads to another page."""
        self.page.keyboard.press("Enter")
        self.presses += 1
        self.page.wait_for_url(path)

    def swap(self, selector):
        """Press Enter on what changes the page in place, and wait for where the focus goes."""
        self.page.keyboard.press("Enter")
        self.presses += 1
        self.page.locator(f"{selector}:focus").wait_for()
        self.look()
