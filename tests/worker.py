"""A test client whose requests come in as the web server hands them to one of its workers."""

from http.cookies import SimpleCookie
from typing import Any
from wsgiref.types import WSGIApplication, WSGIEnvironment

from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test.client import Client, ClientHandler


class WorkerClient(Client):
    """Django's client at a whole WSGI application: nothing is let through that a browser has not.

    Responses have no context and no templates: they are what goes over the wire.
    """

    def __init__(self, application: WSGIApplication) -> None:
        super().__init__()
        self.handler = _Handler(application)


class _Handler(ClientHandler):
    def __init__(self, application: WSGIApplication) -> None:
        super().__init__()
        self.application = application

    def __call__(self, environ: WSGIEnvironment) -> Any:
        response: Any = HttpResponse()
        del response.headers["Content-Type"]

        def respond(status: str, headers: list[tuple[str, str]], *_error: object) -> Any:
            response.status_code = int(status[:3])
            for name, value in headers:
                if name == "Set-Cookie":
                    response.cookies.update(SimpleCookie(value))
                else:
                    response.headers[name] = value

        # The test's transaction goes on.
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        try:
            body = self.application(environ, respond)
            response.content = b"".join(body)
            if hasattr(body, "close"):
                body.close()
        finally:
            request_started.connect(close_old_connections)
            request_finished.connect(close_old_connections)
        response.wsgi_request = WSGIRequest(environ)
        return response
