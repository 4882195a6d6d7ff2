"""What a solve found, and who would accept what."""

from __future__ import annotations

import html
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .results import (
    ActorValue,
    Answer,
    Bargain,
    Certificate,
    Check,
    Course,
    Decision,
    Ending,
    Game,
    Package,
    Party,
    Zone,
    build,
)

if TYPE_CHECKING:
    from . import _detente

#: Tables of a solution.
TableName = Literal[
    "endings", "asks", "actors", "decisions", "courses", "precision", "tornado", "information", "assumptions"
]


class Solution:
    """All that a solve found: what ``detente run`` writes into its report.

    >>> import detente
    >>> solution = detente.Scenario.load("chicken").solve()
    >>> [ending.id for ending in solution.endings]
    ['both_swerve', 'left_wins', 'right_wins', 'collision']
    >>> solution.table("endings").columns
    ['id', 'label', 'probability', 'low', 'high']
    """

    def __init__(self, found: _detente.Findings) -> None:
        self._found = found

    @cached_property
    def data(self) -> dict[str, Any]:
        """Everything, as in ``findings.json``."""
        data: dict[str, Any] = json.loads(self._found.json())
        return data

    def _list(self, kind: type[Any], name: str) -> list[Any]:
        return [build(kind, each) for each in self.data[name]]

    @cached_property
    def title(self) -> str:
        """Title of the scenario."""
        return str(self.data["scenario"]["title"])

    @cached_property
    def headlines(self) -> list[str]:
        """The main results in sentences."""
        return list(self.data["headlines"])

    @cached_property
    def endings(self) -> list[Ending]:
        """How likely each ending is, in the order declared."""
        return self._list(Ending, "endings")

    @cached_property
    def asks(self) -> list[Answer]:
        """Answers to the scenario's questions, and then to those of ``solve(asks=…)``."""
        return self._list(Answer, "asks")

    @cached_property
    def actors(self) -> list[ActorValue]:
        """What the play is worth to each actor."""
        return self._list(ActorValue, "actors")

    @cached_property
    def expects(self) -> list[Check]:
        """The scenario's checks of itself."""
        return self._list(Check, "expects")

    @cached_property
    def decisions(self) -> list[Decision]:
        """Decisions at the information sets that matter, most likely first."""
        return self._list(Decision, "decisions")

    @cached_property
    def courses(self) -> list[Course]:
        """The most likely courses of events."""
        return self._list(Course, "courses")

    @cached_property
    def certificate(self) -> Certificate:
        """How far the solution can be trusted."""
        return build(Certificate, self.data["certificate"])

    @cached_property
    def game(self) -> Game:
        """The game that was solved."""
        return build(Game, self.data["game"])

    @cached_property
    def deal(self) -> Deal | None:
        """Who would accept what; None where the scenario has no issues."""
        found = self._found.deal()
        return None if found is None else Deal(found)

    def p(self, ending: str) -> float:
        """Probability of an ending by its name.

        >>> import detente
        >>> round(detente.Scenario.load("chicken").solve().p("collision"), 3)
        0.01
        """
        for known in self.endings:
            if known.id == ending:
                return known.probability
        names = ", ".join(known.id for known in self.endings)
        raise KeyError(f"there is no ending {ending!r}; there are {names}")

    def table(self, name: TableName) -> _detente.Table:
        """A table that pandas, polars, DuckDB and PyArrow take: ``polars.DataFrame(solution.table("endings"))``."""
        return self._found.table(name)

    def text(self, width: int = 100) -> str:
        """What ``detente run`` prints."""
        return self._found.text(width)

    def html(self) -> str:
        """The report: a page with everything inside, that needs no network."""
        return self._found.html()

    def save_report(self, path: str | Path) -> Path:
        """Writes the report; a folder gets ``report.html`` and ``findings.json``, as ``detente run`` writes them."""
        path = Path(path)
        if path.suffix != ".html":
            path.mkdir(parents=True, exist_ok=True)
            (path / "findings.json").write_text(self._found.json(), encoding="utf-8")
            path = path / "report.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.html(), encoding="utf-8")
        return path

    def __repr__(self) -> str:
        endings = sorted(self.endings, key=lambda ending: -ending.probability)
        shown = ", ".join(f"{ending.id} {ending.probability:.1%}" for ending in endings[:4])
        more = ", …" if len(endings) > 4 else ""
        return f"<Solution of {self.title!r}: {shown}{more}>"

    def _repr_html_(self) -> str:
        """The headlines, how likely each ending is, and the report with its pictures in a frame."""
        headlines = "".join(f"<li>{html.escape(line)}</li>" for line in self.headlines)
        return (
            f"<ul>{headlines}</ul><div>{self._found.svg()}</div>"
            f"{frame(self.html(), 'The whole report', 720)}"
        )


class Deal:
    """Who would accept what: what ``detente deal`` tells.

    >>> import detente
    >>> deal = detente.Scenario.load("issue-linkage").deal()
    >>> [party.name for party in deal.parties]
    ['The West', 'Iran']
    """

    def __init__(self, found: _detente.Deal) -> None:
        self._found = found

    @cached_property
    def data(self) -> dict[str, Any]:
        """Everything, as under ``deal`` in ``findings.json``."""
        data: dict[str, Any] = json.loads(self._found.json())
        return data

    @cached_property
    def outcomes(self) -> float:
        """Number of outcomes."""
        return float(self.data["outcomes"])

    @cached_property
    def zone(self) -> Zone:
        """How many of them are acceptable to everybody at the table."""
        return build(Zone, self.data["zone"])

    @cached_property
    def parties(self) -> list[Party]:
        """The parties at the table."""
        return [build(Party, each) for each in self.data["parties"]]

    @cached_property
    def solutions(self) -> list[Bargain]:
        """The cooperative solutions: Nash's, Kalai and Smorodinsky's, …"""
        return [build(Bargain, each) for each in self.data["solutions"]]

    @cached_property
    def packages(self) -> list[Package]:
        """The scenario's packages and who gains."""
        return [build(Package, each) for each in self.data["packages"]]

    @cached_property
    def sentences(self) -> list[str]:
        """What a negotiator would want to know."""
        return list(self.data["sentences"])

    def text(self, width: int = 100) -> str:
        """What ``detente deal`` prints."""
        return self._found.text(width)

    def html(self) -> str:
        """The page that ``detente deal`` writes."""
        return self._found.html()

    def save_report(self, path: str | Path) -> Path:
        """Writes the page; into a folder as ``deal.html``."""
        path = Path(path)
        if path.suffix != ".html":
            path = path / "deal.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.html(), encoding="utf-8")
        return path

    def __repr__(self) -> str:
        parties = ", ".join(party.name for party in self.parties)
        zone = self.zone.count
        return f"<Deal between {parties}: {zone:,.0f} of {self.outcomes:,.0f} outcomes are acceptable to all>"

    def _repr_html_(self) -> str:
        """The page in a frame."""
        return frame(self.html(), "Who would accept what", 720, opened=True)


def frame(page: str, title: str, height: int, opened: bool = False) -> str:
    """A page in a frame of its own, so that its style and the notebook's do not meet."""
    name = html.escape(title, quote=True)
    return (
        f"<details{' open' if opened else ''}><summary>{name}</summary>"
        f'<iframe title="{name}" srcdoc="{html.escape(page, quote=True)}" loading="lazy" '
        f'style="width: 100%; height: {height}px; border: 1px solid #8884"></iframe></details>'
    )
