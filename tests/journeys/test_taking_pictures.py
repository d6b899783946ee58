"""The command that takes pictures: what it writes, and what it takes as looked at."""

from argparse import Namespace
from contextlib import nullcontext

import pytest

from tests.screenshots import __main__ as command
from tests.screenshots import fingerprints
from tests.screenshots.camera import Album
from tests.screenshots.pages import Page

KEPT = {f"{page} {variant}" for page in ("plain", "other") for variant in fingerprints.NAMES}


class Shelf(Album):
    """Two pages that need no site; each can be visited only once, as those where people act."""

    def __init__(self, tab):
        self.pages = [Page("plain", "anybody", "/plain/"), Page("other", "anybody", "/other/")]
        self.tab, self.visited = tab, []

    def visit(self, page):
        assert page.name not in self.visited
        self.visited.append(page.name)
        self.tab.set_content(f"<html lang=en><title>{page.name}</title><h1>{page.name}</h1>")
        return self.tab


@pytest.fixture
def take(browser, tmp_path, monkeypatch):
    """Run the command as with these options; return its pictures and what is kept."""
    monkeypatch.setattr(fingerprints, "KEPT", tmp_path / "fingerprints.txt")
    tab = browser.new_page()

    def take(**options):
        monkeypatch.setattr(command, "album", lambda *_given: nullcontext(Shelf(tab)))
        given = {"folder": None, "accept": False, "only": [""], **options}
        command.take(browser, tmp_path, Namespace(**given))
        folder = given["folder"] or command.USUAL_FOLDER
        pictures = {path.name for path in folder.glob("*.png")}
        return pictures, set(fingerprints.read_kept())

    yield take
    tab.close()


def test_what_is_accepted_is_photographed_into_the_folder_that_is_named(take, tmp_path):
    folder = tmp_path / "pictures"
    pictures, kept = take(folder=folder, accept=True, only=["plain desktop-light"])
    assert pictures == {"plain.desktop-light.png", "sheet-desktop-light-01.png"}
    assert kept == {name for name in KEPT if name.startswith("plain")}
    assert (folder / "faults.txt").exists()


def test_without_a_folder_accepting_takes_no_pictures(take, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "USUAL_FOLDER", tmp_path / "usual")
    assert take(accept=True) == (set(), KEPT)


def test_pictures_alone_accept_nothing(take, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "USUAL_FOLDER", tmp_path / "usual")
    assert take(only=["other tablet-large-text"]) == (
        {"other.tablet-large-text.png", "sheet-tablet-large-text-01.png"},
        set(),
    )
