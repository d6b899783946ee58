"""The two bare views: one returns 30 kB, one commits one row."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

PAGE = ("<p>" + "0123456789" * 30 + "</p>\n") * 98
TABLE = "bare"


def page(_request: HttpRequest) -> HttpResponse:
    """Return 30 kB that are there already."""
    return HttpResponse(PAGE)


@csrf_exempt
def insert(_request: HttpRequest) -> HttpResponse:
    """Keep one row; it is committed when the answer leaves."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (said) VALUES ('so it is')")
    return HttpResponse("kept")


urlpatterns = [path("page", page), path("insert", insert)]
