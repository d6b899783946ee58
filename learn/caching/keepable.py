"""How a view says that its page may be kept."""

from django.http import HttpResponse

KEEPABLE = "is_keepable"


def keepable(response: HttpResponse) -> HttpResponse:
    """Return the response, marked as one whose every cause ``standing_of`` knows."""
    setattr(response, KEEPABLE, True)
    return response


def is_keepable(response: HttpResponse) -> bool:
    """Say whether a view marked the response, and it went well."""
    return response.status_code == 200 and bool(getattr(response, KEEPABLE, False))
