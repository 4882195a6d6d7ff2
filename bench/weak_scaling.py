"""Weak scaling of `detente.ray.sweep`: as many points for every worker, on 1, 2, … workers of this machine.

    python bench/weak_scaling.py [workers ...]

Every worker is a Ray node of its own, with one processor and a raylet of its own, on the loopback. The driver waits and
reads how far the run is; it computes nothing once the best guesses are solved. Prints a table in Markdown.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

import detente
import detente.ray

#: The scenario, and the points for every worker.
SCENARIO = "july-crisis"
POINTS = 32768
OPTIONS = {"seed": 1, "afresh": True, "points_per_file": 1024}


def measured(workers: int) -> tuple[float, float]:
    """Seconds until all points are done, without and with the start of the workers' processes."""
    scenario = detente.Scenario.load(SCENARIO)
    cluster = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False}
    )
    for _ in range(workers - 1):
        cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    try:
        with tempfile.TemporaryDirectory() as folder:
            ray.init(address=cluster.address, log_to_driver=False)
            options = {**OPTIONS, "progress": False}
            begun = time.perf_counter()
            # Starts the workers' processes and solves the best guesses in each.
            detente.ray.sweep(scenario, 4 * workers, out=Path(folder) / "first", **{**options, "points_per_file": 1})
            warm = time.perf_counter()
            detente.ray.sweep(scenario, POINTS * workers, out=Path(folder) / "run", **options)
            end = time.perf_counter()
        return end - warm, end - begun
    finally:
        ray.shutdown()
        cluster.shutdown()


def main() -> None:
    """The table."""
    counts = [int(each) for each in sys.argv[1:]] or [1, 2]
    print("| workers | points | seconds | points a second | efficiency | with the start of the workers |")
    print("| --- | --- | --- | --- | --- | --- |")
    first = None
    for workers in counts:
        seconds, whole = measured(workers)
        first = first or seconds
        points = POINTS * workers
        print(
            f"| {workers} | {points:,} | {seconds:.1f} | {points / seconds:,.0f} | {first / seconds:.0%} | {whole:.1f} s |"
        )


if __name__ == "__main__":
    main()
