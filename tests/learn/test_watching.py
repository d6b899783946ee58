"""A folder under watch: the open pages hear of a save at once, whatever the course's size."""

import json

import pytest

from learn import watching
from learn.authoring.check import check_readings
from learn.authoring.reading import read_lesson
from learn.models import Lesson
from learn.rendering import Renderer
from tests.factories import NOW
from tests.large_course import file_name, make_large_course

pytestmark = pytest.mark.django_db
LESSONS = 5


@pytest.fixture
def watch(tmp_path):
    make_large_course(tmp_path / "content", lessons=LESSONS, questions=2)
    with Renderer() as renderer:
        yield watching.Watch(tmp_path / "content", tmp_path / "watch.json", renderer)


def test_a_save_is_told_before_the_check_which_reads_only_that_file(watch, monkeypatch):
    read, told = [], []

    def reading(text, *, name):
        read.append(name)
        return read_lesson(text, name=name)

    def checking(*found, **options):
        told.append(json.loads(watch.state.read_text()))
        return check_readings(*found, **options)

    monkeypatch.setattr(watching, "read_lesson", reading)
    monkeypatch.setattr(watching, "check_readings", checking)
    watch.look(at=NOW)
    assert len(read) == LESSONS
    read.clear()
    path = watch.root / "atlas" / file_name(2)
    path.write_text(path.read_text().replace("\n\n## ", " Every word of it.\n\n## ", 1))
    assert watch.look(at=NOW) == [f"atlas/{file_name(2)}"]
    assert read == [file_name(2)]
    assert told[-1]["changed"] == [f"atlas/{file_name(2)}"]
    assert "Every word of it." in Lesson.objects.get(file_name=file_name(2)).live.source


def test_a_fault_is_told_after_the_check(watch):
    watch.look(at=NOW)
    path = watch.root / "atlas" / file_name(2)
    text = path.read_text()
    path.write_text(text.replace("- [x]", "- [ ]"))
    watch.look(at=NOW)
    rows = json.loads(watch.state.read_text())["problems"]
    assert [row["file"] for row in rows if row["level"] == "error"]
    path.write_text(text)
    watch.look(at=NOW)
    rows = json.loads(watch.state.read_text())["problems"]
    assert not [row for row in rows if row["level"] == "error"]
