"""What this service keeps. No other service reads these tables."""

from django.db import models


class Note(models.Model):
    """A sample to start from. Rename it to what your service is about."""

    text = models.CharField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text
