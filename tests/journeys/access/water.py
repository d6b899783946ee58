"""A small site with one of everything that a page can hold, for the tests of accessibility."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

from tests.journeys.kinds_course import LESSON as EVERY_KIND
from tests.serving.earlier import site_without_content
from tests.serving.site import ROOT, Site

COURSE = "/courses/water/"
LESSON = f"{COURSE}ice/"
CHECK = f"{LESSON}check/"
KINDS_LESSON = f"{COURSE}kinds/"
KINDS_CHECK = f"{KINDS_LESSON}check/"
EXAM_LESSON = f"{COURSE}exam/"
EXAM_CHECK = f"{EXAM_LESSON}check/"
DRILL = f"{LESSON}drill/forms/"
PICTURE = "media/drop.svg"
SPARE = "media/spare.svg"
PASSWORD = "correct horse battery"

COURSE_FILE = """\
---
title: Water
summary: What water is and does.
audience: Everybody who drinks it.
status: published
---

An introduction with a [link](01-ice.md).
"""
ICE = """\
---
title: Ice and steam
summary: Three forms of one thing.
objectives:
  - Say what ice is
sources:
  - title: A book on water
    url: https://example.org/water
---

Water is a *liquid* at room temperature, as H2O with a `code` and a [link](02-kinds.md).

*[H2O]: two parts hydrogen, one part oxygen

> [!NOTE]
> Ice floats.

## Side by side

| Aspect | Ice | Steam |
|---|---|---|
| Feels | cold | hot |
| Shape | its own | none |
| Weight of a litre | 0.92 kg | 0.6 g |
| Moves | never | always |
| Seen | yes | no |
| Made of | water | water |
Table: Forms {#forms .compare}

It comes down to heat.

## Which to choose

| When you | Choose |
|---|---|
| want to skate | ice |
| want to cook dumplings | steam |
Table: Choices {#choices .decide}

## Code

```python
water = freeze(water, degrees=0, and_a_long_line_that_scrolls_sideways_on_a_phone=True)
```

## Knowledge check {.quiz}

### Which form keeps its shape? {#shape}

- [x] Ice
  > It is solid, so it keeps its shape.
- [ ] Steam
  > It fills whatever room it is given.
- [ ] Water
  > It takes the shape of the glass.

### Which form is the hottest? {#hottest}

- [x] Steam
  > It begins where water boils.
- [ ] Ice
  > It is the coldest of the three.
- [ ] Water
  > It lies in between.
"""
SURE = """\
# How sure?

## Knowledge check {.quiz certainty=on}

### Does ice float? {#float}

- [x] Yes
  > It is lighter than water.
- [ ] No
  > Look into a glass.
"""
EXAM = """\
# An exam

## Knowledge check {.quiz feedback=end}

Close the book.

### Does steam rise? {#rise}

- [x] Yes
  > It is lighter than air.
- [ ] No
  > Look at a kettle.

### Which is heavier? {#heavier}

- [x] Water
  > Ice floats on it.
- [ ] Ice
  > It floats.
"""
DROP = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18"/></svg>
"""
KNOWN = {"Which form keeps its shape?": "Ice", "Which form is the hottest?": "Steam"}
MOVED = {
    "quizzes_reviewcard": ["due_at", "first_at", "last_at"],
    "quizzes_response": ["answered_at"],
    "quizzes_attempt": ["started_at", "finished_at"],
}


def begin(folder):
    """Return the site, not yet started."""
    course = folder / "content" / "water"
    (course / "media").mkdir(parents=True)
    for name, text in {
        "course.md": COURSE_FILE,
        "01-ice.md": ICE,
        "02-kinds.md": EVERY_KIND,
        "03-sure.md": SURE,
        "04-exam.md": EXAM,
        PICTURE: DROP,
        SPARE: DROP,
    }.items():
        (course / name).write_text(text)
    return Site(folder / "var", folder / "content", "--workers", "1", like=site_without_content)


def add_people(site):
    """Make the people of ``people.py``; return pages that the site lacks, by their addresses."""
    command = [sys.executable, "-m", "tests.with_django", "tests.journeys.access.people"]
    environment = {**site.environment, "CHECKMARK_CONTENT": str(site.content)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout)


def let_days_pass(site, days):
    """Make all that was answered older, so that reviews become due."""
    with closing(sqlite3.connect(site.var / "checkmark.sqlite3", timeout=30)) as database:
        for table, columns in MOVED.items():
            sets = ", ".join(
                f"{name} = strftime('%Y-%m-%d %H:%M:%f000', {name}, '-{days} days')"
                for name in columns
            )
            database.execute(f"UPDATE {table} SET {sets}")
        database.commit()


def answer(page, *, is_right=True):
    """Fill in the form of whatever question of the first lesson or its table is asked."""
    stem = page.locator(".stem").first.inner_text()
    if stem in KNOWN:
        page.get_by_label(KNOWN[stem] if is_right else "Water", exact=True).check()
    else:
        page.locator("input[name=choice]").first.check()


def go_through(person):
    """Answer what is asked until there is a result: rightly if it is of the first lesson."""
    page = person.page
    for _ in range(40):
        if page.locator("form.question").count():
            answer(page)
            person.check()
        page.locator("[data-verdict]").first.wait_for()
        result = page.get_by_role("link", name="See the result")
        if result.count():
            result.click()
            page.locator("h1.result-sentence").wait_for()
            return
        person.next()
    raise AssertionError("there was no end")


def sign_in(person, name, page=None):
    page = page or person.page
    page.goto(f"{person.site}/accounts/login/?next=/accounts/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{person.site}/accounts/")


def newest_mail(site, wanted):
    """Return the line of the newest mail that is as wanted."""
    newest = max((site.var / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    return re.search(wanted, newest.read_text(), re.MULTILINE)[0]
