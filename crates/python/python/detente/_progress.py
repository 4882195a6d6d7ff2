"""How far something is: for a caller's function, or as lines on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Progress:
    """How far something is."""

    #: ``expanding``, ``solving``, ``searching``, ``doubting`` or ``sweeping``.
    stage: str
    done: float
    of: float
    words: str


#: ``True`` for lines on standard error, or a function that is called several times a second.
Watch: TypeAlias = "bool | Callable[[Progress], object]"

#: Nothing shorter than this is told on standard error.
PATIENCE = 1.0
#: Seconds from one line to the next where standard error is no terminal.
PAUSE = 30.0


class Lines:
    """Lines on standard error: one that is written over on a terminal, else one every half minute."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.stage = ""
        self.first = 0.0
        self.told = self.begun + PATIENCE - PAUSE
        self.shown = False
        self.terminal = sys.stderr.isatty()

    def __call__(self, step: Progress) -> None:
        now = time.monotonic()
        if step.stage != self.stage:
            self.stage, self.begun, self.first = step.stage, now, step.done
            self.told = max(self.told, now + PATIENCE - PAUSE)
        pause = 0.1 if self.terminal and self.shown else PAUSE
        if now - self.told < pause:
            return
        self.told = now
        line = words(step, now - self.begun, step.done - self.first)
        self._write(f"\r{line}\x1b[K" if self.terminal else f"{line}\n")

    def _write(self, text: str) -> None:
        self.shown = True
        sys.stderr.write(text)
        sys.stderr.flush()

    def close(self) -> None:
        """Clears the line."""
        if self.terminal and self.shown:
            self._write("\r\x1b[K")


def words(step: Progress, seconds: float, since: float) -> str:
    """A step in a line: what, how much of how much, how fast, how long still."""
    if step.of == 1.0:
        amount = f"{step.done:.0%}"
    else:
        amount = f"{step.done:,.0f} of {step.of:,.0f}"
    parts = [f"{step.stage} {amount}"]
    rate = since / max(seconds, 1e-3)
    if step.of != 1.0 and rate > 0.0:
        parts.append(f"{rate:,.1f} a second" if rate < 10.0 else f"{rate:,.0f} a second")
    if step.words:
        parts.append(step.words)
    if rate > 0.0 and step.of > step.done:
        parts.append(f"{_time((step.of - step.done) / rate)} left")
    return " · ".join(parts)


def _time(seconds: float) -> str:
    if seconds < 90.0:
        return f"{seconds:.0f} s"
    if seconds < 5400.0:
        return f"{seconds / 60.0:.0f} min"
    return f"{seconds / 3600.0:.1f} h"


class Teller:
    """Hands steps on to whoever watches, for the length of a ``with``."""

    def __init__(self, watch: Watch) -> None:
        self.lines = Lines() if watch is True else None
        self.call = self.lines or (watch if callable(watch) else None)

    def __enter__(self) -> Callable[[str, float, float, str], None] | None:
        return None if self.call is None else self.tell

    def tell(self, stage: str, done: float, of: float, words: str) -> None:
        """One step."""
        if self.call is not None:
            self.call(Progress(stage, done, of, words))

    def __exit__(self, *_: object) -> None:
        if self.lines is not None:
            self.lines.close()
