"""A form of an account that is refused says so to machines, too, as the site's own forms do."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


class RefusedFormMiddleware:
    """Answers with 422 where allauth shows a form again because something is wrong in it.

    allauth answers such a form with 200, which says that all went well. Its views are the only
    ones whose pages are rendered so late that this is asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """Change the status of a page with a refused form, and nothing else of it."""
        shown = (response.context_data or {}).values()
        is_refused = any(isinstance(one, BaseForm) and one.errors for one in shown)
        if request.method == "POST" and response.status_code == 200 and is_refused:
            response.status_code = 422
        return response
