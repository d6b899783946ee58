"""What can be said once all texts are read: ids, the outline, data labels, lone pictures."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.core import Markdown
from markdown.treeprocessors import Treeprocessor

from learn.authoring.markup.context import OutlineEntry
from learn.authoring.markup.elements import BARE, add_class, element, plain_text
from learn.authoring.markup.state import RenderState
from learn.authoring.markup.tables import DATA_CLASSES
from learn.authoring.slug import slug
from learn.authoring.tongues import in_language

_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Finish(Treeprocessor):
    """Completes the tree."""

    def __init__(self, md: Markdown, state: RenderState) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: Element) -> None:
        """Give ids, collect the outline, describe tables and set pictures apart."""
        if self.state.inline and len(root) == 1 and root[0].tag == "p":
            root[0].tag = "span" if self.state.language else BARE
        for node in list(root.iter()):
            if node.tag in _HEADINGS:
                self._finish_heading(node)
            elif node.tag == "figure" and "table" in node.get("class", "").split():
                self._finish_table(node)
            elif node.tag == "p":
                _set_picture_apart(node)
        for block in root if self.state.language else ():
            # Code is read alike in every language, and from the left.
            if "highlight" not in block.get("class", "").split():
                block.attrib.update(in_language(self.state.language))

    def _finish_heading(self, heading: Element) -> None:
        title = " ".join(plain_text(heading).split())
        heading.set("id", self._anchor(heading, title))
        entry = OutlineEntry(_HEADINGS[heading.tag], heading.attrib["id"], title)
        self.state.outline.append(entry)

    def _finish_table(self, figure: Element) -> None:
        scroll, caption = figure
        anchor = self._anchor(figure, " ".join(plain_text(caption[0]).split()))
        figure.set("id", anchor)
        caption.set("id", f"{anchor}-caption")
        scroll.set("aria-labelledby", f"{anchor}-caption")
        if set(DATA_CLASSES) & set(figure.get("class", "").split()):
            _label_cells(scroll[0], anchor)

    def _anchor(self, node: Element, text: str) -> str:
        written = node.get("id")
        if written:
            return self.state.anchors.claim(written)
        return self.state.anchors.make(self.state.prefix + text)


def written_ids(root: Element) -> list[str]:
    """Return the ids that the author gave to headings and tables."""
    return [node.attrib["id"] for node in root.iter() if "id" in node.attrib]


def _label_cells(table: Element, anchor: str) -> None:
    """Say at each cell which column it belongs to, and give rows and cells ids to link to."""
    columns = [" ".join(plain_text(cell).split()) for cell in table.iterfind("thead/tr/th")]
    given: set[str] = set()
    for row in table.iterfind("tbody/tr"):
        place = f"{anchor}.{slug(plain_text(row[0]))}"
        if place in given:
            # A second row of the same name could not be told from the first in an address.
            place = ""
        else:
            given.add(place)
            row.set("id", place)
        for label, cell in list(zip(columns, row, strict=False))[1:]:
            cell.set("data-label", label)
            if place and f"{place}.{slug(label)}" not in given:
                given.add(f"{place}.{slug(label)}")
                cell.set("id", f"{place}.{slug(label)}")


def _set_picture_apart(paragraph: Element) -> None:
    """Turn a paragraph that holds nothing but a picture into a figure, its title the caption."""
    if len(paragraph) != 1 or paragraph[0].tag != "img" or (paragraph.text or "").strip():
        return
    picture = paragraph[0]
    if (picture.tail or "").strip():
        return
    picture.tail = None
    paragraph.tag = "figure"
    add_class(paragraph, "picture")
    if title := picture.attrib.pop("title", ""):
        paragraph.append(element("figcaption", [title]))
