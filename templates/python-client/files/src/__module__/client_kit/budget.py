"""Retries within a budget: each call earns a part of one, each retry costs one."""

import threading


class RetryBudget:
    def __init__(self, ratio: float, reserve: int) -> None:
        self._ratio = ratio
        self._reserve = float(reserve)
        self._left = float(reserve)
        self._lock = threading.Lock()

    def earn(self) -> None:
        with self._lock:
            self._left = min(self._reserve, self._left + self._ratio)

    def spend(self) -> bool:
        """False: there is nothing left to retry with."""
        with self._lock:
            # Ten times a tenth is a little less than one.
            if self._left < 1 - 1e-9:
                return False
            self._left -= 1
            return True
