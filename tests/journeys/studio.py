"""A studio with a lesson for each test, and people who are signed in to write."""

import subprocess
import sys

from playwright.sync_api import expect

from tests.serving.earlier import site_without_content
from tests.serving.site import ROOT, Site

LESSONS = 24
TEXT = """\
# Tides

The moon pulls the water.

## Rise and fall

Twice a day.

## Knowledge check {.quiz}

### What pulls? {#pulls-NN}

- [x] the moon
  > So it is.
- [ ] the wind
  > It makes waves.
- [ ] the fish
  > They are pulled along.
"""
PEOPLE = """
import django
django.setup()
from learn.models import Course, CourseRole, User
for name in ("ada", "ben"):
    user = User.objects.create_user(name, f"{name}@example.com", "correct horse battery")
    CourseRole.objects.create(user=user, course=Course.objects.get(), role="author")
"""
SOURCE = "#page-source"
WIDE = {"viewport": {"width": 1280, "height": 850}}


class File:
    """A lesson of which each test has one of its own."""

    def __init__(self, number):
        self.name = f"{number:02}-tides{number}.md"
        self.text = TEXT.replace("NN", str(number))
        self.edit = f"/studio/sea/edit/{self.name}"
        self.page = f"/courses/sea/tides{number}/"


def begin(folder):
    content = folder / "content"
    (content / "sea").mkdir(parents=True)
    (content / "sea" / "course.md").write_text("---\ntitle: The sea\n---\n")
    for number in range(1, LESSONS + 1):
        file = File(number)
        (content / "sea" / file.name).write_text(file.text)
    return Site(folder / "var", content, "--workers", "1", like=site_without_content)


def add_people(site):
    subprocess.run([sys.executable, "-c", PEOPLE], cwd=ROOT, env=site.environment, check=True)


def sign_in(person, name="ada", page=None):
    page = page or person.page
    page.context.set_default_timeout(40_000)
    page.goto(f"{person.site}/accounts/login/?next=/studio/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("correct horse battery")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{person.site}/studio/")


def type_at_end(page, text):
    page.locator(SOURCE).focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(text)


def is_saved(page):
    expect(page.locator("#page-saving")).to_contain_text("Draft saved at")


def text_in(page):
    return page.locator(SOURCE).input_value()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, name, most=60, key="Tab"):
    """Press Tab until the element with this text or label has the focus."""
    for _ in range(most):
        press(page, key)
        found = page.evaluate(
            "(document.activeElement.innerText || document.activeElement.id).trim()"
        )
        if found.startswith(name):
            return
    raise AssertionError(f"{name} was not reached by {key}")
