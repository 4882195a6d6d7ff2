"""Many points: what is computed of them, and the folder that holds the answers."""

from __future__ import annotations

import html
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from . import _detente
from ._progress import Teller, Watch
from .errors import DetenteError
from .results import Summary, build

if TYPE_CHECKING:
    from .scenario import Scenario

#: Designs.
DesignName = Literal["sobol", "latin", "monte-carlo", "grid", "saltelli", "morris", "oat"]


@dataclass(frozen=True)
class Plan:
    """What a sweep computes, wherever it does."""

    scenario: Scenario
    n: int | None
    design: DesignName
    seed: int
    over: tuple[str, ...]
    asks: tuple[str, ...]
    precision: float | tuple[float, float] | None
    tolerance: float
    raw_payoffs: bool
    max_nodes: int
    afresh: bool
    levels: int
    second_order: bool
    points_from: str | Path | None
    points_per_file: int
    worth: bool

    def prepared(self) -> _detente.Run:
        """Ready to be run."""
        ends = self.precision if isinstance(self.precision, tuple) else None
        single = None if isinstance(self.precision, tuple) else self.precision
        if self.points_from is not None and ends is not None:
            raise DetenteError(
                "two ends of `precision` make no sense with `points_from`: give the file a column `precision`"
            )
        which = (
            str(self.design),
            self.n,
            self.levels,
            self.second_order,
            self.seed,
            list(self.over),
            ends,
            self.points_from,
        )
        solving = (
            single,
            self.tolerance,
            self.raw_payoffs,
            self.max_nodes,
            self.afresh,
            self.points_per_file,
        )
        return _detente.Run(self.scenario._core, which, solving, list(self.asks), self.worth)

    def run(
        self,
        out: str | Path | None,
        *,
        resume: bool,
        shard: tuple[int, int] | None,
        threads: int | None,
        progress: Watch,
    ) -> Sweep:
        """Computes it, or a part of it, on this machine."""
        run = self.prepared()
        first, end = (0, run.shards) if shard is None else run.part(*shard)
        kept = tempfile.TemporaryDirectory(prefix="detente-") if out is None else None
        folder = Path(kept.name) if kept is not None else Path(str(out))
        with Teller(progress) as tell:
            run.go(folder, first, end, resume, threads, tell)
        return Sweep(folder, _kept=kept)


def shard_of(shard: str | tuple[int, int] | None) -> tuple[int, int] | None:
    """``"3/10"`` as two numbers."""
    if shard is None:
        return None
    try:
        k, n = (int(each) for each in shard.split("/")) if isinstance(shard, str) else shard
    except ValueError:
        k, n = 0, 0
    if not 1 <= k <= n:
        raise DetenteError(f"`shard = {shard!r}`: give \"k/n\" with k from 1 to n, such as \"3/10\"")
    return k, n


class Sweep:
    """The folder of a sweep, whole or in part.

    It is a table by the Arrow PyCapsule interface: ``polars.DataFrame(sweep)``, ``pandas.DataFrame.from_arrow(sweep)``,
    ``pyarrow.table(sweep)``. Rows are read shard by shard.

    >>> import detente
    >>> sweep = detente.Scenario.load("chicken").sweep(32)
    >>> sweep.points, sweep.is_complete
    (32, True)
    >>> sweep.columns[0]
    'point'
    """

    def __init__(
        self, folder: str | Path, *, _kept: tempfile.TemporaryDirectory[str] | None = None
    ) -> None:
        self.folder = Path(folder)
        self._kept = _kept
        # Says what is wrong at once where there is no run.
        self._held = self._look()

    def _look(self) -> dict[str, Any]:
        held: dict[str, Any] = json.loads(_detente.describe(self.folder))
        return held

    def refresh(self) -> Sweep:
        """Looks again, where others still compute; itself."""
        self._held = self._look()
        self.__dict__.pop("summary", None)
        return self

    @property
    def plan(self) -> dict[str, Any]:
        """What is computed: scenario, design, seed, inputs, columns and all else, as in ``manifest.json``."""
        plan: dict[str, Any] = self._held["plan"]
        return plan

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the plan."""
        return str(self._held["fingerprint"])

    @property
    def points(self) -> int:
        """Number of points of the whole run."""
        return int(self.plan["points"])

    @property
    def points_done(self) -> int:
        """Points that are solved, those of shards in flight among them."""
        return int(self._held["points_done"])

    @property
    def shards(self) -> int:
        """Number of shards of the whole run."""
        return int(self._held["shards"])

    @property
    def missing(self) -> list[int]:
        """Shards that are not complete."""
        return list(self._held["missing"])

    @property
    def is_complete(self) -> bool:
        """Whether no shard is missing."""
        return not self._held["missing"]

    @property
    def damaged(self) -> list[str]:
        """What is wrong with shards that are not what they should be."""
        return list(self._held["damaged"])

    @property
    def inputs(self) -> list[str]:
        """Names of the numbers that are varied."""
        return [str(each["name"]) for each in self.plan["inputs"]]

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [str(each["name"]) for each in self.plan["columns"]]

    @property
    def notes(self) -> list[str]:
        """What a reader should know about how the points were made."""
        return [str(each) for each in self.plan["notes"]]

    @property
    def files(self) -> list[Path]:
        """The files of the complete shards, for whoever reads Parquet."""
        missing = set(self.missing)
        there = (number for number in range(self.shards) if number not in missing)
        return [self.folder / f"shard-{number:05}.parquet" for number in there]

    @cached_property
    def summary(self) -> Summary:
        """Mean and 5–95 % range of every ending, and how many points failed."""
        return build(Summary, json.loads(_detente.summary(self.folder)))

    def rows(self, columns: Iterable[str] | None = None) -> _detente.Rows:
        """The rows of the complete shards with these columns only, as a table.

        >>> import detente
        >>> sweep = detente.Scenario.load("chicken").sweep(32)
        >>> table = sweep.rows(["point", "p(collision)"])
        """
        return _detente.rows(self.folder, None if columns is None else list(columns))

    def __arrow_c_schema__(self) -> object:
        return self.rows().__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.rows().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        done = "" if self.is_complete else f", {len(self.missing)} of {self.shards} shards missing"
        return f"<Sweep of {self.plan['title']!r}: {self.points:,} points{done}, in {self.folder}>"

    def _repr_html_(self) -> str:
        """Every ending with its mean and range, as a bar each."""
        summary = self.summary
        rows = "".join(_row(spread.label, spread) for spread in summary.endings)
        failed = f", {summary.failed:,} failed" if summary.failed else ""
        if summary.reason:
            failed += f" ({html.escape(summary.reason)}, …)"
        missing = "" if self.is_complete else f", {len(self.missing):,} shards missing"
        return (
            f"<p><strong>{html.escape(self.plan['title'])}</strong>: {summary.points:,} points{failed}{missing}</p>"
            "<table><thead><tr><th>Ending</th><th>Mean</th><th>5–95 %</th><th></th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )


def _row(label: str, spread: Any) -> str:
    width = 240.0
    low, high, mean = (width * each for each in (spread.low, spread.high, spread.mean))
    picture = (
        f'<svg role="img" aria-label="{spread.low:.1%} to {spread.high:.1%}" width="{width:.0f}" height="16">'
        f'<rect x="0" y="7" width="{width:.0f}" height="2" fill="#8884"/>'
        f'<rect x="{low:.1f}" y="4" width="{max(high - low, 1.0):.1f}" height="8" fill="#4269d0" opacity="0.5"/>'
        f'<rect x="{max(mean - 1.0, 0.0):.1f}" y="1" width="2" height="14" fill="currentColor"/></svg>'
    )
    return (
        f"<tr><td>{html.escape(label)}</td><td>{spread.mean:.1%}</td>"
        f"<td>{spread.low:.1%}–{spread.high:.1%}</td><td>{picture}</td></tr>"
    )


def merge(folders: Iterable[str | Path | Sweep], out: str | Path) -> Sweep | Path:
    """Joins the parts of a run and makes sure that nothing is missing, doubled or foreign.

    Into a new folder, the same as one run's, or into one file where ``out`` ends in ``.parquet``.

    :raises RunError: if shards are missing, doubled, damaged or of another run; they are named.
    """
    paths = [each.folder if isinstance(each, Sweep) else Path(each) for each in folders]
    _detente.merge(paths, out)
    return Path(out) if Path(out).suffix == ".parquet" else Sweep(out)
