"""Calls to other services that cannot hang, pile up or hide what went wrong. Start at client.py."""

from platform_kit.http.breaker import CircuitBreaker
from platform_kit.http.budget import RetryBudget
from platform_kit.http.client import Policy, ServiceClient
from platform_kit.http.errors import (
    BadAnswer,
    CallError,
    CircuitOpen,
    Conflict,
    DeadlineExceeded,
    Invalid,
    NotAllowed,
    NotFound,
    Problem,
    ProblemAnswer,
    ServerFailed,
    TooManyRequests,
    Unreachable,
)

__all__ = [
    "BadAnswer",
    "CallError",
    "CircuitBreaker",
    "CircuitOpen",
    "Conflict",
    "DeadlineExceeded",
    "Invalid",
    "NotAllowed",
    "NotFound",
    "Policy",
    "Problem",
    "ProblemAnswer",
    "RetryBudget",
    "ServerFailed",
    "ServiceClient",
    "TooManyRequests",
    "Unreachable",
]
