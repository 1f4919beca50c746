import json
import urllib.error
import urllib.request

import pytest

from platform_kit.queue.health import health_server


def ask(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
            assert response.headers["Cache-Control"] == "no-store"
            return response.status, json.load(response)["status"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)["status"]


@pytest.mark.parametrize(
    ("alive", "ready", "livez", "readyz"),
    [(True, True, 200, 200), (True, False, 200, 503), (False, True, 503, 503)],
)
def test_health_says_how_it_is(alive: bool, ready: bool, livez: int, readyz: int) -> None:
    with health_server(0, alive=lambda: alive, ready=lambda: ready) as port:
        assert ask(port, "/livez")[0] == livez
        assert ask(port, "/readyz")[0] == readyz
        assert ask(port, "/") == (404, "not found")
