"""The one door to the environment: every variable this service reads is read through `env`."""

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environ import Env

BASE_DIR = Path(__file__).resolve().parent.parent

# Real variables win over the file; the file is for one's own machine and never leaves it.
if (BASE_DIR / ".env").is_file():
    Env.read_env(BASE_DIR / ".env")

env = Env()

# What a deployed service cannot run without, and what to say to someone who forgot it.
REQUIRED = {
    "SECRET_KEY": "a random text of at least 50 characters, kept secret",
    "ALLOWED_HOSTS": "the host names this service answers to, as in orders.example.com,localhost",
    "DATABASE_URL": "its own PostgreSQL database, as in postgres://user:password@host:5432/name",
}


def require(names: list[str], environment: Mapping[str, str]) -> None:
    """Raises one ImproperlyConfigured that names every variable of `names` that is not set."""
    missing = [name for name in names if not environment.get(name)]
    if missing:
        wanted = "\n".join(f"  {name}: {REQUIRED[name]}" for name in missing)
        raise ImproperlyConfigured(
            f"Set these environment variables (.env.example explains all of them):\n{wanted}"
        )
