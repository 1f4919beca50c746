"""How many retries are worth it: an outage must not be answered by three times the load."""

import threading


class RetryBudget:
    """Each call adds a part of a retry, each retry takes a whole one.

    So in the long run at most `ratio` of the calls are retried; `reserve` lets a few go after each
    other when it was quiet.
    """

    def __init__(self, ratio: float = 0.1, reserve: float = 10.0) -> None:
        self.ratio = ratio
        self.reserve = reserve
        self.left = reserve
        self.lock = threading.Lock()

    def called(self) -> None:
        with self.lock:
            self.left = min(self.reserve, self.left + self.ratio)

    def take(self) -> bool:
        """True if one more retry is within the budget, which it then uses."""
        with self.lock:
            if self.left < 1:
                return False
            self.left -= 1
            return True
