"""What the workers of the bare project load."""

import learn.sqlite_engine  # noqa: F401 - before Django, which imports sqlite3

# isort: split
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
