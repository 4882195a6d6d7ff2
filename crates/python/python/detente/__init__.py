"""Write a crisis the way you would tell it, and see how it can go.

>>> import detente
>>> chicken = detente.Scenario.load("chicken")
>>> round(chicken.ask("p(collision)"), 3)
0.01
>>> solution = chicken.solve()
>>> solution.certificate.trustworthy
True

Scenarios are read with :meth:`Scenario.load` and :meth:`Scenario.parse`, solved with :meth:`Scenario.solve`, asked with
:meth:`Scenario.ask`, and solved at thousands or millions of points with :meth:`Scenario.sweep` (on a Ray cluster with
:func:`detente.ray.sweep`). Tables go to pandas, polars, DuckDB or PyArrow through the Arrow PyCapsule interface.
"""

from ._detente import Table, __version__
from ._progress import Progress
from .errors import (
    BusyError,
    DetenteError,
    Diagnostic,
    LimitError,
    RunError,
    ScenarioError,
    UntrustworthyWarning,
)
from .scenario import Scenario, library
from .solution import Deal, Solution
from .sweep import Sweep, merge

__all__ = [
    "BusyError",
    "Deal",
    "DetenteError",
    "Diagnostic",
    "LimitError",
    "Progress",
    "RunError",
    "Scenario",
    "ScenarioError",
    "Solution",
    "Sweep",
    "Table",
    "UntrustworthyWarning",
    "__version__",
    "library",
    "merge",
]
