import io
import signal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from platform_kit.queue.jobs import KINDS, Kind
from platform_kit.queue.models import Job
from platform_kit.queue.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "test.do", Kind(lambda _: None))


def run(*arguments: str, **options: Any) -> str:
    output = io.StringIO()
    call_command(*arguments, stdout=output, **options)
    return output.getvalue()


def test_enqueue_asks_for_a_job() -> None:
    said = run("enqueue", "test.do", '{"a": 1}', key="k")

    job = Job.objects.get()
    assert (job.payload, job.key) == ({"a": 1}, "k")
    assert said == f"test.do {job.pk}\n"


@pytest.mark.parametrize("arguments", [("test.do", "{"), ("test.do", "[]"), ("test.other", "{}")])
def test_enqueue_refuses_what_cannot_be_done(arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        run("enqueue", *arguments)


def test_the_dead_are_listed_tried_again_or_forgotten() -> None:
    for kind in ("test.do", "test.other"):
        Job.objects.create(
            kind=kind, state=Job.State.DEAD, attempts=8, last_error="no", run_at=timezone.now()
        )

    assert "8 attempts: no" in run("dead_jobs")
    assert run("dead_jobs", kind="test.do", retry=True) == "1 to be tried again\n"
    job = Job.objects.get(kind="test.do")
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)
    assert run("dead_jobs", forget=True) == "1 forgotten\n"
    assert run("dead_jobs") == ""


def test_work_ends_when_it_is_told_to(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PORT = 0
    told: dict[int, Any] = {}
    monkeypatch.setattr(signal, "signal", told.__setitem__)

    def run_until_told(worker: Worker) -> None:
        told[signal.SIGTERM](signal.SIGTERM, None)
        assert worker.stopping.is_set()

    monkeypatch.setattr(Worker, "run", run_until_told)

    assert run("work").startswith("Working; http://127.0.0.1:")
    assert set(told) == {signal.SIGTERM, signal.SIGINT}
