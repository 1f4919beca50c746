"""Makes services with copier and cookiecutter by their Python interfaces, and compares made ones with a new rendering.

Takes one JSON document on stdin: what to do, how often, and where. Gives one line of JSON: the seconds of each round.
"""

import filecmp
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path


def make(tool, source, target, answers):
    if tool == "copier":
        from copier import run_copy

        run_copy(source, target, data=answers, defaults=True, quiet=True, vcs_ref="HEAD")
    else:
        from cookiecutter.main import cookiecutter

        cookiecutter(source, no_input=True, output_dir=str(Path(target).parent), extra_context=answers)


def drift(tool, source, service, answers):
    """The files of a service that are not as the template gives them: rendered again and compared byte by byte."""
    with tempfile.TemporaryDirectory() as around:
        again = Path(around) / Path(service).name
        make(tool, source, str(again), answers)
        paths = [str(one.relative_to(again)) for one in again.rglob("*") if one.is_file()]
        _, edited, missing = filecmp.cmpfiles(service, again, paths, shallow=False)
        return len(edited) + len(missing)


def main():
    order = json.load(sys.stdin)
    tool, source, answers = order["tool"], order["source"], order["answers"]
    seconds, found = [], 0
    for target in order["targets"]:
        start = time.perf_counter()
        if order["what"] == "make":
            make(tool, source, target, answers | {"name": Path(target).name})
        else:
            found += drift(tool, source, target, answers | {"name": Path(target).name})
        seconds.append(time.perf_counter() - start)
        if order["what"] == "make" and not order["keep"]:
            shutil.rmtree(target)
    print(json.dumps({"seconds": seconds, "found": found}))


main()
