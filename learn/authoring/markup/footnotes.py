"""Footnotes: numbered where the text first refers to them, listed at its end with ways back."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.core import Markdown
from markdown.treeprocessors import Treeprocessor

from learn.authoring.markup.elements import element, fill
from learn.authoring.markup.state import Note, RenderState
from learn.authoring.tongues import in_language


def refer(label: str, state: RenderState) -> Element | None:
    """Return the raised number that leads to a footnote, or None if there is no such note."""
    note = state.find_note(label)
    if note is None:
        return None
    if not note.number:
        state.cited.append(note)
        note.number = len(state.cited)
        note.anchor = state.anchors.make(f"{state.prefix}fn-{note.label}")
    times = len(note.references) + 1
    back = f"{state.prefix}fnref-{note.label}" + (f"-{times}" if times > 1 else "")
    note.references.append(state.anchors.make(back))
    link = element("a", [str(note.number)], href=f"#{note.anchor}", id=note.references[-1])
    return element("sup", [link], class_="footnote-ref")


class FootnoteSection(Treeprocessor):
    """Appends the notes that the text refers to, read by the inline stage like the text itself."""

    def __init__(self, md: Markdown, state: RenderState) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: Element) -> None:
        """Append the section if there is any note."""
        # A note may refer to further notes, so `cited` grows while we go through it.
        items = [self._item(note) for note in self.state.cited]
        if items:
            context = self.state.context
            named = {"aria_label": context.label("footnotes"), **context.own_words}
            notes = element(
                "ol", items, **(in_language(context.language) if context.own_words else {})
            )
            root.append(element("section", [notes], class_="footnotes", **named))

    def _item(self, note: Note) -> Element:
        blocks = [made for block in note.blocks for made in block.build(self.state)]
        item = element("li", blocks, id=note.anchor)
        self.md.treeprocessors["inline"].run(item)
        last = item[-1] if len(item) and item[-1].tag == "p" else None
        if last is None:
            last = element("p")
            item.append(last)
        for index, reference in enumerate(note.references):
            fill(last, [" ", self._back(note, reference, index)])
        return item

    def _back(self, note: Note, reference: str, index: int) -> Element:
        number = f"{note.number}" if index == 0 else f"{note.number}-{index + 1}"
        context = self.state.context
        named = {"aria_label": f"{context.label('back_to_text')} {number}", **context.own_words}
        return element("a", ["↩"], href=f"#{reference}", class_="footnote-back", **named)
