"""What a reader of the screen says, from the browser's own accessibility tree and live regions.

Of what has the focus: name, role, states and description, with the groups it was entered by. Of a
live region: its text whenever that changes. Of a new page: its title.
"""

from contextlib import suppress

from playwright.sync_api import Error, expect

from tests.journeys.access.water import KNOWN

# Live regions speak when something comes into them, or when they come with something in them.
LISTEN = """
window.heard = [];
addEventListener("DOMContentLoaded", () => {
  const live = "[role=status], [role=alert]";
  const hear = (region) => {
    const text = region.innerText.replace(/\\s+/g, " ").trim();
    if (text && window.heard.at(-1) !== text) window.heard.push(text);
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const around = (target.nodeType === 1 ? target : target.parentElement)?.closest(live);
      if (around) hear(around);
      for (const node of addedNodes) {
        if (node.nodeType !== 1) continue;
        [node, ...node.querySelectorAll("*")].filter((each) => each.matches(live)).forEach(hear);
      }
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
});
"""
READ_ON = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  walker.currentNode = document.activeElement;
  const lines = new Map();
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (document.activeElement.contains(parent)) continue;
    if (parent.closest("a, button, summary")) break;
    if (parent.closest("[aria-hidden=true]") || !parent.checkVisibility()) continue;
    const text = walker.currentNode.data.trim();
    const item = parent.closest("li, p, dd") ?? parent;
    if (text) lines.set(item.closest("li") ?? item,
      [...lines.get(item.closest("li") ?? item) ?? [], text]);
  }
  return [...lines.values()].map((texts) => `reads: ${texts.join(" / ")}`);
}"""
SPOKEN = {
    "radio": "radio button",
    "textbox": "edit",
    "combobox": "choice list",
    "DisclosureTriangle": "disclosure",
    "generic": "",
    "paragraph": "",
    "none": "",
}
# What is said on entering it.
ENTERED = {"group", "radiogroup", "region", "navigation", "main", "banner", "dialog", "article"}


class Reader:
    """Presses keys and writes down what is said; ``said`` takes what was said since."""

    def __init__(self, person):
        self.person, self.page = person, person.page
        self.page.add_init_script(LISTEN)
        self.tree = self.page.context.new_cdp_session(self.page)
        self.tree.send("Accessibility.enable")
        self.lines, self.groups, self.last = [], [], ""

    def open(self, path):
        self.person.go(path)
        self._speak()

    def press(self, key):
        self.page.keyboard.press(key)
        self._speak()

    def type(self, text):
        self.page.keyboard.insert_text(text)
        self._speak()

    def tab_to(self, name):
        """Press Tab until what has the focus is named so; what is passed by is not written down.

        A name that ends with an ellipsis is the beginning of one; "a choice" is any.
        """
        for _ in range(60):
            self.page.keyboard.press("Tab")
            path = self._path()
            found = _name(path[0]) if path else ""
            is_choice = path and name == "a choice" and path[0]["role"]["value"] == "radio"
            if is_choice or found == name or (name.endswith("…") and found.startswith(name[:-1])):
                self._say_focus(path)
                return
            self.groups = _groups(path)
        raise AssertionError(f"{name!r} is not reached by Tab")

    def choose(self, label):
        """Press the digit of a choice, as somebody does who has heard all of them."""
        if label == "rightly":
            label = KNOWN[self.page.locator("h1.stem").inner_text()]
        labels = self.page.locator("label.choice").all_inner_texts()
        self.press(str(labels.index(label) + 1))

    def read_on(self):
        """Hear what follows the focus until something can be pressed, a line for each item.

        The lines are sorted, as choices are shuffled.
        """
        self.lines += sorted(self.page.evaluate(READ_ON))

    def said(self):
        said, self.lines = self.lines, []
        return said

    def _speak(self):
        """Write down what is said once the page is at rest."""
        self._settle()
        if self._is_new():
            self.lines.append(f"page: {self.page.title()}")
            self.groups = []
        heard = self.page.evaluate("window.heard.splice(0)")
        self.lines += [f"live: {text}" for text in heard]
        path = self._path()
        if path:
            self._say_focus(path)

    def _settle(self):
        """Wait until there is something to say, and then until it has all come."""
        for _ in range(100):
            # Asked while one page gives way to the next, the browser has no answer.
            with suppress(Error):
                path = self._path()
                is_said = path and _sentence(path[0]) != self.last
                if is_said or self.page.evaluate("!window.isKnown || window.heard.length > 0"):
                    break
            self.page.wait_for_timeout(50)
        self.page.wait_for_load_state()
        expect(self.page.locator(".htmx-request")).to_have_count(0)
        self.page.wait_for_timeout(100)

    def _is_new(self):
        """Say whether this page was loaded anew; a page is marked when it was first heard."""
        return self.page.evaluate("!window.isKnown && (window.isKnown = true)")

    def _say_focus(self, path):
        groups = _groups(path)
        for group in groups:
            if group not in self.groups:
                self.lines.append(f"in {group}")
        self.groups, self.last = groups, _sentence(path[0])
        self.lines.append(self.last)

    def _path(self):
        """Return what has the focus and what it is in, from the inside out; nothing on body."""
        if self.page.evaluate("document.activeElement === document.body"):
            return []
        active = self.tree.send("Runtime.evaluate", {"expression": "document.activeElement"})
        if "objectId" not in active["result"]:
            return []  # A page that has just begun to load has no element yet.
        nodes = self.tree.send(
            "Accessibility.getAXNodeAndAncestors",
            {"objectId": active["result"]["objectId"]},
        )["nodes"]
        return [node for node in nodes if not node.get("ignored")]


def _name(node):
    return node.get("name", {}).get("value", "").strip()


def _groups(path):
    """Return the named surroundings, from the outside in."""
    named = [node for node in path[1:] if node["role"]["value"] in ENTERED and _name(node)]
    return [f"{_name(node)}, {node['role']['value']}" for node in reversed(named)]


def _sentence(node):
    """Return what is said of one element."""
    role = node["role"]["value"]
    states = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
    words = [SPOKEN.get(role, role)]
    if role == "heading":
        words = [f"heading level {states['level']}"]
    if role in {"textbox", "combobox"} and node.get("value", {}).get("value"):
        words.append(node["value"]["value"])
    if "checked" in states:
        words.append("checked" if states["checked"] == "true" else "not checked")
    if "expanded" in states:
        words.append("expanded" if states["expanded"] else "collapsed")
    if states.get("invalid") == "true":
        words.append("invalid")
    description = node.get("description", {}).get("value", "").strip()
    return ", ".join(part for part in (_name(node), *words, description) if part)
