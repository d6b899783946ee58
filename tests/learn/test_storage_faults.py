"""A database that cannot answer is a 503 with advice, never a success and never a traceback."""

import sqlite3

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from learn.middleware import StorageFaultMiddleware
from learn.storage_faults import storage_fault_of


def fault(name, message="failed"):
    cause = sqlite3.OperationalError(message)
    cause.sqlite_errorname = name
    error = OperationalError(message)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_BUSY", "busy"),
        ("SQLITE_BUSY_SNAPSHOT", "busy"),
        ("SQLITE_FULL", "blocked"),
        ("SQLITE_READONLY", "blocked"),
        ("SQLITE_READONLY_DBMOVED", "blocked"),
        ("SQLITE_IOERR_WRITE", "blocked"),
        ("SQLITE_CORRUPT", "ruined"),
        ("SQLITE_CORRUPT_INDEX", "ruined"),
        ("SQLITE_NOTADB", "ruined"),
        ("SQLITE_ERROR", "unknown"),
        ("", "unknown"),
    ],
)
def test_faults_are_told_apart_by_the_engines_own_names(name, kind):
    assert storage_fault_of(fault(name)) == kind


@pytest.mark.django_db(databases="__all__")
def test_an_answer_that_was_not_saved_is_said_so(client):
    request = RequestFactory().post("/courses/a/b/check/1/")
    response = StorageFaultMiddleware(lambda _: HttpResponse()).process_exception(
        request, fault("SQLITE_FULL")
    )
    assert response.status_code == 503
    assert response["Retry-After"] == "1"
    assert "was not saved" in response.content.decode()


def test_other_errors_are_left_alone():
    request = RequestFactory().get("/")
    middleware = StorageFaultMiddleware(lambda _: HttpResponse())
    assert middleware.process_exception(request, ValueError("x")) is None
