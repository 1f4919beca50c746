"""Jobs that were given up: lists them, or lets them be tried again once the reason is mended."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from platform_kit.queue.models import Job


class Command(BaseCommand):
    help = "Lists the jobs that were given up"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", help="only of this kind")
        parser.add_argument("--retry", action="store_true", help="try them again")
        parser.add_argument("--forget", action="store_true", help="delete them")

    def handle(self, *args: Any, **options: Any) -> None:
        jobs = Job.objects.filter(state=Job.State.DEAD).order_by("id")
        if options["kind"]:
            jobs = jobs.filter(kind=options["kind"])
        if options["retry"]:
            count = jobs.update(state=Job.State.WAITING, attempts=0, run_at=timezone.now())
            self.stdout.write(f"{count} to be tried again")
        elif options["forget"]:
            count, _ = jobs.delete()
            self.stdout.write(f"{count} forgotten")
        else:
            for job in jobs.iterator():
                self.stdout.write(f"{job}, {job.attempts} attempts: {job.last_error}")
