"""Deletes keys that have expired. Run it once an hour or so: they do no harm, only take room."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from platform_kit.idempotency.models import IdempotencyKey


class Command(BaseCommand):
    help = "Deletes idempotency keys that have expired"

    def handle(self, *args: Any, **options: Any) -> None:
        deleted, _ = IdempotencyKey.objects.filter(expires_at__lt=timezone.now()).delete()
        self.stdout.write(f"{deleted} deleted")
