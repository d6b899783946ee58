"""``CACHE_URL`` with a real Redis (or Valkey) server: what is counted is there, and it may fail."""

import subprocess
from pathlib import Path

import pytest
import redis

from tests.serving.earlier import site_without_content
from tests.serving.person import Person
from tests.serving.site import Site, make_content

pytestmark = pytest.mark.server


def try_to_sign_in(person: Person) -> int:
    """Send a wrong password and return the status."""
    return person.sign_in("nobody", "not the right one")


def test_limits_are_counted_there_and_lessons_need_none_of_it(
    cache_server: tuple[str, "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    url, process = cache_server
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
