#!/usr/bin/env python3
"""What an output hangs on: Detente side by side with SALib, EMA Workbench, SciPy and scikit-learn, on the same samples.

    python3 bench/doubt_against.py [--venv FOLDER] [--base-points 65536] [--dry]

Makes a virtual environment with the other programs if there is none, builds Detente's timer and writes
docs/src/benchmarks-doubt.md (`--dry` prints it instead). Detente's times are the smallest of several runs by the clock, the
others' the processor time of one run (by the clock on several processes), both without reading and without the start of the program.
"""

import argparse
import datetime
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import peers

PAGE = peers.ROOT / "docs" / "src" / "benchmarks-doubt.md"
PACKAGES = ["SALib", "ema_workbench", "scikit-learn"]
INPUTS = 10
LIMIT = 3600

# Points as `bench/src/bin/doubt.rs` reads them; made by NumPy in the environment.
SAMPLES = """
import json, sys
from pathlib import Path
import numpy as np
from scipy.stats import qmc

folder, base, d = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
a = np.array([0, 0.5, 1, 2, 4.5, 9, 20, 50, 99, 99][:d])
g = lambda x: np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=-1)

def save(name, x, y):
    (folder / name).mkdir()
    (folder / name / "shape.json").write_text(json.dumps({"inputs": d}))
    np.ascontiguousarray(y, dtype="<f8").tofile(folder / name / "y")
    if x is not None:
        np.ascontiguousarray(x, dtype="<f8").tofile(folder / name / "x")

points = qmc.Sobol(2 * d, rng=1).random(base)
A, B = points[:, :d], points[:, d:]
y = np.empty((base, 2 * d + 2))
y[:, 0], y[:, -1] = g(A), g(B)
for j in range(d):
    for at, (one, other) in ((1 + j, (A, B)), (1 + d + j, (B, A))):
        mixed = one.copy()
        mixed[:, j] = other[:, j]
        y[:, at] = g(mixed)
save("sobol", None, y)

random = np.random.default_rng(1)
trajectories = 10_000
x = np.empty((trajectories, d + 1, d))
x[:, 0] = random.integers(0, 2, (trajectories, d)) / 3
order = random.permuted(np.tile(np.arange(d), (trajectories, 1)), axis=1)
for k in range(d):
    x[:, k + 1] = x[:, k]
    x[np.arange(trajectories), k + 1, order[:, k]] += 2 / 3
save("morris", x, g(x.reshape(-1, d)))

for name, rows in (("delta", 5_000), ("pawn", 100_000), ("regression", 100_000), ("tree", 100_000)):
    x = random.random((rows, d))
    save(name, x, g(x))
x = random.random((20_000, d))
inside = (x[:, 0] < 0.6) & (x[:, 1] > 0.3) & (x[:, 2] > 0.2)
save("prim", x, (inside ^ (random.random(len(x)) < 0.1)).astype(float))
"""

ROWS = [
    # task of ours, of theirs, what, whose, the bar
    ("sobol", "sobol", "Sobol' indices with second order, 100 resamples, {points:,} points", "SALib", 20),
    ("morris", "morris", "elementary effects, 110,000 points", "SALib", 20),
    ("delta", "delta", "δ and first order, 100 resamples, 5,000 points", "SALib", 20),
    ("pawn", "pawn", "PAWN, 10 slices, 100,000 points", "SALib", 20),
    ("regression", "regression", "regression and rank coefficients, 100,000 points", "SciPy", None),
    ("prim", "prim", "PRIM, one trajectory, 20,000 points", "EMA Workbench", 20),
    ("tree", "tree", "decision tree of depth 3, 100,000 points", "scikit-learn", None),
]


def program(command: list) -> dict:
    single = {name: "1" for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"]}
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT, check=False, env={**os.environ, **single})
    if done.returncode != 0:
        sys.exit(f"{words}: {done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def flat(values) -> list:
    if not isinstance(values, list):
        return [values]
    return [number for part in values for number in flat(part)]


def apart(ours, theirs) -> float:
    """The largest difference; infinite where they do not tell the same number of things."""
    ours, theirs = flat(ours), flat(theirs)
    if len(ours) != len(theirs) or any((a is None) != (b is None) for a, b in zip(ours, theirs)):
        return math.inf
    return max((abs(a - b) for a, b in zip(ours, theirs) if a is not None), default=0.0)


def told(difference: float) -> str:
    return f"{difference:.0e}" if difference else "0"


def compared(timer: str, python: Path, folder: Path, points: int) -> list:
    found = []
    peer = peers.ROOT / "bench" / "peer_doubt.py"
    for ours, theirs, what, whose, bar in ROWS:
        samples, known = folder / ours, len(found)
        one = program([timer, ours, "--threads", 1, samples])
        all_cores = program([timer, ours, "--threads", os.cpu_count(), samples])
        other = program([python, "-W", "ignore", peer, theirs, samples])
        # Nothing may hang on threads.
        assert {**one, "seconds": 0} == {**all_cores, "seconds": 0}, ours
        difference = apart(one["values"], other["values"])
        if "limits" in one:
            difference = max(difference, apart(one["limits"], other["limits"]))
        found.append([what.format(points=points), whose, one["seconds"], all_cores["seconds"], other["seconds"], difference, bar])
        if "half_widths" in one:
            pairs = zip(flat(one["half_widths"]), flat(other["half_widths"]))
            ratios = [a / b for a, b in pairs if b > 0]
            found[-1].append(f"{min(ratios):.2f} … {max(ratios):.2f}")
            parallel = program([python, "-W", "ignore", peer, "sobol-parallel", samples])
            found.append([f"the same, SALib with `parallel` on {os.cpu_count()} processes", whose, one["seconds"], all_cores["seconds"], parallel["seconds"], difference, bar])
        if "corrected" in one:
            found[-1].append(apart(one["corrected"], other["corrected"]))
        for row in found[known:]:
            print(*row, sep=" · ", flush=True)
    return found


def page(python: Path, found: list) -> str:
    cpu = subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout.splitlines()
    model = next((line.split(":", 1)[1].strip() for line in cpu if line.startswith("Model name")), platform.processor())
    versions = ", ".join(f"{name} {peers.version(python, package)}" for name, package in [("SALib", "SALib"), ("EMA Workbench", "ema_workbench"), ("SciPy", "scipy"), ("scikit-learn", "scikit-learn")])
    widths = next((row[7] for row in found if "Sobol" in row[0]), "")
    corrected = next((row[7] for row in found if row[0].startswith("δ")), 0.0)
    lines = [
        "# What it hangs on, side by side",
        "",
        f"Measured on {datetime.date.today().isoformat()} with `bench/doubt_against.py` on {model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f};",
        f"{versions}. All samples have {INPUTS} inputs and are read by both from the same files. Times are without reading and without",
        "the start of the program: Detente the smallest of several runs by the clock, the others processor seconds of one run (by",
        "the clock on several processes, which is then compared with Detente on all cores). “Apart” is the largest difference of",
        "any number that both tell.",
        "",
        "| task | beside | Detente, 1 thread (s) | all cores (s) | the other (s) | times | asked | apart |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for what, whose, one, cores, other, difference, bar, *_ in found:
        # A peer on all cores is measured against ours on all cores.
        base = cores if "processes" in what else one
        asked = f"{bar}" if bar else "–"
        lines.append(f"| {what} | {whose} | {one:.4f} | {cores:.4f} | {other:.2f} | {other / base:,.0f} | {asked} | {told(difference)} |")
    lines += [
        "",
        f"Half the widths of the intervals of all Sobol' indices come from 100 random resamples each; ours over SALib's: {widths}. For δ the",
        "estimate before resampling is compared; SALib's time is that of resampling its raw mode alone, without its two further",
        f"modes, and the corrected values, from different resamples, differ by {corrected:.4f} at most: SALib 1.6 corrects",
        "the estimate of a resample, Detente that of the sample itself (Plischke et al. 2013, eq. 30). SciPy's row is a script of",
        "NumPy and SciPy calls that tells the same coefficients. scikit-learn's tree is grown by the same rule; ours sorts every input",
        "once. PRIM is compared box by box along the whole trajectory, limits included.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--venv", type=Path, default=Path(tempfile.gettempdir()) / "detente-doubt")
    given.add_argument("--base-points", type=int, default=2**16)
    given.add_argument("--dry", action="store_true", help="print the page instead of writing it")
    given = given.parse_args()
    python = peers.environment(given.venv, PACKAGES)
    peers.build("--locked", "-p", "detente-bench", "--bin", "doubt")
    timer = str(peers.TARGET / "release" / "doubt")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        subprocess.run([python, "-c", SAMPLES, folder, str(given.base_points), str(INPUTS)], check=True)
        found = compared(timer, python, folder, given.base_points * (2 * INPUTS + 2))
    text = page(python, found)
    if given.dry:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")


main()
