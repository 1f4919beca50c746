"""What a call can end with instead of an answer. Each error says which call it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """A problem document (RFC 9457), or the nearest thing to one that the other service sent."""

    status: int
    title: str = ""
    detail: str = ""
    code: str = ""
    type: str = "about:blank"
    request_id: str = ""
    errors: tuple[dict[str, Any], ...] = field(default=())

    @classmethod
    def of(cls, status: int, body: Any) -> Problem:
        """Takes what fits and leaves what does not: an error must not fail to be told."""
        if not isinstance(body, dict):
            return cls(status)
        texts = {
            key: body[key]
            for key in ("title", "detail", "code", "type", "request_id")
            if isinstance(body.get(key), str)
        }
        errors = body.get("errors")
        listed = errors if isinstance(errors, list) else []
        return cls(status, errors=tuple(one for one in listed if isinstance(one, dict)), **texts)


class CallError(Exception):
    """A call to another service did not give what was asked for."""

    def __init__(self, call: str, why: str, *, attempts: int = 0) -> None:
        super().__init__(f"{call}: {why}")
        self.call = call
        self.attempts = attempts


class Unreachable(CallError):
    """No answer came: no connection, or it broke."""


class DeadlineExceeded(CallError):
    """The time for the whole call was over."""


class CircuitOpen(CallError):
    """Not even tried: the last calls failed. Try again after `retry_after` seconds."""

    def __init__(self, call: str, retry_after: float) -> None:
        super().__init__(call, f"not tried, the last calls failed; in {retry_after:.1f} s")
        self.retry_after = retry_after


class BadAnswer(CallError):
    """An answer came and cannot be used: too large, or no JSON."""


class ProblemAnswer(CallError):
    """The other service answered with an error; `problem` is what it said."""

    def __init__(
        self, call: str, problem: Problem, *, attempts: int, retry_after: float | None = None
    ) -> None:
        said = problem.detail or problem.title or "no reason given"
        super().__init__(call, f"{problem.status}, {said}", attempts=attempts)
        self.problem = problem
        self.retry_after = retry_after


class Invalid(ProblemAnswer):
    """400, 422: the request is wrong; `problem.errors` says where."""


class NotAllowed(ProblemAnswer):
    """401, 403."""


class NotFound(ProblemAnswer):
    """404, 410."""


class Conflict(ProblemAnswer):
    """409, 412."""


class TooManyRequests(ProblemAnswer):
    """429: `retry_after` says how long to wait, if the service said it."""


class ServerFailed(ProblemAnswer):
    """5xx: the other service failed."""


KINDS: dict[int, type[ProblemAnswer]] = {
    400: Invalid,
    401: NotAllowed,
    403: NotAllowed,
    404: NotFound,
    409: Conflict,
    410: NotFound,
    412: Conflict,
    422: Invalid,
    429: TooManyRequests,
}


def problem_answer(
    call: str, problem: Problem, *, attempts: int, retry_after: float | None
) -> ProblemAnswer:
    fallback = ServerFailed if problem.status >= 500 else ProblemAnswer
    kind = KINDS.get(problem.status, fallback)
    return kind(call, problem, attempts=attempts, retry_after=retry_after)
