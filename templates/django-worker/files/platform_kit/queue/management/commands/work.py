"""The process that does the jobs: `web` of the Procfile."""

import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from platform_kit.queue.health import health_server
from platform_kit.queue.worker import Worker, database_answers


class Command(BaseCommand):
    help = "Does jobs until it is told to stop (SIGTERM, Ctrl-C), after the one at hand"

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        checks = {"alive": worker.is_alive, "ready": database_answers}
        with health_server(settings.PORT, **checks) as port:
            self.stdout.write(f"Working; http://127.0.0.1:{port}/readyz says whether it can")
            worker.run()
