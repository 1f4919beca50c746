"""/livez: the loop comes round. /readyz: it can work, so its database answers. Nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def health_server(
    port: int, *, alive: Callable[[], bool], ready: Callable[[], bool]
) -> Iterator[int]:
    """Answers on a port (0: a free one, which it gives) while the block runs."""
    checks: dict[str, Callable[[], bool]] = {
        "/livez": alive,
        "/readyz": lambda: alive() and ready(),
    }

    class Handler(BaseHTTPRequestHandler):
        timeout = 5  # Seconds that a caller may take.

        def do_GET(self) -> None:
            check = checks.get(self.path)
            status = 404 if check is None else 200 if check() else 503
            said = {200: "ok", 404: "not found", 503: "not well"}[status]
            body = json.dumps({"status": said}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """A probe every few seconds is no news."""

    server = ThreadingHTTPServer(("0.0.0.0", port), Handler)  # noqa: S104
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
