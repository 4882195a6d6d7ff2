#!/usr/bin/env python3
"""Writes what SALib, EMA Workbench and scikit-learn make of small samples, for the tests of `crates/sensitivity`.

    VENV/bin/python bench/peer_doubt_known.py > crates/sensitivity/tests/it/peers.json

The tests draw the same points by the same linear congruential generator, and outputs are sums and products alone, so that
both sides work on the same bits.
"""

import json
import sys
import warnings

import numpy as np
import pandas as pd
from ema_workbench.analysis import prim
from SALib.analyze import delta, morris, pawn, sobol
from scipy import stats
from sklearn.tree import DecisionTreeRegressor

warnings.filterwarnings("ignore")
INPUTS = 3


class Draws:
    """Knuth's MMIX generator; its upper 32 bits as a number in [0, 1)."""

    def __init__(self, seed: int):
        self.state = seed

    def next(self) -> float:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 32) / 2**32

    def points(self, rows: int) -> np.ndarray:
        return np.array([[self.next() for _ in range(INPUTS)] for _ in range(rows)])


def output(x: np.ndarray) -> float:
    return 4.0 * x[0] + 2.0 * x[1] * x[1] + 8.0 * x[0] * x[2]


def saltelli(rows: int, second: bool) -> np.ndarray:
    draws = Draws(1)
    found = []
    for _ in range(rows):
        a, b = draws.points(1)[0], draws.points(1)[0]
        mixed = lambda one, other, j: np.where(np.arange(INPUTS) == j, other, one)
        block = [a] + [mixed(a, b, j) for j in range(INPUTS)]
        block += [mixed(b, a, j) for j in range(INPUTS)] if second else []
        found += block + [b]
    return np.array(found)


def trajectories(count: int) -> np.ndarray:
    """Up or down by 2/3 on four levels, inputs in an order that turns."""
    draws, found = Draws(2), []
    for t in range(count):
        at = np.floor(draws.points(1)[0] * 2.0) / 3.0
        found.append(at)
        for k in range(INPUTS):
            at = at.copy()
            j = (t + k) % INPUTS
            at[j] = at[j] + 2.0 / 3.0
            found.append(at)
        if t % 2:
            found[-INPUTS - 1 :] = found[-INPUTS - 1 :][::-1]
    return np.array(found)


def problem() -> dict:
    names = [f"x{j}" for j in range(INPUTS)]
    return {"num_vars": INPUTS, "names": names, "bounds": [[0, 1]] * INPUTS, "groups": None}


def indices(second: bool) -> dict:
    y = np.array([output(x) for x in saltelli(256, second)])
    found = sobol.analyze(problem(), y, calc_second_order=second, num_resamples=2000, seed=1)
    keys = ["S1", "S1_conf", "ST", "ST_conf"]
    told = {key: found[key].tolist() for key in keys}
    if second:
        told["S2"] = [found["S2"][j, k] for j in range(INPUTS) for k in range(j + 1, INPUTS)]
        told["S2_conf"] = [found["S2_conf"][j, k] for j in range(INPUTS) for k in range(j + 1, INPUTS)]
    return told


def effects() -> dict:
    x = trajectories(20)
    y = np.array([output(row) for row in x])
    found = morris.analyze(problem(), x, y, num_resamples=2000, seed=1)
    return {key: np.asarray(found[key]).tolist() for key in ["mu", "mu_star", "sigma", "mu_star_conf"]}


def given(x: np.ndarray, y: np.ndarray) -> dict:
    rows = len(y)
    classes = int(np.round(min(int(np.ceil(rows ** (2.0 / (7.0 + np.tanh((1500.0 - rows) / 500.0))))), 48)))
    m = np.linspace(0, rows, classes + 1)
    grid = np.linspace(y.min(), y.max(), 100)
    slices = pawn.analyze(problem(), x, y, S=10)
    return {
        "delta": [float(delta.calc_delta(y, grid, x[:, j], m)) for j in range(INPUTS)],
        "first": [float(delta.sobol_first(y, x[:, j], m)) for j in range(INPUTS)],
        "pawn": {key: slices[key].tolist() for key in ["minimum", "mean", "median", "maximum", "CV"]},
    }


def lines(x: np.ndarray, y: np.ndarray) -> dict:
    def fitted(x, y):
        x, y = (x - x.mean(0)) / x.std(0), (y - y.mean()) / y.std()
        slopes = np.linalg.lstsq(x, y, rcond=None)[0]
        inverse = np.linalg.inv(np.corrcoef(np.column_stack([x, y]).T))
        partial = [-inverse[j, -1] / np.sqrt(inverse[j, j] * inverse[-1, -1]) for j in range(INPUTS)]
        return slopes.tolist(), partial, float(1 - ((y - x @ slopes) ** 2).mean())

    ranks = np.column_stack([stats.rankdata(x[:, j]) for j in range(INPUTS)]), stats.rankdata(y)
    (src, pcc, r2), (srrc, prcc, rank_r2) = fitted(x, y), fitted(*ranks)
    spearman = [float(stats.spearmanr(x[:, j], y).statistic) for j in range(INPUTS)]
    return {"src": src, "pcc": pcc, "r2": r2, "srrc": srrc, "prcc": prcc, "rank_r2": rank_r2, "spearman": spearman}


def peeled(x: np.ndarray, y: np.ndarray, whole: bool, objective: str) -> list:
    frame = pd.DataFrame({f"x{j}": x[:, j] for j in range(INPUTS)})
    if whole:
        frame["x1"] = np.floor(frame["x1"] * 6.0).astype(np.int64)
    objective = prim.PRIMObjectiveFunctions(objective)
    search = prim.Prim(frame, y, threshold=0.1, obj_function=objective)
    if whole:
        # EMA Workbench 2.5 pastes halves of whole numbers, which pandas 3 refuses: compare peeling alone.
        search._paste = lambda box: box
    box = search.find_box()
    told = []
    for at, lims in enumerate(box.box_lims):
        row = box.peeling_trajectory.iloc[at]
        qp = {name: [float(p) for p in values] for name, values in box.qp[at].items()}
        told.append(
            {
                **{key: float(row[key]) for key in ["coverage", "density", "mass", "res_dim"]},
                "limits": [[float(lims.loc[end, f"x{j}"]) for end in (0, 1)] for j in range(INPUTS)],
                "qp": [qp.get(f"x{j}", [-1, -1]) for j in range(INPUTS)],
            }
        )
    return told


def grown(x: np.ndarray, y: np.ndarray) -> list:
    tree = DecisionTreeRegressor(max_depth=3, min_samples_leaf=20, random_state=1).fit(x, y).tree_
    leaves = [at for at in range(tree.node_count) if tree.children_left[at] < 0]
    return [{"rows": int(tree.n_node_samples[at]), "mean": float(tree.value[at].ravel()[0])} for at in leaves]


def main() -> None:
    x = Draws(3).points(400)
    y = np.array([output(row) for row in x])
    inside = lambda row: row[0] < 0.6 and row[1] > 0.3 and row[2] > 0.2
    # Every tenth row tells the other way.
    interest = np.array([inside(row) != (i % 10 == 0) for i, row in enumerate(x)])
    told = {
        "sobol": indices(True),
        "sobol_first": indices(False),
        "morris": effects(),
        "given": given(x, y),
        "regression": lines(x, y),
        "prim": peeled(x, interest, False, "lenient1"),
        "prim_lenient2": peeled(x, interest, False, "lenient2"),
        "prim_whole": peeled(x, interest, True, "lenient1"),
        "tree": grown(x, y),
    }
    json.dump(told, sys.stdout, separators=(",", ":"))
    print()


main()
