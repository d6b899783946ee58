"""A page as its accessibility tree has it: landmarks, headings and controls, in their order."""

import re

# A line of Playwright's snapshot of the tree: depth, role, name, states.
LINE = re.compile(r'^ *- (?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?(?P<rest>.*)$')
LANDMARKS = {"banner", "navigation", "main", "contentinfo", "region", "complementary", "article"}
CONTROLS = {"link", "button", "radio", "checkbox", "textbox", "searchbox", "combobox", "spinbutton"}
OTHERS = {"heading", "group", "table", "progressbar", "status", "alert", "figure"}


def outline(page, within="body"):
    """Return a line for each landmark, heading and control, indented by the landmarks around it."""
    lines, around = [], []
    for line in page.locator(within).aria_snapshot().splitlines():
        # A line with a colon in its name stands in quotation marks.
        found = LINE.match(re.sub(r"^( *- )'(.*)'(:?)$", r"\1\2\3", line))
        depth = len(line) - len(line.lstrip())
        around = [each for each in around if each < depth]
        if not found or found["role"] not in LANDMARKS | CONTROLS | OTHERS:
            continue
        level = re.search(r"\[level=(\d)\]", found["rest"])
        words = [found["role"] + (level[1] if level else ""), found["name"] or ""]
        lines.append("  " * len(around) + " ".join(filter(None, words)))
        if found["role"] in LANDMARKS | {"group"}:
            around.append(depth)
    return lines
