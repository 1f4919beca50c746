"""What this service keeps. No other service reads these tables: they ask through the API."""

import uuid

from django.db import models


class Item(models.Model):
    """A sample to start from. Rename it to what your service is about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, help_text="What people call it.")
    note = models.CharField(
        max_length=2000, blank=True, default="", help_text="Anything else worth knowing."
    )
    created_at = models.DateTimeField(auto_now_add=True, help_text="When it was created.")
    updated_at = models.DateTimeField(auto_now=True, help_text="When it last changed.")

    class Meta:
        # The index answers the order in which pages are read: see platform_kit/pagination.py.
        indexes = [models.Index(fields=["-created_at", "-id"], name="item_newest_first")]

    def __str__(self) -> str:
        return self.name
