"""Execute one notebook in a fresh kernel and write it in canonical form.

    run.py IN.ipynb OUT.ipynb

Cells tagged `timing` keep the outputs that IN stores for the same source,
unless TIMING=1. Errors are outputs like any other: the caller judges them.
"""

import copy
import hashlib
import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

REPO = Path(__file__).resolve().parents[2]
KERNEL = {"display_name": "Go (descent)", "language": "go", "name": "descent"}
LANGUAGE = {"name": "go", "file_extension": ".go", "mimetype": "text/x-go", "pygments_lexer": "go"}

# What differs between two machines or two runs, and what stands for it.
NOISE = [
    (re.compile(re.escape(f"{REPO}/")), ""),
    (re.compile(r"[^\s\"'>]*\bgonb_[0-9a-f]{8}(?=/)"), "/tmp/gonb"),
    (re.compile(r"\bgonb_[0-9a-f]{8}\b"), "gonb"),
    (re.compile(r"[^\s\"'>]*/bin/go (?=build|run|test|get)"), "go "),
    (re.compile(r"[^\s\"'>]*/src/(?=runtime/)"), ""),
    (re.compile(r"\b0x[0-9a-f]+"), "0x0"),
    # GoNB names cell and line in a trace, unless the trace reaches it in pieces.
    (re.compile(r" \x1b\[7m\[\[ Cell \[\d+\] Line \d+ \]\]\x1b\[0m "), ""),
]


def masked(value):
    """Return the output, or part of one, without the noise."""
    if isinstance(value, str):
        for pattern, text in NOISE:
            value = pattern.sub(text, value)
        return value
    if isinstance(value, list):
        return [masked(v) for v in value]
    if isinstance(value, dict):
        return nbformat.from_dict({k: masked(v) for k, v in value.items()})
    return value


def canonical(outputs):
    """Join neighbouring pieces of a stream and mask what is noise.

    The streams of a program that failed arrive in any order: stdout goes first.
    """
    failed = any(o.output_type == "error" for o in outputs)
    if failed:
        rank = {"stdout": 0, "stderr": 1}
        outputs = sorted(outputs, key=lambda o: rank.get(o.get("name"), 2))
    joined = []
    for o in outputs:
        if joined and o.output_type == "stream" and joined[-1].get("name") == o.name:
            joined[-1].text += o.text
        else:
            joined.append(o)
    return [masked(o) for o in joined] if failed else joined


def fingerprint(cell):
    return hashlib.sha256(cell.source.encode()).hexdigest()[:16]


def execute(nb, lang):
    # The folder's name tells a figure its language; a fresh one keeps what a
    # cell writes out of the repo.
    with tempfile.TemporaryDirectory() as tmp:
        folder = Path(tmp, lang)
        folder.mkdir()
        NotebookClient(
            nb,
            kernel_name=KERNEL["name"],
            timeout=300,
            allow_errors=True,
            record_timing=False,
            resources={"metadata": {"path": str(folder)}},
        ).execute()


def main(source, target):
    nb = nbformat.read(source, as_version=4)
    stored = {c.id: copy.deepcopy(c.get("outputs")) for c in nb.cells}
    execute(nb, Path(source).resolve().parent.name)
    for c in nb.cells:
        if c.cell_type != "code":
            continue
        c.outputs = canonical(c.outputs)
        if "timing" not in c.metadata.get("tags", []):
            continue
        kept = c.metadata.get("timed") == fingerprint(c) and stored[c.id]
        if kept and os.environ.get("TIMING") != "1":
            c.outputs = stored[c.id]
        c.metadata["timed"] = fingerprint(c)
    nb.metadata.update(nbformat.from_dict({"kernelspec": KERNEL, "language_info": LANGUAGE}))
    nb.nbformat, nb.nbformat_minor = 4, 5
    nbformat.validate(nb)
    Path(target).write_text(nbformat.writes(nb) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
