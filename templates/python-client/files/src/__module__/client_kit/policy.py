"""How patient a client is. Times are in seconds."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    deadline: float = 5.0
    """For a whole call, its retries and pauses included. `timeout=` of a call overrides it."""
    connect: float = 1.0
    """For one attempt to reach the service."""
    read: float = 3.0
    """Without a byte from the service."""
    write: float = 3.0
    """Without the service taking a byte."""
    pool: float = 1.0
    """Until one of `connections` is free."""
    connections: int = 20
    """To the service at once, from one client: a slow service does not take all threads."""

    attempts: int = 3
    """In all. Only what is safe to repeat is repeated."""
    backoff: float = 0.1
    """The longest pause before the first retry; it doubles for each one after."""
    longest_backoff: float = 2.0
    retry_statuses: frozenset[int] = frozenset({408, 429, 502, 503, 504})
    retry_ratio: float = 0.1
    """Retries for each call, over time: a service in trouble gets 10 % more calls, not 200 %."""
    retry_reserve: int = 10
    """Retries that are there at the start and after quiet times."""
    keyed_posts: bool = True
    """The service honours Idempotency-Key. False: a POST is not repeated."""

    breaker_failures: int = 5
    """In a row, then the service is left alone."""
    breaker_pause: float = 15.0
    """For as long as this; then one call may try."""

    largest_answer: int = 10 * 1024 * 1024
    """In bytes."""

    def __post_init__(self) -> None:
        may_be_zero = {"backoff", "longest_backoff", "retry_ratio", "retry_reserve"}
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                least = "at least 0" if one.name in may_be_zero else "above 0"
                if value < 0 or (value == 0 and one.name not in may_be_zero):
                    raise ValueError(f"{one.name} must be {least}; it is {value}.")
