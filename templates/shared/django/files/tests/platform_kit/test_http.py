"""Calls to other services: what is repeated, what is not, and what a caller is told."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from platform_kit import logs
from platform_kit.http import (
    BadAnswer,
    CircuitBreaker,
    CircuitOpen,
    Conflict,
    DeadlineExceeded,
    Invalid,
    NotAllowed,
    NotFound,
    Policy,
    Problem,
    ProblemAnswer,
    RetryBudget,
    ServerFailed,
    ServiceClient,
    TooManyRequests,
    Unreachable,
)
from platform_kit.http.client import retry_after

Reply = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Other:
    """The other service: answers from a list, keeps what it was asked, and owns the time."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[httpx.Request] = []
        self.time_outs: list[dict[str, float]] = []
        self.waits: list[float] = []
        self.now = 100.0

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        self.time_outs.append(request.extensions["timeout"])
        reply = self.replies.pop(0) if self.replies else httpx.Response(200, json={"ok": True})
        if isinstance(reply, Exception):
            raise reply
        return reply(request) if callable(reply) else reply

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def client(self, **options: Any) -> ServiceClient:
        return ServiceClient(
            "billing",
            "http://billing.test",
            transport=httpx.MockTransport(self.handle),
            clock=lambda: self.now,
            sleep=self.sleep,
            **options,
        )


def test_an_answer_is_read_as_json() -> None:
    other = Other(httpx.Response(200, json={"id": 7}), httpx.Response(204))
    client = other.client(token="s3cret")

    assert client.get("/api/v1/invoices", {"page_size": 2}) == {"id": 7}
    assert client.delete("/api/v1/invoices/7") is None

    assert str(other.asked[0].url) == "http://billing.test/api/v1/invoices?page_size=2"
    assert other.asked[0].headers["Authorization"] == "Bearer s3cret"


def test_the_request_id_and_the_trace_go_along() -> None:
    other = Other()
    trace = f"00-{'a' * 32}-{'b' * 16}-01"
    tokens = logs.request_id.set("abc-12345678"), logs.traceparent.set(trace)
    try:
        other.client().get("/")
    finally:
        logs.request_id.reset(tokens[0])
        logs.traceparent.reset(tokens[1])
    other.client().get("/")

    assert other.asked[0].headers["X-Request-ID"] == "abc-12345678"
    assert other.asked[0].headers["traceparent"] == trace
    assert "X-Request-ID" not in other.asked[1].headers


@pytest.mark.parametrize("failure", [httpx.ConnectError("refused"), httpx.ReadTimeout("")])
def test_a_broken_connection_is_tried_again(failure: Exception) -> None:
    other = Other(failure, failure)

    assert other.client().get("/") == {"ok": True}
    assert len(other.waits) == 2
    assert 0 <= other.waits[0] <= 0.1
    assert 0 <= other.waits[1] <= 0.2


def test_it_gives_up_after_three_attempts() -> None:
    other = Other(*[httpx.ConnectError("refused")] * 9)

    with pytest.raises(Unreachable, match="billing GET /items: refused") as raised:
        other.client().get("/items")

    assert raised.value.attempts == len(other.asked) == 3


@pytest.mark.parametrize("method", ["post", "patch"])
def test_what_may_not_be_repeated_is_not(method: str) -> None:
    other = Other(httpx.ConnectError("refused"))

    with pytest.raises(Unreachable):
        getattr(other.client(), method)("/", {"a": 1})

    assert len(other.asked) == 1


@pytest.mark.parametrize("method", ["post", "patch"])
def test_an_idempotency_key_lets_it_be_repeated(method: str) -> None:
    other = Other(httpx.Response(503))

    getattr(other.client(), method)("/", {"a": 1}, idempotency_key="order-7")

    assert [one.headers["Idempotency-Key"] for one in other.asked] == ["order-7", "order-7"]
    assert [one.content for one in other.asked] == [b'{"a":1}', b'{"a":1}']


def test_put_is_repeated() -> None:
    other = Other(httpx.Response(502))

    assert other.client().put("/", {"a": 1}) == {"ok": True}


def test_retry_after_is_kept_to() -> None:
    other = Other(httpx.Response(429, headers={"Retry-After": "2"}))

    assert other.client().get("/") == {"ok": True}
    assert other.waits == [2.0]


def test_waiting_beyond_the_deadline_is_not_worth_it() -> None:
    other = Other(httpx.Response(429, headers={"Retry-After": "60"}))

    with pytest.raises(TooManyRequests) as raised:
        other.client().get("/")

    assert raised.value.retry_after == 60.0
    assert other.waits == []


def test_time_outs_shrink_with_what_is_left() -> None:
    other = Other(httpx.Response(503, headers={"Retry-After": "3"}))

    other.client(policy=Policy(deadline=5.0, read=4.0)).get("/")

    first, second = other.time_outs
    assert (first["connect"], first["read"]) == (1.0, 4.0)
    assert (second["connect"], second["read"]) == (1.0, 2.0)


def test_the_deadline_holds_while_an_answer_trickles_in() -> None:
    other = Other()

    def pieces() -> Iterator[bytes]:
        while True:
            other.now += 1.0
            yield b" "

    other.replies.append(lambda _: httpx.Response(200, content=pieces()))

    with pytest.raises(DeadlineExceeded, match=r"within 5\.0 s"):
        other.client().get("/")

    assert len(other.asked) == 1


def test_a_time_out_at_the_deadline_is_the_deadline() -> None:
    other = Other()

    def hang(_: httpx.Request) -> httpx.Response:
        other.now += 5.0
        raise httpx.ReadTimeout("timed out")

    other.replies.append(hang)

    with pytest.raises(DeadlineExceeded):
        other.client().get("/")


def test_the_budget_ends_retries_for_all() -> None:
    budget = RetryBudget(ratio=0.25, reserve=1.0)
    other = Other(*[httpx.Response(503)] * 3)
    client = other.client(budget=budget)

    with pytest.raises(ServerFailed):
        client.get("/")

    assert len(other.asked) == 2
    for _ in range(4):
        budget.called()
    assert budget.take()
    assert not budget.take()


def test_the_breaker_opens_tries_once_and_closes() -> None:
    other = Other(*[httpx.Response(500)] * 3, httpx.Response(200), httpx.Response(200))
    breaker = CircuitBreaker(failures=2, open_for=15.0, clock=lambda: other.now)
    client = other.client(breaker=breaker)

    for _ in range(2):
        with pytest.raises(ServerFailed):
            client.get("/")
    with pytest.raises(CircuitOpen) as raised:
        client.get("/")
    assert raised.value.retry_after == 15.0
    assert len(other.asked) == 2

    other.now += 15.0
    with pytest.raises(ServerFailed):
        client.get("/")
    with pytest.raises(CircuitOpen):
        client.get("/")

    other.now += 15.0
    assert client.get("/") is None
    assert client.get("/") is None


def test_only_one_call_tries_an_open_breaker() -> None:
    breaker = CircuitBreaker(failures=1, open_for=10.0, clock=lambda: now)
    now = 0.0
    breaker.failure()

    now = 10.0
    assert [breaker.wait(), breaker.wait()] == [0.0, 10.0]
    now = 20.0
    assert breaker.wait() == 0.0


def test_unreachable_opens_the_breaker_too() -> None:
    other = Other(httpx.ConnectError("refused"))
    client = other.client(breaker=CircuitBreaker(failures=1, clock=lambda: other.now))

    with pytest.raises(CircuitOpen):
        client.get("/")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Invalid),
        (401, NotAllowed),
        (403, NotAllowed),
        (404, NotFound),
        (409, Conflict),
        (418, ProblemAnswer),
        (422, Invalid),
        (501, ServerFailed),
    ],
)
def test_each_error_has_a_type(status: int, kind: type[ProblemAnswer]) -> None:
    document = {"detail": "Wrong.", "code": "wrong", "request_id": "r-1", "errors": [{"a": 1}, 2]}
    other = Other(httpx.Response(status, json=document))

    with pytest.raises(ProblemAnswer, match=f"{status}, Wrong.") as raised:
        other.client().get("/")

    assert type(raised.value) is kind
    problem = raised.value.problem
    assert (problem.status, problem.code, problem.request_id) == (status, "wrong", "r-1")
    assert problem.errors == ({"a": 1},)
    assert raised.value.attempts == 1


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"title": 7, "errors": 7}', b""])
def test_an_error_that_is_no_problem_document(body: bytes) -> None:
    other = Other(httpx.Response(404, content=body))

    with pytest.raises(NotFound) as raised:
        other.client().get("/")

    assert raised.value.problem == Problem(404)


def test_a_redirect_is_not_followed() -> None:
    other = Other(httpx.Response(302, headers={"Location": "http://elsewhere.test/"}))

    with pytest.raises(ProblemAnswer):
        other.client().get("/")


def test_an_answer_that_is_no_json_or_too_large_is_refused() -> None:
    other = Other(httpx.Response(200, content=b"<html>"), httpx.Response(200, content=b"1" * 99))
    client = other.client(policy=Policy(max_bytes=50))

    for why in ("no JSON", "too large"):
        with pytest.raises(BadAnswer, match=why):
            client.get("/")


def test_retry_after_is_a_number_or_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)

    assert retry_after(httpx.Headers({"Retry-After": "120"})) == 120.0
    assert 590 <= (retry_after(httpx.Headers({"Retry-After": soon})) or 0) <= 600
    assert retry_after(httpx.Headers({"Retry-After": "soon"})) is None
    assert retry_after(httpx.Headers()) is None
