"""Writes conformance cases: one JSON object a line, keys in a fixed order, so that a generated file is the same on every run."""

import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Cases:
    """The cases of one generated file, named `prefix-001`, `prefix-002` … in order."""

    def __init__(self, file_name):
        self.path = ROOT / file_name
        self.rows = []
        self.counts = {}

    def add(self, prefix, source, stdout, error=None):
        """Adds one case. `error` is None or the stage that fails: "lex", "parse", "type" or "run"."""
        number = self.counts[prefix] = self.counts.get(prefix, 0) + 1
        self.rows.append({"name": f"{prefix}-{number:03}", "source": source, "stdout": stdout, "error": error})

    def write(self):
        """Writes the file and says how many cases it holds."""
        with open(self.path, "w", encoding="utf-8", newline="\n") as out:
            for row in self.rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        print(f"{self.path.name}: {len(self.rows)} cases")
