"""A service in memory, for tests: what `httpx` would send over the network is answered here."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import httpx


class FakeService(httpx.BaseTransport):
    """Write `answer` for a service. `requests` holds what was sent, `then` says what comes next."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self._next: deque[httpx.Response | Exception] = deque()

    def then(self, *answers: httpx.Response | Exception) -> None:
        """The next requests get these: answers, or errors such as httpx.ConnectError("refused")."""
        self._next.extend(answers)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        if not self._next:
            return self.answer(request)
        scripted = self._next.popleft()
        if isinstance(scripted, Exception):
            raise scripted
        return scripted

    def answer(self, request: httpx.Request) -> httpx.Response:
        return problem(404, "not_found", f"{request.method} {request.url.path} is not known here.")


def problem(
    status: int,
    code: str,
    detail: str = "",
    *,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> httpx.Response:
    """An answer with a problem document."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    return httpx.Response(
        status,
        headers={"Content-Type": "application/problem+json", **(headers or {})},
        content=json.dumps(document).encode(),
    )


def page(request: httpx.Request, rows: Sequence[Mapping[str, Any]]) -> httpx.Response:
    """One page of `rows`, as the request's `cursor` and `page_size` ask."""
    size = int(request.url.params.get("page_size", "50"))
    start = int(request.url.params.get("cursor", "0"))

    def link(position: int) -> str | None:
        if not 0 <= position < len(rows):
            return None
        return str(request.url.copy_set_param("cursor", str(position)))

    before = link(max(0, start - size)) if start > 0 else None
    results = list(rows[start : start + size])
    return httpx.Response(
        200, json={"next": link(start + size), "previous": before, "results": results}
    )
