"""What can go wrong, as exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = [
    "BusyError",
    "DetenteError",
    "Diagnostic",
    "LimitError",
    "RunError",
    "ScenarioError",
    "UntrustworthyWarning",
]


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong, or odd, about a scenario or a query.

    >>> import detente
    >>> try:
    ...     detente.Scenario.parse("actor us\\noutcome war\\nplay { end wra }")
    ... except detente.ScenarioError as error:
    ...     first = error.diagnostics[0]
    >>> first.severity, first.line, first.column
    ('error', 3, 12)
    >>> first.help
    'did you mean `war`?'
    """

    #: Stable code such as ``E0203``; ``detente explain E0203`` tells more.
    code: str
    #: ``error`` or ``warning``.
    severity: str
    #: What is wrong, in one line.
    message: str
    #: The file that it is about, or ``query``.
    file: str
    #: Line, from 1; 0 where there is no place.
    line: int
    #: Column in characters, from 1.
    column: int
    #: A few words under the place; may be empty.
    label: str
    #: Facts that help to understand.
    notes: list[str]
    #: The mend, where one is at hand.
    help: str | None


class DetenteError(Exception):
    """Anything that Detente cannot do; its text says why."""


class ScenarioError(DetenteError):
    """A scenario or a query that is wrong.

    Its text is what the command shows on a terminal: every place underlined, with the mend.
    """

    #: Each error and warning for itself.
    diagnostics: list[Diagnostic]
    #: All of them as shown on a terminal.
    rendered: str

    def __init__(self, rendered: str, diagnostics: list[tuple[Any, ...]] | None = None) -> None:
        super().__init__(rendered)
        self.rendered = rendered
        self._plain = diagnostics or []
        self.diagnostics = [Diagnostic(*each) for each in self._plain]

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[str, list[tuple[Any, ...]]]]:
        return (type(self), (self.rendered, self._plain))


class LimitError(DetenteError):
    """A limit that was reached: nodes, memory, time, precision."""


class RunError(DetenteError):
    """The folder of a sweep that cannot be used: another run's, damaged, a full disk."""


class BusyError(RunError):
    """Another process computes the same shard."""


class UntrustworthyWarning(UserWarning):
    """An answer of a solve that did not reach an equilibrium (or the precision that was asked for)."""
