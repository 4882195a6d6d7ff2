"""A crisis from Python: solved, asked, changed, swept.

Run it with ``python crisis.py``; polars is needed for the last part.
"""

from __future__ import annotations

import polars

import detente

CRISIS = """
actor us   "United States"
actor iran "Iran"

param detection = 85 % in 50 % .. 99 % "judgement: chance that a covert dash is found"
param war_us    = 20   in 5 .. 40      "judgement: what a war costs the United States"
param war_iran  = 45   in 20 .. 70     "judgement: what a war costs Iran"

outcome deal "The deal holds"
outcome war  "War"

play {
    chance resolve { fragile 55 %, steady 45 % } seen by iran
    us chooses approach { offer "offer relief for a cap", press "keep up the pressure" }
    if approach == offer { gain us 20, iran 25 }
    iran chooses programme secretly { hold, dash }
    if programme == dash {
        chance found { yes detection, no 1 - detection }
        if found == yes { gain us -war_us, iran -war_iran; end war }
        gain iran 60, us -60
    }
    end deal
}

ask "Does Iran cheat on an offer?" p(programme == dash given approach == offer)
"""


def main() -> None:
    """All of it."""
    scenario = detente.Scenario.parse(CRISIS, "crisis.detente")

    solution = scenario.solve(doubt=True)
    print("\n".join(solution.headlines))
    print("Report:", solution.save_report("crisis-report.html"))

    print("\nWhat if detection were better or worse?")
    for detection in (0.5, 0.6, 0.7, 0.8, 0.9):
        war = scenario.with_(detection=detection).ask("p(war)")
        print(f"  {detection:.0%}: {war:.1%}")

    sweep = scenario.sweep(1024)
    frame = polars.DataFrame(sweep)
    print(f"\nOver {len(frame):,} points of the doubtful numbers:")
    print(frame.select(polars.corr("detection", "p(war)", method="spearman").alias("rank correlation")))
    risky = frame.filter(polars.col("p(war)") > 0.3)
    print(f"War is above 30 % in {len(risky) / len(frame):.0%} of them.")


if __name__ == "__main__":
    main()
