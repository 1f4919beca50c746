"""Logs: one JSON object per line on stdout, each with the id of the request it belongs to.

It imports neither Django nor REST framework: the web server logs before the settings are there.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

# Set while a request is served or a job done; platform_kit/http sends both on with every call.
request_id: ContextVar[str] = ContextVar("request_id", default="")
traceparent: ContextVar[str] = ContextVar("traceparent", default="")

# What a record has by itself; anything beyond was given as `extra`.
KNOWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request_id"}


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get() or "-"
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", "-"),
        }
        if trace := traceparent.get():
            line["trace_id"] = trace.split("-")[1]
        line |= {key: value for key, value in vars(record).items() if key not in KNOWN}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def logging_config(level: str, form: str) -> dict[str, Any]:
    """A `logging.config` dictionary, the same for Django and for the web server."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "platform_kit.logs.RequestIdFilter"}},
        "formatters": {
            "json": {"()": "platform_kit.logs.JsonFormatter"},
            "text": {"format": "%(levelname)-7s %(name)s [%(request_id)s] %(message)s"},
        },
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "json" if form == "json" else "text",
                "filters": ["request_id"],
            }
        },
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            # Django's own handlers would say everything twice; its 4xx lines are in ours.
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
            "gunicorn.error": {"handlers": [], "propagate": True},
            # A line per call at INFO would double ours.
            "httpx": {"level": "WARNING"},
            # It warns of every answer to HEAD, which Django leaves to the server to shorten.
            "gunicorn.http.wsgi": {"level": "ERROR"},
        },
    }
