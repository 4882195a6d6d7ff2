#!/usr/bin/env python3
"""Detente side by side with Gambit (stable and pre-release), HiGHS, OpenSpiel and LiteEFG: the same files in one run.

    python3 bench/against.py [--cases FOLDER] [--jobs 2]

Makes virtual environments with the other programs if there are none, builds Detente, runs everything on one thread
per solve, the largest games on all cores as well, and writes the tables of docs/src/benchmarks.md; what stands above its mark is kept. Every solve is a
process of its own with a limit of processor time. A program that did not get through a smaller game of the same
family is not run on the larger ones, and its row says so (--all-sizes runs it anyway). The games are read from
`bench/` and `gambit/` of the folder of cases.
"""

import argparse
import datetime
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path

import against_page
import against_rows
import peers

PAGE = peers.ROOT / "docs" / "src" / "benchmarks.md"


def tasks(bench) -> list:
    """Section and what yields its rows."""
    two = [family for family in against_rows.FAMILIES if family[0] != "crisis-561"]
    games = sorted(path for path in (bench.cases / "gambit").iterdir() if path.suffix in (".efg", ".nfg"))
    return [
        *(("logit", partial(against_rows.logit, bench, family)) for family in against_rows.FAMILIES),
        *(("collection", partial(against_rows.collection, bench, file)) for file in games),
        *(("sequence", partial(against_rows.sequence, bench, family)) for family in two),
        *(("lists", partial(against_rows.extreme, bench, n, seed)) for n, seed in against_rows.RANDOM),
        *(("lists", partial(against_rows.pure, bench, name)) for name in against_rows.PURE),
        *(("regret", partial(against_rows.regret, bench, which)) for which in against_rows.REGRET),
        *(("cores", partial(against_rows.cores, bench, which)) for which in against_rows.CORES),
    ]


def work(task) -> tuple:
    section, rows = task
    found = []
    for row in rows():
        found.append(row)
        if section == "cores":
            print(row["game"], row["method"], row["program"], row["seconds"], row["note"], sep=" · ", flush=True)
            continue
        words = [row["game"], row.get("method", "cfr+"), row["program"], row["theirs"] if row["theirs"] is not None else row["their_note"], row["ours"]]
        print(*words, "" if "agree" not in row else "agree" if row["agree"] else "DIFFER", sep=" · ", flush=True)
    return section, found


def machine() -> str:
    told = subprocess.run(["lscpu"], capture_output=True, text=True).stdout
    fields = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    return f"{fields.get('Model name', 'unknown processor').strip()}, {os.cpu_count()} cores"


def head(bench, given, load: float) -> str:
    stable, pre = bench.pythons["Gambit 16.7"], bench.pythons["Gambit 17"]
    names = ("pygambit", "highspy", "open_spiel", "LiteEFG")
    versions = ", ".join(f"{name} {peers.version(stable, name)}" for name in names)
    mine = subprocess.run([bench.detente, "--version"], capture_output=True, text=True).stdout.strip()
    return (
        f"{datetime.date.today():%-d %B %Y}. {mine}; {versions}; pre-release pygambit {peers.version(pre, 'pygambit')}. "
        f"{machine()}; solves at a time: {given.jobs}, each on one thread; load {load:.1f} at the start, "
        f"{os.getloadavg()[0]:.1f} at the end. Limit per solve {given.limit:g} s of processor time, "
        f"{given.collection_limit:g} s in Gambit's collection.\n"
    )


def prepared(given):
    python = peers.environment(given.venv, peers.STABLE)
    pre = peers.environment(given.venv.with_name(given.venv.name + "-pre"), peers.PRERELEASE)
    if not given.detente:
        peers.build()
    peers.build("-p", "detente-solve", "--example", "regret")
    return against_rows.Bench(
        detente=given.detente or peers.TARGET / "release" / "detente",
        regret=peers.TARGET / "release" / "examples" / "regret",
        cases=given.cases.resolve(),
        pythons={"Gambit 16.7": python, "Gambit 17": pre, "HiGHS": python},
        limit=given.limit, collection_limit=given.collection_limit, all_sizes=given.all_sizes,
    )


def measured(given) -> dict:
    """The rows of all sections, kept in a file as they come."""
    bench, load = prepared(given), os.getloadavg()[0]
    todo = [task for task in tasks(bench) if not given.only or task[0] in given.only]
    sections = {section for section, _ in todo}
    before = json.loads(given.keep.read_text())["rows"] if given.only and given.keep.exists() else {}
    done = {}
    # What is timed by the clock has the machine to itself.
    alone = [k for k, (section, _) in enumerate(todo) if section == "cores"]
    together = [k for k in range(len(todo)) if k not in alone]
    for group, jobs in ((together, given.jobs), (alone, 1)):
        with ThreadPoolExecutor(jobs) as pool:
            running = {pool.submit(work, todo[k]): k for k in group}
            for ended in as_completed(running):
                done[running[ended]] = ended.result()
                kept = {section: rows for section, rows in before.items() if section not in sections}
                for _, (section, rows) in sorted(done.items()):
                    kept.setdefault(section, []).extend(rows)
                given.keep.write_text(json.dumps({"rows": kept, "head": head(bench, given, load)}))
    return json.loads(given.keep.read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=peers.ROOT / ".." / "shared" / "cases", help="the folder of games")
    parser.add_argument("--venv", type=Path, default=peers.ROOT / "target" / "against-venv")
    parser.add_argument("--detente", type=Path, help="the program; built if not given")
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--collection-limit", type=float, default=20)
    parser.add_argument("--jobs", type=int, default=1, help="solves at a time")
    parser.add_argument("--all-sizes", action="store_true", help="run also what failed on a smaller game")
    parser.add_argument("--only", nargs="*", choices=["logit", "sequence", "lists", "regret", "collection", "cores"])
    parser.add_argument("--keep", type=Path, default=peers.ROOT / "target" / "against.json", help="the rows of the last run")
    parser.add_argument("--page-only", action="store_true", help="lay the rows of the last run out again")
    given = parser.parse_args()
    kept = json.loads(given.keep.read_text()) if given.page_only else measured(given)
    above = PAGE.read_text().split(against_page.MARK)[0] if PAGE.exists() else "# Side by side with other programs\n\n"
    PAGE.write_text(above + against_page.page(kept))
    print(f"written: {PAGE}")


if __name__ == "__main__":
    main()
