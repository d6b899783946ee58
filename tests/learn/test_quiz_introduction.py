"""What an author says before the first question is told where the check begins, and not again."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from learn import preparation
from learn.loading import sync_content
from tests.factories import NOW, write_files

pytestmark = pytest.mark.django_db(databases="__all__")
LESSON = """\
# Cats

Cats sleep.

## From memory {.quiz}

Close the [lesson](#cats) and *answer*.

### What do cats do? {#do}

- [x] Sleep
  > They do.
- [ ] Bark
  > Dogs do.

### Do they nap? {#nap}

- [x] Yes
  > Often.
- [ ] No
  > They do.
"""
ADDRESS = "/courses/animals/cats/"


def introduction(client, address):
    page = BeautifulSoup(client.get(address).content, "html.parser")
    found = [each for each in page.select("main .prose p") if "Close the" in each.get_text()]
    return found[0] if found else None


def test_it_stands_with_the_lesson_and_before_the_first_question(client, tmp_path, renderer):
    files = {"course.md": "---\ntitle: Animals\n---\n", "01-cats.md": LESSON}
    write_files(tmp_path / "animals", files)
    assert sync_content(tmp_path, at=NOW, renderer=renderer).is_fine
    told = introduction(client, ADDRESS)
    assert told.em.string == "answer"
    assert told.a["href"] == f"{ADDRESS}#cats"
    assert introduction(client, f"{ADDRESS}check/1/").get_text() == told.get_text()
    assert introduction(client, f"{ADDRESS}check/2/") is None
    page = BeautifulSoup(client.get(f"{ADDRESS}check/1/").content, "html.parser")
    form = page.select_one("form.question")
    fields = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
    choice = form.select_one("input[name=choice]")["value"]
    client.post(form["action"], {**fields, "choice": choice})
    assert introduction(client, f"{ADDRESS}check/1/") is None


def test_a_check_that_tells_at_its_end_does_not_promise_to_explain_at_once(
    client, tmp_path, renderer
):
    exam = LESSON.replace("{.quiz}", "{.quiz feedback=end}")
    write_files(
        tmp_path / "animals", {"course.md": "---\ntitle: Animals\n---\n", "01-cats.md": exam}
    )
    assert sync_content(tmp_path, at=NOW, renderer=renderer).is_fine
    page = client.get(ADDRESS).content.decode()
    assert "2 questions. After the last one you learn how you did, and why." in page
    assert "at once" not in page


def test_a_change_of_any_module_that_draws_up_a_lesson_renders_it_anew():
    made_with = re.findall(
        r"^from learn\.(\w+) import", Path(preparation.__file__).read_text(), re.M
    )
    assert {f"{name}.py" for name in made_with} <= set(preparation.MAKERS)
