"""The same POST, sent twice with one Idempotency-Key, happens once."""

import io
import uuid
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from platform_kit.idempotency import answering
from platform_kit.idempotency.answering import idempotent
from platform_kit.idempotency.models import IdempotencyKey

pytestmark = pytest.mark.django_db


class View(APIView):
    permission_classes = [AllowAny]
    throttle_classes = []
    happened: list[Any] = []
    fails: Exception | None = None

    @idempotent
    def post(self, request: Request) -> Response:
        self.happened.append(request.data)
        # A row of its own, to see that what fails leaves nothing behind.
        IdempotencyKey.objects.create(
            key=str(uuid.uuid4()),
            principal="made by the view",
            claimed_until=timezone.now(),
            expires_at=timezone.now() + timedelta(days=1),
        )
        if self.fails:
            raise self.fails
        data = {"number": len(self.happened), "id": uuid.UUID(int=7)}
        return Response(data, status=201, headers={"Location": "/things/7", "X-Other": "x"})


@pytest.fixture(autouse=True)
def happened() -> Iterator[list[Any]]:
    View.happened = []
    yield View.happened
    View.fails = None


def post(key: str | None = "k-1", body: Any = None, caller: str = "web") -> Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    request = APIRequestFactory().post("/things", body or {"a": 1}, headers=headers)
    user: Any = SimpleNamespace(name=caller, is_authenticated=True)
    force_authenticate(request, user)
    response = View.as_view()(request)
    response.render()
    return response


def test_the_second_gets_the_answer_of_the_first(happened: list[Any]) -> None:
    first, second = post(), post()

    assert len(happened) == 1
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert second["Location"] == "/things/7"
    assert second["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first


def test_quoted_or_not_it_is_the_same_key(happened: list[Any]) -> None:
    post("k-1")
    post('"k-1"')

    assert len(happened) == 1


@pytest.mark.parametrize(("key", "caller"), [("k-2", "web"), ("k-1", "billing"), (None, "web")])
def test_another_key_another_caller_or_none_is_another_request(
    happened: list[Any], key: str | None, caller: str
) -> None:
    post()
    post(key, caller=caller)

    assert len(happened) == 2


def test_a_key_is_for_one_request() -> None:
    post(body={"a": 1})

    response = post(body={"a": 2})

    assert response.status_code == 422
    assert response.data["code"] == "idempotency_key_reused"


def test_while_the_first_is_answered_the_second_waits() -> None:
    post()
    IdempotencyKey.objects.filter(key="k-1").update(status=None)

    response = post()

    assert response.status_code == 409
    assert response.data["code"] == "idempotency_key_in_flight"
    assert response["Retry-After"] == "1"


def test_what_a_dead_process_left_is_taken_over(happened: list[Any]) -> None:
    post()
    past = timezone.now() - timedelta(seconds=1)
    IdempotencyKey.objects.filter(key="k-1").update(status=None, claimed_until=past)

    assert post().status_code == 201
    assert len(happened) == 2


def test_who_was_too_slow_does_nothing(happened: list[Any]) -> None:
    claimed = answering.claim("k-1", "web", "hash")
    IdempotencyKey.objects.filter(pk=claimed.pk).update(claim=uuid.uuid4())

    with pytest.raises(answering.KeyInFlight):
        answering.keep(claimed, Response({}))


@pytest.mark.parametrize(
    ("error", "status"), [(exceptions.ValidationError("no"), 400), (exceptions.NotFound(), 404)]
)
def test_what_failed_left_nothing_and_may_be_tried_again(
    error: Exception, status: int, happened: list[Any]
) -> None:
    View.fails = error
    assert post().status_code == status
    assert not IdempotencyKey.objects.exists()

    View.fails = None
    assert post().status_code == 201
    assert len(happened) == 2


def test_a_key_that_expired_is_forgotten(happened: list[Any]) -> None:
    past = timezone.now() - timedelta(seconds=1)
    post()
    IdempotencyKey.objects.update(expires_at=past)

    assert post(body={"a": 2}).status_code == 201
    assert len(happened) == 2

    IdempotencyKey.objects.filter(key="k-1").update(expires_at=past)
    output = io.StringIO()
    call_command("forget_idempotency_keys", stdout=output)
    assert not IdempotencyKey.objects.filter(key="k-1").exists()
    assert "deleted" in output.getvalue()


@pytest.mark.parametrize("key", ["", '""', "with space", "x" * 256, "ünï"])
def test_a_key_must_be_short_and_visible(key: str) -> None:
    with pytest.raises(exceptions.ValidationError):
        answering.key_of(key)


def test_anonymous_callers_share_their_keys(happened: list[Any]) -> None:
    post(caller="")
    post(caller="")

    assert len(happened) == 1
    assert str(IdempotencyKey.objects.get(key="k-1")) == "anonymous k-1"
