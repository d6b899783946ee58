"""Lines of Markdown: clean ones, and how far one is read, in columns so that tabs count right."""

TAB_WIDTH = 4


class Cursor:
    """The unread rest of a line.

    A tab may be used up in part (a list marker takes one column of it); ``spare`` is the number of
    columns that are left of such a tab.
    """

    __slots__ = ("column", "is_finished", "offset", "spare", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = 0
        self.column = 0
        self.spare = 0
        self.is_finished = False

    @property
    def indent(self) -> int:
        """The width of the white space that comes next, in columns."""
        column = self.column + self.spare
        for character in self.text[self.offset :]:
            if character == " ":
                column += 1
            elif character == "\t":
                column += TAB_WIDTH - column % TAB_WIDTH
            else:
                break
        return column - self.column

    @property
    def ahead(self) -> str:
        """The rest of the line without the white space that comes next."""
        return self.text[self.offset :].lstrip(" \t")

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space is left."""
        return not self.text[self.offset :].strip(" \t")

    @property
    def rest(self) -> str:
        """All that is left, a tab used in part written as spaces."""
        return " " * self.spare + self.text[self.offset :]

    def skip(self, columns: int) -> None:
        """Read past at most ``columns`` columns of white space."""
        while columns > 0:
            if self.spare:
                taken = min(self.spare, columns)
                self.spare -= taken
            elif self.text.startswith(" ", self.offset):
                taken = 1
                self.offset += 1
            elif self.text.startswith("\t", self.offset):
                width = TAB_WIDTH - self.column % TAB_WIDTH
                taken = min(width, columns)
                self.spare = width - taken
                self.offset += 1
            else:
                return
            self.column += taken
            columns -= taken

    def take(self, characters: int) -> None:
        """Read past characters that are not white space."""
        self.offset += characters
        self.column += characters

    def skip_indent(self) -> None:
        """Read past all white space that comes next."""
        self.skip(self.indent)

    def skip_optional_space(self) -> None:
        """Read past one column of white space if there is one, as after ``>``."""
        self.skip(1)

    def finish(self) -> None:
        """Read past all that is left: the line said all it has to say by opening a block."""
        self.offset = len(self.text)
        self.spare = 0
        self.is_finished = True


def normalise(text: str) -> str:
    """Return text with ``\\n`` as its only line end and nothing that no HTML may hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
    # Half of a surrogate pair cannot be written as UTF-8.
    return text.encode("utf-8", "replace").decode("utf-8")
