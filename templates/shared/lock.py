#!/usr/bin/env python3
"""Locks a template's packages: writes files/requirements*.txt.hbs from files/requirements*.in.hbs.

    python3 templates/shared/lock.py django-service [--keep]

It needs uv. All features are resolved together, so one version of a package serves every answer.
What only some features need stands in an {{#if}} of just those. --keep moves no version that is
locked already.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

UV = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
PLAIN = ["--no-header", "--no-annotate", "--no-emit-index-url"]
NAME = re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.MULTILINE)


def wanted(path: Path) -> list[tuple[str, str]]:
    """(condition, requirement) for each line; an empty condition means always."""
    condition, found = "", []
    for line in path.read_text("utf-8").splitlines():
        if opened := re.fullmatch(r"\{\{#if (.+)\}\}", line):
            condition = opened[1]
        elif line == "{{/if}}":
            condition = ""
        elif line and line[0] not in "#-":
            found.append((condition, line))
    return found


def compiled(requirements: list[str], *options: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in")
        source.write_text("\n".join(requirements), "utf-8")
        command = [*UV, *PLAIN, *options, str(source)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def names(requirements: list[str], versions: Path) -> set[str]:
    return set(NAME.findall(compiled(requirements, "--constraint", str(versions))))


def blocks(text: str) -> dict[str, str]:
    """One entry per package: its line and those with its hashes."""
    parts = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    return {found[1]: part for part in parts if (found := NAME.match(part))}


def joined(conditions: list[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"(or {' '.join(conditions)})"


def rendered(lines: list[tuple[str, str]], everything: dict[str, str], versions: Path) -> str:
    always = [text for condition, text in lines if not condition]
    needed_always = names(always, versions)
    needed_by: dict[str, list[str]] = {}
    for condition in dict.fromkeys(condition for condition, _ in lines if condition):
        some = [text for given, text in lines if given == condition]
        for name in names(always + some, versions) - needed_always:
            needed_by.setdefault(name, []).append(condition)
    out, open_ = [], ""
    for name in sorted(needed_always | set(needed_by)):
        condition = joined(needed_by[name]) if name in needed_by else ""
        if condition != open_:
            out += ["{{/if}}\n"] if open_ else []
            out += [f"{{{{#if {condition}}}}}\n"] if condition else []
            open_ = condition
        out.append(everything[name])
    return "".join(out) + ("{{/if}}\n" if open_ else "")


def main(template: str, *options: str) -> None:
    files = Path(__file__).resolve().parent.parent / template / "files"
    runtime = wanted(files / "requirements.in.hbs")
    dev = runtime + wanted(files / "requirements-dev.in.hbs")
    keep = []
    if "--keep" in options:
        locked = (files / "requirements-dev.txt.hbs").read_text("utf-8")
        keep = [part.split(" \\")[0] for part in blocks(locked).values()]
    with tempfile.TemporaryDirectory() as folder:
        versions = Path(folder, "versions.txt")
        versions.write_text("\n".join(keep), "utf-8")
        texts = [text for _, text in dev]
        hashed = compiled(texts, "--generate-hashes", "--constraint", str(versions))
        everything = blocks(hashed)
        versions.write_text("\n".join(part.split(" \\")[0] for part in everything.values()), "utf-8")
        for name, lines in (("requirements", runtime), ("requirements-dev", dev)):
            text = rendered(lines, everything, versions)
            (files / f"{name}.txt.hbs").write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
