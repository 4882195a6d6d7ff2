"""Lays the rows of `against.py` out as Markdown."""

from collections import defaultdict

# What counts as having got where it was to go.
REACHED = ("converged", "precision_reached", "complete", None)

MARK = "<!-- Everything below is written by bench/against.py. -->"


def table(heads: list, rows: list) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def seconds(value) -> str:
    return f"{value:#.2g}".rstrip(".") if value < 100 else f"{value:,.0f}"


def number(value) -> str:
    return f"{value:,}" if value is not None else ""


def gain(value) -> str:
    return "" if value is None else "0" if value < 1e-15 else f"{value:.0e}"


def share(value) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def ratio(row: dict) -> str:
    if not row.get("ours") or row.get("status") not in REACHED:
        return ""
    if row.get("theirs") is not None:
        return share(row["theirs"] / row["ours"])
    return f"> {share(row['over'] / row['ours'])}" if row.get("over") else ""


def their_time(row: dict) -> str:
    return seconds(row["theirs"]) if row.get("theirs") is not None else row["their_note"]


def our_time(row: dict) -> str:
    return seconds(row["ours"]) if row.get("ours") is not None else row["our_note"]


def agreement(row: dict) -> str:
    """Two different profiles can both be equilibria; then the difference is told as such."""
    if "agree" not in row:
        return ""
    off = f" ({row['difference']:.0e})" if row.get("difference") is not None else ""
    if row["agree"]:
        return "yes" + off
    gains = row.get("our_gain"), row.get("their_gain")
    if row["method"] != "sequence-lp" and all(g is not None and g <= 1e-6 for g in gains):
        return "other equilibrium" + off
    return "**no**" + off


def pays(payoffs, precision=None) -> str:
    if payoffs is None:
        return ""
    return f"{payoffs[0]:.7g}" + (f" at λ = {precision:.1f}" if precision else "")


def solved(rows: list, reached=False) -> str:
    """`reached`: a precision was asked for, and the one that was reached is told."""
    heads = ["game", "nodes", "actions", "method", "against", "their s", "our s", "ratio", "their payoff", "our payoff",
             "agree", "their gain", "our gain"]
    lines = []
    for row in rows:
        theirs, mine = ((row[who + "_precision"] if reached else None) for who in ("their", "our"))
        told = "" if row["status"] in REACHED else f" ({row['status']})"
        lines.append([
            row["game"], number(row["nodes"]), number(row["actions"]), row["method"], row["program"], their_time(row),
            our_time(row) + told, ratio(row), pays(row["their_payoffs"], theirs), pays(row["our_payoffs"], mine),
            agreement(row), gain(row["their_gain"]), gain(row["our_gain"]),
        ])
    return table(heads, lines)


def lists(rows: list) -> str:
    heads = ["game", "method", "against", "their s", "our s", "ratio", "they find", "we find", "agree", "our gain"]
    lines = [[
        row["game"], row["method"], row["program"], their_time(row), our_time(row), ratio(row),
        number(row.get("their_count")), number(row.get("our_count")), agreement(row), gain(row["our_gain"]),
    ] for row in rows]
    return table(heads, lines)


def rates(rows: list) -> str:
    heads = ["game", "against", "their iterations/s", "ours", "ratio", "exploitability after", "theirs", "ours"]
    lines = [[
        row["game"], row["program"], f"{row['theirs']:,.1f}" if row["theirs"] else row["their_note"],
        f"{row['ours']:,.0f}", share(row["ours"] / row["theirs"]) if row["theirs"] else "",
        f"{row['same']} iterations", f"{row['their_gap']:.4e}" if row["theirs"] else "", f"{row['our_gap']:.4e}",
    ] for row in rows]
    return table(heads, lines)


def cores(rows: list) -> str:
    heads = ["game", "method", "program", "s on one thread", "s on all cores", "ratio", ""]
    lines = []
    for row in rows:
        one, all_of_them = row["seconds"]
        told = [seconds(value) if value is not None else "" for value in (one, all_of_them)]
        gained = share(one / all_of_them) if one and all_of_them else ""
        lines.append([row["game"], row["method"], row["program"], *told, gained, row["note"]])
    return table(heads, lines)


def sums(rows: list) -> str:
    """The collection in sum, per program."""
    heads = ["against", "games", "both end", "their s", "our s", "ratio", "our whole processes, s", "same payoffs",
             "other payoffs", "only we end", "only they end"]
    lines = []
    for program in sorted({row["program"] for row in rows}):
        mine = [row for row in rows if row["program"] == program]
        both = [row for row in mine if row["theirs"] is not None and row["ours"] is not None]
        theirs, ours = sum(row["theirs"] for row in both), sum(row["ours"] for row in both)
        lines.append([
            program, str(len(mine)), str(len(both)), seconds(theirs), seconds(ours), share(theirs / ours),
            seconds(sum(row["process"] for row in both)), str(sum(row["agree"] for row in both)),
            str(sum(not row["agree"] for row in both)),
            str(sum(row["theirs"] is None and row["ours"] is not None for row in mine)),
            str(sum(row["theirs"] is not None and row["ours"] is None for row in mine)),
        ])
    return table(heads, lines)


def better(row: dict) -> str:
    theirs, ours = row["their_gain"], row["our_gain"]
    if theirs is None or ours is None:
        return "not judged (imperfect recall or strategic form)"
    if max(theirs, ours) <= 1e-6:
        return "both are equilibria"
    return "ours" if ours < theirs else "theirs" if theirs < ours else "the same"


def differences(rows: list) -> str:
    heads = ["game", "against", "their payoffs", "our payoffs", "difference", "their gain", "our gain", "better certificate", "branches cross"]
    words = lambda payoffs: ", ".join(f"{payoff:.6g}" for payoff in payoffs)
    lines = [[
        row["game"], row["program"], words(row["their_payoffs"]), words(row["our_payoffs"]),
        f"{row['difference']:.0e}", gain(row["their_gain"]), gain(row["our_gain"]), better(row),
        "yes" if row["crossing"] else "",
    ] for row in rows if row.get("agree") is False]
    return table(heads, lines) if lines else "None.\n"


def lost(rows: list) -> str:
    """Rows in which the other is faster, or Detente does not get where it was to go."""
    behind = [r for r in rows if r.get("ours") and r.get("theirs") is not None and r["theirs"] < r["ours"]]
    short = [r for r in rows if r.get("our_note") or r.get("status") not in REACHED]
    lines = [f"- {r['game']}, {r['method']}, against {r['program']}: {seconds(r['theirs'])} s, ours {seconds(r['ours'])} s" for r in behind]
    seen = set()
    for r in short:
        if (r["game"], r["method"]) not in seen:
            seen.add((r["game"], r["method"]))
            told = r.get("our_note") or f"{r['status']}, at a relative gain of {gain(r['our_gain'])}"
            lines.append(f"- {r['game']}, {r['method']}: does not get there ({told})")
    return "\n".join(lines) + "\n" if lines else "None.\n"


def page(kept: dict) -> str:
    rows, head = defaultdict(list, kept["rows"]), kept["head"]
    logit, limits = rows["logit"], lambda word: [r for r in rows["logit"] if word in r["method"]]
    parts = [
        MARK, f"\n## The run\n\n{head}",
        "## Slower than another program, or not there\n\n" + lost([*logit, *rows["sequence"], *rows["lists"], *rows["collection"]]),
        "## Logit, to a relative gain of 1e-4\n\n" + solved(limits("1e-4")),
        "## Logit, to the limit\n\n" + solved(limits("limit")),
        "## Logit, to a precision on payoffs as they are\n\n" + solved(limits("λ"), reached=True),
        "## Sequence form, floating point\n\n" + solved(rows["sequence"]),
        "## All extreme and all pure equilibria\n\n" + lists(rows["lists"]),
        "## Regret: iterations of CFR+ per second\n\n" + rates(rows["regret"]),
        "## On all cores, by the clock\n\n" + cores(rows["cores"]),
        "## Gambit's collection, logit to the limit\n\n" + sums(rows["collection"]),
        "### Where the answers differ\n\n" + differences(rows["collection"]),
        "### Every game\n\n" + solved(rows["collection"]),
    ]
    return "\n".join(parts)
