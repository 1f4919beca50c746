from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.test import force_authenticate
from rest_framework.views import APIView


class View(APIView):
    permission_classes = [AllowAny]

    def get(self, _request: HttpRequest) -> Response:
        return Response({})


@pytest.fixture(autouse=True)
def two_a_minute(settings: Settings) -> Iterator[None]:
    settings.THROTTLE_RATE = "2/min"
    cache.clear()
    yield
    cache.clear()


def call(caller: str = "", address: str = "10.0.0.1") -> Response:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    if caller:
        user: Any = SimpleNamespace(name=caller, is_authenticated=True)
        force_authenticate(request, user)
    return View.as_view()(request)


def test_who_calls_too_often_is_told_when_to_come_back() -> None:
    assert [call().status_code for _ in range(3)] == [200, 200, 429]

    response = call()
    assert response.content_type == "application/problem+json"
    assert response.data["code"] == "throttled"
    assert 1 <= int(response["Retry-After"]) <= 60


def test_each_caller_and_each_address_has_its_own_count() -> None:
    for _ in range(2):
        call("billing")

    assert call("billing").status_code == 429
    assert call("web").status_code == 200
    assert call().status_code == 200
    assert call(address="10.0.0.2").status_code == 200


def test_without_a_rate_there_is_no_limit(settings: Settings) -> None:
    settings.THROTTLE_RATE = ""

    assert {call().status_code for _ in range(5)} == {200}
