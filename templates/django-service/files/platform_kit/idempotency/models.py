"""What was answered to a request with an Idempotency-Key, for as long as it may be repeated."""

import uuid

from django.db import models


class IdempotencyKey(models.Model):
    """One request of one caller. Without a status it is still being answered."""

    key = models.CharField(max_length=255)
    principal = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    # Who answers it now, and until when nobody else may: a process can die in between.
    claim = models.UUIDField(default=uuid.uuid4)
    claimed_until = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True, default="")  # JSON, in the order in which it was said.
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "idempotency_key"
        constraints = [
            models.UniqueConstraint(fields=["principal", "key"], name="idempotency_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.principal} {self.key}"
