from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class QueueConfig(AppConfig):
    name = "platform_kit.queue"
    label = "queue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each app says in its jobs.py what it can do.
        autodiscover_modules("jobs")
