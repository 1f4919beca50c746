"""Errors as problem documents (RFC 9457), whoever raised them: REST framework, Django or a bug."""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as rest_exception_handler

from platform_kit.logs import request_id

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"


def problem(request: HttpRequest, status: int, detail: str, code: str) -> dict[str, Any]:
    """The members of a problem: `code` is for programs and stays, `detail` is for people."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": escape_uri_path(request.path),
        "code": code,
        "request_id": request_id.get(),
    }


def problem_response(request: HttpRequest, status: int, detail: str, *, code: str) -> JsonResponse:
    return JsonResponse(
        problem(request, status, detail, code), status=status, content_type=CONTENT_TYPE
    )


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's EXCEPTION_HANDLER. None means a bug: Django logs it and answers 500."""
    request = context["request"]._request
    if isinstance(error, OperationalError):
        # The database is away or too slow. The caller may try again; we want to know.
        logger.error("database unavailable", exc_info=error)
        error = Unavailable()
    elif isinstance(error, Http404):
        error = exceptions.NotFound("Nothing is here.")
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    response = rest_exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return None
    if isinstance(error, exceptions.ValidationError):
        body = problem(request, response.status_code, "The request is not valid.", "invalid")
        body["errors"] = list(field_errors(error.get_full_details(), ""))
    else:
        body = problem(request, response.status_code, str(error.detail), error.default_code)
    response.data = body
    response.content_type = CONTENT_TYPE
    return response


class Unavailable(exceptions.APIException):
    status_code = 503
    default_detail = "The service cannot reach its database. Try again in a moment."
    default_code = "unavailable"
    wait = 5  # Becomes Retry-After, in seconds.


def field_errors(details: Any, pointer: str) -> Iterator[dict[str, str]]:
    """One entry per message, each with the JSON pointer (RFC 6901) of what it is about."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"pointer": pointer, "code": details["code"], "detail": str(details["message"])}
    elif isinstance(details, dict):
        for key, value in details.items():
            here = "" if key == "non_field_errors" else f"/{escape(str(key))}"
            yield from field_errors(value, pointer + here)
    else:
        nested = any(set(item) != {"message", "code"} for item in details)
        for index, item in enumerate(details):
            yield from field_errors(item, f"{pointer}/{index}" if nested else pointer)


def escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


# --- What Django calls outside REST framework: handler400 … handler500 of config/urls.py ---------


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    return problem_response(request, 400, "The request is malformed.", code="bad_request")


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    return problem_response(request, 403, "This is not allowed.", code="permission_denied")


def page_not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    return problem_response(request, 404, "Nothing is here.", code="not_found")


def server_error(request: HttpRequest) -> JsonResponse:
    detail = "The service failed. It was logged under this request_id."
    return problem_response(request, 500, detail, code="server_error")
