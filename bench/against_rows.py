"""The comparisons of `against.py`: each function yields rows, finished ones first. A row is a plain object that
`against_page.py` lays out; times are processor seconds of the solving call on one thread, and by the clock in the
rows on all cores."""

import os
import random
import tempfile
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import peers

HERE = Path(__file__).resolve().parent
# Of one kind each, from small to large.
FAMILIES = [
    ["bargR3K2M3", "bargR3K3M3", "bargR3K2M5", "bargR4K3M5", "bargR3K8M8"],
    ["crisisK4M4", "crisisK10M10", "crisisK16M16"],
    ["leduc3x1", "leduc2x2", "leduc3x2", "leduc4x2"],
    ["kuhn3", "kuhn6", "kuhn13", "kuhn16", "kuhn24", "kuhn48"],
    ["crisis-561", "crisis-20577"],
    ["rand16x16_s1", "rand20x20_s1", "rand32x32_s1", "rand64x64_s1"],
]
ZERO_SUM = ("kuhn", "leduc")
# A precision on the path that is compared, on payoffs as they are.
PRECISION = 1000
# Exact enumeration: sizes and seeds of random bimatrix games; games of which all pure equilibria are listed.
RANDOM = [(n, seed) for n in (8, 10, 12) for seed in (1, 2)]
PURE = ["bench/rand16x16_s1.nfg", "bench/rand64x64_s1.nfg", "bench/kuhn3.efg", "gambit/8x8.nfg", "gambit/5x4x3.nfg",
        "gambit/2x2x2x2x2.nfg", "gambit/palf2.efg", "gambit/bayes1a.efg"]
# Large games by method, run once on one thread and once on all cores; who else is asked.
CORES = [
    ("crisis-20577", "logit", ["--tolerance", "1e-4"], []),
    ("bargR3K8M8", "logit", ["--tolerance", "1e-4"], []),
    ("leduc4x2", "logit", ["--tolerance", "1e-4"], []),
    ("crisisK16M16", "logit", ["--precision", str(PRECISION), "--raw-payoffs"], []),
    ("leduc3x2", "sequence-lp", ["--arithmetic", "float"], ["HiGHS"]),
    ("leduc4x2", "sequence-lp", ["--arithmetic", "float"], ["HiGHS"]),
    ("bargR3K8M8", "sequence-lcp", ["--arithmetic", "float"], []),
]
# Ours, OpenSpiel's; iterations to time for Detente, OpenSpiel and LiteEFG; the iteration whose exploitability counts.
REGRET = [
    ("kuhn:3", "kuhn_poker", 1_000_000, 40_000, 80_000, 1000),
    ("leduc:3x2", "leduc_poker", 100_000, 400, 800, 300),
    ("dice:6", "liars_dice", 4_000, 20, 20, 20),
]


@dataclass
class Bench:
    """Where everything is, and how long anybody may take."""

    detente: Path
    regret: Path
    cases: Path
    #: Python by the name of the program
    pythons: dict
    limit: float
    collection_limit: float
    all_sizes: bool
    #: program, method and family that took too long on a smaller game
    beaten: set = field(default_factory=set)

    def game(self, name: str) -> Path:
        found = [self.cases / "bench" / f"{name}.{kind}" for kind in ("efg", "nfg")]
        return next(path for path in found if path.exists())


def ours(bench: Bench, file: Path, method: str, *options, repeat=3, limit=None, threads=1) -> dict:
    """What `detente solve` says, the least time of some runs and the processor seconds of the whole process.

    The solve's own figure is by the clock; the process's counts reading and writing, too. On one thread both are
    at least the processor seconds of the solve, so the smaller one is taken."""
    words = [bench.detente, "solve", file, "--method", method, *options, "--threads", threads, "--json"]
    best = None
    for _ in range(repeat):
        done = peers.run(words, limit or bench.limit)
        found = done.object()
        if found is None or "seconds" not in found:
            return {"note": f"> {limit or bench.limit:g} s" if done.late else done.complaint()}
        if threads == 1:
            found["seconds"] = min(found["seconds"], done.cpu)
        found["process"] = done.cpu
        if best is None or found["seconds"] < best["seconds"]:
            best = found
        if found["seconds"] > 1:
            break
    return best


def theirs(bench: Bench, program: str, script: str, *arguments, family=None, limit=None) -> dict:
    """What a peer says; a note where it does not get there."""
    key = (program, arguments[0], family)
    if family and key in bench.beaten:
        return {"note": f"not run: over {bench.limit:g} s on a smaller one"}
    # Reading the game and starting Python are not the peer's fault.
    done = peers.run([bench.pythons[program], HERE / script, *arguments], (limit or bench.limit) + 5)
    if done.late:
        if family and not bench.all_sizes:
            bench.beaten.add(key)
        return {"note": f"> {limit or bench.limit:g} s", "over": limit or bench.limit}
    found = done.object() if done.code == 0 else None
    return found or {"note": done.complaint()}


def row(name: str, method: str, program: str, mine: dict, peer: dict, within: float) -> dict:
    """One line of a table."""
    size = mine.get("game", {})
    equilibrium = (mine.get("equilibria") or [{}])[0]
    certificate = equilibrium.get("certificate", {})
    line = {
        "game": name, "nodes": size.get("nodes"), "actions": size.get("actions"), "method": method,
        "program": program, "ours": mine.get("seconds"), "our_note": mine.get("note"), "status": mine.get("status"),
        "theirs": peer.get("seconds"), "their_note": peer.get("note"), "over": peer.get("over"),
        "our_payoffs": equilibrium.get("payoffs"), "their_payoffs": (peer.get("payoffs") or [None])[0],
        "our_gain": certificate.get("largest_relative_gain"), "their_gain": peer.get("relative_gain"),
        "our_precision": mine.get("precision"), "their_precision": peer.get("precision"),
        "process": mine.get("process"), "version": peer.get("version"),
        "crossing": any(remark.startswith("Other branches cross") for remark in mine.get("remarks", [])),
    }
    a, b = line["our_payoffs"], line["their_payoffs"]
    if a and b:
        line["difference"] = max(abs(x - y) for x, y in zip(a, b)) / (peer.get("span") or 1.0)
        line["agree"] = line["difference"] <= within
    return line


def logit(bench: Bench, family: list):
    """The branch to a relative gain of 1e-4, to the limit and to a precision."""
    kind = family[0]
    for name in family:
        file = bench.game(name)
        for method, tolerance, within in (("logit, gain 1e-4", "1e-4", 1e-3), ("logit, limit", "1e-8", 1e-6)):
            mine = ours(bench, file, "logit", "--tolerance", tolerance)
            for program in ("Gambit 16.7", "Gambit 17"):
                # The limit lies behind the gain of 1e-4 on the same branch.
                if method == "logit, limit" and (program, "logit", kind) in bench.beaten:
                    peer = {"note": f"not run: over {bench.limit:g} s before"}
                else:
                    words = ["logit", file, "--tolerance", tolerance, "--repeat", "3"]
                    peer = theirs(bench, program, "peer_gambit.py", *words, family=kind)
                yield row(name, method, program, mine, peer, within)
        mine = ours(bench, file, "logit", "--precision", str(PRECISION), "--raw-payoffs")
        words = ["lambda", file, "--precision", str(PRECISION), "--repeat", "3"]
        peer = theirs(bench, "Gambit 17", "peer_gambit.py", *words, family=kind)
        yield row(name, f"logit, λ = {PRECISION}", "Gambit 17", mine, peer, 1e-6)


def sequence(bench: Bench, family: list):
    """The sequence form in floating point."""
    kind = family[0]
    for name in family:
        file = bench.game(name)
        if file.suffix == ".efg" and name.startswith(ZERO_SUM):
            mine = ours(bench, file, "sequence-lp", "--arithmetic", "float")
            peer = theirs(bench, "Gambit 16.7", "peer_gambit.py", "lp", file, "--repeat", "3", family=kind)
            yield row(name, "sequence-lp", "Gambit 16.7", mine, peer, 1e-6)
            yield row(name, "sequence-lp", "HiGHS", mine, theirs(bench, "HiGHS", "peer_highs.py", file), 1e-6)
        mine = ours(bench, file, "sequence-lcp", "--arithmetic", "float")
        peer = theirs(bench, "Gambit 16.7", "peer_gambit.py", "lcp", file, "--repeat", "3", family=kind)
        yield row(name, "sequence-lcp", "Gambit 16.7", mine, peer, 1e-6)


def cores(bench: Bench, which: tuple):
    """Seconds by the clock on one thread and on all cores, ours and theirs; nothing else may run beside them."""
    name, method, options, others = which
    file, count = bench.game(name), os.cpu_count()
    found = [ours(bench, file, method, *options, threads=threads) for threads in (1, count)]
    same = all(found[0].get(key) == found[1].get(key) for key in ("status", "equilibria"))
    yield {"game": name, "method": method, "program": "Detente", "seconds": [run.get("seconds") for run in found],
           "note": found[1].get("note") or ("same bytes" if same else "different bytes")}
    for program in others:
        runs = [theirs(bench, program, "peer_highs.py", file, "--wall", "--threads", threads) for threads in (1, count)]
        yield {"game": name, "method": method, "program": program, "seconds": [run.get("seconds") for run in runs],
               "note": runs[1].get("note", "")}


def bimatrix(n: int, seed: int) -> str:
    draw = random.Random(seed)
    numbers = " ".join(str(draw.randrange(1000)) for _ in range(2 * n * n))
    return f'NFG 1 R "random {n}x{n}, seed {seed}" {{ "A" "B" }} {{ {n} {n} }}\n\n{numbers}\n'


def listed(name: str, method: str, program: str, mine: dict, peer: dict) -> dict:
    """A line on lists of equilibria, compared as sets of payoffs."""
    line = row(name, method, program, mine, peer, 0)
    line["our_gain"] = max((e["certificate"]["largest_relative_gain"] for e in mine.get("equilibria", [])), default=None)
    for key in ("our_payoffs", "their_payoffs", "difference", "agree"):
        line.pop(key, None)
    if "payoffs" not in peer or "equilibria" not in mine:
        return line
    line["our_count"], line["their_count"] = len(mine["equilibria"]), len(peer["payoffs"])
    if peer["exact"] is not None:
        a = sorted(tuple(map(Fraction, e["exact_payoffs"])) for e in mine["equilibria"])
        line["agree"] = a == sorted(tuple(map(Fraction, row)) for row in peer["exact"])
    else:
        a = sorted(tuple(e["payoffs"]) for e in mine["equilibria"])
        b = sorted(tuple(row) for row in peer["payoffs"])
        near = all(abs(x - y) <= 1e-6 * max(1, abs(x)) for r, s in zip(a, b) for x, y in zip(r, s))
        line["agree"] = len(a) == len(b) and near
    return line


def extreme(bench: Bench, n: int, seed: int):
    """All extreme equilibria of a random bimatrix game."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{n}x{n}.nfg"
        file.write_text(bimatrix(n, seed))
        mine = ours(bench, file, "extreme")
        for words, told in ((["--exact"], "exact"), ([], "floating point")):
            peer = theirs(bench, "Gambit 16.7", "peer_gambit.py", "enummixed", file, *words, "--repeat", "3")
            yield listed(f"random {n}×{n}, seed {seed}", "extreme", f"Gambit 16.7, {told}", mine, peer)


def pure(bench: Bench, name: str):
    """All pure equilibria."""
    file = bench.cases / name
    mine = ours(bench, file, "pure")
    peer = theirs(bench, "Gambit 16.7", "peer_gambit.py", "enumpure", file, "--repeat", "3")
    yield listed(file.name, "pure", "Gambit 16.7", mine, peer)


def collection(bench: Bench, file: Path):
    """A game of Gambit's collection by logit to the limit, on payoffs as they are, as Gambit has it."""
    limit = bench.collection_limit
    mine = ours(bench, file, "logit", "--tolerance", "1e-8", "--raw-payoffs", repeat=1, limit=limit)
    for program in ("Gambit 16.7", "Gambit 17"):
        peer = theirs(bench, program, "peer_gambit.py", "logit", file, limit=limit)
        yield row(file.name, "logit, limit", program, mine, peer, 1e-6)


def regret(bench: Bench, which: tuple):
    """Iterations of CFR+ per second."""
    game, spiel, many, openspiel, liteefg, same = which
    words = [bench.regret, game, "--variant", "cfr+", "--tolerance", "0", "--path", "--iterations"]
    short = peers.run([*words, same], bench.limit)
    long = peers.run([*words, same + many], bench.limit)
    # The last look, as the others have it; Detente itself returns the best.
    gap = float(short.out.split()[-1])
    rate = many / (long.cpu - short.cpu)
    for program, iterations in (("openspiel", openspiel), ("liteefg", liteefg)):
        arguments = [bench.pythons["HiGHS"], HERE / "peer_regret.py", program, spiel, iterations, same]
        with tempfile.TemporaryDirectory() as folder:
            done = peers.run(arguments, bench.limit + 5, folder)
        found = (done.object() if done.code == 0 else None) or {"note": "over the limit" if done.late else done.complaint()}
        yield {"game": game, "program": {"openspiel": "OpenSpiel", "liteefg": "LiteEFG"}[program], "same": same,
               "ours": rate, "our_gap": gap, "theirs": found.get("rate"), "their_gap": found.get("gap"),
               "their_note": found.get("note")}
