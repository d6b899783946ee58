"""What the workers of the bare project load."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
