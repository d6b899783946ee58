"""Who waits for long work at a terminal is told how far it has come, and nobody else is."""

import json
import os
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command

from learn import checking, telling
from learn.course_folder import read_content
from learn.exporting import copy_content
from learn.rendering import Renderer
from learn.telling import FILES_READ, Counter, paced, tell, told
from learn.watching import Watch
from tests.factories import NOW
from tests.large_course import make_large_course

LESSONS = 3
END = "#"


@contextmanager
def terminal():
    """Give a stream that is a terminal, and what returns all that was written to it."""
    reader, writer = os.openpty()

    def screen():
        stream.write(END)
        stream.flush()
        text = ""
        while not text.endswith(END):
            text += os.read(reader, 10_000).decode()
        return text.removesuffix(END)

    with open(writer, "w") as stream:
        yield stream, screen
    os.close(reader)


@contextmanager
def listening():
    """Give the lines that are said during the block, every one of them."""
    said = []
    with Counter(StringIO()) as counter:
        counter.say = said.append
        yield said


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(telling, "SECONDS_BETWEEN_COUNTS", 0)


@pytest.fixture
def folder(tmp_path):
    make_large_course(tmp_path / "content", lessons=LESSONS, questions=1)
    return tmp_path / "content"


def counts(text, wanted):
    """All lines of a count from its first to its last thing."""
    return [text % {"done": done, "wanted": wanted} for done in range(1, wanted + 1)]


def test_quick_work_says_nothing():
    with terminal() as (stream, screen):
        with Counter(stream):
            assert list(told(FILES_READ, "abc")) == ["a", "b", "c"]
        assert screen() == ""


def test_on_a_terminal_one_line_is_written_over_and_gone_at_the_end(at_once):
    with terminal() as (stream, screen):
        with Counter(stream):
            tell(FILES_READ, 1000, 1000)
            tell(FILES_READ, 1, 2)
        long, short = "Files read: 1000 of 1000", "Files read: 1 of 2"
        assert screen() == f"\r{long}\r{short.ljust(len(long))}\r{' ' * len(short)}\r"


def test_where_there_is_no_terminal_nothing_is_written(at_once):
    stream = StringIO()
    with Counter(stream):
        tell(FILES_READ, 1, 2)
    assert stream.getvalue() == ""


def test_a_log_gets_whole_lines(monkeypatch):
    clock = iter([0.0, 6.0, 6.0])
    monkeypatch.setattr("learn.telling.time.monotonic", lambda: next(clock))
    stream = StringIO()
    with Counter(stream, keeps_log=True):
        tell(FILES_READ, 120, 1000)
    assert stream.getvalue() == "Files read: 120 of 1000\n"


def test_a_line_waits_for_its_time_after_the_one_before(monkeypatch):
    clock = iter([0.0, 3.0, 6.0, 6.0, 8.0, 12.0, 12.0])
    monkeypatch.setattr("learn.telling.time.monotonic", lambda: next(clock))
    said = []
    say = paced(said.append, seconds=5)
    for line in ("at 3", "at 6", "at 8", "at 12"):
        say(line)
    assert said == ["at 6", "at 12"]


def test_the_renderer_tells_of_each_text_that_is_done():
    for children in (1, 2):
        with listening() as said, Renderer(children=children) as renderer:
            assert renderer.each(str.upper, ["a", "b", "c"]) == ["A", "B", "C"]
        assert said == counts(telling.LESSONS_RENDERED, 3)


def test_a_check_tells_of_each_file_and_so_does_one_by_several_processes(folder, monkeypatch):
    make_large_course(folder, lessons=LESSONS, questions=1, course="other")
    folders = read_content(folder)
    files = 2 * (LESSONS + 1)
    with listening() as said:
        alone = checking.check_folders(folders)
    assert said == counts(FILES_READ, files)
    monkeypatch.setattr(checking, "MANY_FILES", 1)
    monkeypatch.setattr(checking, "SECONDS_BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 2)
    with listening() as said:
        assert checking.check_folders(folders) == alone
    assert said
    assert set(said) <= {FILES_READ % {"done": 0, "wanted": files}, *counts(FILES_READ, files)}


def test_a_report_for_machines_stays_as_it_is(folder, at_once, monkeypatch):
    out = StringIO()
    with terminal() as (stream, screen):
        monkeypatch.setattr("sys.stderr", stream)
        call_command("content", "check", str(folder), "--format", "json", stdout=out)
        assert f"Files read: {LESSONS + 1} of {LESSONS + 1}" in screen()
    assert json.loads(out.getvalue()) == []


@pytest.mark.django_db(databases="__all__")
def test_the_first_look_of_a_watch_and_an_export_tell_of_each_step(folder, tmp_path):
    files = LESSONS + 1
    with listening() as said, Renderer() as renderer:
        Watch(folder, tmp_path / "watch.json", renderer).look(at=NOW)
    assert said == [
        *counts(FILES_READ, LESSONS),
        *counts(telling.LESSONS_RENDERED, LESSONS),
        *counts(telling.LESSONS_STORED, LESSONS),
        *counts(telling.LESSONS_INDEXED, LESSONS),
        *counts(FILES_READ, files),
    ]
    (tmp_path / "copy").mkdir()
    with listening() as said:
        copy_content(tmp_path / "copy")
    assert said == counts(telling.FILES_WRITTEN, files)
