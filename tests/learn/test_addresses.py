"""Links in a published text lead to the pages that the site has."""

import pytest
from django.urls import get_script_prefix, reverse, set_script_prefix

from learn.preparation import addresses_of, context_of


@pytest.fixture(params=["/", "/below/"])
def prefix(request):
    before = get_script_prefix()
    set_script_prefix(request.param)
    yield request.param
    set_script_prefix(before)


@pytest.mark.usefixtures("prefix")
@pytest.mark.parametrize("lesson", ["queues", "größe", "潮汐", "a-b_c"])
@pytest.mark.parametrize("course", ["sea", "meer-ä"])
def test_addresses_made_without_asking_django_are_its_own(course, lesson):
    addresses = addresses_of(course, {"01-a.md": lesson})
    assert addresses == {"01-a.md": reverse("learn:lesson", args=[course, lesson])}
    context = context_of("deep/02-b.md", course_slug=course, addresses=addresses)
    assert context.media_address == reverse("learn:media", args=[course, "deep/"])
