"""Every page type with a course in Arabic: its texts are told apart from the page's own words."""

import re

import pytest
from bs4 import BeautifulSoup
from bs4.element import Comment

from learn.loading import sync_content
from learn.models import Course, CourseRole, Lesson
from quizzes.models import ReviewCard
from tests.factories import NOW, keep_draft, make_learner, write_files

pytestmark = pytest.mark.django_db(databases="__all__")
COURSE = """\
---
title: الماء
summary: ما الماء وما يفعله.
audience: لكل من يشرب الماء.
language: ar
---

مقدمة قصيرة عن الماء.
"""
ICE = """\
---
title: الجليد والبخار
summary: ثلاث حالات لشيء واحد.
objectives:
  - أن تقول ما الجليد
sources:
  - title: كتاب عن الماء
    url: https://example.org/water
---

الماء سائل،[^source] ورمزه واو.

*[واو]: جزيئان

[^source]: [مصدر آخر](https://example.org/other)

## جنبا إلى جنب {#side-by-side}

| الجانب | الجليد | البخار |
|---|---|---|
| الملمس | بارد | ساخن |
| الشكل | شكله | بلا شكل |
| الحركة | ساكن | دائم |
Table: الحالتان {#forms .compare checked=2026-11}

كل ذلك من الحرارة.

## السؤال {#asking}

### هل يطفو الجليد؟ {.question #quick}

- [x] نعم
  > لأنه أخف.
- [ ] لا
  > انظر في الكأس.

## أسئلة الدرس {.quiz}

تمهل في الجواب.

### ما الذي يحفظ شكله؟ {#shape}

> **Hint.** فكر في الصلب.

- [x] ثلج
  > الصلب يحفظ شكله.
- [ ] هواء
  > الغاز يملأ المكان.

### ما اسم هذا؟ {#name .typed}

- [x] تبخر
  > نعم هو.
- [ ] تكاثف
  > هذا عكسه.

### رتب {#order}

1. أولا
   > الأبرد.
2. ثانيا
   > الأدفأ.

### أي حالة لأي شكل؟ {#match}

| الحالة | المثال | Why |
|---|---|---|
| صلب | حجر | له شكل. |
| سائل | زيت | يجري. |

### املأ {#gaps}

يتجمد عند [[صفر]] وقد بدأ.

> **Gap 1.** هكذا المقياس.
"""
STEAM = "---\nsummary: ثان.\n---\n\n# البخار وحده\n\nيصعد البخار عاليا.\n\n[](01-ice.md#forms)\n"
ARABIC, LATIN = re.compile(r"[\u0600-\u06ff]"), re.compile(r"[A-Za-z]{2,}")
# Names of files and addresses, and what a person typed, are in no language or in the person's own.
NO_WORDS = "script, style, code, pre, textarea, input, .note-words, .changes, title"
LESSON, STEAM_LESSON = "/courses/water/ice/", "/courses/water/steam/"
CHECK, DRILL = f"{LESSON}check/", f"{LESSON}drill/forms/"
STUDIO = "/studio/water/"
FILES = ("course.md", "01-ice.md", "02-steam.md")


@pytest.fixture
def water(tmp_path, renderer):
    folder = tmp_path / "content"
    texts = {"course.md": COURSE, "01-ice.md": ICE, "02-steam.md": STEAM}
    write_files(folder, {f"water/{name}": text for name, text in texts.items()})
    report = sync_content(folder, at=NOW, renderer=renderer)
    assert report.is_fine, report.problems
    return Course.objects.get()


def language_around(node):
    return next(each["lang"] for each in node.parents if each.get("lang"))


def untold(response):
    """The texts of a page that are not in the language that they are said to be in."""
    soup = BeautifulSoup(response.content, "html.parser")
    page = soup.body or BeautifulSoup(f'<body lang="en">{response.content.decode()}', "html.parser")
    for left_out in page.select(NO_WORDS):
        left_out.decompose()
    found = []
    for text in page.find_all(string=lambda text: not isinstance(text, Comment)):
        said = language_around(text)
        is_wrong = (ARABIC.search(text) and said != "ar") or (LATIN.search(text) and said == "ar")
        if is_wrong:
            found.append(f"{said}: {text.strip()} in {text.parent}"[:200])
    undirected = page.select("[lang=ar]:not([dir=rtl])")
    found += [f"no direction: {element}"[:200] for element in undirected]
    for name in ("aria-label", "alt", "title"):
        for element in page.select(f"[{name}]"):
            words = str(element[name])
            said = element.get("lang") or language_around(element)
            # A label of both cannot say so, and is read in the language of its beginning.
            if ARABIC.search(words) and said != "ar" and not LATIN.search(words):
                found.append(f"{said}: {name}={words}")
    return found


def form_of(page, **wanted):
    """Where the form of a question leads, and its fields with what is wanted for others."""
    form = BeautifulSoup(page.content, "html.parser").find("form", class_="question")
    hidden = form.find_all("input", type="hidden")
    fields = {str(each["name"]): str(each.get("value", "")) for each in hidden}
    for each in form.find_all("select"):
        fields[str(each["name"])] = str(each.find_all("option")[1]["value"])
    for each in form.find_all("input", type="text"):
        fields[str(each["name"])] = "0"
    if first := form.find("input", type="radio"):
        fields["choice"] = str(first["value"])
    order = [each["value"] for each in form.find_all("input", attrs={"name": "order"})]
    return form["action"], {**fields, **({"order": order[::-1]} if order else {}), **wanted}


class Walk:
    """Somebody who opens pages and keeps what is not told, with where it was."""

    def __init__(self, client):
        self.client, self.faults = client, []

    def look(self, where, response):
        assert response.status_code in {200, 422}, where
        self.faults += [f"{where}: {fault}" for fault in untold(response)]
        return response

    def go(self, *paths):
        for path in paths:
            page = self.look(path, self.client.get(path, follow=True))
        return page

    def send(self, path, fields, **options):
        return self.look(f"POST {path}", self.client.post(path, fields, follow=True, **options))

    def answer_all(self, path):
        """Answer what is asked from an address on until there is a result."""
        for _ in range(20):
            page = self.go(path)
            if b'class="question" method="post"' not in page.content:
                return page
            self.send(*form_of(page))
        raise AssertionError("there was no end")


def test_a_stranger_is_told_the_language_of_every_text(client, water):
    walk = Walk(client)
    walk.go("/", "/courses/water/", LESSON, f"{LESSON}print/", f"{LESSON}notes/", CHECK, DRILL)
    walk.go(f"{LESSON}unclear/", f"{DRILL}?cover=c2", "/search/", "/search/?q=البخار")
    walk.send(f"{CHECK}1/", {**form_of(walk.go(CHECK))[1], "choice": ""})
    walk.send(f"{CHECK}1/", {**form_of(walk.go(CHECK))[1], "hint": "1"})
    assert not walk.faults, "\n".join(walk.faults)


def test_so_is_who_reads_answers_and_practises(client, water):
    walk = Walk(client)
    walk.send(f"{LESSON}read/", {})
    walk.send(f"{LESSON}notes/", {"section": "asking", "text": "Mine", "bookmark": "on"})
    walk.send(f"{LESSON}unclear/", {"passage": "0", "text": "Why?"})
    quick = walk.go(LESSON)
    walk.send(*form_of(quick), headers={"HX-Request": "true"})
    walk.go(f"{CHECK}quick/quick/", "/", "/courses/water/")
    walk.answer_all(CHECK)
    for number in range(1, 7):
        walk.go(f"{CHECK}{number}/")
    walk.send(DRILL, {})
    walk.answer_all(f"{DRILL}1/")
    walk.go(
        LESSON,
        STEAM_LESSON,
        DRILL,
        "/",
        "/courses/water/",
        "/progress/",
        "/progress/history/",
        "/notes/",
    )
    walk.go("/search/?q=الصلب", f"{LESSON}notes/", f"{CHECK}quick/quick/")
    ReviewCard.objects.update(due_at=NOW)
    walk.go("/review/")
    walk.send("/review/", {})
    walk.answer_all("/review/1/")
    walk.go("/review/1/")
    assert not walk.faults, "\n".join(walk.faults)


def test_so_is_who_writes(client, water):
    ada, walk = make_learner("ada"), Walk(client)
    CourseRole.objects.create(user=ada, course=water, role="instructor")
    client.force_login(ada)
    ice = Lesson.objects.get(slug="ice")
    walk.send(f"{LESSON}unclear/", {"passage": "0", "text": "Why?"})
    keep_draft(water, ada, "01-ice.md", f"{ICE}\nمزيد.\n", base_digest=ice.live.digest)
    paths = ["new/", "people/", "reports/", "pictures/", "discard/01-ice.md", "remove/01-ice.md"]
    walk.go("/", "/studio/", *(f"{STUDIO}{path}" for path in paths))
    walk.go(*(f"{STUDIO}{page}/{name}" for page in ("edit", "history") for name in FILES))
    walk.go(f"{STUDIO}answer/01-ice.md?key=shape")
    assert not walk.faults, "\n".join(walk.faults)
