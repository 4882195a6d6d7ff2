#!/usr/bin/env python3
"""Outcome spaces: Detente side by side with NegMAS, the same spaces in one run.

    python3 bench/deal_against.py [--venv FOLDER]

Makes a virtual environment with NegMAS if there is none, builds Detente's timer and writes
docs/src/benchmarks-deal.md. Spaces are additive with random weights and scores (seed 1). Detente's times are the
smallest of seven runs on one thread; NegMAS's are the processor time of one run without the start of Python.
"""

import argparse
import datetime
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "src" / "benchmarks-deal.md"
LIMIT = 900


def space(shape: list, parties: int) -> dict:
    draw = random.Random(1)

    def party() -> dict:
        weights = [draw.random() for _ in shape]
        return {
            "weights": [weight / sum(weights) for weight in weights],
            "scores": [[draw.random() for _ in range(options)] for options in shape],
        }

    return {"shape": shape, "parties": [party() for _ in range(parties)]}


def program(command: list) -> dict:
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def python_with_negmas(folder: Path) -> str:
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "negmas"], check=True)
    return str(python)


def agree(ours: dict, theirs: dict) -> str:
    points = ours["points"] == theirs["points"]
    near = all(abs(a - b) < 1e-9 for a, b in zip(ours["nash"], theirs["nash"]))
    return "yes" if points and near else "no"


def rows(timer: str, python: str, folder: Path) -> list:
    found = []
    peer = str(ROOT / "bench" / "peer_negmas.py")
    for what, shape, parties, part, bar in [
        ("frontier and solutions", [10] * 6, 2, "enumerating", 0.05),
        ("frontier and solutions", [10] * 6, 3, "enumerating", 0.15),
        ("all statistics", [10] * 5, 2, "statistics", 0.02),
        ("all statistics", [10] * 5, 3, "statistics", 0.02),
    ]:
        file = folder / f"{len(shape)}-{parties}.json"
        file.write_text(json.dumps(space(shape, parties)), encoding="utf-8")
        ours = program([timer, "--all", str(file)])
        theirs = program([python, "-W", "ignore", peer, "points" if part == "enumerating" else "statistics", str(file)])
        label = f"{what}, {ours['outcomes']:,.0f} outcomes, {parties} parties"
        found.append([label, part.replace("statistics", "enumerating"), bar, ours[part], theirs["seconds"], agree(ours, theirs)])
        if part == "enumerating":
            found.append([label, "merging", 0.005, ours["merging"], theirs["seconds"], agree(ours, theirs)])
        print(*found[-1], sep=" · ", flush=True)
    return found


def large(timer: str, folder: Path) -> list:
    found = []
    for parties, epsilon in [(2, 0.0), (2, 0.001), (3, 0.01)]:
        shape = [2] * 20 + [3] * 30
        file = folder / f"large-{parties}.json"
        file.write_text(json.dumps(space(shape, parties)), encoding="utf-8")
        ours = program([timer, "--merge", str(epsilon), str(file)])
        found.append([f"{ours['outcomes']:.1e} outcomes of {len(shape)} issues, {parties} parties", epsilon, ours["epsilon"], ours["merging"], ours["points"]])
        print(*found[-1], sep=" · ", flush=True)
    return found


def page(python: str, found: list, largest: list, memory: int) -> str:
    version = subprocess.run([python, "-c", "import negmas; print(negmas.__version__)"], capture_output=True, text=True, check=True)
    model = next((line.split(":", 1)[1].strip() for line in subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout.splitlines() if line.startswith("Model name")), platform.processor())
    lines = [
        "# Outcome spaces side by side",
        "",
        f"Measured on {datetime.date.today().isoformat()} with `bench/deal_against.py` on {model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; one thread each;",
        f"NegMAS {version.stdout.strip()}. Spaces are additive with random weights and scores. Detente: the smallest of seven runs; NegMAS: processor",
        "time of one run, without the start of Python. “Merging” never looks at single outcomes: it carries undominated sums from",
        "issue to issue. “Agree” says whether both found as many points on the frontier and the same Nash point within 1e-9.",
        "",
        "| task | how | target (s) | Detente (s) | NegMAS (s) | times | agree |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for label, how, bar, ours, theirs, same in found:
        lines.append(f"| {label} | {how} | {bar} | {ours:.5f} | {theirs:.2f} | {theirs / ours:,.0f} | {same} |")
    lines += [
        "",
        "Spaces too large to enumerate, on which NegMAS is not run:",
        "",
        "| space | error allowed | error spent | Detente (s) | points |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for label, allowed, spent, seconds, points in largest:
        lines.append(f"| {label} | {allowed} | {spent:.5f} | {seconds:.4f} | {points} |")
    lines += ["", f"The process that merged the two-party space of that size took {memory / 1024:.0f} MB of memory at most.", ""]
    return "\n".join(lines)


def peak(timer: str, folder: Path) -> int:
    """Kilobytes of the two-party merge, in a process of its own."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "-c", code, timer, "--merge", "0.0", str(folder / "large-2.json")]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--venv", type=Path, default=Path(tempfile.gettempdir()) / "detente-negmas")
    given = given.parse_args()
    python = python_with_negmas(given.venv)
    subprocess.run(["cargo", "build", "--release", "--locked", "-p", "detente-bench", "--bin", "deal"], cwd=ROOT, check=True)
    timer = str(ROOT / "target" / "release" / "deal")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        found = rows(timer, python, folder)
        largest = large(timer, folder)
        PAGE.write_text(page(python, found, largest, peak(timer, folder)), encoding="utf-8")


main()
