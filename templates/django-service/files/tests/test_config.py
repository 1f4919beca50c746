"""The settings refuse to start half-configured, and production's are safe."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from config.env import BASE_DIR, REQUIRED, require


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        require(["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"], {"ALLOWED_HOSTS": "localhost"})

    assert "SECRET_KEY: " in str(raised.value)
    assert "DATABASE_URL: " in str(raised.value)
    assert "ALLOWED_HOSTS: " not in str(raised.value)


def run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {"PATH": os.environ["PATH"], "DEBUG": "false"}
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_configuration_it_does_not_start() -> None:
    # Set but empty: so that one's own .env is not heard.
    ran = run(["check"], dict.fromkeys(REQUIRED, ""))

    assert ran.returncode != 0
    assert all(f"{name}: " in ran.stderr for name in REQUIRED)


def test_production_settings_pass_djangos_deployment_checks() -> None:
    environment = dict.fromkeys(REQUIRED, "something") | {
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": "postgres://nobody@localhost/none",
    }

    ran = run(["check", "--deploy", "--fail-level", "WARNING"], environment)

    assert ran.returncode == 0, ran.stderr


def test_plain_http_is_redirected_but_health_is_not(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/").status_code == 301
    assert client.get("/", headers={"x-forwarded-proto": "https"}).status_code == 200
    assert client.get("/livez").status_code == 200


def test_the_example_explains_every_variable() -> None:
    files = [*BASE_DIR.glob("config/*.py"), BASE_DIR / "gunicorn.conf.py"]
    code = "\n".join(file.read_text("utf-8") for file in files)
    read = set(re.findall(r"(?:\benv(?:\.\w+)?|environ\.get)\(\s*[\"']([A-Z_]+)[\"']", code))
    example = (BASE_DIR / ".env.example").read_text("utf-8")
    explained = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))

    assert read
    assert read <= explained


def test_the_configuration_page_is_what_the_example_says() -> None:
    """If this fails, run `make docs`."""
    page = (BASE_DIR / "docs" / "configuration.md").read_text("utf-8")
    script = [sys.executable, "scripts/write_configuration.py", "--print"]

    ran = subprocess.run(script, cwd=BASE_DIR, capture_output=True, text=True, check=True)  # noqa: S603

    assert ran.stdout == page


def test_the_version_is_said_once(client: Client) -> None:
    from config import service

    for name in ("pyproject.toml", "openapi.yaml", "CHANGELOG.md"):
        assert service.VERSION in Path(BASE_DIR / name).read_text("utf-8")
    assert service.VERSION in client.get("/").content.decode()
