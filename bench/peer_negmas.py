"""NegMAS on one outcome space: `peer_negmas.py (points|statistics) FILE` prints seconds and results as JSON.

Runs inside a virtual environment with NegMAS; `deal_against.py` starts it.
"""

import itertools
import json
import sys
import time

from negmas import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.ops import calc_scenario_stats, kalai_points, max_welfare_points, nash_points, pareto_frontier
from negmas.preferences.value_fun import TableFun


def main() -> None:
    what, file = sys.argv[1:]
    with open(file, encoding="utf-8") as text:
        space = json.load(text)
    issues = [make_issue([str(k) for k in range(n)], f"issue {i}") for i, n in enumerate(space["shape"])]
    outcomes = list(itertools.product(*[issue.all for issue in issues]))
    table = make_os(issues)
    parties = [
        LinearAdditiveUtilityFunction(
            values=[TableFun({str(k): x for k, x in enumerate(scores)}) for scores in party["scores"]],
            weights=party["weights"],
            outcome_space=table,
            reserved_value=0.0,
        )
        for party in space["parties"]
    ]
    begun = time.process_time()
    if what == "points":
        frontier, _ = pareto_frontier(parties, outcomes=outcomes)
        # Without the list of outcomes these are much faster: the best and worst values follow from the issues.
        found = [f(parties, frontier, outcome_space=table) for f in (nash_points, kalai_points, max_welfare_points)]
        result = {"points": len(set(frontier)), "nash": found[0][0][0] if found[0] else None}
    else:
        stats = calc_scenario_stats(parties, outcomes=outcomes)
        result = {"points": len(set(stats.pareto_utils)), "nash": stats.nash_utils[0] if stats.nash_utils else None}
    print(json.dumps({"seconds": time.process_time() - begun, **result}))


main()
