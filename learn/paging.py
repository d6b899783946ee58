"""Pages of a long list: which part of it an address asks for. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pages:
    """A list of ``total`` things with ``size`` on a page, of which page ``number`` is shown."""

    total: int
    size: int
    number: int

    @property
    def how_many(self) -> int:
        """Return how many pages there are; an empty list is one page too."""
        return max(-(-self.total // self.size), 1)

    @property
    def first(self) -> int:
        """Return the number of the first thing that is shown, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Return the number of the last thing that is shown."""
        return min(self.number * self.size, self.total)

    @property
    def part(self) -> slice:
        """Return the part of the list that is shown."""
        return slice(self.first - 1, self.last)

    @property
    def previous(self) -> int:
        """Return the number of the page before, 0 for none."""
        return self.number - 1

    @property
    def following(self) -> int:
        """Return the number of the page after, 0 for none."""
        return self.number + 1 if self.number < self.how_many else 0

    @property
    def each(self) -> "list[Pages]":
        """Return every page, each as the one that is shown."""
        return [Pages(self.total, self.size, number) for number in range(1, self.how_many + 1)]


def asked_page(text: str, *, default: int = 1) -> int:
    """Return the number of a page that an address holds; what is none counts as not said."""
    is_number = text.isascii() and text.isdigit() and len(text) < 7
    return max(int(text), 1) if is_number else default


def pages_of(total: int, *, size: int, asked: str, default: int = 1) -> Pages:
    """Return the page that is asked for, the last one where there are not so many."""
    pages = Pages(total, size, asked_page(asked, default=default))
    return Pages(total, size, min(pages.number, pages.how_many))
