"""What SALib, EMA Workbench, SciPy and scikit-learn make of a folder of samples: `peer_doubt.py TASK FOLDER`.

The folder is that of `bench/src/bin/doubt.rs`. Prints one JSON object: processor seconds of one call without the start of
Python (by the clock where it starts processes), and its values.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np

warnings.filterwarnings("ignore")


def names(inputs: int) -> dict:
    return {"num_vars": inputs, "names": [f"x{j}" for j in range(inputs)], "bounds": [[0, 1]] * inputs, "groups": None}


def clocked(call, clock=time.process_time):
    begun = clock()
    found = call()
    return clock() - begun, found


def sobol(inputs, x, y, shape, parallel=False):
    from SALib.analyze import sobol

    options = {"parallel": True, "n_processors": 2} if parallel else {}
    seconds, found = clocked(lambda: sobol.analyze(names(inputs), y, num_resamples=100, seed=1, **options), time.perf_counter if parallel else time.process_time)
    pairs = np.triu_indices(inputs, 1)
    told = lambda end: [np.asarray(found["S1" + end]).tolist(), np.asarray(found["ST" + end]).tolist(), found["S2" + end][pairs].tolist()]
    return {"seconds": seconds, "values": told(""), "half_widths": told("_conf")}


def morris(inputs, x, y, shape):
    from SALib.analyze import morris

    seconds, found = clocked(lambda: morris.analyze(names(inputs), x, y, num_resamples=100, seed=1))
    values = np.column_stack([np.asarray(found[key]) for key in ["mu", "mu_star", "sigma"]])
    return {"seconds": seconds, "values": values.tolist()}


def delta(inputs, x, y, shape):
    """SALib's own `delta_raw` is resampled; the estimate before that is what can be compared digit by digit.

    The time is that of its resampling of the raw mode alone, without its two further modes."""
    from SALib.analyze import delta

    rows = len(y)
    classes = int(np.round(min(int(np.ceil(rows ** (2.0 / (7.0 + np.tanh((1500.0 - rows) / 500.0))))), 48)))
    m = np.linspace(0, rows, classes + 1)
    grid = np.linspace(y.min(), y.max(), 100)
    raw = [[float(delta.calc_delta(y, grid, x[:, j], m)) for j in range(inputs)]]
    raw.append([float(delta.sobol_first(y, x[:, j], m)) for j in range(inputs)])

    def resampled():
        found = []
        for j in range(inputs):
            of = delta.bias_reduced_delta(y, grid, x[:, j], m, 100, 0.95, rows, "raw", None, f"x{j}", 10)
            delta.sobol_first_conf(y, x[:, j], m, 100, 0.95, rows)
            found.append(float(of[0]))
        return found

    np.random.seed(1)
    seconds, corrected = clocked(resampled)
    return {"seconds": seconds, "values": raw, "corrected": corrected}


def pawn(inputs, x, y, shape):
    from SALib.analyze import pawn

    seconds, found = clocked(lambda: pawn.analyze(names(inputs), x, y, S=10))
    values = np.column_stack([found[key] for key in ["minimum", "mean", "median", "maximum", "CV"]])
    return {"seconds": seconds, "values": values.tolist()}


def regression(inputs, x, y, shape):
    from scipy import stats

    def fitted(x, y):
        x, y = (x - x.mean(0)) / x.std(0), (y - y.mean()) / y.std()
        slopes = np.linalg.lstsq(x, y, rcond=None)[0]
        inverse = np.linalg.inv(np.corrcoef(np.column_stack([x, y]).T))
        return slopes, [-inverse[j, -1] / np.sqrt(inverse[j, j] * inverse[-1, -1]) for j in range(inputs)]

    def all_of_it():
        src, pcc = fitted(x, y)
        srrc, prcc = fitted(np.column_stack([stats.rankdata(x[:, j]) for j in range(inputs)]), stats.rankdata(y))
        spearman = [stats.spearmanr(x[:, j], y).statistic for j in range(inputs)]
        return np.column_stack([src, srrc, pcc, prcc, spearman])

    seconds, values = clocked(all_of_it)
    return {"seconds": seconds, "values": values.tolist()}


def prim(inputs, x, y, shape):
    import pandas as pd
    from ema_workbench.analysis import prim

    frame = pd.DataFrame({f"x{j}": x[:, j] for j in range(inputs)})
    seconds, box = clocked(lambda: prim.Prim(frame, y > 0.5, threshold=0.1).find_box())
    row = lambda at: [float(box.peeling_trajectory.iloc[at][key]) for key in ["coverage", "density", "mass"]]
    first = box.box_lims[0]

    def limits(lims):
        end = lambda j, e: None if lims.loc[e, f"x{j}"] == first.loc[e, f"x{j}"] else float(lims.loc[e, f"x{j}"])
        return [[end(j, 0), end(j, 1)] for j in range(inputs)]

    return {
        "seconds": seconds,
        "values": [row(at) for at in range(len(box.box_lims))],
        "limits": [limits(lims) for lims in box.box_lims],
    }


def tree(inputs, x, y, shape):
    from sklearn.tree import DecisionTreeRegressor

    least = int(np.ceil(0.05 * len(y)))
    fit = DecisionTreeRegressor(max_depth=3, min_samples_leaf=least, random_state=1)
    seconds, _ = clocked(lambda: fit.fit(x, y))
    found = fit.tree_
    leaves = [at for at in range(found.node_count) if found.children_left[at] < 0]
    return {"seconds": seconds, "values": [[float(found.n_node_samples[at]), float(found.value[at].ravel()[0])] for at in leaves]}


def main():
    task, folder = sys.argv[1], Path(sys.argv[2])
    shape = json.loads((folder / "shape.json").read_text())
    inputs = shape["inputs"]
    y = np.fromfile(folder / "y")
    x = np.fromfile(folder / "x").reshape(-1, inputs) if (folder / "x").exists() else None
    call = {
        "sobol": sobol,
        "sobol-parallel": lambda *given: sobol(*given, parallel=True),
        "morris": morris,
        "delta": delta,
        "pawn": pawn,
        "regression": regression,
        "prim": prim,
        "tree": tree,
    }[task]
    print(json.dumps(call(inputs, x, y, shape)))


if __name__ == "__main__":
    main()
