"""The same sweep on a Ray cluster, or on a Ray of this machine.

Needs the extra ``detente[ray]``. Every shard is a task; its file goes to a folder that all nodes share. A worker that is lost
costs no more than the points it was solving: its shard is computed by another one, which goes on from the rows that
were done.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import _detente
from ._progress import Teller, Watch
from .errors import BusyError, DetenteError
from .scenario import MAX_NODES, TOLERANCE, Scenario
from .sweep import DesignName, Plan, Sweep

try:
    import ray
except ImportError as missing:
    raise ImportError("detente.ray needs Ray: pip install 'detente[ray]'") from missing

__all__ = ["sweep"]

#: Tasks that are handed out for every one that can run, so that no worker waits.
AHEAD = 2
#: Seconds between two looks at how many points are done, and the largest share of the time that looking may take.
LOOK_EVERY = 2.0
LOOK_SHARE = 0.05
#: Longest that a task waits for another worker that still holds its shard, such as one whose node was given up.
PATIENCE = 60.0
#: Longest that tasks are waited for when the sweep is stopped.
FAREWELL = 10.0


def sweep(
    scenario: Scenario,
    n: int | None = None,
    *,
    out: str | Path,
    address: str | None = None,
    design: DesignName = "sobol",
    seed: int = 1,
    over: Iterable[str] = (),
    asks: Iterable[str] = (),
    precision: float | tuple[float, float] | None = None,
    tolerance: float = TOLERANCE,
    raw_payoffs: bool = False,
    max_nodes: int = MAX_NODES,
    afresh: bool = False,
    levels: int = 4,
    second_order: bool = False,
    points_from: str | Path | None = None,
    points_per_file: int = 1024,
    worth: bool = False,
    resume: bool = False,
    threads: int = 1,
    retries: int = 20,
    progress: Watch = True,
) -> Sweep:
    """Solves the scenario at many points, each shard as a Ray task.

    The folder holds the same bytes as that of :meth:`Scenario.sweep <detente.Scenario.sweep>` or ``detente sweep``
    with the same options, whatever the nodes and whatever happened to them.

    :param out: the folder, on a file system that this machine and all nodes share.
    :param address: ``"auto"`` or ``"ray://head:10001"`` for a cluster. Where nothing is said, the Ray to which this
        program is connected; else one of this machine, for the time of the sweep.
    :param threads: threads (and Ray CPUs) of every task.
    :param retries: how many times a shard may lose its worker.
    :param resume: go on with the run in the folder, or begin it.

    The other parameters are those of :meth:`Scenario.sweep <detente.Scenario.sweep>`. ``detente``, in the same version, must
    be installed on all nodes. Ctrl-C raises ``KeyboardInterrupt``; the same call with ``resume=True`` goes on.

    :raises RunError: if the folder holds something else or cannot be written.
    :raises DetenteError: if a shard could not be computed.
    """
    plan = Plan(
        scenario,
        n=n,
        design=design,
        seed=seed,
        over=tuple(over),
        asks=tuple(asks),
        precision=precision,
        tolerance=tolerance,
        raw_payoffs=raw_payoffs,
        max_nodes=max_nodes,
        afresh=afresh,
        levels=levels,
        second_order=second_order,
        points_from=None if points_from is None else Path(points_from).absolute(),
        points_per_file=points_per_file,
        worth=worth,
    )
    folder = Path(out).absolute()
    with Teller(progress) as tell:
        # What is wrong with the scenario or the folder is said before any worker is asked.
        plan.prepared().begin(folder, resume, None, tell)
        with _connected(address):
            _Handing(plan, folder, threads, retries, tell).run()
    done = Sweep(folder)
    if not done.is_complete:
        raise DetenteError(f"shards are missing in {folder}: {done.missing}")
    return done


@contextmanager
def _connected(address: str | None) -> Iterator[None]:
    """Connected to Ray; disconnected at the end if it was not before."""
    if address is None and ray.is_initialized():
        yield
        return
    options: dict[str, Any] = {"log_to_driver": False, "configure_logging": False}
    if address is None:
        options |= {"address": "local", "include_dashboard": False}
    else:
        options |= {"address": address}
    context = ray.init(**options)
    try:
        yield
    finally:
        # Through a client only its own connection is to be closed.
        (context if address and address.startswith("ray://") else ray).shutdown()


class _Handing:
    """Hands shards out and waits for them."""

    def __init__(
        self,
        plan: Plan,
        folder: Path,
        threads: int,
        retries: int,
        tell: Callable[[str, float, float, str], None] | None,
    ) -> None:
        self.plan = plan
        self.folder = folder
        self.threads = max(threads, 1)
        self.tell = tell
        self.task: Any = ray.remote(_shard).options(
            num_cpus=self.threads,
            max_retries=retries,
            retry_exceptions=[BusyError],
            scheduling_strategy="SPREAD",
            name="detente shard",
        )
        self.flying: dict[Any, int] = {}
        self.next_look = 0.0

    def run(self) -> None:
        shared = ray.put(self.plan)
        waiting = list(reversed(Sweep(self.folder).missing))
        try:
            while waiting or self.flying:
                while waiting and len(self.flying) < self.window():
                    shard = waiting.pop()
                    ref = self.task.remote(shared, str(self.folder), shard, self.threads)
                    self.flying[ref] = shard
                self.wait(1.0)
                self.look()
        except BaseException:
            self.give_up()
            raise
        self.next_look = 0.0
        self.look()

    def window(self) -> int:
        """How many tasks may be in flight; clusters grow and shrink."""
        cpus = float(ray.cluster_resources().get("CPU", 1.0))
        return max(int(AHEAD * cpus / self.threads), 2)

    def wait(self, seconds: float) -> None:
        done, _ = ray.wait(list(self.flying), num_returns=1, timeout=seconds)
        for ref in done:
            shard = self.flying.pop(ref)
            try:
                ray.get(ref)
            except ray.exceptions.RayTaskError as error:
                raise error.as_instanceof_cause() from None
            except ray.exceptions.RayError as error:
                raise DetenteError(
                    f"shard {shard} could not be computed: {error}; go on with `resume=True`"
                ) from error

    def look(self) -> None:
        """Tells how many points are done, those of shards in flight among them."""
        begun = time.monotonic()
        if self.tell is None or begun < self.next_look:
            return
        held = Sweep(self.folder)
        running = f"{len(self.flying)} shards handed out" if self.flying else ""
        self.tell("sweeping", held.points_done, held.points, running)
        now = time.monotonic()
        self.next_look = now + max(LOOK_EVERY, (now - begun) / LOOK_SHARE)

    def give_up(self) -> None:
        """Stops what is in flight; rows that are done stay."""
        refs = list(self.flying)
        for ref in refs:
            ray.cancel(ref)
        if refs:
            ray.wait(refs, num_returns=len(refs), timeout=FAREWELL)


#: The run that this process computes shards of, by what it was made from: its best guesses are solved once.
_kept: tuple[bytes, _detente.Run] | None = None


def _prepared(plan: Plan) -> _detente.Run:
    global _kept
    import pickle

    key = pickle.dumps(plan)
    if _kept is None or _kept[0] != key:
        _kept = (key, plan.prepared())
    return _kept[1]


def _shard(plan: Plan, folder: str, shard: int, threads: int) -> int:
    """Computes a shard in a worker's process; its points."""
    if not os.path.isdir(folder):
        raise DetenteError(
            f"{folder} is not there on this node: `out` must be on a file system that all nodes share"
        )
    run = _prepared(plan)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return run.go(folder, shard, shard + 1, True, threads, None)[0]
        except BusyError:
            # A worker whose node was given up may still be about to end.
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
