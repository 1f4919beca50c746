"""Tries what `make build` made: the wheel can be imported, and it carries its types."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path


def main(folder: str) -> int:
    for wheel in Path(folder).glob("*.whl"):
        names = zipfile.ZipFile(wheel).namelist()
        typed = [name for name in names if name.endswith("/py.typed")]
        if len(typed) != 1:
            print(f"{wheel} lacks py.typed: users of the package would get no types.")
            return 1
        module = typed[0].split("/")[0]
        # The wheel itself is on the path: what was forgotten in it is missing here.
        env = {**os.environ, "PYTHONPATH": str(wheel.resolve())}
        told = f"import {module}.testing; print({module}.__file__)"
        run = subprocess.run(
            [sys.executable, "-c", told], env=env, capture_output=True, text=True, check=False
        )
        if run.returncode != 0 or str(wheel.name) not in run.stdout:
            print(f"{wheel} cannot be imported:\n{run.stdout}{run.stderr}")
            return 1
        return 0
    print(f"There is no wheel in {folder}.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
