"""One call from its first attempt to its end: what is repeated, when, and what is told.

Nothing is sent from here: see `session`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx

from .breaker import Breaker
from .budget import RetryBudget
from .clock import Clock
from .errors import (
    CallError,
    CallInfo,
    CircuitOpen,
    ConnectFailed,
    ConnectionLost,
    DeadlineExceeded,
    NotReached,
    Saturated,
    TimedOut,
    UnexpectedAnswer,
    problem_class,
)
from .fields import BadField, Fields
from .policy import Policy
from .problem import read_problem

logger = logging.getLogger(__name__)

T = TypeVar("T")

SAFE_TO_REPEAT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""Idempotent methods (RFC 9110, 9.2.2)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer below 300."""

    info: CallInfo
    status: int
    headers: httpx.Headers
    body: bytes

    def read(self, parse: Callable[[Fields], T]) -> T:
        """What `parse` makes of the JSON object in the body. Raises UnexpectedAnswer."""
        try:
            return parse(Fields(json.loads(self.body)))
        except BadField as error:
            raise UnexpectedAnswer(self.info, f"answered something odd: {error}") from error
        except ValueError as error:
            raise UnexpectedAnswer(self.info, "answered something that is no JSON") from error


@dataclass(frozen=True, slots=True)
class Shared:
    """What all calls to a service have in common."""

    service: str
    policy: Policy
    breaker: Breaker
    budget: RetryBudget
    clock: Clock
    random: Callable[[], float]
    """From 0 to 1."""


class Call:
    def __init__(
        self, shared: Shared, method: str, path: str, request_id: str, *, ends: float, keyed: bool
    ) -> None:
        self._shared = shared
        self._method = method
        self._path = path
        self._request_id = request_id
        self._keyed = keyed and shared.policy.keyed_posts
        self._started = shared.clock.now()
        self._ends = ends
        self._attempts = 0
        self._last: CallError | None = None
        shared.budget.earn()

    @property
    def info(self) -> CallInfo:
        elapsed = self._shared.clock.now() - self._started
        service, request_id = self._shared.service, self._request_id
        return CallInfo(service, self._method, self._path, request_id, self._attempts, elapsed)

    @property
    def left(self) -> float:
        return self._ends - self._shared.clock.now()

    def begin(self) -> httpx.Timeout:
        """The time limits of the next attempt.

        Raises CircuitOpen, DeadlineExceeded, or what ended the attempt before.
        """
        left = self.left
        if left <= 0:
            raise self._last or DeadlineExceeded(self.info, "was not sent: there is no time left")
        wait = self._shared.breaker.enter()
        if wait > 0:
            raise self._last or CircuitOpen(self.info, wait)
        self._attempts += 1
        limits = self._shared.policy
        return httpx.Timeout(
            connect=min(limits.connect, left),
            read=min(limits.read, left),
            write=min(limits.write, left),
            pool=min(limits.pool, left),
        )

    def failed(self, error: httpx.TransportError) -> float:
        """Seconds until the next attempt, or raises the error that ends the call."""
        told = self._explain(error)
        if isinstance(told, Saturated):
            self._shared.breaker.left()  # That is our doing, not the service's.
        else:
            self._shared.breaker.failed()
        return self._pause(told, error)

    def answered(self, status: int, headers: httpx.Headers, body: bytes) -> float | Answer:
        """The answer, or seconds until the next attempt, or raises the error that ends the call."""
        if status < 500 or status == 501:
            self._shared.breaker.succeeded()
        else:
            self._shared.breaker.failed()
        if 200 <= status < 300:
            return Answer(self.info, status, headers, body)
        if status < 400:
            raise UnexpectedAnswer(self.info, f"answered {status}, which no client expects")
        problem = read_problem(status, headers.get("Content-Type", ""), body)
        wait = retry_after(headers.get("Retry-After", ""))
        told = problem_class(status)(self.info, problem, wait)
        # A keyed call that is told to come back is one whose first attempt is still under way.
        if status in self._shared.policy.retry_statuses or (
            status == 409 and self._keyed and wait is not None
        ):
            return self._pause(told, None, wait or 0)
        raise told

    def _explain(self, error: httpx.TransportError) -> CallError:
        reason = str(error) or type(error).__name__
        match error:
            case httpx.PoolTimeout():
                return Saturated(self.info, "was not sent: all connections are in use")
            case httpx.ConnectError() | httpx.ConnectTimeout():
                return ConnectFailed(self.info, f"was not sent: nobody answers ({reason})")
            case httpx.TimeoutException() if self.left <= 0:
                return DeadlineExceeded(self.info, "was not answered before its deadline")
            case httpx.TimeoutException():
                return TimedOut(self.info, f"was not answered in time ({reason})")
            case _:
                return ConnectionLost(self.info, f"lost its connection ({reason})")

    def _pause(self, told: CallError, cause: Exception | None, least: float = 0) -> float:
        shared = self._shared
        limits = shared.policy
        safe = self._method in SAFE_TO_REPEAT or self._keyed or isinstance(told, NotReached)
        longest = min(limits.longest_backoff, limits.backoff * 2.0 ** (self._attempts - 1))
        # All of it is random: callers that failed together do not come back together.
        pause = least + shared.random() * longest
        if (
            not safe
            or isinstance(told, Saturated)
            or self._attempts >= limits.attempts
            or pause >= self.left
            or not shared.budget.spend()
        ):
            raise told from cause
        self._last = told
        logger.warning("%s; again in %.2f s", told, pause)
        return pause


def retry_after(value: str) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3); None where it is odd."""
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
