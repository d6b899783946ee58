"""Whoever watches the site asks for ``/healthz`` by whatever name reaches it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PUBLIC = "learn.example.org"
# A proxy asks by address, a container by its own name, a careless probe with nothing of sense.
PROBES = ["localhost:8000", "10.1.2.3:8000", "[fd00::7]", "site-7f9c", "no host at all"]


@pytest.fixture(autouse=True)
def _public_name_only(settings):
    settings.ALLOWED_HOSTS = [PUBLIC]


@pytest.mark.parametrize("host", [PUBLIC, *PROBES])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_probe_is_answered_whatever_name_it_asks_by(host, method):
    response = getattr(Client(headers={"host": host}), method)("/healthz")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain"
    assert "no-cache" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("host", PROBES)
@pytest.mark.parametrize("path", ["/", "/healthz/", "//healthz", "/healthz/..", "/progress/"])
def test_no_other_page_is_shown_under_a_strange_name(host, path):
    assert Client(headers={"host": host}).get(path).status_code == 400


def test_a_form_that_is_sent_there_is_checked_as_any_other():
    client = Client(headers={"host": PROBES[0]}, enforce_csrf_checks=True)
    assert client.post("/healthz").status_code == 400
