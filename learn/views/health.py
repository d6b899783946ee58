"""Whether the site can work, for whoever watches it."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from learn.models import Course
from learn.models.statements import connection_of
from learn.sqlite.disk import RUINED
from learn.storage_faults import tell_operator

logger = logging.getLogger(__name__)


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` when courses can be read and answers can be kept, else 503 and why not."""
    try:
        Course.objects.exists()
        fault = str(connection_of(Course).disk_fault())
        if fault:
            logger.error("The site is not well: %s", fault)
    except DatabaseError as error:
        is_ruined = tell_operator(request.path, error) == "ruined"
        fault = RUINED if is_ruined else "database unavailable"
    status = 503 if fault else 200
    return HttpResponse(f"{fault or 'ok'}\n", status=status, content_type="text/plain")
