#!/usr/bin/env python3
"""Runs Django's commands: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["migrate"]:
        # A request must never take long; rebuilding a large table may. lock_timeout still holds.
        os.environ.setdefault("DB_STATEMENT_TIMEOUT_MS", "0")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
