"""The studio's list of files: each is called by its title, whether it is published or not."""

import pytest
from bs4 import BeautifulSoup
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import DAY, NOW, keep_draft, make_author

pytestmark = pytest.mark.django_db(databases="__all__")


def titles(client):
    page = BeautifulSoup(client.get("/studio/").content, "html.parser")
    return {row.code.text: row.h3.text for row in page.select(".studio-files > li")}


def test_a_draft_that_was_never_published_is_listed_by_its_title(as_ada, course, ada):
    as_ada.post("/studio/sea/new/", {"title": "Tides & moons"})
    keep_draft(course, ada, "07-in-front.md", "---\ntitle: Above all\n---\n\n# Below\n")
    keep_draft(course, ada, "08-job-queues.md", "No heading yet.\n")
    assert titles(as_ada) == {
        "course.md": "About the course",
        "01-tides-moons.md": "Tides & moons",
        "07-in-front.md": "Above all",
        "08-job-queues.md": "Job queues",
    }


def test_ones_own_title_counts_before_the_latest_of_others(as_ada, course, ada):
    for name, at in (("ben", NOW), ("cleo", NOW + DAY)):
        keep_draft(course, make_author(course, name), "01-tides.md", f"# By {name}\n", at=at)
    assert titles(as_ada)["01-tides.md"] == "By cleo"
    keep_draft(course, ada, "01-tides.md", "# Mine\n", at=NOW - DAY)
    assert titles(as_ada)["01-tides.md"] == "Mine"


def test_many_drafts_cost_no_more_queries_than_one(as_ada, course, ada):
    counts = []
    for number in range(1, 4):
        keep_draft(course, ada, f"{number:02}-tides.md", "# Tides\n")
        with CaptureQueriesContext(connections["default"]) as asked:
            titles(as_ada)
        counts.append(len(asked))
    assert len(set(counts)) == 1


@pytest.mark.parametrize("name", ["09-nothing.md", "media/picture.svg", "../../etc/passwd", "x"])
@pytest.mark.parametrize("page", ["edit", "preview", "answer", "history", "discard", "conflict"])
def test_a_file_that_is_not_there_has_no_page(as_ada, course, page, name):
    assert as_ada.get(f"/studio/sea/{page}/{name}").status_code == 404
