"""/livez: the process runs. /readyz: it can serve, so its database answers.

A middleware in front of all others, not a view: a probe calls by IP address, without TLS and
without a token, and must meet no host check, redirect, authentication or access log.
"""

import logging
from collections.abc import Callable

from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from platform_kit.problem import problem_response

logger = logging.getLogger(__name__)


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.checks = {"/livez": livez, "/readyz": readyz}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        check = self.checks.get(request.path)
        if check is None or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        response = check(request)
        response["Cache-Control"] = "no-store"
        return response


def livez(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '1s'")
            cursor.execute("SELECT 1")
    except Error as error:
        logger.warning("not ready: %s", error)
        return problem_response(request, 503, "The database does not answer.", code="not_ready")
    return JsonResponse({"status": "ok"})
