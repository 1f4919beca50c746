"""What the web server runs."""

import os

from platform_kit import telemetry

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Before anything that it should watch is imported.
telemetry.start_newrelic(os.environ)

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
