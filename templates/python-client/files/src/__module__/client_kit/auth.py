"""Bearer tokens, from wherever they come."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

SAFE = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Token:
    value: str = field(repr=False)
    lifetime: float | None = None
    """Seconds from now; None: until it is rejected."""


class Auth(Protocol):
    def header(self) -> str:
        """The value of the Authorization header."""

    def rejected(self, header: str) -> None:
        """The service answered 401 to this value: do not give it again if there is a better one."""


class BearerAuth:
    """Keeps a token until shortly before it ends, and asks its provider again then or after a 401.

    The provider is a function without arguments: it gives a Token, or a text for one that does not
    end. However many threads need a token, one asks for it.
    """

    def __init__(
        self,
        provider: Callable[[], Token | str],
        *,
        leeway: float = 30.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._provider = provider
        self._leeway = leeway
        self._now = now
        self._lock = threading.Lock()
        self._header = ""
        self._ends: float | None = None

    def header(self) -> str:
        with self._lock:
            if not self._header or (self._ends is not None and self._now() >= self._ends):
                self._renew()
            return self._header

    def rejected(self, header: str) -> None:
        with self._lock:
            if self._header == header:  # Else another thread has renewed it already.
                self._header = ""

    def _renew(self) -> None:
        given = self._provider()
        token = Token(given) if isinstance(given, str) else given
        if not SAFE.fullmatch(token.value):
            # Said here, without the token: the error of a library further down would show it.
            raise ValueError("The token provider gave no token, or one that is not plain ASCII.")
        self._ends = None if token.lifetime is None else self._now() + token.lifetime - self._leeway
        self._header = f"Bearer {token.value}"
