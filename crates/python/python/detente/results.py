"""What a solve finds, as plain values. Probabilities are in 0..1, payoffs in the scenario's own units."""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Ending:
    """One way to end."""

    id: str
    label: str
    probability: float
    #: 5 % and 95 % quantile over the doubtful numbers, if they were sampled.
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Answer:
    """The answer to a question."""

    question: str
    query: str
    #: None where its condition has probability 0.
    value: float | None
    #: ``probability`` or ``number``.
    unit: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class ActorValue:
    """What the play is worth to an actor."""

    id: str
    label: str
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Check:
    """One ``expect`` of the scenario."""

    text: str
    why: str
    holds: bool
    #: Whether its condition is met, so that it speaks of these numbers at all.
    applies: bool
    left: float | None
    right: float | None


@dataclass(frozen=True)
class DecisionOption:
    """One option of a decision."""

    id: str
    label: str
    probability: float
    #: Expected payoff of the actor if it is taken here.
    value: float


@dataclass(frozen=True)
class Belief:
    """What an actor believes about what it cannot see."""

    words: str
    probability: float


@dataclass(frozen=True)
class Decision:
    """One information set: what an actor does where it cannot tell more."""

    actor: str
    name: str
    variable: str
    round: int | None
    #: Probability that play comes here.
    reach: float
    options: list[DecisionOption]
    beliefs: list[Belief]
    #: What the best option would give more than the mixture chosen.
    gain: float


@dataclass(frozen=True)
class CourseStep:
    """One event of a course."""

    actor: str | None
    words: str
    probability: float
    hidden: bool
    round: int | None


@dataclass(frozen=True)
class Course:
    """A course of events."""

    probability: float
    steps: list[CourseStep]
    outcome: str
    payoffs: list[float]


@dataclass(frozen=True)
class ActorCertificate:
    """How much an actor could gain by deciding otherwise."""

    id: str
    gain: float
    relative_gain: float
    payoff_range: float


@dataclass(frozen=True)
class Certificate:
    """How far a solution can be trusted, by a check that does not depend on the solver."""

    #: How the solve ended, as one word: ``converged``, ``precision_reached``, ``interrupted`` …
    status: str
    sentence: str
    trustworthy: bool
    precision: float | None
    largest_gain: float
    largest_relative_gain: float
    actors: list[ActorCertificate]
    largest_relative_gain_at_sets: float
    worst_set: str | None
    residual: float | None


@dataclass(frozen=True)
class Game:
    """The game that was solved."""

    nodes: int
    information_sets: int
    actors: int
    actions: int
    ends: int
    depth: int
    bytes: int


@dataclass(frozen=True)
class Zone:
    """How many outcomes are acceptable to everybody."""

    count: float
    #: Where the count is an estimate.
    standard_error: float | None


@dataclass(frozen=True)
class Party:
    """A party at the table."""

    name: str
    fallback: float
    worst: float
    best: float


@dataclass(frozen=True)
class Bargain:
    """A point that bargaining theory singles out."""

    name: str
    #: Its value to each party; None where nothing is acceptable to all.
    values: list[float] | None
    agreed: str


@dataclass(frozen=True)
class Package:
    """A package and who gains by it."""

    name: str
    agreed: str
    values: list[float]
    gains: list[float]
    acceptable: bool
    efficient: bool
    distance: float
    verdict: str
    help: str
    #: Share of draws of the doubtful numbers in which everybody accepts it.
    share: float | None


@dataclass(frozen=True)
class Spread:
    """An ending over the points of a sweep."""

    id: str
    label: str
    mean: float
    #: 5 % and 95 % quantile.
    low: float
    high: float


@dataclass(frozen=True)
class Summary:
    """A sweep in a few numbers."""

    points: int
    failed: int
    #: The commonest reason and how often it stands.
    reason: str | None
    reason_count: int
    endings: list[Spread]


def build(kind: type[T], data: dict[str, Any]) -> T:
    """A dataclass from the object that JSON has of it; members that it does not know are left out."""
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]
    return kind(**{field.name: _value(hints[field.name], data.get(field.name)) for field in fields})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = typing.get_origin(hint)
    if origin is list:
        (inner,) = typing.get_args(hint)
        return [_value(inner, each) for each in value]
    if origin in (typing.Union, types.UnionType):
        (inner,) = [each for each in typing.get_args(hint) if each is not type(None)]
        return _value(inner, value)
    return build(hint, value) if isinstance(hint, type) and dataclasses.is_dataclass(hint) else value
