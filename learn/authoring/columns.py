"""One line of Markdown and how far it has been read; in columns, for tabs count as they show."""

_TAB = 4


class Cursor:
    """The unread rest of a line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = 0
        self._column = 0
        self._next: int | None = None  # the column of the next visible character, once known
        self._end = len(text.rstrip(" \t"))

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space is left."""
        return self.offset >= self._end

    @property
    def indent(self) -> int:
        """The width of the white space that comes next."""
        if self._next is None:
            column, offset = self._column, self.offset
            while self.text[offset : offset + 1] in (" ", "\t"):
                column += _TAB - column % _TAB if self.text[offset] == "\t" else 1
                offset += 1
            self._next = column
        return self._next - self._column

    @property
    def ahead(self) -> str:
        """The rest without the white space that comes next."""
        return self.text[self.offset :].lstrip(" \t")

    def skip(self, columns: int) -> None:
        """Read past at most so many columns of white space; a tab goes as a whole."""
        end = self._column + columns
        while self._column < end and self.text[self.offset : self.offset + 1] in (" ", "\t"):
            tab = self.text[self.offset] == "\t"
            self._column += _TAB - self._column % _TAB if tab else 1
            self.offset += 1

    def take(self, characters: int) -> None:
        """Read past characters that are not white space."""
        self._next = None
        self.offset += characters
        self._column += characters
