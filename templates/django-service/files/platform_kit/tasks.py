"""One request id and one trace run through the tasks that a request started, and their logs."""

import logging
import time
from typing import Any

from celery import signals

from platform_kit import logs

logger = logging.getLogger("task")

HEADERS = {"request_id": logs.request_id, "traceparent": logs.traceparent}


@signals.before_task_publish.connect
def send_context(headers: dict[str, Any], **_: Any) -> None:
    headers.update({name: said for name, one in HEADERS.items() if (said := one.get())})


@signals.task_prerun.connect
def take_context(task_id: str, task: Any, **_: Any) -> None:
    sent = task.request.headers or {}
    for name, variable in HEADERS.items():
        # A task that nothing started, such as one of the schedule, goes by its own id.
        own = task_id if name == "request_id" else ""
        variable.set(sent.get(name) or getattr(task.request, name, None) or own)
    task.request.started = time.perf_counter()


@signals.task_postrun.connect
def say_how_it_went(task: Any, state: str | None = None, **_: Any) -> None:
    started = getattr(task.request, "started", time.perf_counter())
    logger.info(
        "%s %s",
        task.name,
        state,
        extra={
            "task": task.name,
            "state": state,
            "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            "retries": task.request.retries,
        },
    )
    for variable in HEADERS.values():
        variable.set("")
