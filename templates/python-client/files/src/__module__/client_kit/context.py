"""What a call inherits from the request that it serves: its id, its trace, the time that is left.

In a middleware, or wherever a request is served:

    with inherited(request.headers):  # `inherit` sets them by hand
        client.items.get(item_id)  # carries the same id, and ends when the caller gives up
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

REQUEST_ID = "X-Request-ID"
DEADLINE = "X-Request-Deadline"
"""When the caller gives up, in milliseconds since 1970."""

KNOWN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[ -~]*)?"
)
"""https://www.w3.org/TR/trace-context/#traceparent-header"""


@dataclass(frozen=True, slots=True)
class Inherited:
    request_id: str = ""
    traceparent: str = ""
    tracestate: str = ""
    ends: float | None = None
    """On the clock of `time.monotonic`."""


current: ContextVar[Inherited] = ContextVar("current", default=Inherited())  # noqa: B039 (frozen)


@contextmanager
def inherit(
    *,
    request_id: str = "",
    traceparent: str = "",
    tracestate: str = "",
    timeout: float | None = None,
) -> Iterator[None]:
    """Calls inside carry these. What is left out stays; a deadline can only come nearer."""
    before = current.get()
    after = before
    if KNOWN_ID.fullmatch(request_id):
        after = replace(after, request_id=request_id)
    if TRACEPARENT.fullmatch(traceparent):
        after = replace(after, traceparent=traceparent, tracestate=tracestate)
    if timeout is not None:
        ends = time.monotonic() + timeout
        after = replace(after, ends=ends if before.ends is None else min(before.ends, ends))
    token = current.set(after)
    try:
        yield
    finally:
        current.reset(token)


@contextmanager
def inherited(headers: Mapping[str, str]) -> Iterator[None]:
    """Calls inside carry what an incoming request brought; anything odd is left out.

    `headers` may be of any framework; names are looked up without regard to case.
    """
    given = {name.lower(): value for name, value in headers.items()}
    ends = given.get(DEADLINE.lower(), "")
    timeout = int(ends) / 1000 - time.time() if re.fullmatch(r"[0-9]{1,15}", ends) else None
    with inherit(
        request_id=given.get(REQUEST_ID.lower(), ""),
        traceparent=given.get("traceparent", ""),
        tracestate=given.get("tracestate", ""),
        timeout=timeout,
    ):
        yield


def outgoing(request_id: str) -> dict[str, str]:
    """The headers that tell the service whose request this is part of."""
    now = current.get()
    headers = {REQUEST_ID: request_id}
    if now.traceparent:
        headers["traceparent"] = now.traceparent
    if now.tracestate:
        headers["tracestate"] = now.tracestate
    try:
        from opentelemetry import propagate  # Only where the service that uses the client has it.
    except ImportError:
        return headers
    propagate.inject(headers)
    return headers


def id_of_request() -> str:
    return current.get().request_id or str(uuid.uuid4())


def deadline_header(seconds: float) -> dict[str, str]:
    return {DEADLINE: str(round((time.time() + seconds) * 1000))}
