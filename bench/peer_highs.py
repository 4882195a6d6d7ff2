#!/usr/bin/env python3
"""The value of a two-player zero-sum game by HiGHS on the sparse sequence form: min p₀ over plans y of player 2
and values p of the sets of player 1, such that no sequence of player 1 gets more than its set allows
(von Stengel 1996, eq. 3.9). Run by the scripts beside it; laying the matrix out is not timed."""

import argparse
import json
from pathlib import Path

import clock
import efg
import highspy
import numpy
from scipy.sparse import coo_matrix


def program(game):
    """The linear program; columns are p₀, the values of player 1's sets, the sequences of player 2."""
    matrix, (first, second), (mine, theirs) = efg.sequence_form(game)
    values = 1 + len(mine)
    entries = [(0, 0, 1.0)]
    for k, (before, own) in enumerate(mine, start=1):
        entries += [(before, k, -1.0), *((sequence, k, 1.0) for sequence in own)]
    entries += [(s1, values + s2, -paid) for (s1, s2), paid in matrix.items()]
    entries.append((first, values, 1.0))
    for k, (before, own) in enumerate(theirs, start=first + 1):
        entries += [(k, values + before, -1.0), *((k, values + sequence, 1.0) for sequence in own)]
    rows, columns = first + 1 + len(theirs), values + second
    r, c, v = zip(*entries)
    sparse = coo_matrix((v, (r, c)), shape=(rows, columns)).tocsc()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_ = numpy.eye(1, columns)[0]
    model.col_lower_ = numpy.r_[numpy.full(values, -highspy.kHighsInf), numpy.zeros(second)]
    model.col_upper_ = numpy.full(columns, highspy.kHighsInf)
    plan = numpy.r_[1.0, numpy.zeros(len(theirs))]
    model.row_lower_ = numpy.r_[numpy.zeros(first), plan]
    model.row_upper_ = numpy.r_[numpy.full(first, highspy.kHighsInf), plan]
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = sparse.indptr, sparse.indices, sparse.data
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    clock.add(parser)
    given = parser.parse_args()
    now = clock.of(given)
    game = efg.read(given.file.read_text())
    model = program(game)
    times = []
    while len(times) < 3 and sum(times) < 1.0:
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", given.threads)
        highs.passModel(model)
        begun = now()
        highs.run()
        times.append(now() - begun)
    value = highs.getInfo().objective_function_value
    span = max(high - low for low, high in game.ranges)
    print(json.dumps({"version": highs.version(), "seconds": min(times), "payoffs": [[value, -value]], "span": span}))


if __name__ == "__main__":
    main()
