"""A site with something in every corner, for tests that carry one elsewhere."""

from pathlib import Path

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client

from learn.accounts.merging import merge_guest
from learn.drafting import save_draft
from learn.loading import sync_content
from learn.models import Course, Lesson, LessonVisit, Note, User
from learn.releasing import upload_media
from learn.rendering import Renderer
from quizzes.answering import record_answer
from quizzes.answers import Circumstances
from quizzes.beginning import begin_attempt
from tests.factories import DAY, NOW, TERMS

COURSE = "---\ntitle: Sea\n---\n\nAll about it.\n"
LESSON = """\
# Tides

The moon pulls the water: **Gezeiten**, 潮汐, приливы.

| | Spring | Neap |
|---|---|---|
| Moon | full or new | half |

## Knowledge check {.quiz}

### What pulls? {#pulls}

- [x] The moon
  > Right: it is near.
- [ ] The wind
  > It only makes waves.
"""
PICTURE = bytes(range(256)) * 8
PASSWORD = "a long enough password"


def fill(content: Path) -> str:
    """Fill the site and return the cookie of somebody who is signed in."""
    for alias in ("default", "sessions"):
        call_command("migrate", database=alias, verbosity=0)
        call_command("createcachetable", database=alias, verbosity=0)
    folder = content / "sea"
    folder.mkdir(parents=True)
    (folder / "course.md").write_text(COURSE)
    (folder / "01-tides.md").write_text(LESSON)
    with Renderer() as renderer:
        sync_content(content, at=NOW, renderer=renderer)
        make_conflict(folder, renderer)
    ada = User.objects.create_superuser("ada", "ada@example.org", PASSWORD)
    write(ada)
    learn(ada)
    learn(User.objects.create_user("bob", password=PASSWORD))
    forget_a_guest(ada)
    browser = Client()
    browser.force_login(ada)
    return browser.cookies["sessionid"].value


def make_conflict(folder: Path, renderer: Renderer) -> None:
    """Have the same file changed on both sides."""
    lesson = Lesson.objects.get()
    Lesson.objects.filter(pk=lesson.pk).update(folder_digest="0" * 64)
    (folder / "01-tides.md").write_text(LESSON.replace("pulls the water", "lifts the water"))
    sync_content(folder.parent, at=NOW, renderer=renderer)


def write(ada: User) -> None:
    """Leave drafts, pictures, notes and groups."""
    course = Course.objects.get()
    text = "# Waves\n\nNot done.\n"
    save_draft(
        course=course,
        file_name="02-waves.md",
        author=ada,
        source=text,
        base_digest="",
        edition=None,
        at=NOW,
    )
    upload_media(course=course, name="media/moon.png", content=PICTURE, at=NOW)
    Note.objects.create(
        user=ada, lesson=Lesson.objects.get(), text="„moon“\n🌙", created_at=NOW, changed_at=NOW
    )
    group = Group.objects.create(name="writers")
    group.permissions.add(Permission.objects.order_by("-pk")[0])
    ada.groups.add(group)


def learn(user: User) -> None:
    """Read the lesson and answer its question."""
    lesson = Lesson.objects.select_related("course", "live").get()
    LessonVisit.objects.mark_read(user=user, lesson=lesson, at=NOW)
    attempt = begin_attempt(user=user, lesson=lesson, terms=TERMS, seed="s", at=NOW)
    item = attempt.items.select_related("version").get()
    choice = item.version.spec["choices"][user.pk % 2]["id"]
    given = Circumstances()
    fields = {"choice": [choice]}
    record_answer(
        attempt=attempt,
        version=item.version.code,
        fields=fields,
        at=NOW + DAY,
        circumstances=given,
    )


def forget_a_guest(ada: User) -> None:
    """Merge a guest away, whose number was the highest of all and must not be given again."""
    guest = User.objects.guest_for("token")
    merge_guest(guest.pk, into=ada.pk, at=NOW)
