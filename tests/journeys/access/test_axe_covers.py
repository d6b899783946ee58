"""Every page of the site is on axe's walk: what has an address is looked at, or is no page."""

from django.urls import URLResolver, get_resolver

from tests.journeys.access import test_axe, test_axe_account, test_axe_faults, test_axe_studio

WALKED = {
    *test_axe.VIEWS,
    *test_axe_account.VIEWS,
    *test_axe_faults.VIEWS,
    *test_axe_studio.VIEWS,
}
FILES = [
    "learn:card",
    "learn:course-feed",
    "learn:favicon",
    "learn:feed",
    "learn:healthz",
    "learn:manifest",
    "learn:markdown",
    "learn:media",
    "learn:my-data-download",
    "learn:robots",
    "learn:service-worker",
    "learn:sitemap",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
    "studio:folder-picture",
    "studio:preview",
]
# They change something and lead to another page, or give a part of one that is walked.
ACTS = [
    "learn:mark-read",
    "learn:unclear-question",
    "quizzes:retry",
    "studio:put-back-picture",
]


def names_in(resolver, space=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names_in(pattern, inner)
        else:
            yield f"{space}{pattern.name}"


def test_whatever_has_an_address_is_walked_or_is_no_page():
    assert sorted(names_in(get_resolver())) == sorted({*WALKED, *FILES, *ACTS})
