"""Writes docs/configuration.md from .env.example, where every variable is explained once.

    python scripts/write_configuration.py [--print]

A test compares the two, so that the page cannot fall behind.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
# Configuration

Everything that differs between deployments comes from the environment. This page is made from
`.env.example` by `make docs`.
"""
VARIABLE = re.compile(r"#?([A-Z][A-Z0-9_]*)=(.*)")
SECTION = re.compile(r"# --- (.+?) -+")


def page(example: str) -> str:
    parts = [HEAD]
    paragraphs = [part.splitlines() for part in example.split("\n\n")]
    for lines in paragraphs[1:]:
        if section := SECTION.fullmatch(lines[0]):
            parts.append(f"\n## {section[1]}\n")
            continue
        variables = [found for line in lines if (found := VARIABLE.fullmatch(line))]
        about = [line[2:] for line in lines if not VARIABLE.fullmatch(line)]
        names = ", ".join(f"`{name}`" for name, _ in (found.groups() for found in variables))
        given = [
            f"`{name}={value}`" for name, value in (one.groups() for one in variables) if value
        ]
        parts.append(f"\n### {names}\n\n" + "\n".join(about) + "\n")
        if given:
            parts.append("\nAs in " + ", ".join(given) + ".\n")
    return "".join(parts)


if __name__ == "__main__":
    text = page((ROOT / ".env.example").read_text("utf-8"))
    if "--print" in sys.argv:
        sys.stdout.write(text)
    else:
        (ROOT / "docs" / "configuration.md").write_text(text, "utf-8")
