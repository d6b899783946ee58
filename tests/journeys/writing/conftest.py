"""A studio for each module, a lesson for each test, and people who are signed in to write."""

import pytest

from tests.journeys.conftest import company
from tests.journeys.studio import LESSONS, WIDE, File, add_people, begin, sign_in


@pytest.fixture(scope="module")
def files():
    return (File(number) for number in range(1, LESSONS + 1))


@pytest.fixture
def file(files):
    return next(files)


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    with begin(tmp_path_factory.mktemp("studio")) as site:
        site.wait_until_ready()
        add_people(site)
        yield site


@pytest.fixture
def writer(browser, studio):
    """Makes people who are signed in; none of them may have met an error in the browser."""
    with company(browser, f"http://127.0.0.1:{studio.port}", **WIDE) as make:

        def signed_in(name="ada", **options):
            person = make(**options)
            sign_in(person, name)
            return person

        yield signed_in
