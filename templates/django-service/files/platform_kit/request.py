"""For every request: one id, in its log lines and its response; one log line; a size limit."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from platform_kit.logs import request_id, traceparent
from platform_kit.problem import problem_response

logger = logging.getLogger("request")

HEADER = "X-Request-ID"
# An id from outside is kept, so that one id runs through all services; anything odd is replaced.
ACCEPTED = re.compile(r"[A-Za-z0-9-]{8,64}")
# W3C Trace Context: the caller's trace goes on in the calls that we make.
TRACE = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


class RequestMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        own = given if ACCEPTED.fullmatch(given) else str(uuid.uuid4())
        token = request_id.set(own)
        trace = request.headers.get("traceparent", "")
        trace_token = traceparent.set(trace if TRACE.fullmatch(trace) else "")
        started = time.perf_counter()
        try:
            response = self.limit(request) or self.get_response(request)
            response[HEADER] = own
            logger.info(
                "%s %s %s",
                request.method,
                request.path,
                response.status_code,
                extra={
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                    "caller": getattr(request, "caller", ""),
                },
            )
            return response
        finally:
            request_id.reset(token)
            traceparent.reset(trace_token)

    def limit(self, request: HttpRequest) -> HttpResponse | None:
        """Refuses a body above the limit: REST framework reads bodies past Django's own check."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return None
        detail = f"A body may have {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes at most."
        return problem_response(request, 413, detail, code="body_too_large")
