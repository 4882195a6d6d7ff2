"""Sweeps on Ray: the same bytes, whatever happens to the nodes."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import detente

from .conftest import THREAT, files
from .test_solve import interrupt_soon

ray = pytest.importorskip("ray")
pytestmark = pytest.mark.ray

import detente.ray  # noqa: E402
from ray.cluster_utils import Cluster  # noqa: E402

#: Long enough to be stopped in the middle.
LONG: dict[str, Any] = {"n": 6144, "seed": 5, "afresh": True, "points_per_file": 192}


@pytest.fixture(scope="module")
def scenario() -> detente.Scenario:
    return detente.Scenario.load("july-crisis")


@pytest.fixture(scope="module")
def alone(scenario: detente.Scenario, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one machine makes of it."""
    return files(scenario.sweep(out=tmp_path_factory.mktemp("alone") / "run", **LONG).folder)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes on the loopback, each with one processor and a raylet of its own."""
    quick = {
        "health_check_initial_delay_ms": 0,
        "health_check_period_ms": 500,
        "health_check_failure_threshold": 4,
    }
    head = {"num_cpus": 1, "include_dashboard": False, "_system_config": quick}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    yield cluster
    ray.shutdown()
    cluster.shutdown()


def test_an_embedded_ray_gives_the_same_bytes(tmp_path: Path) -> None:
    threat = detente.Scenario.parse(THREAT, "threat.detente")
    options: dict[str, Any] = {"n": 60, "seed": 3, "points_per_file": 16}
    expected = threat.sweep(out=tmp_path / "alone", **options)
    seen: list[detente.Progress] = []
    sweep = detente.ray.sweep(threat, out=tmp_path / "ray", progress=seen.append, **options)
    assert files(sweep.folder) == files(expected.folder)
    assert seen[-1].stage == "sweeping" and seen[-1].done == 60
    assert not ray.is_initialized(), "what was started is ended"
    with pytest.raises(detente.RunError, match="resume=True"):
        detente.ray.sweep(threat, out=tmp_path / "ray", **options)
    with pytest.raises(detente.ScenarioError, match="no finite value"):
        detente.ray.sweep(threat.with_(x=9), out=tmp_path / "never", **options)
    assert not (tmp_path / "never").exists()


def test_ctrl_c_leaves_a_run_that_any_machine_goes_on_with(
    cluster: Any, scenario: detente.Scenario, alone: dict[str, bytes], tmp_path: Path
) -> None:
    timers: list[threading.Timer] = []

    def stop(step: detente.Progress) -> None:
        if step.stage == "sweeping" and step.done > 0 and not timers:
            timers.append(interrupt_soon())

    with pytest.raises(KeyboardInterrupt):
        detente.ray.sweep(
            scenario, out=tmp_path / "run", address=cluster.address, progress=stop, **LONG
        )
    held = detente.Sweep(tmp_path / "run")
    assert 0 < held.points_done < held.points and not held.is_complete
    assert files(scenario.sweep(out=tmp_path / "run", resume=True, **LONG).folder) == alone


def kill_when_both_work(cluster: Any, folder: Path, killed: list[int]) -> None:
    """Kills the second raylet while both nodes have a shard in flight."""
    until = time.monotonic() + 60.0
    while time.monotonic() < until:
        written = len(list(folder.glob("shard-*.parquet")))
        if written >= 3 and len(list(folder.glob(".shard-*.journal"))) >= 2:
            (node,) = cluster.worker_nodes
            (raylet,) = node.all_processes["raylet"]
            os.kill(raylet.process.pid, signal.SIGKILL)
            killed.append(written)
            return
        time.sleep(0.02)


def test_a_node_that_is_killed_costs_nothing(
    cluster: Any, scenario: detente.Scenario, alone: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    killed: list[int] = []
    killer = threading.Thread(target=kill_when_both_work, args=(cluster, folder, killed))
    killer.start()
    sweep = detente.ray.sweep(
        scenario, out=folder, address=cluster.address, progress=False, **LONG
    )
    killer.join()
    assert killed and killed[0] < sweep.shards - 2, "it was killed in the middle"
    left = {path.name for path in folder.glob(".*")}
    assert not left, "no journal is left"
    assert files(folder) == alone, "nothing is lost, nothing is doubled"
