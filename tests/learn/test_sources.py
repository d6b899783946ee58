"""A lesson names each source once: by its footnote, or else in the list at its end."""

import pytest
from bs4 import BeautifulSoup

from learn.loading import sync_content
from tests.factories import NOW, write_files

pytestmark = pytest.mark.django_db(databases="__all__")
LESSON = """\
---
title: Cats
sources:
  - {{title: The book, url: "https://a.example/book?x=1&y=2"}}
  - {{title: The page, url: "https://a.example/page"}}
{more}---

Cats sleep.[^book] They nap.[^page]

[^book]: [The book](https://a.example/book?x=1&y=2), checked March 2026.
[^page]: [A part of the page](https://a.example/page#naps).
[^never]: [Not referred to](https://a.example/never).
"""
NEVER = '  - {title: Not noted, url: "https://a.example/never"}\n'


@pytest.mark.parametrize(("more", "left"), [("", []), (NEVER, ["https://a.example/never"])])
def test_the_list_has_what_no_footnote_names(client, tmp_path, renderer, more, left):
    files = {"course.md": "---\ntitle: Animals\n---\n", "01-cats.md": LESSON.format(more=more)}
    write_files(tmp_path / "animals", files)
    assert sync_content(tmp_path, at=NOW, renderer=renderer).is_fine
    page = BeautifulSoup(client.get("/courses/animals/cats/").content, "html.parser")
    assert len(page.select(".footnotes li")) == 2
    assert [link["href"] for link in page.select("details.sources a")] == left
    found = page.select_one("details.sources summary")
    assert (found.get_text() if found else "") == ("1 more source" if left else "")
