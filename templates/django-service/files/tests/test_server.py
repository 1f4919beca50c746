"""The web server itself: what `web` of the Procfile starts, answering from the database."""

import os
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from config.env import BASE_DIR

PATIENCE = 20.0  # Seconds.


@pytest.fixture
def address(db: None, tmp_path: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    procfile = dict(
        line.split(": ", 1) for line in (BASE_DIR / "Procfile").read_text("utf-8").splitlines()
    )
    program, *arguments = shlex.split(procfile["web"])
    name = connection.settings_dict["NAME"]
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PORT": str(port),
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database,
    }
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603
            [Path(sys.executable).parent / program, *arguments],
            cwd=BASE_DIR,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_open(port, server, tmp_path / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        code = server.wait(PATIENCE)
    assert code == 0, (tmp_path / "log").read_text("utf-8")


def wait_until_open(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The server did not start:\n{log.read_text('utf-8')}")
            time.sleep(0.05)
        else:
            return


def test_it_serves_items_from_the_database(address: str) -> None:
    for path in ("/livez", "/readyz", "/api/v1/items", "/openapi.yaml"):
        with urllib.request.urlopen(address + path, timeout=5) as response:  # noqa: S310
            assert response.status == 200
            body = response.read()
        if path == "/api/v1/items":
            assert body == b'{"next":null,"previous":null,"results":[]}'
