"""Every error is a problem document, whoever raised it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.test import Client, RequestFactory
from rest_framework.request import Request
from rest_framework.test import APIClient

from platform_kit import problem


def handled(error: Exception) -> Any:
    request = Request(RequestFactory().get("/api/v1/items"))
    response = problem.exception_handler(error, {"request": request, "view": None})
    assert response is not None
    assert response.content_type == "application/problem+json"
    return response.data


def test_an_invalid_body_names_each_field(api: APIClient) -> None:
    response = api.post("/api/v1/items", {"name": "", "note": "x" * 2001})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["title"] == "Bad Request"
    assert body["code"] == "invalid"
    assert body["instance"] == "/api/v1/items"
    assert body["request_id"] == response["X-Request-ID"]
    assert [(error["pointer"], error["code"]) for error in body["errors"]] == [
        ("/name", "blank"),
        ("/note", "max_length"),
    ]


def test_a_body_that_is_not_json(api: APIClient) -> None:
    response = api.post("/api/v1/items", "{", content_type="application/json")

    assert response.status_code == 400
    assert response.json()["code"] == "parse_error"


def test_a_body_that_is_no_object(api: APIClient) -> None:
    response = api.post("/api/v1/items", "[]", content_type="application/json")

    assert response.json()["errors"][0]["pointer"] == ""


def test_a_body_that_is_too_large(api: APIClient) -> None:
    response = api.post("/api/v1/items", {"name": "x" * 2_000_000})

    assert response.status_code == 413
    assert response.json()["code"] == "body_too_large"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (OperationalError("gone"), 503, "unavailable"),
    ],
)
def test_what_django_raises_in_a_view(error: Exception, status: int, code: str) -> None:
    body = handled(error)

    assert (body["status"], body["code"]) == (status, code)


def test_unavailable_says_when_to_try_again() -> None:
    request = Request(RequestFactory().get("/"))
    response = problem.exception_handler(OperationalError(), {"request": request, "view": None})

    assert response is not None
    assert response["Retry-After"] == "5"


def test_a_bug_is_left_to_django() -> None:
    request = Request(RequestFactory().get("/"))

    assert problem.exception_handler(KeyError(), {"request": request, "view": None}) is None


def test_an_unknown_address(client: Client) -> None:
    response = client.get("/nowhere/ü")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["instance"] == "/nowhere/%C3%BC"


def test_an_unknown_host(client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert response.json()["code"] == "bad_request"


def test_a_bug_answers_500(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr("config.views.render", broken)

    response = client.get("/")

    assert response.status_code == 500
    assert response.json()["code"] == "server_error"


def test_django_refusals() -> None:
    response = problem.permission_denied(RequestFactory().get("/"), PermissionDenied())

    assert response.status_code == 403


def test_nested_errors_have_pointers() -> None:
    message = {"message": "Wrong.", "code": "wrong"}
    details = {"lines": [{}, {"a/b~c": [message]}], "non_field_errors": [message]}

    found = [error["pointer"] for error in problem.field_errors(details, "")]

    assert found == ["/lines/1/a~1b~0c", ""]
