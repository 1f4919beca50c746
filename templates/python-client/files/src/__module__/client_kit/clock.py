"""Time, in one place: tests bring a clock on which waiting takes none."""

import time
from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """Seconds that only grow."""

    def sleep(self, seconds: float) -> None:
        """Comes back later."""


class SystemClock:
    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class SkippingClock:
    """Real time, but waiting is skipped: `slept` says how much. It is for tests."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
