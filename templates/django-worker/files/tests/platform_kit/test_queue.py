"""Jobs: done once, tried again, given up; nothing is lost when a worker is."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from pytest_django import Settings

from platform_kit import logs
from platform_kit.queue import jobs, worker
from platform_kit.queue.jobs import GiveUp, Kind, enqueue, handles
from platform_kit.queue.models import Job
from platform_kit.queue.worker import Worker

pytestmark = pytest.mark.django_db


class Seen:
    """What the handler of `test.do` was given, and what it does next."""

    def __init__(self) -> None:
        self.payloads: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.fails: Exception | None = None

    def handle(self, payload: dict[str, Any]) -> None:
        self.payloads.append(payload)
        self.ids.append(logs.request_id.get())
        # To see that what fails leaves nothing behind.
        Job.objects.create(kind="made by the handler", run_at=timezone.now() + timedelta(days=9))
        if self.fails:
            raise self.fails


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    seen = Seen()
    monkeypatch.setattr(jobs, "KINDS", {})
    monkeypatch.setattr(worker, "KINDS", jobs.KINDS)
    handles("test.do", attempts=3)(seen.handle)
    return seen


def waiting() -> list[Job]:
    return list(Job.objects.filter(kind="test.do"))


def make_due() -> None:
    Job.objects.filter(kind="test.do").update(run_at=timezone.now())


def test_a_job_is_done_once_and_is_gone(seen: Seen) -> None:
    enqueue("test.do", {"a": 1})

    assert [Worker().work_one() for _ in range(2)] == [True, False]
    assert seen.payloads == [{"a": 1}]
    assert waiting() == []


def test_the_oldest_first_and_none_before_its_time(seen: Seen) -> None:
    now = timezone.now()
    for number, minutes in ((1, -1), (2, -2), (3, 5)):
        enqueue("test.do", {"n": number}, run_at=now + timedelta(minutes=minutes))

    while Worker().work_one():
        pass

    assert seen.payloads == [{"n": 2}, {"n": 1}]


def test_what_failed_left_nothing_and_is_tried_again_later(seen: Seen) -> None:
    seen.fails = ValueError("no")
    enqueue("test.do", {})

    assert Worker().work_one()

    (job,) = waiting()
    assert not Job.objects.filter(kind="made by the handler").exists()
    assert (job.attempts, job.last_error) == (1, "ValueError: no")
    assert timedelta(0) < job.run_at - timezone.now() <= timedelta(seconds=5)
    assert not Worker().work_one()

    seen.fails = None
    make_due()
    assert Worker().work_one()
    assert waiting() == []


def test_after_its_attempts_it_is_dead(seen: Seen, caplog: pytest.LogCaptureFixture) -> None:
    seen.fails = ValueError("no")
    enqueue("test.do", {}, key="k")

    with caplog.at_level(logging.INFO, "job"):
        for _ in range(3):
            make_due()
            Worker().work_one()

    (job,) = waiting()
    assert job.state == Job.State.DEAD
    outcomes = [vars(one)["outcome"] for one in caplog.records if hasattr(one, "outcome")]
    assert outcomes == ["again", "again", "dead"]
    make_due()
    assert not Worker().work_one()
    # Its key is free again.
    assert enqueue("test.do", {}, key="k").pk != job.pk


def test_some_failures_are_not_worth_another_attempt(seen: Seen) -> None:
    seen.fails = GiveUp("never")
    enqueue("test.do", {})

    Worker().work_one()

    assert [job.state for job in waiting()] == [Job.State.DEAD]


def test_a_kind_that_nobody_handles_any_more_is_dead(seen: Seen) -> None:
    Job.objects.create(kind="test.gone", run_at=timezone.now())

    Worker().work_one()

    job = Job.objects.get(kind="test.gone")
    assert (job.state, job.last_error) == (Job.State.DEAD, "GiveUp: No handler for test.gone")


def test_a_job_whose_worker_died_is_done_by_another(seen: Seen, settings: Settings) -> None:
    enqueue("test.do", {})

    claimed = worker.claim_next()
    assert claimed
    assert claimed.run_at > timezone.now() + timedelta(seconds=settings.JOB_SECONDS - 5)
    assert not Worker().work_one()

    make_due()
    assert Worker().work_one()
    assert len(seen.payloads) == 1


def test_who_was_too_slow_undoes_what_it_did(seen: Seen) -> None:
    enqueue("test.do", {})
    first = worker.claim_next()
    make_due()
    second = worker.claim_next()
    assert first
    assert second

    Worker().do(first)
    assert not Job.objects.filter(kind="made by the handler").exists()
    assert worker.put_back(first, jobs.KINDS["test.do"], ValueError()) == "taken over"

    Worker().do(second)
    assert waiting() == []


def test_one_job_at_most_waits_under_a_key(seen: Seen) -> None:
    first = enqueue("test.do", {"n": 1}, key="k")
    second = enqueue("test.do", {"n": 2}, key="k")

    assert first.pk == second.pk
    assert str(first) == f"test.do {first.pk}"


def test_a_kind_must_be_known_and_have_one_handler(seen: Seen) -> None:
    with pytest.raises(ValueError, match="No handler"):
        enqueue("test.other", {})
    with pytest.raises(ValueError, match="Two handlers"):
        handles("test.do")(seen.handle)


def test_the_request_id_goes_along(seen: Seen) -> None:
    token = logs.request_id.set("abc-12345678")
    try:
        enqueue("test.do", {})
    finally:
        logs.request_id.reset(token)
    other = enqueue("test.do", {})

    while Worker().work_one():
        pass

    assert seen.ids == ["abc-12345678", f"job-{other.pk}"]


def test_waits_grow_up_to_a_limit_and_differ() -> None:
    kind = Kind(lambda _: None, backoff=timedelta(seconds=4), backoff_max=timedelta(seconds=60))

    for attempts, ceiling in ((1, 4), (2, 8), (3, 16), (9, 60), (99, 60)):
        wait = kind.wait(attempts).total_seconds()
        assert ceiling / 2 <= wait <= ceiling


def test_the_state_of_the_queue_is_a_log_line(seen: Seen, caplog: pytest.LogCaptureFixture) -> None:
    enqueue("test.do", {}, run_at=timezone.now() - timedelta(seconds=90))
    enqueue("test.do", {}, run_at=timezone.now() + timedelta(seconds=90))
    Job.objects.create(kind="test.do", run_at=timezone.now(), state=Job.State.DEAD)
    one = Worker()

    with caplog.at_level(logging.INFO, "job"):
        one.report()
        one.report()

    (record,) = caplog.records
    said = vars(record)
    assert (said["waiting"], said["due"], said["dead"]) == (2, 1, 1)
    assert 89 <= said["oldest_seconds"] <= 95


class Loop(Worker):
    """Goes round as often as it is told, without waiting."""

    def __init__(self, rounds: Iterator[object]) -> None:
        super().__init__()
        self.rounds = rounds

    def report(self) -> None:
        """Not here."""

    def work_one(self) -> bool:
        found = next(self.rounds, None)
        if found is None:
            self.stop()
        if isinstance(found, Exception):
            raise found
        return bool(found)


def test_the_loop_survives_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    rounds = iter([True, OperationalError("gone"), True])

    Loop(rounds).run()

    assert next(rounds, "over") == "over"
    assert "database unavailable: gone" in caplog.text


def test_it_is_alive_while_the_loop_comes_round(settings: Settings) -> None:
    one = Worker()
    assert one.is_alive()

    one.last_sign -= settings.JOB_SECONDS + 31
    assert not one.is_alive()


def test_it_is_ready_while_the_database_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)
    assert worker.database_answers()

    def away() -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(connection, "cursor", away)
    assert not worker.database_answers()
