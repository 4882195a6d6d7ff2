"""Scenarios: read, given other numbers, solved, asked, swept."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from . import _detente
from ._progress import Teller, Watch
from .errors import Diagnostic, UntrustworthyWarning
from .solution import Deal, Solution
from .sweep import DesignName, Plan, Sweep, shard_of

if TYPE_CHECKING:
    from typing import Any

#: Largest relative gain from deviating in an equilibrium, where nothing else is asked for.
TOLERANCE = 1e-4
#: Most nodes of a game.
MAX_NODES = 20_000_000


class Scenario:
    """A scenario at its numbers. It never changes: :meth:`with_` gives another one.

    >>> import detente
    >>> text = '''
    ... actor us
    ... actor them
    ... param cost = 2 in 1 .. 4 "judgement"
    ... outcome peace { us 0, them 0 }
    ... outcome war { us -cost, them 1 - cost }
    ... play {
    ...     us chooses move { wait, strike }
    ...     if move == strike { end war }
    ...     end peace
    ... }
    ... '''
    >>> scenario = detente.Scenario.parse(text)
    >>> scenario.numbers
    {'cost': 2.0}
    >>> round(scenario.ask("p(war)", precision=1.0), 3)
    0.269
    >>> round(scenario.with_(cost=1).ask("p(war)", precision=1.0), 3)
    0.269
    """

    def __init__(self, core: _detente.Scenario) -> None:
        self._core = core

    @staticmethod
    def load(path: str | Path) -> Scenario:
        """Reads a file, or a scenario of the library by its name.

        :raises ScenarioError: if it has errors.
        :raises DetenteError: if it cannot be read.

        >>> import detente
        >>> detente.Scenario.load("chicken").title
        'Chicken: brinkmanship between equals'
        """
        return Scenario(_detente.Scenario.load(path))

    @staticmethod
    def parse(text: str, name: str | Path = "scenario.detente") -> Scenario:
        """Reads a text. Files that it includes are looked for beside ``name``.

        :raises ScenarioError: if it has errors.
        """
        return Scenario(_detente.Scenario.parse(text, name))

    def with_(self, numbers: Mapping[str, float] | None = None, /, **more: float) -> Scenario:
        """The same scenario with other numbers, which are then no longer in doubt.

        >>> import detente
        >>> risky = detente.Scenario.load("chicken").with_(crash=20)
        >>> risky.set_numbers
        {'crash': 20.0}

        :raises DetenteError: if there is no such number; what may have been meant is said.
        """
        values = {**(numbers or {}), **more}
        return Scenario(self._core.set([(name, float(value)) for name, value in values.items()]))

    @property
    def title(self) -> str:
        """Its title."""
        return self._core.title

    @property
    def path(self) -> Path:
        """Where it was read."""
        return self._core.path

    @property
    def text(self) -> str:
        """Its text."""
        return self._core.text

    @property
    def numbers(self) -> dict[str, float]:
        """All its ``param``s at their present values."""
        return dict(self._core.numbers)

    @property
    def set_numbers(self) -> dict[str, float]:
        """Those that :meth:`with_` has set."""
        return dict(self._core.pinned)

    @property
    def actors(self) -> dict[str, str]:
        """Labels of the actors, by name."""
        return dict(self._core.actors)

    @property
    def outcomes(self) -> dict[str, str]:
        """Labels of the outcomes, by name."""
        return dict(self._core.outcomes)

    @property
    def questions(self) -> dict[str, str]:
        """Its questions, and the query that each is."""
        return dict(self._core.asks)

    @cached_property
    def warnings(self) -> list[Diagnostic]:
        """What is odd about it, though it has a meaning."""
        return [Diagnostic(*each) for each in self._core.warnings[1]]

    def solve(
        self,
        *,
        precision: float | None = None,
        tolerance: float = TOLERANCE,
        asks: Iterable[str] = (),
        doubt: bool = False,
        draws: int | None = None,
        others: bool | int = False,
        seed: int = 1,
        raw_payoffs: bool = False,
        max_nodes: int = MAX_NODES,
        time_limit: float | None = None,
        threads: int | None = None,
        progress: Watch = False,
    ) -> Solution:
        """Finds an equilibrium and all that follows from it.

        :param precision: stop at this precision λ instead of going to the limit.
        :param tolerance: largest relative gain from deviating that counts as an equilibrium.
        :param asks: queries to answer beside the scenario's own.
        :param doubt: solve again with other numbers: all of them drawn together, those that matter most set to their
            ends, and small changes that turn the answer over. Endings then have ranges, and the report says what they
            hang on.
        :param draws: how many times to draw all doubtful numbers; by the size of the game where nothing is said.
        :param others: search for other equilibria: ``True`` as ``detente run`` does, or from so many starts.
        :param seed: of everything that is drawn.
        :param raw_payoffs: let the precision act on payoffs as they are, not as shares of each actor's payoff range.
        :param max_nodes: most nodes that the game may have.
        :param time_limit: stop after so many seconds and keep what is found.
        :param threads: all where nothing is said; the results do not depend on it.
        :param progress: ``True`` for a line on standard error, or a function that takes :class:`Progress`.

        Other Python threads run meanwhile. Ctrl-C stops it and raises ``KeyboardInterrupt``.

        >>> import detente
        >>> solution = detente.Scenario.load("chicken").solve(asks=["p(left_course == swerve)"], doubt=True, draws=20)
        >>> ending = solution.endings[0]
        >>> ending.low < ending.probability < ending.high
        True

        :raises ScenarioError: if something is wrong with the scenario at these numbers, or with a query.
        :raises LimitError: if the game is too large.
        """
        options = (precision, tolerance, raw_payoffs, max_nodes, time_limit, threads)
        starts = None if others is True else int(others)
        with Teller(progress) as tell:
            found = self._core.solve(
                options, list(asks), (doubt, draws), starts, seed, tell
            )
        return Solution(found)

    def ask(
        self,
        query: str,
        /,
        *,
        precision: float | None = None,
        tolerance: float = TOLERANCE,
        raw_payoffs: bool = False,
        max_nodes: int = MAX_NODES,
        time_limit: float | None = None,
        threads: int | None = None,
    ) -> float | None:
        """The answer to a query; None where its condition has probability 0.

        >>> import detente
        >>> chicken = detente.Scenario.load("chicken")
        >>> chicken.ask("p(collision)") == chicken.ask_all(["p(collision)"])["p(collision)"]
        True
        """
        answers = self.ask_all(
            [query],
            precision=precision,
            tolerance=tolerance,
            raw_payoffs=raw_payoffs,
            max_nodes=max_nodes,
            time_limit=time_limit,
            threads=threads,
        )
        return answers[query]

    def ask_all(
        self,
        queries: Iterable[str],
        /,
        *,
        precision: float | None = None,
        tolerance: float = TOLERANCE,
        raw_payoffs: bool = False,
        max_nodes: int = MAX_NODES,
        time_limit: float | None = None,
        threads: int | None = None,
    ) -> dict[str, float | None]:
        """Answers to several queries by one solve, by query."""
        asked = list(queries)
        options = (precision, tolerance, raw_payoffs, max_nodes, time_limit, threads)
        values, trouble = self._core.ask(options, asked, None)
        if trouble is not None:
            warnings.warn(trouble, UntrustworthyWarning, stacklevel=2)
        return dict(zip(asked, values, strict=True))

    def deal(self, *, draws: int = 500, seed: int = 1, epsilon: float = 0.0) -> Deal:
        """Who would accept what over the scenario's issues; its play is not solved.

        :param draws: how many times to draw all doubtful numbers together.
        :param epsilon: error that the frontier of a very large space may have, in values.
        :raises DetenteError: if the scenario has no ``issue`` with a ``value`` over it.
        """
        return Deal(self._core.deal(draws, seed, epsilon))

    def sweep(
        self,
        n: int | None = None,
        *,
        out: str | Path | None = None,
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
        shard: str | tuple[int, int] | None = None,
        threads: int | None = None,
        progress: Watch = False,
    ) -> Sweep:
        """Solves the scenario at many points of its doubtful numbers, into a folder of Parquet files.

        It is the run of ``detente sweep``: the same options give the same bytes.

        :param n: size of the design; 1024 points where nothing is said (of ``grid`` 5 and of ``oat`` 2 values of each
            number, of ``saltelli`` 256 base points, of ``morris`` 20 trajectories).
        :param out: the folder; one that is removed with the result where nothing is said.
        :param design: ``sobol``, ``latin``, ``monte-carlo``, ``grid``, ``saltelli``, ``morris`` or ``oat``.
        :param over: vary only these numbers.
        :param precision: of all points, or two ends to vary it too.
        :param afresh: solve every point from random play instead of going on from points nearby.
        :param points_from: solve the points of this file (CSV, Parquet) instead.
        :param worth: weigh the options of every actor's first decision at every point, for what knowing the numbers would
            be worth (columns ``reach(…)`` and ``value(… if …)``; ``detente sweep report`` tells it in words).
        :param resume: go on with the run in the folder, or begin it.
        :param shard: only the k-th of n parts: ``"3/10"`` or ``(3, 10)``.

        Ctrl-C raises ``KeyboardInterrupt``; the same call with ``resume=True`` goes on and gives the same bytes.

        >>> import detente
        >>> sweep = detente.Scenario.load("chicken").sweep(64)
        >>> sweep.summary.points, sweep.summary.failed
        (64, 0)

        :raises RunError: if the folder holds something else, or cannot be written.
        """
        plan = Plan(
            self,
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
            points_from=points_from,
            points_per_file=points_per_file,
            worth=worth,
        )
        return plan.run(
            out, resume=resume, shard=shard_of(shard), threads=threads, progress=progress
        )

    def __repr__(self) -> str:
        numbers = "".join(f", {name}={value:g}" for name, value in self._core.pinned)
        return f"<Scenario {self.title!r}{numbers}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, self._core.state())


def _restored(
    path: Path,
    text: str,
    includes: list[tuple[str, str, str, str]],
    numbers: list[tuple[str, float]],
) -> Scenario:
    return Scenario(_detente.Scenario.restore(path, text, includes, numbers))


def library() -> list[str]:
    """Names of the scenarios that can be loaded from anywhere.

    >>> import detente
    >>> "chicken" in detente.library()
    True
    """
    return _detente.library()


__all__ = ["Scenario", "library"]
