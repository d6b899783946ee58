"""The style guide: with ``DEBUG`` only, and with every token."""

import re

import pytest
from django.conf import settings
from django.test import RequestFactory

from learn.views import styleguide


@pytest.mark.django_db(databases="__all__")
def test_it_has_no_address_on_a_real_site(client):
    assert client.get("/styleguide/").status_code == 404


def test_every_token_of_colour_type_and_space_is_shown():
    css = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    colours = re.findall(r"--([a-z-]+): light-dark", css)
    texts = re.findall(r"--(text[a-z0-9-]*):", css)
    assert sorted(styleguide.COLOURS) == sorted(colours)
    assert sorted(styleguide.TEXTS) == sorted(texts)
    assert sorted(styleguide.SPACES) == sorted(re.findall(r"--(space-\d):", css))


def test_every_token_that_is_shown_has_its_rule():
    css = (settings.BASE_DIR / "static/css/pages/styleguide.css").read_text()
    for name in [*styleguide.COLOURS, *styleguide.TEXTS, *styleguide.SPACES]:
        assert f".shows-{name} {{" in css


def test_it_has_both_schemes(rf: RequestFactory):
    body = styleguide.styleguide(rf.get("/styleguide/")).content.decode()
    assert body.count("data-scheme=") == 2
    assert body.count('class="choice right-missed"') == 2
