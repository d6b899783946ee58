"""What many tests of the site begin with: a renderer, and an author at work on a course."""

import pytest

from learn.rendering import Renderer
from tests.factories import make_author, make_course


@pytest.fixture(scope="session")
def renderer():
    """One process that renders for all tests that do not harm it."""
    with Renderer() as renderer:
        yield renderer


@pytest.fixture
def course():
    return make_course("sea")


@pytest.fixture
def ada(course):
    return make_author(course)


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client
