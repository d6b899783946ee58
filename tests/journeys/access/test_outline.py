"""Names and order in the accessibility tree: landmarks, headings without gaps, named controls."""

import re
from itertools import pairwise

import pytest

from tests.journeys.access.outline import outline
from tests.journeys.access.water import (
    CHECK,
    COURSE,
    DRILL,
    KINDS_CHECK,
    KINDS_LESSON,
    LESSON,
    answer,
    go_through,
    sign_in,
)
from tests.journeys.kinds_course import KINDS

FRAME = """
link Skip to the content
banner
  link Checkmark
  navigation Site
    link Search
    link Review
    link Progress
    group
    link Sign in
main
contentinfo
status
"""
IN_LESSON = """
main
  article
    navigation You are here
      link Water
    heading1 Ice and steam
    region Afterwards you can
      heading2 Afterwards you can
    navigation On this page
      group
    link link
    heading2 Side by side
    button Note on: Side by side
    figure Forms
    group How to show this table
      button Show as cards
      button Only the differences
      searchbox Filter
      combobox Cover
    region Forms
      table
      button Aspect
      button Ice
      button Steam
    link Practise this table
    heading2 Which to choose
    button Note on: Which to choose
    figure Choices
    group How to show this table
      button Show as cards
      combobox Cover
    region Choices
      table
      button When you
      button Choose
    link Practise this table
    heading2 Code
    button Note on: Code
    region Knowledge check
      heading2 Knowledge check
      link Check what you know
    button Mark as read
    navigation Other lessons
      link Next Every kind
    group
    group
    link Notes
    link Something unclear?
    link Print
    button Save for offline
"""
IN_QUESTION = """
main
  navigation You are here
    link Ice and steam
  progressbar Questions answered
  group Which form keeps its shape?
    heading1 Which form keeps its shape?
    radio Ice
    radio Steam
    radio Water
  button Check
"""
IN_REFUSAL = """
main
  navigation You are here
    link Ice and steam
  progressbar Questions answered
  group This needs your attention
    alert
    link Choose an answer.
  group Which form keeps its shape?
    heading1 Which form keeps its shape?
    radio Ice
    radio Steam
    radio Water
  button Check
"""
IN_FEEDBACK = """
main
  navigation You are here
    link Ice and steam
  progressbar Questions answered
  heading1 Which form keeps its shape?
  heading2 Not correct
  group
  link Next
  link This question is unclear
"""
IN_REVIEW = """
main
  heading1 Nothing is due
  link Go on learning
  region The next two weeks
    heading2 The next two weeks
    figure
    group
  group
"""
AT_THE_DOOR = """
main
  heading1 Sign in
  link Make one
  textbox E-mail
  textbox Password
  link Forgot your password?
  checkbox Keep me signed in on this device
  button Sign in
  button Sign in with a passkey
"""
PAGES = [
    "/",
    COURSE,
    LESSON,
    KINDS_LESSON,
    f"{LESSON}print/",
    f"{LESSON}notes/",
    f"{LESSON}unclear/",
    DRILL,
    *(f"{KINDS_CHECK}{number}/" for number in range(1, len(KINDS) + 1)),
    "/review/",
    "/progress/",
    "/notes/",
    "/my-data/",
    "/search/",
    "/search/?q=ice",
    "/preferences/",
    "/offline/",
    "/accounts/login/",
    "/accounts/signup/",
]
OF_AUTHORS = [
    "/accounts/",
    "/accounts/sessions/",
    "/studio/",
    "/studio/water/people/",
    "/studio/water/reports/",
    "/studio/water/history/01-ice.md",
]


def in_main(page):
    """The outline of the page's content; shuffled choices in the order of the alphabet."""
    lines = outline(page, "main")
    radios = sorted(line for line in lines if line.strip().startswith("radio "))
    return [radios.pop(0) if line.strip().startswith("radio ") else line for line in lines]


def faults(page):
    """What is wrong with headings, landmarks and names; nothing if all is well."""
    lines = [line.strip() for line in outline(page)]
    levels = [int(line[7]) for line in lines if line.startswith("heading")]
    navigations = [line for line in lines if line.startswith("navigation")]
    unnamed = (
        r"(link|button|radio|checkbox|textbox|searchbox|combobox|spinbutton|region|navigation)"
    )
    found = [f"no name: {line}" for line in lines if re.fullmatch(unnamed, line)]
    if levels.count(1) != 1:
        found.append(f"{levels.count(1)} headings of the first level")
    found += [f"from level {one} to {other}" for one, other in pairwise(levels) if other > one + 1]
    if lines.count("main") != 1 or lines.count("banner") != 1 or "status" not in lines:
        found.append("a landmark is missing, or there are two of one")
    if len(set(navigations)) < len(navigations):
        found.append(f"of one name: {navigations}")
    return found


def expected(text):
    return text.strip().splitlines()


def test_headings_landmarks_and_names_are_sound_on_every_page(arrive):
    person = arrive(viewport={"width": 1280, "height": 800})
    titles = {}
    for path in PAGES:
        person.go(path)
        assert faults(person.page) == [], path
        titles[path] = person.page.title()
    sign_in(person, "ada")
    for path in OF_AUTHORS:
        person.go(path)
        assert faults(person.page) == [], path
        titles[path] = person.page.title()
    assert len(set(titles.values())) == len(titles), "two pages have one title"


def test_the_frame_is_the_same_everywhere(arrive):
    person = arrive()
    for path in ("/", LESSON, CHECK, "/search/"):
        person.go(path)
        lines = outline(person.page)
        content = lines.index("main") + 1
        after = [line for line in lines[content:] if not line.startswith(" ")]
        assert lines[:content] + after == expected(FRAME), path


@pytest.mark.parametrize(
    ("path", "content"),
    [(LESSON, IN_LESSON), (CHECK, IN_QUESTION), ("/accounts/login/", AT_THE_DOOR)],
    ids=["lesson", "question", "sign in"],
)
def test_what_a_page_holds_in_its_order(arrive, path, content):
    person = arrive()
    person.go(path)
    if path == LESSON:
        # It comes when the worker that keeps pages is ready.
        person.page.get_by_role("button", name="Save for offline").wait_for()
    assert in_main(person.page) == expected(content)


def test_what_a_question_becomes_by_its_answer(arrive):
    person = arrive()
    page = person.page
    person.go(CHECK)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".form-faults:focus").wait_for()
    assert in_main(page) == expected(IN_REFUSAL)
    answer(page, is_right=False)
    person.check()
    page.locator("[data-verdict]:focus").wait_for()
    assert in_main(page) == expected(IN_FEEDBACK)
    person.next()
    go_through(person)
    assert faults(page) == []
    person.go("/review/")
    assert in_main(page) == expected(IN_REVIEW)
