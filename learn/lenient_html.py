"""Python's reader of HTML, made as lenient as browsers are."""

from html.parser import HTMLParser


class LenientHTMLParser(HTMLParser):
    """A reader to which no text is a fault."""

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take ``<![`` as a comment that ends with ``>``: Python 3.13.0 fails at what it is not."""
        return self.parse_bogus_comment(i, report)
