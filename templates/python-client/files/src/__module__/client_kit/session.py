"""Sends calls to one service, as patiently as its policy says."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from .auth import Auth
from .breaker import Breaker, State
from .budget import RetryBudget
from .call import Answer, Call, Shared
from .clock import Clock, SystemClock
from .context import current, deadline_header, id_of_request, outgoing
from .errors import UnexpectedAnswer
from .policy import Policy

ACCEPT = "application/json, application/problem+json"


class Session:
    """Keeps connections open and may be used by many threads: have one per process.

    A process that forks makes its session afterwards.
    """

    def __init__(
        self,
        service: str,
        base_url: str,
        *,
        user_agent: str,
        auth: Auth | None = None,
        policy: Policy | None = None,
        transport: httpx.BaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._base_url = checked(base_url)
        self._auth = auth
        limits = policy or Policy()
        time = clock or SystemClock()
        self._shared = Shared(
            service=service,
            policy=limits,
            breaker=Breaker(service, limits.breaker_failures, limits.breaker_pause, time),
            budget=RetryBudget(limits.retry_ratio, limits.retry_reserve),
            clock=time,
            random=random.random,
        )
        self._http = httpx.Client(
            headers={"User-Agent": user_agent, "Accept": ACCEPT},
            limits=httpx.Limits(max_connections=limits.connections),
            transport=transport,
            follow_redirects=False,
        )

    @property
    def circuit(self) -> State:
        """`closed` while all is well."""
        return self._shared.breaker.state

    def close(self) -> None:
        self._http.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int | None] | None = None,
        body: Mapping[str, Any] | None = None,
        content_type: str = "application/json",
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """The answer, if it is below 300. Raises CallError: see `errors` for which.

        A POST carries an Idempotency-Key, the same in all attempts. Give one to repeat an old call.
        """
        headers: dict[str, str] = {}
        if method == "POST" or idempotency_key is not None:
            headers["Idempotency-Key"] = idempotency_key or str(uuid.uuid4())
        content = None
        if body is not None:
            content = json.dumps(body, separators=(",", ":")).encode()
            headers["Content-Type"] = content_type
        request_id = id_of_request()
        headers |= outgoing(request_id)
        call = Call(
            self._shared,
            method,
            path,
            request_id,
            ends=self._ends(timeout),
            keyed="Idempotency-Key" in headers,
        )
        given = {key: value for key, value in (query or {}).items() if value is not None}
        url = httpx.URL(self._base_url + path, params=given) if given else self._base_url + path
        return self._repeat(call, httpx.Request(method, url, headers=headers, content=content))

    def _ends(self, timeout: float | None) -> float:
        own = self._shared.policy.deadline if timeout is None else timeout
        ends = self._shared.clock.now() + own
        inherited = current.get().ends
        return ends if inherited is None else min(ends, inherited)

    def _repeat(self, call: Call, request: httpx.Request) -> Answer:
        renewed = False
        while True:
            limits = call.begin()
            try:
                status, headers, body, token = self._attempt(call, request, limits)
            except httpx.TransportError as error:
                pause: float | Answer = call.failed(error)
            except BaseException:
                self._shared.breaker.left()
                raise
            else:
                if status == 401 and not renewed and self._has_better(token):
                    renewed = True
                    self._shared.breaker.succeeded()
                    continue
                pause = call.answered(status, headers, body)
            if isinstance(pause, Answer):
                return pause
            self._shared.clock.sleep(pause)

    def _attempt(
        self, call: Call, request: httpx.Request, limits: httpx.Timeout
    ) -> tuple[int, httpx.Headers, bytes, str]:
        """One request and its whole answer. Raises httpx.TransportError, UnexpectedAnswer."""
        headers = deadline_header(call.left)
        token = self._auth.header() if self._auth else ""
        if token:
            headers["Authorization"] = token
        attempt = self._http.build_request(
            request.method,
            request.url,
            headers={**dict(request.headers), **headers},
            content=request.content or None,
            timeout=limits,
        )
        response = self._http.send(attempt, stream=True)
        try:
            return response.status_code, response.headers, self._read(call, response), token
        finally:
            response.close()

    def _read(self, call: Call, response: httpx.Response) -> bytes:
        """Limits of httpx begin anew with every byte: here an answer is held to the deadline."""
        chunks: list[bytes] = []
        size = 0
        most = self._shared.policy.largest_answer
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > most:
                raise UnexpectedAnswer(call.info, f"answered more than {most} bytes")
            if call.left <= 0:
                raise httpx.ReadTimeout("the answer takes too long", request=response.request)
            chunks.append(chunk)
        return b"".join(chunks)

    def _has_better(self, token: str) -> bool:
        if self._auth is None:
            return False
        self._auth.rejected(token)
        return self._auth.header() != token


def checked(base_url: str) -> str:
    """The address without a slash at its end. Raises ValueError when it is none."""
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{base_url!r} is no address of a service: write one as http://host:8000.")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("The address of a service holds neither a password nor a query.")
    return base_url.rstrip("/")


def segment(value: object) -> str:
    """A value as one segment of a path: it cannot lead elsewhere."""
    text = quote(str(value), safe="")
    if text in {"", ".", ".."}:
        raise ValueError(f"{text!r} cannot be part of a path.")
    return text
