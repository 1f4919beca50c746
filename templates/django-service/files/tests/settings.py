"""Production's settings with harmless values, whatever one's environment or .env says."""

import os

os.environ |= {
    "DEBUG": "false",
    "SECRET_KEY": "only-for-tests-" * 4,
    "ALLOWED_HOSTS": "testserver",
    "SECURE_SSL_REDIRECT": "false",
    "API_TOKENS": "",
    "LOG_FORMAT": "json",
    "LOG_LEVEL": "INFO",
    "SENTRY_DSN": "",
}

from config.settings import *  # noqa: F403
