"""Saying what can be done, and asking for it.

    @handles("invoice.send", attempts=8)
    def send(payload: dict[str, Any]) -> None: ...

    enqueue("invoice.send", {"id": str(invoice.id)}, key=f"invoice-{invoice.id}")

A job is asked for in the transaction that makes it necessary: both happen or neither. It may begin
twice, since a worker can die; what it does to the database and its being done are one transaction,
so there it happens once. What it does elsewhere must bear being done twice: send its key along.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from platform_kit import logs
from platform_kit.queue.models import Job

Handler = Callable[[dict[str, Any]], None]


class GiveUp(Exception):
    """Raised by a handler: trying again cannot help."""


@dataclass(frozen=True)
class Kind:
    handler: Handler
    attempts: int = 8
    backoff: timedelta = timedelta(seconds=5)  # Before the second attempt; doubled for each more.
    backoff_max: timedelta = timedelta(hours=1)

    def wait(self, attempts: int) -> timedelta:
        """Any moment of the second half of the time: jobs that failed together come back apart."""
        ceiling = min(self.backoff_max, self.backoff * 2 ** min(attempts - 1, 20))
        wait: timedelta = ceiling * random.uniform(0.5, 1)  # noqa: S311
        return wait


KINDS: dict[str, Kind] = {}


def handles(kind: str, **options: Any) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        if kind in KINDS:
            raise ValueError(f"Two handlers for {kind}")
        KINDS[kind] = Kind(handler, **options)
        return handler

    return register


def enqueue(
    kind: str, payload: dict[str, Any], *, run_at: datetime | None = None, key: str | None = None
) -> Job:
    """Asks for a job. With a key, one that waits already is left as it is and returned."""
    if kind not in KINDS:
        raise ValueError(f"No handler for {kind}")
    values = {
        "kind": kind,
        "payload": payload,
        "run_at": run_at or timezone.now(),
        "request_id": logs.request_id.get(),
        "traceparent": logs.traceparent.get(),
    }
    if key is None:
        return Job.objects.create(**values)
    job, _ = Job.objects.get_or_create(key=key, defaults=values)
    return job
