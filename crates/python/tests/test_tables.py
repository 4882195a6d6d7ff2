"""Tables: as pandas, polars and PyArrow read them."""

from __future__ import annotations

from typing import get_args

import pandas
import polars
import pyarrow
import pytest

import detente
from detente.solution import TableName


@pytest.fixture(scope="module")
def solution() -> detente.Solution:
    return detente.Scenario.load("chicken").solve(doubt=True, draws=24)


def test_three_libraries_read_the_same(solution: detente.Solution) -> None:
    table = solution.table("endings")
    by_polars = polars.DataFrame(table)
    by_arrow = pyarrow.table(table)
    by_pandas = pandas.DataFrame.from_arrow(table)
    expected = [ending.probability for ending in solution.endings]
    assert by_polars["probability"].to_list() == expected
    assert by_arrow["probability"].to_pylist() == expected
    assert by_pandas["probability"].tolist() == expected
    assert by_polars["id"].to_list() == [ending.id for ending in solution.endings]
    assert len(table) == len(expected)
    assert pyarrow.schema(table).names == table.columns


@pytest.mark.parametrize("name", get_args(TableName))
def test_every_table_is_read(solution: detente.Solution, name: TableName) -> None:
    table = solution.table(name)
    read = polars.DataFrame(table)
    assert read.columns == table.columns and len(read) == len(table)
    assert len(read) > 0


def test_tables_say_what_the_findings_say(solution: detente.Solution) -> None:
    precision = polars.DataFrame(solution.table("precision"))
    assert precision["p(collision)"][-1] == pytest.approx(solution.p("collision"), abs=1e-6)
    decisions = polars.DataFrame(solution.table("decisions"))
    assert decisions.group_by("decision").agg(polars.col("probability").sum())["probability"].to_list() == (
        pytest.approx([1.0] * len(solution.decisions))
    )
    # Who mixes in equilibrium has nothing to learn.
    information = polars.DataFrame(solution.table("information"))
    assert information["number"].to_list() == [None, None] and information["worth"].to_list() == [0.0, 0.0]
    assert information["actor"].to_list() == ["Left driver", "Right driver"]
    tornado = polars.DataFrame(solution.table("tornado"))
    assert tornado["swing"].to_list() == sorted(tornado["swing"].to_list(), reverse=True)
