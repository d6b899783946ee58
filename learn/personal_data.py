"""A person's own data: all of it as tables for an export, and all of it deleted.

Which tables there are is written down here; ``tests/learn/test_my_data.py`` finds every model that
hangs on a person and fails for one that is missing.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from learn.models import CourseRole, Draft, LessonVisit, MergeRecord, Note, UnclearReport, User
from quizzes import personal_data as engine
from quizzes.personal_data import Section

# A spreadsheet runs what starts so (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMAT_VERSION = 1
# Installed only where SOCIAL_PROVIDERS names some.
SOCIAL_ACCOUNT: str = "socialaccount.SocialAccount"


def sections(user: User) -> list[Section]:
    """Return everything that is kept of ``user``, table by table."""
    place = {"course": "lesson__course__slug", "lesson": "lesson__slug"}
    person = {
        "username": "username",
        "email": "email",
        "name": "first_name",
        "joined_at": "date_joined",
        "last_sign_in_at": "last_login",
        "desired_retention": "desired_retention",
    }
    visit = {"first_at": "first_at", "last_at": "last_at", "read_at": "read_at"}
    note = {
        "section": "anchor",
        "note": "text",
        "bookmarked": "is_bookmarked",
        "created_at": "created_at",
        "changed_at": "changed_at",
    }
    report = {
        "section": "anchor",
        "paragraph": "excerpt",
        "question": "question_key",
        "what": "text",
        "created_at": "created_at",
        "resolved_at": "resolved_at",
    }
    draft = {
        "course": "course__slug",
        "file": "file_name",
        "text": "source",
        "created_at": "created_at",
        "saved_at": "saved_at",
    }
    return [
        Section("person", User.objects.filter(pk=user.pk), person),
        *engine.sections(user),
        Section("lessons", LessonVisit.objects.filter(user=user), place | visit),
        Section("notes", Note.objects.filter(user=user), place | note),
        Section("reports", UnclearReport.objects.filter(user=user), place | report),
        Section("drafts", Draft.objects.filter(author=user), draft),
        Section(
            "course-roles",
            CourseRole.objects.filter(user=user),
            {"course": "course__slug", "role": "role"},
        ),
        *_account_sections(user),
    ]


def _account_sections(user: User) -> list[Section]:
    """Return what the account itself is made of; secrets stay where they are."""
    address = {"address": "email", "verified": "verified", "primary": "primary"}
    factor = {"kind": "type", "created_at": "created_at", "last_used_at": "last_used_at"}
    session = {
        "address": "ip",
        "browser": "user_agent",
        "created_at": "created_at",
        "last_seen_at": "last_seen_at",
    }
    return [
        Section("email-addresses", EmailAddress.objects.filter(user=user), address),
        Section("sign-in-methods", Authenticator.objects.filter(user=user), factor),
        *_elsewhere(user),
        Section("devices", UserSession.objects.filter(user=user), session),
        Section(
            "merged-browsers", MergeRecord.objects.filter(user=user), {"merged_at": "merged_at"}
        ),
    ]


def _elsewhere(user: User) -> list[Section]:
    """Return the accounts on other sites, where signing in with those is set up."""
    if not apps.is_installed("allauth.socialaccount"):
        return []
    accounts = apps.get_model(SOCIAL_ACCOUNT)._default_manager
    columns = {"provider": "provider", "joined_at": "date_joined", "last_sign_in_at": "last_login"}
    return [Section("other-accounts", accounts.filter(user=user), columns)]


def as_json(user: User, *, at: datetime) -> str:
    """Return everything as one JSON object: a list of rows by the name of each table."""
    tables = {section.name: list(section.read()) for section in sections(user)}
    document = {"format": FORMAT_VERSION, "exported_at": at, **tables}
    return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def as_csv_archive(user: User) -> bytes:
    """Return everything as a zip archive with a CSV file for each table that has rows."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for section in sections(user):
            rows = list(section.read())
            if rows:
                files.writestr(f"{section.name}.csv", _csv(section.columns, rows))
    return archive.getvalue()


def _csv(columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> str:
    """Return the rows as CSV that a spreadsheet reads as text and numbers, never as formulas."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def counts(user: User) -> Iterator[tuple[str, int]]:
    """Yield each table that has rows with how many; a query each."""
    for section in sections(user):
        if number := section.rows.count():
            yield section.name, number


def delete_person(user: User) -> None:
    """Delete the person with everything that hangs on them, sessions included.

    What they published as an author stays in the course's history without their name.
    """
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    with transaction.atomic():
        user.delete()
    Session.objects.filter(session_key__in=keys).delete()
