"""Exits 0 when the service in this container is ready. Dockerfile's HEALTHCHECK: needs no curl."""

import os
import sys
import urllib.request

url = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/readyz"
try:
    with urllib.request.urlopen(url, timeout=2) as response:
        ready = response.status == 200
except OSError as error:
    ready = False
    print(f"{url}: {error}", file=sys.stderr)
sys.exit(0 if ready else 1)
