"""What is to be done. A job that was done is deleted: what matters of it is in its effects."""

from django.db import models


class Job(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        DEAD = "dead"  # Given up: somebody has to look.

    kind = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # Not before; a job that is being done or was tried in vain waits like any other.
    run_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    # Who does it now: a worker that took too long notices that another took over.
    claim = models.UUIDField(null=True, editable=False)
    last_error = models.TextField(blank=True, default="")
    # One job at most waits under a key.
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001
    request_id = models.CharField(max_length=64, blank=True, default="")
    traceparent = models.CharField(max_length=55, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "job"
        indexes = [
            models.Index(
                fields=["run_at", "id"],
                name="job_next",
                condition=models.Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
