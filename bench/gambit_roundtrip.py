#!/usr/bin/env python3
"""A scenario goes to Gambit and comes back to the same equilibrium.

    cargo build --release
    python3 bench/gambit_roundtrip.py [SCENARIO ...]

Without pygambit it goes on in the environment of `against.py`, which it makes if there is none.
Each scenario is written as `.efg` and `.nfg` by `detente convert` and read by Gambit. Gambit traces the logit
equilibrium of the extensive form to its limit and, for two players, solves the sequence form's linear
complementarity problem and lists all extreme equilibria of small games. The payoffs of `detente ask … value(ACTOR)`
(with raw payoffs, on which Gambit's precision acts, too) must be those of one of these equilibria; where the logit
equilibrium is another one, that is told. What Gambit writes must come back as the file that it read, but for the
names of outcomes, which Gambit numbers. Exit code 1 if anything differs.
"""

import argparse
import io
import math
import os
import re
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import peers

try:
    import pygambit
except ImportError:
    python = peers.environment(peers.ROOT / "target" / "against-venv", peers.STABLE)
    os.execv(python, [python, *sys.argv])

from peer_gambit import names

ROOT = peers.ROOT
SCENARIOS = [
    "chicken", "inspection", "dresher", "kuhn-poker", "beer-quiche", "threat-game", "detection",
    "hidden-build-up", "commitment", "tsebelis-1990", "two-level", "sanctions-threat",
]
# Extreme equilibria are listed of games with at most so many profiles of reduced strategies.
SMALL = 400
# Both sides stop close to the limit, not in it: share of a player's payoff range.
WITHIN = 1e-3
SECONDS = 60


def detente(command, *arguments):
    run = subprocess.run([command, *arguments], capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"detente {' '.join(arguments)}: {run.stderr}")
    return run.stdout


def read(kind, text):
    reader = pygambit.read_efg if kind == "efg" else pygambit.read_nfg
    return reader(io.BytesIO(text.encode()))


def without_outcomes(tree):
    return re.sub(r'^(t "" \d+ )"[^{]*"', r"\1", tree, flags=re.MULTILINE)


def solved_by_gambit(method, path):
    """Payoffs of all equilibria that a method finds, in a process of its own with a time limit."""
    done = peers.run([sys.executable, ROOT / "bench" / "peer_gambit.py", method, path], SECONDS)
    found = done.object() if done.code == 0 else None
    if found is None:
        return None, f"over {SECONDS} s" if done.late else done.complaint()
    return found["payoffs"], f"{found['seconds']:.2f} s"


def distance(game, ours, theirs):
    """Largest difference as a share of the payoff range of the game."""
    span = float(game.max_payoff - game.min_payoff) or 1.0
    return max(abs(one - other) / span for one, other in zip(ours, theirs))


def written(command, scenario, kind):
    """The game in a format; none where its strategic form is too large."""
    run = subprocess.run([command, "convert", str(scenario), "--to", kind], capture_output=True, text=True)
    if run.returncode == 3:
        return None
    if run.returncode:
        sys.exit(f"{scenario}: {run.stderr}")
    return run.stdout


def files_agree(command, scenario, tree, game, folder):
    """What is wrong with the files, and the number of profiles (none where there are too many)."""
    failures = []
    back = folder / "back.efg"
    back.write_text(game.to_efg())
    if without_outcomes(written(command, back, "efg")) != without_outcomes(tree):
        failures.append("what Gambit writes is another game")
    table = written(command, scenario, "nfg")
    if table is None:
        return failures, None
    if names(read("nfg", table)) != names(game):
        failures.append("the strategic form has other players")
    counts = [line.count('"') // 2 for line in table.splitlines()[2:] if line.lstrip("{ ").startswith('"') and line.endswith("}")]
    return failures, math.prod(counts)


def check(command, scenario, folder):
    actors = re.findall(r"^actor\s+(\w+)", scenario.read_text(), re.MULTILINE)
    tree = written(command, scenario, "efg")
    path = folder / (scenario.stem + ".efg")
    path.write_text(tree)
    game = read("efg", tree)
    asks = [f"value({actor})" for actor in actors]
    ours = [
        float(value)
        for value in detente(command, "ask", str(scenario), *asks, "--raw-payoffs", "--tolerance", "1e-6").split()
    ]
    failures, profiles = files_agree(command, scenario, tree, game, folder)
    methods = ["logit"]
    if len(actors) == 2:
        methods.append("lcp")
        if profiles is not None and profiles <= SMALL:
            methods.append("enummixed")
    gaps, reports = [], []
    for method in methods:
        found, time = solved_by_gambit(method, path)
        if found:
            gaps.append(min(distance(game, ours, one) for one in found))
            reports.append(f"{method} {gaps[-1]:.0e} from nearest of {len(found)} ({time})")
        else:
            reports.append(f"{method} none ({time})")
    if not gaps:
        reports.append("NOT COMPARED")
    elif min(gaps) > WITHIN:
        failures.append("no equilibrium of Gambit's pays this")
    shown = ", ".join(f"{value:.6g}" for value in ours)
    print(f"{scenario.stem}: pays {shown}; {'; '.join(reports)}", *(f"FAILED: {f}" for f in failures), sep="\n    ")
    return not failures, bool(gaps)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenarios", nargs="*", type=Path)
    parser.add_argument("--detente", default=str(ROOT / "target/release/detente"), help="the program")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    scenarios = given.scenarios or [ROOT / f"scenarios/library/{name}.detente" for name in SCENARIOS]
    print(f"pygambit {pygambit.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        good = [check(given.detente, scenario, Path(folder)) for scenario in scenarios]
    compared = sum(compared for _, compared in good)
    print(f"{sum(whole for whole, _ in good)} of {len(good)} files come back the same, {compared} with an equilibrium compared")
    sys.exit(0 if all(whole for whole, _ in good) else 1)


if __name__ == "__main__":
    main()
