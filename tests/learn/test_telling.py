"""Who waits for long work is told how far it has come, and nobody else is."""

from learn.rendering import Renderer
from learn.telling import lessons_rendered, paced


def test_quick_work_says_nothing():
    said = []
    tell = lessons_rendered(said.append)
    for done in range(1, 4):
        tell(done, 3)
    assert said == []


def test_long_work_says_how_far_it_is():
    said = []
    tell = lessons_rendered(said.append, seconds=0)
    tell(120, 1000)
    assert said == ["Lessons rendered: 120 of 1000"]


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
        told = []
        with Renderer(children=children, tell=lambda *far, told=told: told.append(far)) as renderer:
            assert renderer.each(str.upper, ["a", "b", "c"]) == ["A", "B", "C"]
        assert told == [(1, 3), (2, 3), (3, 3)]
