#!/usr/bin/env python3
"""Bargaining sessions: Detente side by side with NegMAS on published domains, in one run.

    python3 bench/session_against.py CASES [--venv FOLDER] [--domains NAME …]

CASES is a folder of folders of GENIUS domains (such as the negotiation cases, whose years are folders of domains).
Makes a virtual environment with NegMAS if there is none, builds Detente's timer and prints a table. Sessions are
Boulware against conceder over 100 rounds, one process and one thread each; NegMAS in processor seconds.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 4


def python_with_negmas(folder: Path) -> str:
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "negmas==0.16.*"], check=True)
    return str(python)


def last_line(command: list) -> dict:
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout.strip().splitlines()[-1])


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("cases", type=Path)
    given.add_argument("--venv", type=Path, default=Path(tempfile.gettempdir()) / "detente-negmas")
    given.add_argument("--domains", nargs="*", default=["y2011/Laptop", "y2010/EnglandZimbabwe", "y2011/Car"])
    given = given.parse_args()
    python = python_with_negmas(given.venv)
    subprocess.run(["cargo", "build", "--release", "--locked", "-p", "detente-bench", "--bin", "session"], cwd=ROOT, check=True)
    timer = str(ROOT / "target" / "release" / "session")
    folders = sorted({str(path.parent) for path in given.cases.glob("*/*/*.xml")})
    print("| domain | outcomes | Detente, sessions/s | with trades | NegMAS, sessions/s | times |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in given.domains:
        folder = str(given.cases / name)
        ours = json.loads(subprocess.run([timer, folder], capture_output=True, text=True, check=True).stdout.splitlines()[0])
        theirs = last_line([python, str(ROOT / "bench" / "peer_session.py"), folder, str(SECONDS)])
        plain, trades, peer = ours["sessions_per_second"], ours["with_trades"], theirs["per_second"]
        print(f"| {name} | {ours['outcomes']} | {plain:,.0f} | {trades:,.0f} | {peer:.1f} | {plain / peer:,.0f} |")
    found = last_line([timer, *folders])["all"]
    print(f"\nAll styles against one another on {len(folders)} domains, agreements on the frontier:")
    for how in ("trades", "plain"):
        one = found[how]
        print(f"- {how}: {100 * one['efficient']:.1f} % of {one['agreements']}, mean distance {one['distance']:.4f}")


main()
