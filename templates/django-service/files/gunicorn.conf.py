"""The web server: `gunicorn config.wsgi` reads this file by itself."""

import os
from pathlib import Path
from typing import Any

from platform_kit.logs import logging_config

# All interfaces: the platform decides who can reach them. One port, given by the platform.
bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Each thread keeps a database connection: workers x threads x instances must stay below
# what the database allows.

# Load the code once, before forking: a faulty release fails at once, and memory is shared.
preload_app = True

# A request may take this long; a worker that is silent for longer is replaced.
timeout = 30
# After SIGTERM, running requests may finish: less than the 30 s that platforms wait.
graceful_timeout = 25
# Longer than a router keeps idle connections, so that it is never the server that closes first.
keepalive = 75
# Replace workers now and then, not all at once: a slow leak never grows old.
max_requests = 10_000
max_requests_jitter = 1_000
# Heartbeats in memory: on a slow disk they would stall.
memory = Path("/dev/shm")  # noqa: S108
worker_tmp_dir = str(memory) if memory.is_dir() else None
control_socket_disable = True

# The service logs requests itself, with their ids: platform_kit/request.py.
accesslog = None
logconfig_dict = logging_config(
    os.environ.get("LOG_LEVEL", "INFO").upper(), os.environ.get("LOG_FORMAT", "json")
)


def when_ready(server: Any) -> None:
    if not os.environ.get("API_TOKENS"):
        server.log.warning("API_TOKENS is empty: anyone who reaches this service may use it")
