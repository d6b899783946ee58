"""``CACHE_URL`` with a real Redis (or Valkey) server: what is counted is there, and it may fail."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
import redis

from tests.serving.earlier import site_without_content
from tests.serving.person import Person
from tests.serving.site import Site, free_port, is_listened_to, make_content, wait_until

pytestmark = pytest.mark.server

PROGRAMS = ("valkey-server", "redis-server")
SIGN_IN = "/accounts/login/"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Port and process of a cache server. A build without one fails, a laptop skips."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("a cache server is needed here: apt-get install redis-server")
        pytest.skip("NOT TESTED WITH A CACHE SERVER: apt-get install redis-server")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as process:
        wait_until(lambda: is_listened_to(port), what="cache server")
        yield port, process
        process.kill()


def try_to_sign_in(person: Person) -> int:
    """Send a wrong password and return the status."""
    page = person.get(SIGN_IN)
    form = page.select_one('form[action*="login"]')
    fields = {str(f["name"]): str(f["value"]) for f in form.select("input[type=hidden][value]")}
    try:
        person.post(SIGN_IN, {**fields, "login": "nobody", "password": "not the right one"})
    except HTTPError as error:
        with error:
            return error.code
    return 200


def test_limits_are_counted_there_and_lessons_need_none_of_it(
    server: tuple[int, "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    port, process = server
    url = f"redis://127.0.0.1:{port}/1"
    content = make_content(tmp_path / "content")
    with Site(tmp_path / "var", content, like=site_without_content, CACHE_URL=url) as site:
        site.wait_until_ready()
        person = Person(f"http://127.0.0.1:{site.port}")
        assert try_to_sign_in(person) < 500
        with redis.Redis.from_url(url) as client:
            names = [key.decode() for key in client.scan_iter()]
        assert names
        assert all(name.startswith("checkmark-") for name in names)
        process.kill()
        process.wait()
        assert site.get("/courses/sea/tides/")[0] == 200
        assert try_to_sign_in(person) == 503
        assert "could not answer" in site.err
    with Site(tmp_path / "var", content, CACHE_URL=url) as late:
        assert late.wait_for_end() == 1
    assert late.err.startswith(f"CACHE_URL names {url}, which does not answer: ")
    assert late.err.count("\n") == 1
