"""What this service does outside of requests. config/celery.py says how to call it."""

from django.core.management import call_command
from django.db import OperationalError

from config.celery import app


@app.task(autoretry_for=(OperationalError,), retry_backoff=True, retry_jitter=True, max_retries=5)
def forget_idempotency_keys() -> None:
    """Once an hour, as config/celery.py says."""
    call_command("forget_idempotency_keys")
