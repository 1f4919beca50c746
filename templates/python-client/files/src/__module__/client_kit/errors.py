"""What can go wrong in a call, each with its own class: catch what you can do something about.

CallError
├── NotReached           the service did nothing: asking again is safe
│   ├── ConnectFailed        nobody answers at its address
│   ├── CircuitOpen          it failed so often that it is left alone for a while
│   └── Saturated            this process has too many calls to it under way
├── TimedOut             no answer in time: the service may have done what was asked
│   └── DeadlineExceeded     the time for the whole call, retries included, is over
├── ConnectionLost       the connection broke: the service may have done what was asked
├── UnexpectedAnswer     an answer that this client does not understand
└── ProblemError         the service said what is wrong (RFC 9457)
    ├── ValidationFailed     400, 422: see `problem.errors`
    ├── Unauthenticated      401
    ├── Forbidden            403
    ├── NotFound             404, 410
    ├── Conflict             409, 412
    ├── RateLimited          429: see `retry_after`
    └── ServerFailed         5xx
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .problem import Problem


@dataclass(frozen=True, slots=True)
class CallInfo:
    """Which call it was. `path` carries no query: there may be something private in it."""

    service: str
    method: str
    path: str
    request_id: str
    attempts: int
    elapsed: float

    def __str__(self) -> str:
        tries = "1 attempt" if self.attempts == 1 else f"{self.attempts} attempts"
        return f"request {self.request_id}, {tries}, {self.elapsed:.2f} s"


class CallError(Exception):
    """A call that gave no usable answer."""

    def __init__(self, info: CallInfo, reason: str) -> None:
        super().__init__(info, reason)  # All of it, so that the error survives pickling.
        self.info = info
        self.reason = reason

    def __str__(self) -> str:
        info = self.info
        return f"{info.service}: {info.method} {info.path} {self.reason} ({info})"


class NotReached(CallError):
    """The request never arrived."""


class ConnectFailed(NotReached):
    """Nobody answers at the service's address."""


class CircuitOpen(NotReached):
    """The service failed so often that it is left alone. `retry_after` is in seconds."""

    def __init__(self, info: CallInfo, retry_after: float) -> None:
        super().__init__(info, f"was not sent: too many failed; again in {retry_after:.1f} s")
        self.args = (info, retry_after)
        self.retry_after = retry_after


class Saturated(NotReached):
    """All connections to the service are in use by this process."""


class TimedOut(CallError):
    """No answer in time."""


class DeadlineExceeded(TimedOut):
    """The time for the whole call is over."""


class ConnectionLost(CallError):
    """The connection broke before the answer was there."""


class UnexpectedAnswer(CallError):
    """The answer is no answer of this API."""


class ProblemError(CallError):
    """The service refused or failed. `retry_after` is in seconds, where it said so."""

    def __init__(self, info: CallInfo, problem: Problem, retry_after: float | None = None) -> None:
        super().__init__(info, f"answered {problem}")
        self.args = (info, problem, retry_after)
        self.problem = problem
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        return self.problem.status

    @property
    def code(self) -> str:
        """The word for programs: it stays while `detail` may change."""
        return self.problem.code


class ValidationFailed(ProblemError):
    """400, 422: what was sent is not valid."""


class Unauthenticated(ProblemError):
    """401: no token, or one that is not known."""


class Forbidden(ProblemError):
    """403: the token is known and may not do this."""


class NotFound(ProblemError):
    """404, 410: nothing is there."""


class Conflict(ProblemError):
    """409, 412: the state of the service does not allow it."""


class RateLimited(ProblemError):
    """429: too many calls."""


class ServerFailed(ProblemError):
    """5xx: the service failed."""


BY_STATUS: dict[int, type[ProblemError]] = {
    400: ValidationFailed,
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: NotFound,
    412: Conflict,
    422: ValidationFailed,
    429: RateLimited,
}


def problem_class(status: int) -> type[ProblemError]:
    return ServerFailed if status >= 500 else BY_STATUS.get(status, ProblemError)
