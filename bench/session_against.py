#!/usr/bin/env python3
"""Bargaining sessions: Detente side by side with NegMAS on published domains, in one run.

    python3 bench/session_against.py CASES [--venv FOLDER] [--domains NAME …]

CASES is a folder of folders of GENIUS domains (such as the negotiation cases, whose years are folders of domains).
Makes a virtual environment with NegMAS if there is none, builds Detente's timer and writes
docs/src/benchmarks-sessions.md. Sessions are Boulware against conceder over 100 rounds, one process and one thread
each; NegMAS in processor seconds, Detente by the clock.
"""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "src" / "benchmarks-sessions.md"
SECONDS = 4
WAYS = {
    "plain": "tactics by their definitions",
    "trades": "with trade-offs",
    "settled": "and the time after the settlement",
}


def python_with_negmas(folder: Path) -> str:
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "negmas==0.16.*"], check=True)
    return str(python)


def last_line(command: list) -> dict:
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout.strip().splitlines()[-1])


def speed(given: argparse.Namespace, timer: str, python: str) -> list:
    lines = [
        "| domain | outcomes | Detente, sessions/s | with trade-offs | and after the settlement | NegMAS, sessions/s | times |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in given.domains:
        folder = str(given.cases / name)
        ours = json.loads(subprocess.run([timer, folder], capture_output=True, text=True, check=True).stdout.splitlines()[0])
        peer = last_line([python, str(ROOT / "bench" / "peer_session.py"), folder, str(SECONDS)])["per_second"]
        rates = ours["sessions_per_second"]
        cells = " | ".join(f"{rates[way]:,.0f}" for way in WAYS)
        lines.append(f"| {name} | {ours['outcomes']:,} | {cells} | {peer:.1f} | {rates['plain'] / peer:,.0f} |")
        print(lines[-1], flush=True)
    return lines


def share(found: list, way: str, key: str = "") -> str:
    counts = [one["tournament"][way] for one in found]
    good = sum(one["recorded"][0] if key else one["efficient"] for one in counts)
    all_ = sum(one["recorded"][1] if key else one["agreements"] for one in counts)
    return f"{100 * good / all_:.2f} % of {all_:,}"


def frontier(timer: str, folders: list, domains: int) -> list:
    ran = subprocess.run([timer, *folders], capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in ran.stdout.splitlines()[:domains]]
    recorded = [one for one in found if any(one["folder"].endswith(name) for name in RECORDED)]
    lines = [
        "| | all domains | every other domain | the others | pairings that NegMAS recorded |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for way, words in WAYS.items():
        cells = [share(found, way), share(found[::2], way), share(found[1::2], way), share(recorded, way, "recorded")]
        lines.append(f"| {words} | {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    return lines


RECORDED = [
    "y2010/EnglandZimbabwe", "y2010/ItexvsCypress", "y2011/Amsterdam", "y2011/Camera", "y2011/Car", "y2011/Grocery", "y2011/Laptop",
]


def page(python: str, fast: list, good: list, domains: int) -> str:
    version = subprocess.run([python, "-c", "import negmas; print(negmas.__version__)"], capture_output=True, text=True, check=True)
    listed = subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout.splitlines()
    model = next((line.split(":", 1)[1].strip() for line in listed if line.startswith("Model name")), platform.processor())
    return "\n".join([
        "# Sessions side by side",
        "",
        f"Measured on {datetime.date.today().isoformat()} with `bench/session_against.py` on {model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; one thread each;",
        f"NegMAS {version.stdout.strip()}. Detente by the clock, NegMAS in processor seconds. Where the load is above the number of cores, what Detente",
        "would do on a core of its own is a multiple of what stands here.",
        "",
        "## Speed",
        "",
        "Boulware against conceder over 100 rounds. “Times” compares the tactics by their definitions, which is what NegMAS plays.",
        "",
        *fast,
        "",
        "## Agreements on the frontier",
        "",
        f"Of all agreements among twelve styles, in every pairing and order with either side opening, on {domains} published domains of",
        "two parties (ANAC 2010–2012). What is done after the settlement was chosen on every other domain in alphabetical order, and",
        "then looked at once on the others. The last column has the pairings of Boulware, linear, conceder, tit for tat and MiCRO on",
        "seven domains, the first profile opening: those of which sessions of NegMAS 0.16 are recorded, with 62 % of their agreements",
        "on the frontier.",
        "",
        *good,
        "",
    ])


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
    fast = speed(given, timer, python)
    good = frontier(timer, folders, len(folders))
    PAGE.write_text(page(python, fast, good, len(folders)), encoding="utf-8")


main()
