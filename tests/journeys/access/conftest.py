"""One site with one of everything, for all the tests of accessibility."""

import pytest

from tests.journeys.access.water import add_people, begin
from tests.journeys.conftest import new_visitor


@pytest.fixture(scope="session")
def water(tmp_path_factory):
    """A running site whose clock can be moved: everything on it can become older."""
    with begin(tmp_path_factory.mktemp("water")) as site:
        site.wait_until_ready()
        add_people(site)
        yield site


@pytest.fixture
def arrive(browser, water):
    """Makes visitors; afterwards none of them may have met an error."""
    visitors = []

    def make(**options):
        person = new_visitor(
            browser, f"http://localhost:{water.port}", **{"reduced_motion": "reduce", **options}
        )
        visitors.append(person)
        return person

    yield make
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.page.context.close()
    # A refused form is answered with 422, which the browser logs.
    assert [each for each in complaints if "422" not in each] == []
