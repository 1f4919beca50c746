"""The settings refuse to start half-configured, and production's are safe."""

import os
import re
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import service
from config.env import BASE_DIR, REQUIRED, require


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        require(list(REQUIRED), {})

    assert all(f"{name}: " in str(raised.value) for name in REQUIRED)


def test_what_is_there_is_not_named() -> None:
    require(list(REQUIRED), dict.fromkeys(REQUIRED, "something"))


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
        "DATABASE_URL": "postgres://nobody@localhost/none",
    }

    ran = run(["check", "--deploy", "--fail-level", "WARNING"], environment)

    assert ran.returncode == 0, ran.stderr


def test_the_example_explains_every_variable() -> None:
    files = [*BASE_DIR.glob("config/*.py"), *BASE_DIR.glob("gunicorn.conf.py")]
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


def test_the_version_is_said_once() -> None:
    for name in ("pyproject.toml", "CHANGELOG.md"):
        assert service.VERSION in (BASE_DIR / name).read_text("utf-8")
