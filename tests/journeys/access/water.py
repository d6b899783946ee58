"""A small site with one of everything that a page can hold, for the tests of accessibility."""

import sqlite3
import subprocess
import sys
from contextlib import closing

from tests.journeys.kinds_course import LESSON as EVERY_KIND
from tests.serving.site import ROOT, Site

COURSE = "/courses/water/"
LESSON = f"{COURSE}ice/"
CHECK = f"{LESSON}check/"
KINDS_LESSON = f"{COURSE}kinds/"
KINDS_CHECK = f"{KINDS_LESSON}check/"
KINDS = ["one", "all", "typed", "number", "order", "match", "sort", "gaps"]
DRILL = f"{LESSON}drill/forms/"
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
PEOPLE = """
import django
django.setup()
from django.utils import timezone
from learn.models import Course, CourseRole, Draft, FileConflict, Lesson, UnclearReport, User
now = timezone.now()
course = Course.objects.get()
for name, role in (("ada", "instructor"), ("ben", "author"), ("cleo", "")):
    user = User.objects.create_user(name, f"{name}@example.com", "PASSWORD")
    if role:
        CourseRole.objects.create(user=user, course=course, role=role)
ada, ben, cleo = User.objects.order_by("pk")
ice = Lesson.objects.get(slug="ice")
broken = "# Broken\\n\\n## Check {.quiz}\\n\\n### What?\\n\\n- [ ] a\\n- [ ] b\\n"
Draft.objects.create(course=course, file_name="09-broken.md", author=ada, source=broken,
                     created_at=now, saved_at=now)
Draft.objects.create(course=course, file_name="01-ice.md", author=ben, base_digest=ice.live.digest,
                     source=ice.live.source + "More.", created_at=now, saved_at=now)
FileConflict.objects.create(course=course, file_name="03-sure.md", base_digest="", found_at=now,
                            folder_source="# How sure?\\n\\nFrom the folder.\\n", folder_digest="x")
UnclearReport.objects.create(user=cleo, lesson=ice, anchor="side-by-side", excerpt="It comes down",
                             text="Why?", created_at=now)
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
    course.mkdir(parents=True)
    for name, text in {
        "course.md": COURSE_FILE,
        "01-ice.md": ICE,
        "02-kinds.md": EVERY_KIND,
        "03-sure.md": SURE,
    }.items():
        (course / name).write_text(text)
    return Site(folder / "var", folder / "content", "--workers", "1", has_static_files=True)


def add_people(site):
    """Make ada, an instructor with a broken draft, ben, an author, and cleo, who has no role."""
    script = PEOPLE.replace("PASSWORD", PASSWORD)
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=site.environment, check=True)


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


def answer_rightly(page, kind):
    """Fill in the form of a question of the kind as somebody who knows."""
    if kind in {"one", "all"}:
        page.get_by_label("This", exact=True).check()
    if kind == "all":
        page.get_by_label("This too", exact=True).check()
    if kind == "typed":
        page.get_by_label("Your answer").fill("Evaporation")
    if kind == "number":
        page.get_by_label("Your number").fill("0.25 h")
    if kind == "order":
        arrange(page, ["Ice", "Water", "Steam"])
    if kind == "match":
        choose(page, {"solid": "ice", "liquid": "water"})
    if kind == "sort":
        choose(page, {"cold": "Ice", "hot": "Steam", "own": "Ice", "none": "Steam"})
    if kind == "gaps":
        page.get_by_label("Gap 1").fill("zero")
        page.get_by_label("Gap 2").fill("100")


def answer_wrongly(page, kind):
    """Fill in the form of a question of the kind as somebody who does not; in part where it can."""
    if kind == "one":
        page.get_by_label("That", exact=True).check()
    if kind == "all":
        page.get_by_label("This", exact=True).check()
        page.get_by_label("That", exact=True).check()
    if kind == "typed":
        page.get_by_label("Your answer").fill("condensation")
    if kind == "number":
        page.get_by_label("Your number").fill("15 s")
    if kind == "order":
        arrange(page, ["Steam", "Ice", "Water"])
    if kind == "match":
        choose(page, {"solid": "water", "liquid": "ice"})
    if kind == "sort":
        choose(page, {"cold": "Ice", "hot": "Ice", "own": "Ice", "none": "Ice"})
    if kind == "gaps":
        page.get_by_label("Gap 1").fill("zero")
        page.get_by_label("Gap 2").fill("7")


def choose(page, pairs):
    for name, option in pairs.items():
        page.get_by_label(name).select_option(label=option)


def arrange(page, wanted):
    """Move items up until they stand as wanted, by their buttons."""
    for place, name in enumerate(wanted):
        for _ in range(5):
            names = page.locator(".arranging li > span:nth-child(2)").all_inner_texts()
            if names.index(name) <= place:
                break
            page.get_by_role("button", name=f"Move up: {name}").click()


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


def sign_in(person, name):
    page = person.page
    person.go("/accounts/login/?next=/accounts/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{person.site}/accounts/")
