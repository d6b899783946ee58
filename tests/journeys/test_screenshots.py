"""Every page type, in every way that people look at it: as it was, and with nothing in the way.

`python -m tests.screenshots` takes the pictures for people to look at; what can be
measured is measured here, and pages are compared with how they were when somebody last looked.
"""

import pytest

from tests.screenshots.camera import album
from tests.screenshots.faults import faults_of
from tests.screenshots.fingerprints import difference, fingerprint, is_kept_of, is_like, read_kept
from tests.screenshots.variants import VARIANTS

# One walk serves all tests: it alone takes most of a minute on a quiet machine.
pytestmark = pytest.mark.timeout(400)
AGAIN = (
    "Look at it: `uv run python -m tests.screenshots`. If it is meant to be so, take it as it is:"
    " `uv run python -m tests.screenshots --accept`."
)


@pytest.fixture(scope="module")
def walk(browser, tmp_path_factory):
    """What is wrong with each page, and how each looks, by page and variant."""
    faults, looks = {}, {}
    with album(tmp_path_factory.mktemp("album"), browser) as made:
        for page in made.pages:
            tab = made.visit(page)
            for variant in (each for each in VARIANTS if each.is_tested):
                variant.put_on(tab)
                faults[f"{page.name} {variant.name}"] = faults_of(tab, variant)
                if is_kept_of(variant):
                    looks[f"{page.name} {variant.name}"] = fingerprint(tab)
    return faults, looks


@pytest.mark.parametrize("variant", [each.name for each in VARIANTS if each.is_tested])
def test_nothing_is_cut_off_covered_unreadable_or_moving(walk, variant):
    found = {name: faults for name, faults in walk[0].items() if name.endswith(f" {variant}")}
    assert len(found) > 80
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_page_looks_as_it_did(walk):
    kept, looks = read_kept(), walk[1]
    assert set(kept) == set(looks), AGAIN
    changed = {
        name: f"{difference(kept[name], now):.0%} of it"
        for name, now in looks.items()
        if not is_like(kept[name], now)
    }
    assert changed == {}, AGAIN


def test_a_page_in_another_scheme_or_without_its_styles_is_not_alike(walk):
    looks = walk[1]
    same = looks["home-stranger desktop-light"]
    assert is_like(same, same)
    assert not is_like(same, looks["home-stranger phone-dark"])
    assert not is_like(same, looks["home-returning desktop-light"])
    assert not is_like(looks["sign-in phone-dark"], looks["sign-up-fault phone-dark"])
    assert not is_like(looks["result desktop-light"], looks["result-all-right desktop-light"])
