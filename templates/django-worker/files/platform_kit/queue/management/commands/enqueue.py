"""Asks for a job by hand or from a schedule: `manage.py enqueue note.add '{"text": "Hello"}'`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from platform_kit.queue.jobs import enqueue


class Command(BaseCommand):
    help = "Asks for a job"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind")
        parser.add_argument("payload", nargs="?", default="{}", help="a JSON object")
        parser.add_argument("--key", help="not while a job with this key waits")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            payload = json.loads(options["payload"])
            if not isinstance(payload, dict):
                raise TypeError("The payload must be a JSON object.")  # noqa: TRY301
            job = enqueue(options["kind"], payload, key=options["key"])
        except (TypeError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(job))
