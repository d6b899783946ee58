"""`content watch` in the terminal: it tells what is wrong, and outlives a folder that is away."""

import re
import shutil

import pytest

from tests.serving.earlier import site_without_content
from tests.serving.site import Site, wait_until

pytestmark = pytest.mark.server

COURSE = "---\ntitle: The sea\n---\n"
LESSON = "# Tides\n\nThe moon pulls.\n"
BROKEN = "# Tides\n\nThe moon pulls. See [waves](waves.md).\n"
LONGEST_MOMENT = 2.5  # of a look that comes by itself, and a little


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "content"
    (folder / "sea").mkdir(parents=True)
    (folder / "sea" / "course.md").write_text(COURSE)
    (folder / "sea" / "01-tides.md").write_text(BROKEN)
    return folder


@pytest.fixture
def site(folder, tmp_path):
    shutil.copytree(site_without_content(), tmp_path / "var" / "watch" / folder.name)
    with Site(tmp_path / "var", folder, watches=True) as site:
        site.wait_until_ready()
        yield site


def wait_for(site, pattern, what):
    wait_until(lambda: re.search(pattern, site.out), what=f"{what} in: {site.out}{site.err}")


def wait_for_page(site, text):
    """Return the seconds until the lesson's page says ``text``."""
    return wait_until(lambda: text in site.get("/courses/sea/tides/")[1], what=text)


def test_problems_are_told_at_the_start_and_after_each_save(site, folder):
    wait_for(site, r"\n1 error, 0 warnings in 2 files\n", "what is wrong at the start")
    assert "sea/01-tides.md:3:21 error link-missing-file" in site.out
    assert "  mend: Write the path as seen from this file" in site.out
    (folder / "sea" / "01-tides.md").write_text(LESSON)
    wait_for(site, r"Changed: sea/01-tides.md\n0 errors, 0 warnings in 2 files\n", "all is well")
    (folder / "sea" / "02-waves.md").write_text("# Waves\n\n![A wave](media/wave.svg)\n")
    wait_for(site, r"sea/02-waves.md:3:1 error link-missing-media", "a picture is missing")
    (folder / "sea" / "media").mkdir()
    (folder / "sea" / "media" / "wave.svg").write_text("No drawing.")
    wait_for(site, r"sea/media/wave.svg:1:1 error structure-not-a-picture", "it is none")
    (folder / "sea" / "media" / "wave.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    wait_for(site, r"wave.svg\n0 errors, 0 warnings in 3 files\n", "it is one")


def test_a_folder_that_is_away_for_a_while_ends_nothing(site, folder):
    wait_for(site, "1 error, 0 warnings", "what is wrong at the start")
    folder.rename(folder.with_name("away"))
    wait_for(site, "content cannot be read just now: No such file or directory", "it is away")
    assert site.get("/courses/sea/")[0] == 200, "nothing is taken off meanwhile"
    folder.with_name("away").rename(folder)
    wait_for(site, "content is there again", "it is back")
    for text in ("It waits.", "It falls.", "It rises."):
        (folder / "sea" / "01-tides.md").write_text(LESSON + text)
        took = wait_for_page(site, text)
    assert took < LONGEST_MOMENT
    assert site.process.poll() is None


def test_a_folder_that_another_one_takes_the_place_of_is_followed_at_once(site, folder):
    wait_for(site, "1 error, 0 warnings", "what is wrong at the start")
    other = shutil.copytree(folder, folder.with_name("other"))
    (other / "sea" / "01-tides.md").write_text(LESSON + "From another branch.")
    shutil.rmtree(folder)
    other.rename(folder)
    wait_for_page(site, "another branch")
    for number in range(5):
        (folder / "sea" / "01-tides.md").write_text(f"{LESSON}\nNumber {number}.\n")
        wait_for(site, rf"(?:Changed: sea/01-tides.md[\s\S]*){{{number + 2}}}", f"save {number}")
    assert site.process.poll() is None
