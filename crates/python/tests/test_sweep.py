"""Sweeps: the command's bytes, parts, stops, and the tables that they are."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

import detente

from .conftest import files
from .test_solve import interrupt_soon

OPTIONS = ["--points", 100, "--points-per-file", 16, "--seed", 7, "--precision", "3..30", "--ask", "mean(x)"]


def swept(scenario: detente.Scenario, out: Path, **more: object) -> detente.Sweep:
    """The same as ``OPTIONS``."""
    return scenario.sweep(
        100, points_per_file=16, seed=7, precision=(3.0, 30.0), asks=["mean(x)"], out=out, **more  # type: ignore[arg-type]
    )


def test_folders_are_those_of_the_command(
    command: Callable[..., str], threat: Path, tmp_path: Path
) -> None:
    command("sweep", threat, "--out", tmp_path / "command", "--quiet", *OPTIONS)
    scenario = detente.Scenario.load(threat)
    sweep = swept(scenario, tmp_path / "python")
    assert files(sweep.folder) == files(tmp_path / "command")
    assert sweep.is_complete and sweep.points == sweep.points_done == 100 and sweep.shards == 7
    assert sweep.inputs == ["x", "y", "precision"]
    assert sweep.summary.failed > 0 and sweep.summary.reason
    told = json.loads(command("sweep", "describe", sweep.folder, "--json"))
    assert told["fingerprint"] == sweep.fingerprint

    parts = [swept(scenario, tmp_path / f"part{k}", shard=f"{k}/3") for k in (1, 2, 3)]
    assert not parts[0].is_complete and "missing" in repr(parts[0])
    whole = detente.merge(parts, tmp_path / "whole")
    assert isinstance(whole, detente.Sweep) and files(whole.folder) == files(sweep.folder)
    single = detente.merge([sweep], tmp_path / "whole.parquet")
    assert len(polars.read_parquet(str(single))) == 100


def test_options_of_first_decisions_are_weighed_as_the_command_does(
    command: Callable[..., str], threat: Path, tmp_path: Path
) -> None:
    command(
        "sweep", threat, "--out", tmp_path / "command", "--quiet", "--points", 8, "--worth"
    )
    scenario = detente.Scenario.load(threat)
    sweep = scenario.sweep(8, out=tmp_path / "python", worth=True)
    assert files(sweep.folder) == files(tmp_path / "command")
    assert any(name.startswith("reach(") for name in sweep.columns)
    with pytest.raises(detente.RunError, match="weighs the options"):
        scenario.sweep(8, out=tmp_path / "python", resume=True)


def test_three_libraries_read_the_rows(threat: Path, tmp_path: Path) -> None:
    sweep = swept(detente.Scenario.load(threat), tmp_path / "run")
    frame = polars.DataFrame(sweep)
    assert frame.columns == sweep.columns
    assert frame["point"].to_list() == list(range(100))
    assert polars.read_parquet(sweep.folder / "shard-*.parquet").equals(frame)
    assert pyarrow.table(sweep).to_pylist() == pyarrow.parquet.read_table(sweep.files).to_pylist()
    by_pandas = pandas.DataFrame.from_arrow(sweep)
    assert by_pandas["p(war)"].isna().sum() == sweep.summary.failed
    pandas.testing.assert_frame_equal(pandas.read_parquet(sweep.files), by_pandas)
    some = polars.DataFrame(sweep.rows(["p(war)", "x"]))
    assert some.columns == ["x", "p(war)"] and len(some) == 100
    war = next(ending for ending in sweep.summary.endings if ending.id == "war")
    assert frame["p(war)"].mean() == pytest.approx(war.mean)
    assert "<svg" in sweep._repr_html_()
    with pytest.raises(detente.RunError, match="did you mean `p\\(war\\)`"):
        sweep.rows(["p(wra)"])


def test_ctrl_c_leaves_a_run_that_goes_on(tmp_path: Path) -> None:
    scenario = detente.Scenario.load("july-crisis")
    options = {"design": "latin", "seed": 2, "afresh": True, "points_per_file": 64, "threads": 2}
    with pytest.raises(KeyboardInterrupt):
        timer = interrupt_soon()
        scenario.sweep(100_000, out=tmp_path / "run", **options)  # type: ignore[arg-type]
    timer.join()
    stopped = detente.Sweep(tmp_path / "run").points_done
    assert 0 <= stopped < 100_000
    seen: list[detente.Progress] = []
    enough = threading.Event()

    def watch(step: detente.Progress) -> None:
        seen.append(step)
        if step.stage == "sweeping" and step.done > stopped:
            enough.set()
            raise TimeoutError("that will do")

    with pytest.raises(TimeoutError):
        scenario.sweep(100_000, out=tmp_path / "run", resume=True, progress=watch, **options)  # type: ignore[arg-type]
    assert enough.is_set()
    assert next(step.done for step in seen if step.stage == "sweeping") >= stopped


def test_runs_are_never_mixed_up(threat: Path, tmp_path: Path) -> None:
    scenario = detente.Scenario.load(threat)
    folder = tmp_path / "run"
    swept(scenario, folder)
    with pytest.raises(detente.RunError, match="`resume=True`"):
        swept(scenario, folder)
    with pytest.raises(detente.RunError, match="its seed is 7, not 8"):
        scenario.sweep(
            100, points_per_file=16, seed=8, precision=(3.0, 30.0), asks=["mean(x)"], out=folder, resume=True
        )
    with pytest.raises(detente.RunError, match="holds no run"):
        detente.Sweep(tmp_path)
    (folder / "shard-00002.parquet").unlink()
    with pytest.raises(detente.RunError, match="1 of 7 shards are missing: 2"):
        detente.merge([folder], tmp_path / "merged")


def test_options_that_make_no_sense_are_refused(threat: Path, tmp_path: Path) -> None:
    scenario = detente.Scenario.load(threat)
    for words, options in [
        ("there is no design", {"design": "sobl"}),
        ("give \"k/n\"", {"shard": "4/3"}),
        ("above 0", {"precision": 0.0}),
        ("lower one first", {"precision": (9.0, 3.0)}),
        ("did you mean|no param", {"over": ["z"]}),
        ("cannot be varied: it is set", {"over": ["y"]}),
        ("from 1 to", {"points_per_file": 0}),
        ("even number of levels", {"design": "morris", "levels": 3}),
    ]:
        with pytest.raises(detente.DetenteError, match=words):
            scenario.with_(y=2).sweep(4, out=tmp_path / "never", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "never").exists()


def test_points_come_from_a_table(threat: Path, tmp_path: Path) -> None:
    points = tmp_path / "points.parquet"
    scenario = detente.Scenario.load(threat)

    def same() -> None:
        assert polars.DataFrame(scenario.sweep(points_from=points))["x"].to_list() == [1.0, 2.0, 3.0]

    polars.DataFrame({"x": [1.0, 2.0, 3.0]}).write_parquet(points, compression="snappy")
    same()
    pyarrow.parquet.write_table(pyarrow.table({"x": [1, 2, 3]}), points)
    same()
    pyarrow.parquet.write_table(pyarrow.table({"x": [1.0, None, 3.0]}), points)
    with pytest.raises(detente.DetenteError, match="row 2: `x` has no value"):
        same()
    pyarrow.parquet.write_table(pyarrow.table({"x": [1.0, 2.0, 3.0]}), points, compression="zstd")
    with pytest.raises(detente.DetenteError, match="compressed with zstd.*Snappy"):
        same()


def test_a_folder_of_its_own_is_removed_with_the_result() -> None:
    sweep = detente.Scenario.load("chicken").sweep(8)
    folder = sweep.folder
    assert folder.exists()
    del sweep
    assert not folder.exists()
