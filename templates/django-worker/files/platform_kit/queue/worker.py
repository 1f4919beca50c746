"""Takes jobs from the table, one at a time, until it is told to stop.

Several workers share the table without waiting for each other: SELECT ... FOR UPDATE SKIP LOCKED.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django.db.models import Count, Min, Q
from django.utils import timezone

from platform_kit import logs
from platform_kit.queue.jobs import KINDS, GiveUp, Kind
from platform_kit.queue.models import Job

logger = logging.getLogger("job")

REPORT_EVERY = 60.0  # Seconds.


class TakenOver(Exception):
    """It took so long that another worker does it: what was done here is undone."""


class Worker:
    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.last_sign = time.monotonic()
        self.reported = float("-inf")

    def stop(self, *_: Any) -> None:
        """Ends the loop after the job at hand. Safe in a signal handler."""
        self.stopping.set()

    def is_alive(self) -> bool:
        """False when the loop has not come round for longer than a job may take."""
        return bool(time.monotonic() - self.last_sign < settings.JOB_SECONDS + 30)

    def run(self) -> None:
        while not self.stopping.is_set():
            self.last_sign = time.monotonic()
            try:
                self.report()
                busy = self.work_one()
            except (OperationalError, InterfaceError) as error:
                # The database is away. It is asked again; /readyz says so meanwhile.
                logger.warning("database unavailable: %s", error)
                busy = False
            if not busy:
                close_old_connections()
                self.stopping.wait(settings.POLL_SECONDS)

    def work_one(self) -> bool:
        """Does the next job that is due; False if there is none."""
        job = claim_next()
        if job is None:
            return False
        tokens = (
            logs.request_id.set(job.request_id or f"job-{job.pk}"),
            logs.traceparent.set(job.traceparent),
        )
        try:
            self.do(job)
        finally:
            logs.request_id.reset(tokens[0])
            logs.traceparent.reset(tokens[1])
        return True

    def do(self, job: Job) -> None:
        started = time.perf_counter()
        kind = KINDS.get(job.kind) or nobodys(job.kind)
        try:
            with transaction.atomic():
                kind.handler(job.payload)
                finish(job)
            outcome = "done"
        except TakenOver:
            outcome = "taken over"
        except Exception as error:
            logger.exception("%s failed", job.kind, extra={"kind": job.kind, "job": job.pk})
            outcome = put_back(job, kind, error)
        logger.info(
            "%s %s",
            job.kind,
            outcome,
            extra={
                "kind": job.kind,
                "job": job.pk,
                "outcome": outcome,
                "attempts": job.attempts,
                "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            },
        )

    def report(self) -> None:
        """The state of the queue, once a minute, for whoever counts and alerts."""
        if time.monotonic() - self.reported < REPORT_EVERY:
            return
        self.reported = time.monotonic()
        logger.info("queue", extra=state_of_queue())


def state_of_queue() -> dict[str, Any]:
    now = timezone.now()
    due = Q(state=Job.State.WAITING, run_at__lte=now)
    found = Job.objects.aggregate(
        waiting=Count("pk", filter=Q(state=Job.State.WAITING)),
        due=Count("pk", filter=due),
        dead=Count("pk", filter=Q(state=Job.State.DEAD)),
        oldest=Min("run_at", filter=due),
    )
    oldest = found.pop("oldest")
    return {**found, "oldest_seconds": round((now - oldest).total_seconds()) if oldest else 0}


def claim_next() -> Job | None:
    """The next job that is due, put off for everyone else for as long as it may take."""
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(state=Job.State.WAITING, run_at__lte=timezone.now())
            .order_by("run_at", "id")
            .first()
        )
        if job is None:
            return None
        # Counted before it begins: a job that kills its worker must not be tried for ever.
        job.attempts += 1
        job.claim = uuid.uuid4()
        job.run_at = timezone.now() + timedelta(seconds=settings.JOB_SECONDS)
        job.save(update_fields=["attempts", "claim", "run_at"])
        return job


def finish(job: Job) -> None:
    deleted, _ = Job.objects.filter(pk=job.pk, claim=job.claim).delete()
    if not deleted:
        raise TakenOver


def nobodys(name: str) -> Kind:
    """What is left of a kind whose handler was removed: it can only be given up."""

    def handler(_payload: dict[str, Any]) -> None:
        raise GiveUp(f"No handler for {name}")

    return Kind(handler)


def put_back(job: Job, kind: Kind, error: Exception) -> str:
    """For another attempt, or with the dead; gives which."""
    over = isinstance(error, GiveUp) or job.attempts >= kind.attempts
    changes: dict[str, Any] = {"claim": None, "last_error": f"{type(error).__name__}: {error}"}
    if over:
        changes |= {"state": Job.State.DEAD, "key": None}
    else:
        changes |= {"run_at": timezone.now() + kind.wait(job.attempts)}
    if not Job.objects.filter(pk=job.pk, claim=job.claim).update(**changes):
        return "taken over"
    return "dead" if over else "again"


def database_answers() -> bool:
    """Each probe is a thread of its own, and its connection ends with it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '1s'")
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError) as error:
        logger.warning("not ready: %s", error)
        return False
    finally:
        connection.close()
    return True
