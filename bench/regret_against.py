#!/usr/bin/env python3
"""CFR+ side by side: Detente, OpenSpiel (C++) and LiteEFG on the same games in one run.

    python3 bench/regret_against.py [--venv FOLDER]

Makes a virtual environment with open_spiel and LiteEFG if there is none, builds Detente, and prints a table of
iterations per second of processor time on one thread (an iteration updates both players) and of what the
average profile is worth after the same number of iterations. Laying the game out is not counted for anybody.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Ours, theirs, iterations for us, for OpenSpiel, for LiteEFG: about a few seconds each.
GAMES = [
    ("kuhn:3", "kuhn_poker", 1_000_000, 40_000, 80_000),
    ("leduc:3x2", "leduc_poker", 100_000, 400, 800),
    ("dice:6", "liars_dice", 4_000, 20, 20),
]
# After this many iterations the exploitability of the average is compared.
SAME = {"kuhn:3": 1000, "leduc:3x2": 300, "dice:6": 20}

PEERS = """
import json, sys, time
import pyspiel
from open_spiel.python.algorithms import exploitability

name, spiel, lite, same = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
game = pyspiel.load_game(name)
found = {}

def rate(step, iterations):
    begun = time.process_time()
    for _ in range(iterations):
        step()
    return iterations / (time.process_time() - begun)

solver = pyspiel.CFRPlusSolver(game)
for _ in range(same):
    solver.evaluate_and_update_policy()
found["openspiel_gap"] = pyspiel.nash_conv(game, solver.average_policy()) / 2
found["openspiel"] = rate(solver.evaluate_and_update_policy, spiel)

try:
    import LiteEFG
    from LiteEFG.baselines import CFRplus
    LiteEFG.set_threads(1)
    environment = LiteEFG.OpenSpielEnv(game, traverse_type="Enumerate", regenerate=True)
    graph = CFRplus.graph()
    environment.set_graph(graph)

    def step():
        graph.update_graph(environment)
        environment.update_strategy(graph.current_strategy())

    for _ in range(same):
        step()
    gaps = environment.exploitability(graph.current_strategy(), "linear-avg-iterate")
    found["liteefg_gap"] = sum(gaps) / 2
    found["liteefg"] = rate(step, lite)
except Exception as error:
    print("LiteEFG:", error, file=sys.stderr)
print("RESULT", json.dumps(found))
"""


def environment(folder: Path) -> Path:
    """The Python of the virtual environment."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "open_spiel", "LiteEFG"], check=True)
    return python


def peers(python: Path, name: str, spiel: int, lite: int, same: int) -> dict:
    # LiteEFG writes the games that it converts where it runs.
    with tempfile.TemporaryDirectory() as folder:
        arguments = [python, "-c", PEERS, name, str(spiel), str(lite), str(same)]
        done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True)
    found = re.search(r"^RESULT (.*)$", done.stdout, re.MULTILINE)
    if not found:
        sys.exit(done.stderr)
    if done.returncode or "LiteEFG:" in done.stderr:
        print(done.stderr, file=sys.stderr)
    return json.loads(found.group(1))


def ours(binary: Path, game: str, iterations: int) -> tuple[float, str]:
    """Seconds of processor time, and what was printed."""
    arguments = [binary, game, "--variant", "cfr+", "--iterations", str(iterations), "--tolerance", "0", "--path"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, default=ROOT / "target" / "regret-peers")
    python = environment(parser.parse_args().venv)
    build = ["cargo", "build", "--release", "-p", "detente-solve", "--example", "regret"]
    subprocess.run(build, cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    binary = target / "release" / "examples" / "regret"
    print("| game | Detente | OpenSpiel | ratio | LiteEFG | ratio | exploitability after | Detente | OpenSpiel | LiteEFG |")
    print("| --- " * 10 + "|")
    for game, name, iterations, spiel, lite in GAMES:
        same = SAME[game]
        theirs = peers(python, name, spiel, lite, same)
        short, printed = ours(binary, game, same)
        long, _ = ours(binary, game, same + iterations)
        rate = iterations / (long - short)
        # The last look, as the others have it; Detente itself returns the best.
        gap = float(printed.split()[-1])
        lite_rate = theirs.get("liteefg")
        print(
            f"| {game} | {rate:,.0f}/s | {theirs['openspiel']:,.1f}/s | {rate / theirs['openspiel']:,.0f} "
            + (f"| {lite_rate:,.1f}/s | {rate / lite_rate:,.0f} " if lite_rate else "| – | – ")
            + f"| {same} iterations | {gap:.3e} | {theirs['openspiel_gap']:.3e} "
            + (f"| {theirs['liteefg_gap']:.3e} |" if lite_rate else "| – |"),
            flush=True,
        )


if __name__ == "__main__":
    main()
