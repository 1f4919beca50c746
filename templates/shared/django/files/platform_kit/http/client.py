"""The base of a client for one other service.

    class Billing(ServiceClient):
        def invoice(self, id: str) -> Invoice:
            return Invoice(**self.get(f"/api/v1/invoices/{id}"))

    billing = Billing("billing", env("BILLING_URL"), token=env("BILLING_TOKEN", default=""))

Make one per service and process and keep it: it holds the connections, the circuit breaker and the
retry budget. Every call has a deadline for all of its attempts together. Only what may be repeated
is: GET, HEAD, PUT, DELETE, OPTIONS, and POST or PATCH with an idempotency key.
"""

from __future__ import annotations

import json as jsons
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from platform_kit import logs
from platform_kit.http.breaker import CircuitBreaker
from platform_kit.http.budget import RetryBudget
from platform_kit.http.errors import (
    BadAnswer,
    CallError,
    CircuitOpen,
    DeadlineExceeded,
    Problem,
    Unreachable,
    problem_answer,
)

logger = logging.getLogger(__name__)

REPEATABLE = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}
RETRIED = {408, 425, 429, 502, 503, 504}


@dataclass(frozen=True)
class Policy:
    """Seconds, but for `attempts` and `max_bytes`."""

    deadline: float = 5.0  # For the call with all its attempts.
    connect: float = 1.0
    read: float = 3.0  # Between two pieces of an answer.
    attempts: int = 3
    backoff: float = 0.1  # Before the first retry, at most; doubled for each one after it.
    backoff_max: float = 2.0
    max_bytes: int = 10 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    status: int
    headers: httpx.Headers
    body: bytes


class ServiceClient:
    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        token: str = "",
        policy: Policy | None = None,
        breaker: CircuitBreaker | None = None,
        budget: RetryBudget | None = None,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name
        self.policy = policy or Policy()
        self.breaker = breaker or CircuitBreaker(clock=clock)
        self.budget = budget or RetryBudget()
        self.clock = clock
        self.sleep = sleep
        headers = {"Accept": "application/json, application/problem+json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self.http = httpx.Client(base_url=base_url, headers=headers, transport=transport)

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        return self.request("GET", path, params=params)

    def post(self, path: str, json: Any, *, idempotency_key: str = "") -> Any:
        """Repeated only with a key: keep one per thing to do, such as the id of what it is for."""
        return self.request("POST", path, json=json, idempotency_key=idempotency_key)

    def put(self, path: str, json: Any) -> Any:
        return self.request("PUT", path, json=json)

    def patch(self, path: str, json: Any, *, idempotency_key: str = "") -> Any:
        return self.request("PATCH", path, json=json, idempotency_key=idempotency_key)

    def delete(self, path: str) -> Any:
        return self.request("DELETE", path)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        idempotency_key: str = "",
    ) -> Any:
        """What the other service answered, read as JSON; None for an empty answer.

        Raises a CallError, and nothing else: see errors.py.
        """
        headers = context_headers()
        if idempotency_key:
            headers["Idempotency-Key"] = idempotency_key
        request = self.http.build_request(method, path, params=params, json=json, headers=headers)
        return Call(self, request, repeatable=method in REPEATABLE or bool(idempotency_key)).run()


def context_headers() -> dict[str, str]:
    """One id and one trace run through all services that a request touches."""
    headers = {"X-Request-ID": logs.request_id.get(), "traceparent": logs.traceparent.get()}
    return {name: value for name, value in headers.items() if value}


class Call:
    """One call with its attempts; `run` does it."""

    def __init__(self, client: ServiceClient, request: httpx.Request, *, repeatable: bool) -> None:
        self.client = client
        self.request = request
        self.repeatable = repeatable
        self.name = f"{client.name} {request.method} {request.url.path}"
        self.ends = client.clock() + client.policy.deadline
        self.attempts = 0

    def run(self) -> Any:
        self.client.budget.called()
        while True:
            self.attempts += 1
            try:
                return self.read(self.attempt())
            except CallError as error:
                wait = self.wait_after(error)
                if wait is None:
                    raise
                logger.warning("%s; again in %.2f s", error, wait, extra={"call": self.name})
                self.client.sleep(wait)

    def wait_after(self, error: CallError) -> float | None:
        """Seconds until the next attempt; None where there is none."""
        policy = self.client.policy
        asked = getattr(error, "retry_after", None)
        status = getattr(getattr(error, "problem", None), "status", None)
        worth_it = isinstance(error, Unreachable) or status in RETRIED
        if not (worth_it and self.repeatable and self.attempts < policy.attempts):
            return None
        ceiling = min(policy.backoff_max, policy.backoff * 2 ** (self.attempts - 1))
        # Any moment up to the ceiling: callers that failed together must not come back together.
        wait = max(random.uniform(0, ceiling), asked or 0.0)  # noqa: S311
        if self.client.clock() + wait >= self.ends or not self.client.budget.take():
            return None
        return wait

    def attempt(self) -> Answer:
        breaker = self.client.breaker
        closed_for = breaker.wait()
        if closed_for > 0:
            raise CircuitOpen(self.name, closed_for)
        try:
            answer = self.send()
        except (Unreachable, DeadlineExceeded):
            breaker.failure()
            raise
        if answer.status >= 500:
            breaker.failure()
        else:
            breaker.succeeded()
        return answer

    def send(self) -> Answer:
        policy, left = self.client.policy, self.left()
        self.request.extensions["timeout"] = httpx.Timeout(
            min(policy.read, left), connect=min(policy.connect, left)
        ).as_dict()
        try:
            response = self.client.http.send(self.request, stream=True)
            try:
                return Answer(response.status_code, response.headers, self.body_of(response))
            finally:
                response.close()
        except httpx.HTTPError as error:
            if self.client.clock() >= self.ends:
                raise self.too_late() from error
            why = str(error) or type(error).__name__
            raise Unreachable(self.name, why, attempts=self.attempts) from error

    def body_of(self, response: httpx.Response) -> bytes:
        """Piece by piece: one that comes slowly must not outlast the deadline."""
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > self.client.policy.max_bytes:
                raise BadAnswer(self.name, "the answer is too large", attempts=self.attempts)
            self.left()
        return bytes(body)

    def left(self) -> float:
        left = self.ends - self.client.clock()
        if left <= 0:
            raise self.too_late()
        return left

    def too_late(self) -> DeadlineExceeded:
        why = f"no answer within {self.client.policy.deadline} s"
        return DeadlineExceeded(self.name, why, attempts=self.attempts)

    def read(self, answer: Answer) -> Any:
        try:
            body = jsons.loads(answer.body) if answer.body else None
        except ValueError as error:
            if answer.status < 400:
                raise BadAnswer(self.name, "no JSON", attempts=self.attempts) from error
            body = None
        if answer.status < 300:
            return body
        problem = Problem.of(answer.status, body)
        wait = retry_after(answer.headers)
        raise problem_answer(self.name, problem, attempts=self.attempts, retry_after=wait)


def retry_after(headers: httpx.Headers) -> float | None:
    """Retry-After (RFC 9110, 10.2.3) in seconds: a number or a date."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
