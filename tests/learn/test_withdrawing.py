"""A lesson that becomes a draft again is gone at once, whatever workers had in their memory."""

import pytest
from django.core.handlers.wsgi import WSGIHandler

from learn.caching.front import KeptPages
from learn.loading import sync_content
from quizzes.held import held_lesson
from tests.factories import DAY, NOW, write_files
from tests.worker import WorkerClient

pytestmark = pytest.mark.django_db(databases="__all__")
LESSON = "/courses/animals/cats/"
CATS = """# Cats

Cats sleep.

## Knowledge check

### What do cats do? {#cats-do}

- [x] Sleep
  > Most of the day.
- [ ] Bark
  > That is dogs.
"""


@pytest.fixture
def publish(renderer, tmp_path):
    """Publish the lesson from a folder, with this front matter."""

    def sync(front_matter, at):
        write_files(tmp_path / "content" / "animals", {"01-cats.md": front_matter + CATS})
        sync_content(tmp_path / "content", at=at, renderer=renderer)

    return sync


def test_a_lesson_that_is_a_draft_again_is_gone_at_once(publish):
    publish("", NOW)
    worker = KeptPages(WSGIHandler())
    reader = WorkerClient(worker)
    for _ in range(3):
        page = reader.get(LESSON)
        assert (page.status_code, WorkerClient(worker).get(LESSON).status_code) == (200, 200)
    assert held_lesson("animals", "cats") is not None
    again = {"If-None-Match": page["ETag"]}
    assert reader.get(LESSON, headers=again).status_code == 304

    publish("---\nstatus: draft\n---\n", NOW + DAY)
    assert held_lesson("animals", "cats") is None
    for _ in range(2):
        assert reader.get(LESSON, headers=again).status_code == 404
        assert WorkerClient(worker).get(LESSON).status_code == 404

    publish("", NOW + 2 * DAY)
    assert held_lesson("animals", "cats") is not None
    assert reader.get(LESSON, headers=again).status_code == 200
    assert WorkerClient(worker).get(LESSON).status_code == 200
