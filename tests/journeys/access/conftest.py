"""One site with one of everything, for all the tests of accessibility."""

import pytest

from tests.journeys.access.looking import Walk
from tests.journeys.access.water import add_people, begin
from tests.journeys.conftest import company


@pytest.fixture(scope="session")
def peopled(tmp_path_factory):
    """The site and, drawn up for it, pages that it lacks, by their addresses."""
    with begin(tmp_path_factory.mktemp("water")) as site:
        site.wait_until_ready()
        yield site, add_people(site)


@pytest.fixture(scope="session")
def water(peopled):
    """A running site whose clock can be moved: everything on it can become older."""
    return peopled[0]


@pytest.fixture
def arrive(browser, water):
    """Makes visitors; afterwards none of them may have met an error."""
    address = f"http://localhost:{water.port}"
    with company(browser, address, reduced_motion="reduce") as make:
        yield make


@pytest.fixture
def walk(arrive):
    """A person who asks axe at every step; at the end it must have found nothing."""
    walks = []

    def begin(**options):
        walks.append(Walk(arrive(**options)))
        return walks[-1]

    yield begin
    assert [fault for each in walks for fault in each.faults] == []
