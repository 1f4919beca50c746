"""A circuit breaker: a service that fails again and again is left alone for a while.

closed     calls go through; `failures` in a row open it
open       no call goes through for `pause` seconds
half open  one call may try: if it succeeds the breaker closes, else it opens again
"""

import logging
import threading
from typing import Literal

from .clock import Clock

logger = logging.getLogger(__name__)

State = Literal["closed", "open", "half open"]


class Breaker:
    def __init__(self, service: str, failures: int, pause: float, clock: Clock) -> None:
        self._service = service
        self._most = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._opened: float | None = None
        self._trying = False

    @property
    def state(self) -> State:
        """For logs and metrics, not for probes: who lacks a dependency may be ready."""
        with self._lock:
            if self._opened is None:
                return "closed"
            return "open" if self._wait() > 0 else "half open"

    def enter(self) -> float:
        """Seconds to wait; 0: go on, and end in one of `succeeded`, `failed` and `left`."""
        with self._lock:
            if self._opened is None:
                return 0
            wait = self._wait()
            if wait > 0:
                return wait
            if self._trying:
                return self._pause  # Another call is trying: its outcome decides.
            self._trying = True
            return 0

    def succeeded(self) -> None:
        with self._lock:
            if self._opened is not None:
                logger.warning("%s answers again: its circuit is closed", self._service)
            self._failed = 0
            self._opened = None
            self._trying = False

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            if self._trying or (self._opened is None and self._failed >= self._most):
                logger.warning("%s keeps failing: its circuit is open", self._service)
                self._opened = self._clock.now()
                self._trying = False

    def left(self) -> None:
        """The call ended in a way that says nothing about the service."""
        with self._lock:
            self._trying = False

    def _wait(self) -> float:
        opened = self._clock.now() if self._opened is None else self._opened
        return opened + self._pause - self._clock.now()
