"""What the web server's workers load."""

import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils.module_loading import import_string

from learn.serving.one_at_a_time import OneAtATime
from learn.sqlite import log

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learn.settings")
application: WSGIApplication = get_wsgi_application()
# By name: it imports models, which are there only now.
application = import_string("learn.serving.short_way.ShortWay")(application)
if connection.vendor == "sqlite":
    # A server that is elsewhere is waited for: then another request may have its turn.
    one_at_a_time = OneAtATime(application)
    log.meanwhile.append(one_at_a_time.step_aside)
    application = one_at_a_time
if not (settings.DEBUG or settings.WATCHES):
    application = import_string("learn.caching.front.KeptPages")(application)
