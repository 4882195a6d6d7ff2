"""Solving: the numbers of the command, reports, other threads, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import detente


def test_findings_are_those_of_the_command(command: Callable[..., str], tmp_path: Path) -> None:
    options = ["--ask", "p(collision)", "--seed", 3, "--draws", 10, "--set", "crash=20"]
    told = json.loads(command("run", "chicken", "--json", "--out", tmp_path, *options))
    scenario = detente.Scenario.load("chicken").with_(crash=20)
    found = scenario.solve(asks=["p(collision)"], seed=3, doubt=True, draws=10, others=True).data
    for findings in (told, found):
        del findings["seconds"]
        if findings["equilibria"]:
            del findings["equilibria"]["searched"]["seconds"]
    assert found == told


def test_results_have_types_and_names() -> None:
    solution = detente.Scenario.load("chicken").solve(doubt=True, draws=5)
    assert sum(ending.probability for ending in solution.endings) == pytest.approx(1.0)
    assert solution.p("collision") == solution.endings[-1].probability
    with pytest.raises(KeyError, match="there is no ending"):
        solution.p("collison")
    assert solution.certificate.trustworthy and solution.certificate.status == "converged"
    assert all(check.holds for check in solution.expects)
    assert solution.decisions[0].options[0].probability <= 1.0
    assert solution.courses[0].steps[0].words
    assert solution.game.nodes > 1 and solution.headlines and solution.deal is None
    assert solution.title in repr(solution)
    with pytest.raises(detente.DetenteError, match="there are endings, asks"):
        solution.table("nothing")  # type: ignore[arg-type]


def test_reports_are_written_and_shown(tmp_path: Path) -> None:
    solution = detente.Scenario.load("issue-linkage").solve()
    report = solution.save_report(tmp_path / "folder")
    assert report == tmp_path / "folder" / "report.html"
    assert json.loads((tmp_path / "folder" / "findings.json").read_text("utf-8")) == solution.data
    assert solution.save_report(tmp_path / "one.html").read_text("utf-8") == report.read_text("utf-8")
    shown = solution._repr_html_()
    assert "<svg" in shown and "<iframe" in shown and "&lt;!doctype html&gt;" in shown
    assert "Inspections for relief" in solution.text() and solution.headlines
    assert solution.deal is not None and solution.deal.parties


def test_deals_are_those_of_the_command(command: Callable[..., str], tmp_path: Path) -> None:
    command("deal", "us-iran-2025.detente", "--out", tmp_path / "deal.html", "--quiet")
    deal = detente.Scenario.load("us-iran-2025").deal()
    page = deal.save_report(tmp_path / "other").read_text("utf-8")
    assert page == (tmp_path / "deal.html").read_text("utf-8")
    assert deal.zone.count > 0 and deal.solutions[0].values
    assert deal.packages[0].gains and deal.sentences
    with pytest.raises(detente.DetenteError, match="has no `issue`"):
        detente.Scenario.load("chicken").deal()


def interrupt_soon() -> threading.Timer:
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    return timer


def test_ctrl_c_is_heard() -> None:
    scenario = detente.Scenario.load("us-iran-2025")
    timer = interrupt_soon()
    with pytest.raises(KeyboardInterrupt):
        scenario.solve(tolerance=1e-8)
    timer.join()


def test_other_threads_run_meanwhile_and_exceptions_of_watchers_stop_it() -> None:
    scenario = detente.Scenario.load("us-iran-2025")
    begun, stop = threading.Event(), threading.Event()
    caught: list[BaseException] = []

    def watch(step: detente.Progress) -> None:
        begun.set()
        if stop.is_set():
            raise RuntimeError(f"enough of {step.stage}")

    def work() -> None:
        try:
            scenario.solve(tolerance=1e-8, progress=watch)
        except RuntimeError as error:
            caught.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    # Had the worker kept the interpreter, this thread could not go on before it ends by itself.
    assert begun.wait(60.0)
    assert worker.is_alive()
    stop.set()
    worker.join(60.0)
    assert "enough of" in str(caught[0])
