"""The child process that renders: it ends in time, whatever the text, and the next call works."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from learn.authoring.fragments import Fragment, RenderContext
from learn.rendering import (
    Caps,
    Renderer,
    RenderError,
    RenderFailedError,
    RenderTooSlowError,
)

ROOT = Path(__file__).parent.parent
CONTEXT = RenderContext()
NO_CAPS = Caps(*[10**9] * 5)
BOMBS = {
    "brackets": "[" * 4000,
    "brackets that close": "[" * 4000 + "]" * 4000,
    "declarations": "<![" * 5000,
    "comments": "<!--" * 5000,
    "abbreviations": "*[" * 8000,
    "defined abbreviations": "".join(f"*[a{number}]: b\n" for number in range(4000)),
    "nested definitions": "a\n: b\n" * 2000,
    "quotes": ">" * 2000,
    "quotes on each line": (">" * 300 + "a\n") * 200,
    "deep list": "\n".join("  " * depth + "- a" for depth in range(400)),
    "deep list in a line": "- " * 4000,
    "links": "[a](" * 4000,
    "pictures": "![a](" * 4000,
    "emphasis": "*a **a " * 4000,
    "backticks": "".join("`" * length + "a" for length in range(300)),
    "divisions": "<div>" * 12000,
    "wide table": "|" + "a|" * 190 + "\n|" + "-|" * 190 + "\n" + "a\n" * 20000,
    "headings": "# a\n" * 15000,
    "formulas": "$x$ " * 8000,
    "braces": "$" + "{" * 1900 + "$",
    "mail": "a@" * 20000,
    "addresses": "http://a." * 7000,
    "spaces": "a" + " " * 60000 + "b",
    "notes that cite each other": "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(3000)) + "[^0]",
    "one note cited often": "[^a]" * 8000 + "\n\n[^a]: b",
    "code": "```python\n" + "(" * 60000 + "\n```",
}
# A text that takes seconds and nothing but time: each heading has to find a free id.
SLOW = "# a\n\n" * 400_000


@pytest.fixture(scope="module")
def renderer():
    with Renderer() as one:
        one.render([Fragment("warm")], CONTEXT)
        yield one


@pytest.fixture(scope="module")
def uncapped():
    with Renderer(caps=NO_CAPS) as one:
        one.render([Fragment("warm")], CONTEXT)
        yield one


def html_of(renderer, text):
    return renderer.render([Fragment(text)], CONTEXT)[0].html


def is_running(process_id):
    """Return whether a process lives; a dead one that nobody has waited for does not."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def test_fragments_come_back_in_their_order(renderer):
    context = RenderContext(definitions="[x]: https://x.example", labels={"note": "Merke"})
    fragments = [Fragment("# One"), Fragment("*two*", inline=True), Fragment("> [!NOTE]\n> [x]")]
    one, two, three = renderer.render(fragments, context)
    assert one.html == '<h1 id="one">One</h1>'
    assert one.outline[0].title == "One"
    assert two.html == "<em>two</em>"
    assert "Merke" in three.html
    assert "https://x.example" in three.html
    assert renderer.render([], context) == []


def test_any_character_survives_the_pipe(renderer):
    assert (
        html_of(renderer, "é \u2028 \U0001f600 \0 \ud800 \x0b")
        == "<p>é \u2028 😀 \ufffd ? \x0b</p>"
    )


def test_a_large_text_fits_through_the_pipe(uncapped):
    assert len(html_of(uncapped, "word " * 300_000)) > 1_400_000


def test_the_child_stays_between_calls(renderer):
    html_of(renderer, "a")
    before = renderer.process_id
    html_of(renderer, "b")
    assert renderer.process_id == before is not None


def test_a_child_that_was_begun_before_it_is_needed_is_the_one_that_renders():
    with Renderer() as renderer:
        renderer.begin()
        begun = renderer.process_id
        assert is_running(begun)
        assert renderer.render([Fragment("a")], CONTEXT)[0].html == "<p>a</p>"
        renderer.begin()
        assert renderer.process_id == begun


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
@pytest.mark.parametrize("which", ["renderer", "uncapped"])
def test_bombs_end_in_time_and_the_next_text_is_rendered(request, which, bomb):
    one = request.getfixturevalue(which)
    started = time.monotonic()
    with contextlib.suppress(RenderError):
        one.render([Fragment(bomb)], CONTEXT)
    assert time.monotonic() - started < 2.5
    assert html_of(one, "*next*") == "<p><em>next</em></p>"


def test_a_text_that_takes_too_long_is_stopped():
    with Renderer(seconds=0.3, caps=NO_CAPS) as one:
        html_of(one, "start")
        first = one.process_id
        started = time.monotonic()
        with pytest.raises(RenderTooSlowError, match=r"more than 0\.3 s"):
            one.render([Fragment(SLOW)], CONTEXT)
        # The child's own time counts; on a busy machine it may be waited for four times as long.
        assert time.monotonic() - started < 4 * 0.3 + 1.5
        assert not is_running(first)
        assert html_of(one, "*next*") == "<p><em>next</em></p>"
        assert one.process_id != first


def test_memory_is_limited():
    with Renderer(seconds=20, memory=200 * 1024 * 1024, caps=NO_CAPS) as one:
        html_of(one, "start")
        limits = Path(f"/proc/{one.process_id}/limits").read_text()
        assert f"{200 * 1024 * 1024}" in limits
        with pytest.raises(RenderFailedError):
            one.render([Fragment(SLOW)], CONTEXT)
        assert html_of(one, "*next*") == "<p><em>next</em></p>"


def test_the_child_leaves_no_core(renderer):
    html_of(renderer, "a")
    limits = Path(f"/proc/{renderer.process_id}/limits").read_text()
    core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]


def test_a_killed_child_is_replaced(renderer):
    html_of(renderer, "a")
    killed = renderer.process_id
    os.kill(killed, signal.SIGKILL)
    assert html_of(renderer, "b") == "<p>b</p>"
    assert renderer.process_id != killed


def test_a_child_that_dies_of_a_text_is_a_failure_and_the_next_call_works():
    with Renderer(seconds=20, caps=NO_CAPS) as one:
        html_of(one, "start")
        stop = threading.Event()
        killer = threading.Thread(target=kill_whatever_it_runs, args=(one, stop))
        killer.start()
        try:
            with pytest.raises(RenderFailedError, match="signal 9"):
                one.render([Fragment(SLOW)], CONTEXT)
        finally:
            stop.set()
            killer.join()
        assert html_of(one, "b") == "<p>b</p>"


def kill_whatever_it_runs(renderer, stop):
    """Kill each child soon after it has begun to work."""
    while not stop.is_set():
        time.sleep(0.7)
        process_id = renderer.process_id
        if process_id and not stop.is_set():
            os.kill(process_id, signal.SIGKILL)


def test_an_error_in_the_child_is_one_line(renderer):
    not_a_text: Any = 3
    broken = Fragment("# a", prefix=not_a_text)  # so that the renderer itself fails
    with pytest.raises(RenderFailedError) as caught:
        renderer.render([broken], RenderContext(definitions="", labels={"note": "x"}))
    assert str(caught.value).startswith("TypeError")
    assert "\n" not in str(caught.value)
    assert html_of(renderer, "b") == "<p>b</p>"


def test_threads_share_one_renderer(renderer):
    results = {}

    def work(number):
        results[number] = html_of(renderer, f"text {number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: f"<p>text {number}</p>" for number in range(8)}


def test_the_end_of_the_thread_that_started_it_does_not_end_the_child():
    with Renderer() as one:
        thread = threading.Thread(target=html_of, args=(one, "a"))
        thread.start()
        thread.join()
        started = one.process_id
        time.sleep(0.2)
        assert html_of(one, "b") == "<p>b</p>"
        assert one.process_id == started


def test_closing_ends_the_child_and_a_later_call_starts_another():
    one = Renderer()
    html_of(one, "a")
    ended = one.process_id
    one.close()
    assert one.process_id is None
    assert not is_running(ended)
    assert html_of(one, "b") == "<p>b</p>"
    one.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the parent's death is signalled on Linux only")
@pytest.mark.parametrize("is_busy", [False, True])
def test_the_child_dies_with_its_parent(is_busy):
    program = f"""
        import threading, time
        from learn.authoring.fragments import Fragment, RenderContext
        from learn.rendering import Caps, Renderer
        renderer = Renderer(seconds=60, caps=Caps(*[10**9] * 5))
        renderer.render([Fragment("a")], RenderContext())
        if {is_busy}:
            slow = [Fragment("# a\\n\\n" * 400_000)]
            threading.Thread(target=renderer.render, args=(slow, RenderContext())).start()
            time.sleep(0.5)
        print(renderer.process_id, flush=True)
        time.sleep(60)
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.kill()
        parent.wait()
    assert wait_until(lambda: not is_running(child))


def test_a_fork_gets_a_child_of_its_own():
    program = """
        import os
        from learn.authoring.fragments import Fragment, RenderContext
        from learn.rendering import Renderer
        renderer = Renderer()
        renderer.render([Fragment("a")], RenderContext())
        before = renderer.process_id
        forked = os.fork()
        html = renderer.render([Fragment("b")], RenderContext())[0].html
        if forked == 0:
            os._exit(0 if html == "<p>b</p>" and renderer.process_id != before else 1)
        status = os.waitpid(forked, 0)[1]
        assert renderer.process_id == before
        renderer.close()
        raise SystemExit(status)
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=30).returncode == 0


def test_the_child_knows_nothing_of_django():
    program = "import sys, learn.rendering_worker; print([m for m in sys.modules if 'django' in m])"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert run.stdout.strip() == "[]"


def test_several_children_give_what_one_gives_and_end():
    texts = [f"Text *{number}*" for number in range(20)]
    with Renderer(children=2) as several, Renderer() as one:
        found = [renderer.each(partial(html_of, renderer), texts) for renderer in (several, one)]
        process_id = several.process_id
    assert found[0] == found[1]
    assert process_id is None or not is_running(process_id)
