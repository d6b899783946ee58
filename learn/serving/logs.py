"""What the server and the site may say: what matters here, on stderr, in as few lines as do."""

import logging
from http import HTTPStatus
from typing import Any

# Both are advice for setups that this one is not: the workers share one socket, and they are few.
IRRELEVANT = ("tcp_migrate_req", "amount of CPU cores available")


class Relevant(logging.Filter):
    """Leaves out advice that does not apply."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the record is to be written."""
        message = record.getMessage()
        return not any(part in message for part in IRRELEVANT)


class InALine(logging.Filter):
    """Takes the traceback from what Django refuses for safety: anybody can fill a log with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten a record, and have it written."""
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True


class NotTold(logging.Filter):
    """Leaves out Django's line for a 503: whoever answers so has told the reason."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the record is to be written."""
        return getattr(record, "status_code", 0) != HTTPStatus.SERVICE_UNAVAILABLE


SERVER_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s server %(message)s"}},
    "filters": {"relevant": {"()": "learn.serving.logs.Relevant"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["relevant"],
            "stream": "ext://sys.stderr",
        }
    },
    "loggers": {"_granian": {"handlers": ["console"], "propagate": False}},
}
