"""Makes a virtual environment with exactly what a locked requirements file names.

    python3 scripts/make_venv.py .venv requirements-dev.txt
    .venv/bin/python scripts/make_venv.py --add requirements-postgres.txt

It needs nothing but Python; where uv is installed it is used, being many times faster.
A file .installed in the environment remembers what it was made from.
"""

# An old python3 must get as far as the message at the end: no newer syntax here.
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = 11
NEWEST = 14
HELP_VENV = """\
Python cannot make virtual environments here. Install its parts for that, as with
`apt-get install python3-venv`, or install uv, and try again."""


def main(arguments):
    if arguments[:1] == ["--add"]:
        return install(sys.executable, arguments[1])
    if sys.version_info < (3, OLDEST):
        return with_newer_python(arguments)
    folder, requirements = Path(arguments[0]), Path(arguments[1])
    stamp = folder / ".installed"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        stamp.touch()
        return 0
    print(f"Installing {requirements} into {folder} ...", flush=True)
    shutil.rmtree(str(folder), ignore_errors=True)
    code = make(folder) or install(str(folder / "bin" / "python"), str(requirements))
    if code == 0:
        stamp.write_text(wanted)
    return code


def make(folder):
    if shutil.which("uv"):
        return call(["uv", "venv", "--quiet", "--python", sys.executable, str(folder)])
    code = call([sys.executable, "-m", "venv", str(folder)])
    if code != 0:
        print(HELP_VENV, file=sys.stderr)
    return code


def install(python, requirements):
    if shutil.which("uv"):
        command = ["uv", "pip", "install", "--quiet", "--python", python]
    else:
        # Python compiles what it imports, which is a third of what is installed.
        command = [python, "-m", "pip", "install", "--quiet", "--no-compile"]
        command.append("--disable-pip-version-check")
    # The file names every package already. Left to look for itself, an older pip takes the newest
    # release where one package asks for another's extra, and then misses its hash.
    return call([*command, "--no-deps", "--require-hashes", "-r", requirements])


def with_newer_python(arguments):
    for minor in range(NEWEST, OLDEST - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and works(newer):
            return call([newer, __file__, *arguments])
    found = ".".join(str(part) for part in sys.version_info[:2])
    print(f"This service needs Python 3.{OLDEST} or newer; {sys.executable} is {found}.")
    print("Install a newer one, or name it: make setup PYTHON=/path/to/python3")
    return 1


def works(python):
    """A name on PATH may be a stand-in for a version that is not installed."""
    quiet = subprocess.DEVNULL
    return subprocess.run([python, "-V"], stdout=quiet, stderr=quiet, check=False).returncode == 0


def call(command):
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
