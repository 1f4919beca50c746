"""What this service does. platform_kit/queue/jobs.py says what a job may rely on."""

from typing import Any

from platform_kit.queue.jobs import GiveUp, handles

from .models import Note


@handles("note.add", attempts=5)
def add_note(payload: dict[str, Any]) -> None:
    """A sample to start from. `manage.py enqueue note.add '{"text": "Hello"}'` asks for it."""
    text = payload.get("text")
    if not isinstance(text, str) or not text:
        raise GiveUp("There is no text.")
    Note.objects.create(text=text)
