"""A PostgreSQL that goes while the site runs: told at once and in a line, and missed no longer."""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from learn.environment import databases_at
from learn.postgresql.base import DatabaseWrapper
from tests.databases import needed_cluster
from tests.figures import Show
from tests.postgresql import away
from tests.serving.person import Person
from tests.serving.site import Site
from tests.serving.test_answers_survive import CHECK, COURSE

pytestmark = pytest.mark.server

FIRST_SECONDS, SECONDS = 3.0, 1.0
AWAY_SECONDS = 6.0
"""Long enough for a pool to look for the server seldom only."""
BACK_SECONDS = 2.0
PAGES = ("/healthz", "/", "/courses/sea/", "/courses/sea/sea/", "/search/?q=water", CHECK)


@pytest.fixture(scope="module")
def own_cluster() -> Iterator[str]:
    """The address of a server that is stopped here, so it is nobody else's."""
    with needed_cluster() as url:
        yield url


def seconds_for(site: Site, page: str, status: int) -> float:
    """Return how long a page takes that answers so."""
    began = time.monotonic()
    assert site.get(page)[0] == status, page
    return time.monotonic() - began


def test_a_server_that_goes_and_comes_back(own_cluster: str, tmp_path: Path, show: Show) -> None:
    (tmp_path / "content" / "sea").mkdir(parents=True)
    (tmp_path / "content" / "sea" / "sea.md").write_text(COURSE)
    key = "k" * 50
    folder = tmp_path / "content"
    with Site(tmp_path / "var", folder, DATABASE_URL=own_cluster, SECRET_KEY=key) as site:
        site.wait_until_ready()
        person = Person(f"http://127.0.0.1:{site.port}")
        question = person.get(CHECK)
        with away(own_cluster):
            # Each of two workers may find it out for itself.
            first, second, *others = [seconds_for(site, page, 503) for page in PAGES * 3]
            assert max(first, second) < FIRST_SECONDS
            assert max(others) < SECONDS
            for by_htmx in (True, False):
                with pytest.raises(HTTPError, match="503"):
                    person.answer(question, by_htmx=by_htmx)
            assert "database unavailable" in site.get("/healthz")[1]
            assert site.get("/accounts/login/")[0] == 200
            time.sleep(AWAY_SECONDS)
        back = seconds_for(site, "/courses/sea/", 200)
        assert back < BACK_SECONDS
        show(f"PostgreSQL goes: {first:.2f} s, then {max(others):.2f} s at most; back: {back:.2f}")
        assert [site.get(page)[0] for page in PAGES] == [200] * len(PAGES)
        assert person.answer(question, by_htmx=True) in {"correct", "incorrect"}
        goes, comes = site.err.splitlines()
        assert "does not answer" in goes
        assert "answers again" in comes


@pytest.mark.django_db
def test_who_finds_all_connections_lent_is_not_told_that_the_server_is_away(
    own_cluster: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    options = databases_at(own_cluster, tmp_path)["default"]
    settings = ConnectionHandler({"default": {}, "apart": options}).settings["apart"]
    *lent, one_more = [DatabaseWrapper(settings, "apart") for _ in range(5)]
    try:
        for connection in lent:
            connection.ensure_connection()
        with pytest.raises(OperationalError, match="couldn't get a connection"):
            one_more.ensure_connection()
        lent[0].close()
        one_more.ensure_connection()
        assert not caplog.records
    finally:
        for connection in (*lent, one_more):
            connection.close()
        one_more.close_pool()
