"""Stops calling a service that fails: it can recover, and we do not wait for nothing."""

import threading
import time
from collections.abc import Callable


class CircuitBreaker:
    """Closed: calls go through. After `failures` in a row it opens, and calls fail at once.

    After `open_for` seconds one call is let through to try: if it succeeds, the breaker closes; if
    not, it stays open for as long again.
    """

    def __init__(
        self,
        failures: int = 5,
        open_for: float = 15.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.failures = failures
        self.open_for = open_for
        self.clock = clock
        self.failed = 0
        self.open_until: float | None = None
        self.trying_until = 0.0
        self.lock = threading.Lock()

    def wait(self) -> float:
        """Seconds until a call may be tried; 0 means now, and the caller then owes an outcome."""
        with self.lock:
            if self.open_until is None:
                return 0.0
            now = self.clock()
            closed_until = max(self.open_until, self.trying_until)
            if now < closed_until:
                return closed_until - now
            # This caller tries. Should it never tell how it went, another may after a while.
            self.trying_until = now + self.open_for
            return 0.0

    def succeeded(self) -> None:
        with self.lock:
            self.failed, self.open_until, self.trying_until = 0, None, 0.0

    def failure(self) -> None:
        with self.lock:
            self.failed += 1
            if self.failed >= self.failures or self.open_until is not None:
                self.open_until, self.trying_until = self.clock() + self.open_for, 0.0
