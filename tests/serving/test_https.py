"""A site behind a proxy that ends TLS: nobody stays on plain HTTP, but a probe may ask by it."""

import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.serving.earlier import site_without_content
from tests.serving.site import ROOT, Site, make_content, site_environment

pytestmark = pytest.mark.server

NAME = "learn.example.org"
PROXY = {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
LESSON = "/courses/sea/tides/"


def asked(site: Site, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
    """Return status and headers of a page."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status, {name.lower(): value for name, value in response.getheaders()}
    finally:
        connection.close()


def test_a_site_behind_a_proxy(tmp_path: Path) -> None:
    content = make_content(tmp_path / "content")
    with Site(
        tmp_path / "var", content, like=site_without_content, HTTPS="1", ALLOWED_HOSTS=NAME
    ) as site:
        site.wait_until_ready()
        # A page that is kept in memory is no other than the first one.
        for path in (LESSON, LESSON, "/", "/accounts/login/"):
            status, headers = asked(site, path, PROXY)
            assert status == 200
            assert headers["strict-transport-security"] == "max-age=2592000"
            status, headers = asked(site, path, {"Host": NAME})
            assert (status, headers["location"]) == (301, f"https://{NAME}{path}")
            assert asked(site, path, {"Host": "evil.example.org"})[0] == 400
        assert site.get("/healthz") == (200, "ok\n")
        assert site.err == ""


def test_what_django_advises_for_a_real_site_is_done(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=site_environment(tmp_path / "var", HTTPS="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
