"""Files and browser together: both edit, nothing is lost, and a person decides in the browser."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import violations
from tests.journeys.studio import SOURCE, text_in
from tests.journeys.writing.terminal import Terminal

pytestmark = pytest.mark.server


@pytest.fixture
def course(studio):
    return studio.var.parent / "content" / "sea"


@pytest.fixture(scope="module")
def terminal(studio):
    terminal = Terminal(studio.environment)
    yield terminal
    terminal.close()


@pytest.fixture
def content(terminal, course):
    """Runs a sub-command of `content` on the site's own folder, as a person would."""
    return lambda command: terminal.content(command, str(course.parent))


def publish(person, file, text):
    person.go(file.edit)
    person.page.locator(SOURCE).fill(text)
    person.page.get_by_role("button", name="Publish").click()
    expect(person.page.locator(".messages")).to_contain_text("Published")


def test_what_only_the_studio_has_is_kept_and_exported(writer, file, course, content):
    person = writer()
    text = file.text.replace("Twice a day.", "Written in the studio.")
    publish(person, file, text)
    code, out = content("sync")
    assert code == 0
    assert f"sea/{file.name} was changed in the studio" in out
    assert content("export")[0] == 0
    assert (course / file.name).read_bytes().decode() == text
    person.go(file.page)
    expect(person.page.locator("main")).to_contain_text("Written in the studio.")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_both_edited_one_lesson(writer, file, course, content, scheme, width):
    person = writer(color_scheme=scheme, viewport={"width": width, "height": 844})
    page = person.page
    folders = file.text.replace("Twice a day.", "From the folder.").replace("So it is.", "Surely.")
    (course / file.name).write_text(folders)
    publish(person, file, file.text.replace("Twice a day.", "From the studio."))
    code, out = content("sync")
    assert code == 1
    assert f"/studio/sea/conflict/{file.name}" in out
    assert content("export")[0] == 1
    assert (course / file.name).read_text() == folders

    person.go("/studio/")
    page.get_by_role("link", name="edited in the folder, too").click()
    expect(page.locator("h1")).to_have_text("Edited in the folder and in the studio")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#page-theirs ~ .changes")).to_contain_text("From the folder.")
    expect(page.locator("#page-mine ~ .changes")).to_contain_text("From the studio.")
    page.get_by_role("button", name="Publish this text").click()
    expect(page.get_by_role("alert").filter(has_text="nobody has decided")).to_be_visible()
    merged = text_in(page)
    assert {"From the folder.", "From the studio.", "  > Surely."} <= set(merged.split("\n"))
    person.go(file.page)
    expect(page.locator("main")).to_contain_text("From the studio.")

    person.go(f"/studio/sea/conflict/{file.name}")
    both = file.text.replace("Twice a day.", "From both.").replace("So it is.", "Surely.")
    page.locator(SOURCE).fill(both)
    page.get_by_role("button", name="Publish this text").click()
    expect(page.locator(".messages")).to_contain_text("Settled")
    assert content("sync")[0] == 0
    assert content("export")[0] == 0
    assert (course / file.name).read_text() == both == text_in(page)
    person.complaints.clear()  # marks that were left are answered with 422


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_both_changed_one_picture(writer, course, content, tmp_path, scheme, width):
    person = writer(color_scheme=scheme, viewport={"width": width, "height": 844})
    page, name = person.page, f"mill-{width}.png"
    Image.new("RGB", (30, 20), "teal").save(tmp_path / name)
    person.go("/studio/sea/pictures/")
    page.locator("#page-picture").set_input_files(tmp_path / name)
    page.locator("#page-alternative").fill("A mill")
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".notice.good")).to_be_visible()
    (course / "media").mkdir(exist_ok=True)
    Image.new("RGB", (20, 30), "tomato").save(course / "media" / name)
    folders = (course / "media" / name).read_bytes()
    assert content("sync")[0] == 1

    person.go("/studio/")
    page.get_by_role("link", name=f"media/{name}").click()
    for picture in ("The folder's picture", "The studio's picture"):
        image = page.get_by_role("img", name=picture)
        expect(image).to_be_visible()
        expect(image).not_to_have_js_property("naturalWidth", 0)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Take the folder's").click()
    expect(page.locator(".messages")).to_contain_text("content sync")
    assert content("sync")[0] == 0
    assert content("export")[0] == 0
    assert (course / "media" / name).read_bytes() == folders
    expect(page.get_by_role("link", name=f"media/{name}")).to_have_count(0)


def test_errors_hold_back_the_file_and_the_last_good_one_stays(writer, file, course, content):
    person = writer()
    broken = file.text.replace("Twice a day.", "Broken.").replace("- [x]", "- [ ]")
    (course / file.name).write_text(broken)
    code, out = content("sync")
    assert code == 1
    assert f"sea/{file.name}:11:5 error question-no-right-choice" in out
    person.go(file.page)
    expect(person.page.locator("main")).to_contain_text("Twice a day.")
    (course / file.name).write_text(file.text)

    person.go(file.edit)
    person.page.locator(SOURCE).fill(broken)
    person.page.get_by_role("button", name="Publish").click()
    expect(person.page.locator(".form-faults")).to_contain_text("Not published")
    assert text_in(person.page) == broken
    person.go(file.page)
    expect(person.page.locator("main")).to_contain_text("Twice a day.")
    person.complaints.clear()
