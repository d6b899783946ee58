"""Uploads are rows of the database: every application host has them."""

import importlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from learn.models import MediaFile, StoredFile
from learn.releasing import upload_media
from learn.storage import sweep_files
from tests.factories import DAY, NOW, make_course

pytestmark = pytest.mark.django_db

CONTENT = bytes(range(256))
migration = importlib.import_module("learn.migrations.0006_stored_files")


def test_what_is_saved_is_read_back_byte_for_byte():
    assert default_storage.save("sea/d.png", ContentFile(CONTENT)) == "sea/d.png"
    with default_storage.open("sea/d.png") as file:
        assert file.read() == CONTENT
    assert default_storage.exists("sea/d.png")
    assert default_storage.size("sea/d.png") == len(CONTENT)


def test_a_name_that_is_there_keeps_its_place():
    default_storage.save("sea/d.png", ContentFile(b"first"))
    assert default_storage.save("sea/d.png", ContentFile(b"second")) == "sea/d.png"
    assert bytes(StoredFile.objects.get().content) == b"second"


def test_what_is_not_there_is_said_so():
    default_storage.save("sea/d.png", ContentFile(CONTENT))
    default_storage.delete("sea/d.png")
    default_storage.delete("sea/d.png")
    assert not default_storage.exists("sea/d.png")
    with pytest.raises(FileNotFoundError):
        default_storage.open("sea/d.png")


def test_a_picture_goes_with_the_transaction_that_published_it():
    row = MediaFile(course=make_course(), path="media/x.svg", digest="d" * 64)
    with transaction.atomic():
        row.file.save("animals/d.svg", ContentFile(b"<svg/>"))
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()


def test_a_replaced_picture_rests_a_day_and_goes():
    course = make_course()

    def upload(content, at):
        upload_media(course=course, name="media/x.svg", content=content, at=at)
        return {bytes(row.content) for row in StoredFile.objects.all()}

    upload(b"<svg id='1'/>", NOW)
    both = {b"<svg id='1'/>", b"<svg id='2'/>"}
    assert upload(b"<svg id='2'/>", NOW) == both
    sweep_files(at=NOW + DAY)
    assert upload(b"<svg id='2'/>", NOW + DAY) == both
    assert upload(b"<svg id='2'/>", NOW + DAY + timedelta(seconds=1)) == {b"<svg id='2'/>"}


def test_a_picture_that_comes_back_rests_anew_when_it_is_replaced_again():
    course, second = make_course(), timedelta(seconds=1)
    for day, name in enumerate(["1", "2", "1", "2"]):
        content = f"<svg id='{name}'/>".encode()
        upload_media(course=course, name="media/x.svg", content=content, at=NOW + day * DAY / 2)
    sweep_files(at=NOW + 2 * DAY)
    assert StoredFile.objects.count() == 2
    sweep_files(at=NOW + 2.5 * DAY + second)
    assert StoredFile.objects.get().name == MediaFile.objects.get().file.name


def test_nothing_to_sweep_writes_nothing(django_assert_num_queries):
    upload_media(course=make_course(), name="media/x.svg", content=b"<svg/>", at=NOW)
    with django_assert_num_queries(2):
        sweep_files(at=NOW + 9 * DAY)
    assert StoredFile.objects.exists()


def test_pictures_of_an_older_site_are_brought_in(tmp_path, monkeypatch):
    course = make_course()
    for path, name in (("a.png", "sea/a.png"), ("b.png", "sea/a.png"), ("c.png", "sea/gone.png")):
        MediaFile.objects.create(course=course, path=path, digest="d", file=name)
    (tmp_path / "media" / "sea").mkdir(parents=True)
    (tmp_path / "media" / "sea" / "a.png").write_bytes(CONTENT)
    monkeypatch.setattr(settings, "CHECKMARK_VAR", tmp_path)
    migration.bring_in(apps, SimpleNamespace(connection=connection))
    assert [bytes(row.content) for row in StoredFile.objects.all()] == [CONTENT]
    assert (tmp_path / "media" / "sea" / "a.png").exists()
