"""Views that are loaded when they are first asked for, and until then take no memory."""

import importlib
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

type View = Callable[..., HttpResponseBase]


def view_at(place: str) -> View:
    """Return the view at ``place``, module and name with a dot between them.

    What Django reads off a view before it is called (``csrf_exempt``) must be said here again.
    """
    module, _dot, name = place.rpartition(".")

    def view(request: HttpRequest, *arguments: object, **options: object) -> HttpResponseBase:
        found: View = getattr(importlib.import_module(module), name)
        return found(request, *arguments, **options)

    return view
